import { describe, expect, test } from "vitest";
import { FragmentTable } from "../../src/core/net/fragmentTable.ts";
import { analyseBytes, factsOf, messageLines, onlyConnection } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { conversation } from "../support/conversation.ts";
import { ENCAPSULATIONS } from "../support/encapsulations.ts";
import { concat, fill, octets, zeros } from "../support/encode.ts";
import type { Frame } from "../support/encodeFrame.ts";
import { fragmentsOf } from "../support/ipFragments.ts";

const SIXES = {
  client: { address: "2001:db8:0:0:0:0:0:10", port: 49_152 },
  server: { address: "2001:db8:0:0:0:0:0:20", port: 445 },
};
const tell = (version: 4 | 6) =>
  conversation(version === 6 ? SIXES : {})
    .negotiate()
    .sessionSetup()
    .treeConnect()
    .validate()
    .file(3000)
    .clientCloses("FIN");
const packetsOf = (version: 4 | 6) => tell(version).frames({ link: "raw", segmentSize: 4000 });

type Change = (fragments: readonly Uint8Array[]) => readonly Uint8Array[];

/** The conversation with every packet in fragments of 64 bytes of payload, each packet's changed by `change`. */
function fragmented(version: 4 | 6, change: Change, size = 64): Uint8Array {
  const frames = packetsOf(version).flatMap((frame, index) =>
    change(fragmentsOf(frame.bytes, size, index + 1)).map((bytes) => ({ bytes, time: frame.time })),
  );
  return pcapFile(frames, { linkType: 101 });
}

const WHOLE = { messages: 18, lostFromClient: 0, lostFromServer: 0, truncatedMessages: 0, synSeen: true };
const VERSIONS = [4, 6] as const;

