import { expect, test } from "vitest";
import { analyseBytes } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { captureOf, takeApart } from "../support/capturesOnDisk.ts";
import { fill } from "../support/encode.ts";
import type { Frame } from "../support/encodeFrame.ts";
import { Dice, mutated } from "../support/mutate.ts";
import { plainFacts } from "../support/plainFacts.ts";

/*
 * No length or offset, however wrong, leads out of its frame: between the frames of a damaged capture stand frames of no protocol, once
 * filled with zeros and once with ones, and everything that is said of the connections is the same.
 */

const CASES = [
  "tn_302_resp_caps_clear_dfs.client",
  "te_302_file_closed_unsigned.client",
  "tp_311_resp_caps.client",
  "ok_nt1only.client",
  "ok_win_302_signreq.client",
  "ok_302_anon_ipc.client",
  "built_vni-malformed-request",
];
const INPUTS = 400;

function withNoise(frames: readonly Frame[], value: number): Uint8Array {
  // The EtherType of both fills belongs to no protocol.
  return pcapFile(frames.flatMap((frame) => [frame, { bytes: fill(700, value), time: frame.time }]));
}

async function told(capture: Uint8Array): Promise<unknown> {
  const { analysis, details } = await analyseBytes(capture);
  const connections = details.map(({ connection, facts, messages, verdicts }) => ({
    connection,
    facts: plainFacts(facts),
    messages,
    verdicts,
  }));
  return { connections, findings: analysis.findings };
}

/** Damages some frames; most of them in their last part, where lengths lead out first. */
function damaged(frames: readonly Frame[], dice: Dice, from: readonly Uint8Array[]): Frame[] {
  const all = [...frames];
  for (let count = 1 + dice.below(4); count > 0; count--) {
    const at = dice.below(all.length);
    const frame = all[at] as Frame;
    const cut = dice.below(3) === 0 ? frame.bytes.slice(0, dice.below(frame.bytes.length)) : frame.bytes;
    const bytes = mutated(cut, dice, from);
    all[at] = { ...frame, bytes, original: dice.below(2) === 0 ? bytes.length : Math.max(bytes.length, frame.bytes.length) };
  }
  return all;
}

test(`what stands behind a frame is never taken for a part of it, in ${INPUTS} damaged captures`, async () => {
  const cases = await Promise.all(CASES.map(async (name) => (await takeApart(captureOf(name))).frames));
  const pieces = cases.flat().map(({ bytes }) => bytes);
  for (let seed = 1; seed <= INPUTS; seed++) {
    const dice = new Dice(seed);
    const frames = damaged(dice.pick(cases), dice, pieces);
    expect(await told(withNoise(frames, 0xff)), `seed ${seed}`).toEqual(await told(withNoise(frames, 0)));
  }
});
