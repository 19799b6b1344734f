import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { captureOf, cutCapture, takeApart } from "../support/capturesOnDisk.ts";
import { conversation } from "../support/conversation.ts";
import { refused, reset, retransmitted, steelHead, unanswered } from "../support/pathCaptures.ts";

/*
 * Less capture never gives more certainty: ended at any frame, a capture has no finding of the rules on the path that the whole one does
 * not have on the same ends.
 */

const PATH_RULES: ReadonlySet<string> = new Set([
  "path-wan-accelerator",
  "path-reset-injected",
  "tcp-connect-refused",
  "tcp-retransmit-reset",
  "capture-lost-frames",
]);
const LAB = path.resolve(import.meta.dirname, "../../../shared/captures/lab");
/** Of the laboratory's captures those whose path is rough, and of the others every so many. */
const ROUGH = /^(net_|ta_|td_|dv_miss|ln_302_(twoif|router))/;
const EVERY = 16;
const MOST_FRAMES = 120;

async function findingsOf(capture: Uint8Array): Promise<ReadonlySet<string>> {
  const { findings, connections } = await analyse(memorySource(capture), { findingsPerIncident: Number.POSITIVE_INFINITY });
  const ours = findings.filter(({ rule }) => PATH_RULES.has(rule));
  return new Set(
    ours.map(({ rule, connection }) => {
      const { client, server } = connections.get(connection - 1);
      return `${rule} ${client.address}:${client.port} ${server.address}:${server.port}`;
    }),
  );
}

async function expectNoMoreWhenCut(capture: Uint8Array, step: number): Promise<void> {
  const whole = await findingsOf(capture);
  const { frames } = await takeApart(capture);
  for (let to = 1; to < Math.min(frames.length, MOST_FRAMES); to += step) {
    for (const finding of await findingsOf(await cutCapture(capture, { to }))) expect([...whole], `cut at frame ${to}`).toContain(finding);
  }
}

describe("built captures, cut at every frame", () => {
  test.each<readonly [string, () => Uint8Array]>([
    ["an accelerator", steelHead],
    ["a refusal", refused],
    ["no answer", () => unanswered([0, 1000, 3000, 7000, 15_000], 40_000)],
    ["a reset that nobody sent", () => reset({ ttl: 250, id: 0 }, true)],
    ["a reset that looks foreign", () => reset({ ttl: 250, id: 30_000 })],
    ["the server's own reset", () => reset({ ack: false, id: 0 })],
    ["retransmissions until a reset", () => retransmitted()],
    ["a segment that was overtaken by the next one", overtaken],
  ])("%s", (_name, build) => expectNoMoreWhenCut(build(), 1));
});

test.each(["dv_miss_negreq_ok", "dv_miss_vniresp_ok", "dv_dup_all_ok", "ta_302_rst_both_on_req.client"])("%s, cut at every frame", (name) =>
  expectNoMoreWhenCut(captureOf(name), 1),
);

test("captures of the laboratory, where they are, cut at every third frame", { timeout: 120_000 }, async () => {
  const chosen = filesIn(LAB).filter((file, index) => ROUGH.test(file) || index % EVERY === 0);
  for (const file of chosen) await expectNoMoreWhenCut(new Uint8Array(readFileSync(path.join(LAB, file))), 3);
});

/** Cut between the two, the first one is missing, and nobody has acknowledged it. */
function overtaken(): Uint8Array {
  const told = conversation().negotiate().sessionSetup().treeConnect().validate().file();
  const segments = told.segments({ segmentSize: 60 });
  const swapped = segments.flatMap((segment, index) => {
    const [before, next] = [segments[index - 1], segments[index + 1]];
    if (index % 4 === 0 && next?.from === segment.from) return [next, segment];
    return (index - 1) % 4 === 0 && before?.from === segment.from ? [] : [segment];
  });
  return pcapFile(told.framesOf(swapped));
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => /\.pcap(ng)?$/.test(file));
  } catch {
    return [];
  }
}