describe.each(VERSIONS)("fragments of IPv%d", (version) => {
  test.each<[string, Change]>([
    ["in order", (fragments) => fragments],
    ["the last first", (fragments) => fragments.toReversed()],
    ["from the middle", (fragments) => [...fragments.slice(2), ...fragments.slice(0, 2)]],
    ["each twice", (fragments) => fragments.flatMap((fragment) => [fragment, fragment])],
    ["all twice", (fragments) => [...fragments, ...fragments]],
  ])("%s: the messages are those of whole packets", async (_, change) => {
    const detail = await onlyConnection(fragmented(version, change));
    expect(detail.facts).toMatchObject(WHOLE);
    expect(messageLines(detail)).toEqual(messageLines(await onlyConnection(pcapFile(packetsOf(version), { linkType: 101 }))));
    const { analysis } = await analyseBytes(fragmented(version, change));
    expect(analysis.capture.issues).toEqual([]);
  });

  test("a message's frame is the one with its last fragment", async () => {
    const detail = await onlyConnection(fragmented(version, (fragments) => fragments, 1000));
    expect(detail.facts.negotiates[0]?.request?.frame).toBe(4);
    const small = await onlyConnection(fragmented(version, (fragments) => fragments, 48));
    const first = fragmentsOf(packetsOf(version)[3]?.bytes ?? octets(), 48, 1).length;
    expect(small.facts.negotiates[0]?.request?.frame).toBe(3 + first);
  });

  test("overlaps with the same bytes", async () => {
    const change: Change = (fragments) => [...fragments.slice(1), ...fragments].toReversed();
    const wide = packetsOf(version).flatMap((frame, index) => [
      ...fragmentsOf(frame.bytes, 64, index + 1).slice(1),
      ...fragmentsOf(frame.bytes, 96, index + 1),
    ]);
    expect(
      await factsOf(
        pcapFile(
          wide.map((bytes) => ({ bytes, time: 0 })),
          { linkType: 101 },
        ),
      ),
    ).toMatchObject(WHOLE);
    expect(await factsOf(fragmented(version, change))).toMatchObject(WHOLE);
  });

  test("one missing: its bytes are lost, and the file says so", async () => {
    const wide = 18;
    const capture = fragmented(version, (fragments) => (fragments.length > wide ? fragments.toSpliced(5, 1) : fragments));
    const { analysis, details } = await analyseBytes(capture);
    const [facts] = details.map((detail) => detail.facts);
    expect((facts?.lostFromClient ?? 0) + (facts?.lostFromServer ?? 0)).toBeGreaterThan(1000);
    expect(analysis.capture.issues).toEqual([{ kind: "fragments-incomplete", data: { datagrams: 2 } }]);
  });

  test("overlaps with other bytes are not mixed", async () => {
    const forged: Change = (fragments) =>
      fragments.flatMap((fragment, index) => (index === 2 ? [changedLast(fragment), fragment] : [fragment]));
    const { details } = await analyseBytes(fragmented(version, forged));
    const honest = new Set(messageLines(await onlyConnection(fragmented(version, (fragments) => fragments))));
    for (const detail of details) {
      expect(detail.facts).toMatchObject(WHOLE);
      for (const line of messageLines(detail)) expect([...honest, "SMB2 -1 request ", "SMB2 -1 response 0 "]).toContain(line);
      expect(detail.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    }
  });

  test("cut by the snap length: cut messages, not lost ones", async () => {
    const frames = packetsOf(version).flatMap((frame, index) =>
      fragmentsOf(frame.bytes, 1024, index + 1).map((bytes) => ({ bytes, time: frame.time })),
    );
    const facts = await factsOf(pcapFile(frames, { linkType: 101, snapLength: 150 }));
    expect(facts).toMatchObject({ lostFromClient: 0, lostFromServer: 0 });
    expect(facts.truncatedMessages).toBeGreaterThan(0);
  });
});

test.each(["VXLAN", "GRE", "IP in IP", "Geneve with Ethernet"])("%s in fragments of the outer packet", async (name) => {
  const wrap = ENCAPSULATIONS[name]?.wrap;
  const frames = packetsOf(4).flatMap((frame, index) =>
    fragmentsOf((wrap?.(frame.bytes) ?? octets()).subarray(14), 256, index + 1).map((bytes): Frame => ({ bytes, time: frame.time })),
  );
  expect(await factsOf(pcapFile(frames, { linkType: 101 }))).toMatchObject(WHOLE);
});

test("fragments within fragments", async () => {
  const frames = packetsOf(4).flatMap((frame, index) =>
    fragmentsOf(frame.bytes, 512, index + 1).flatMap((inner, place) => {
      const outer = ENCAPSULATIONS["IP in IP"]?.wrap(inner).subarray(14) ?? octets();
      return fragmentsOf(outer, 128, 1000 + index * 16 + place).map((bytes) => ({ bytes, time: frame.time }));
    }),
  );
  expect(await factsOf(pcapFile(frames, { linkType: 101 }))).toMatchObject(WHOLE);
});

describe("FragmentTable", () => {
  const LIMITS = { datagrams: 8, bytes: 64 * 1024, pieces: 16, age: 1000 };
  const take = (table: FragmentTable, key: string, offset: number, bytes: Uint8Array, last: boolean, time = 0) =>
    table.take({
      key,
      protocol: 6,
      source: concat(zeros(20), bytes),
      header: 0,
      headerLength: 20,
      start: 20,
      end: 20 + bytes.length,
      length: bytes.length,
      offset,
      last,
      time,
    });

  test("its memory is bounded, whatever offsets come", () => {
    const table = new FragmentTable(() => true, LIMITS);
    for (let i = 0; i < 6000; i++) take(table, `${i % 3000}`, (i * 7919 * 8) % 65_000, fill(8, i & 255), false, i % 900);
    expect(table.heldBytes).toBeLessThanOrEqual(LIMITS.bytes + 2 * 65_536);
    expect(table.unfinished()).toBeGreaterThan(2500);
  });

  test("a datagram of too many pieces is given up", () => {
    const table = new FragmentTable(() => true, LIMITS);
    for (let i = 0; i < 17; i++) take(table, "k", 16 * i, fill(8, 1), false);
    expect(table.has("k")).toBe(false);
    expect(table.heldBytes).toBe(0);
  });

  test("one that is too old is given up", () => {
    const table = new FragmentTable(() => true, LIMITS);
    take(table, "k", 0, fill(8, 1), false, 0);
    expect(take(table, "k", 8, fill(8, 2), true, 1001)).toBeNull();
    expect(table.unfinished()).toBe(2);
  });

  test("an identification that is used again begins another datagram", () => {
    const table = new FragmentTable(() => true, LIMITS);
    take(table, "k", 0, fill(8, 1), false);
    expect(take(table, "k", 8, fill(8, 2), true)?.total).toBe(16);
    expect(take(table, "k", 0, fill(8, 3), false)).toBeNull();
    const whole = take(table, "k", 8, fill(8, 4), true);
    expect(whole?.bytes.slice(20, 36)).toEqual(concat(fill(8, 3), fill(8, 4)));
    expect(table.unfinished()).toBe(0);
  });

  test("fragments beyond the largest packet are refused", () => {
    const table = new FragmentTable(() => true, LIMITS);
    expect(take(table, "k", 65_528, fill(8, 1), true)).toBeNull();
    expect(table.has("k")).toBe(false);
  });

  test("a fragment behind the end that was told begins anew", () => {
    const table = new FragmentTable(() => true, LIMITS);
    take(table, "k", 8, fill(8, 1), true);
    expect(take(table, "k", 16, fill(8, 1), true)).toBeNull();
    expect(take(table, "k", 0, fill(16, 1), false)?.total).toBe(24);
  });
});

/** The fragment with its last byte changed. */
function changedLast(fragment: Uint8Array): Uint8Array {
  const copy = fragment.slice();
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 0xff;
  return copy;
}
