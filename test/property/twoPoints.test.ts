import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { sideOf } from "../support/sidesOnDisk.ts";
import { atTwoPoints } from "../support/twoPoints.ts";

/*
 * Both sides of a session put together, as a capture on both sides of what lies between them: NEGOTIATE that was changed there is found,
 * by its own rule or by the validation that proves the same, and what was not changed is never said to be.
 */

const LAB = path.resolve(import.meta.dirname, "../../../shared/captures/lab");
const RULE = "path-negotiate-altered";
const PROVED = /^vni-(client|server)-.*-differs?$|^vni-dialect-differs$/;

interface LabCapture {
  readonly file: string;
  readonly side: string;
  readonly otherSides?: readonly string[];
  readonly tampering?: readonly { readonly message: string; readonly operation: string }[];
}

interface Session {
  readonly name: string;
  readonly client: () => Uint8Array;
  readonly server: () => Uint8Array;
  readonly changed: boolean;
}

const own: readonly (readonly [name: string, changed: boolean])[] = [
  ["tp_311_req_salt", true],
  ["tu_311_resp_maxsize", true],
  ["tb_302_req_dialect_vni_same", true],
  ["tn_302_resp_caps_clear_dfs", true],
  ["tn_302_req_caps_clear_largemtu", true],
  ["te_302_file_closed_unsigned", false],
  ["ts_210_resp_corrupt_sig", false],
  ["ta_302_rst_both_on_resp", false],
  ["ok_win_302_relay", false],
];

const sessions: readonly Session[] = [
  ...own.map(([name, changed]) => ({ name, changed, client: () => sideOf(name, "client"), server: () => sideOf(name, "server") })),
  ...labSessions(),
];

function labSessions(): readonly Session[] {
  const manifest = path.join(LAB, "manifest.json");
  if (!existsSync(manifest)) return [];
  const { captures } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly captures: readonly LabCapture[] };
  const read = (file: string) => () => new Uint8Array(readFileSync(path.join(LAB, file)));
  return captures
    .filter(({ side, file }) => side === "client" && file.endsWith(".pcap"))
    .flatMap(({ file, otherSides = [], tampering = [] }) =>
      otherSides
        .filter((other) => other.endsWith(".server.pcap"))
        .map((other) => ({ name: file, client: read(file), server: read(other), changed: tampering.some(changesNegotiate) })),
    );
}

function changesNegotiate({ message, operation }: { readonly message: string; readonly operation: string }): boolean {
  return message.startsWith("neg_") && operation !== "rst" && operation !== "fin";
}

describe("both sides of a session in one capture", () => {
  it.each(sessions)("$name", async ({ client, server, changed }) => {
    const { findings } = await analyse(memorySource(await atTwoPoints(client(), server())));
    const rules = findings.map(({ rule }) => rule);
    if (changed) expect(rules.some((rule) => rule === RULE || PROVED.test(rule))).toBe(true);
    else expect(rules).not.toContain(RULE);
  });
});
