import { describe, expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { CLIENT, conversation, SERVER } from "../support/conversation.ts";
import { concat, fill, zeros } from "../support/encode.ts";
import { type Frame, frameBytes } from "../support/encodeFrame.ts";

/* Captures made to fill the memory: what is kept of connections that never end is bounded, and what was given up is named. */

const NEGOTIATE = conversation({ handshake: false }).negotiate({ response: null }).segments()[0]?.payload as Uint8Array;

const PART = 20_000;

/** One of many clients, by number. */
const clientOf = (number: number) => ({ address: `10.0.${number >> 8}.${number & 255}`, port: CLIENT.port });

/** A segment of a client, so many bytes behind the beginning of its stream. */
function frame(client: number, payload: Uint8Array, sequence = 0, time = 0): Frame {
  const segment = { from: "client", sequence: 1 + sequence, acknowledgment: 1, payload, time } as const;
  return { bytes: frameBytes(segment, clientOf(client), SERVER), time };
}

const each = (count: number, make: (client: number) => Frame | readonly Frame[]) =>
  Array.from({ length: count }, (_, client) => make(client)).flat();

/** In parts: a call takes only so many arguments. */
function analysed(frames: readonly Frame[]) {
  const parts = Array.from({ length: Math.ceil(frames.length / PART) }, (_, part) =>
    pcapFile(frames.slice(part * PART, (part + 1) * PART)),
  );
  return analyse(memorySource(concat(...parts.map((file, part) => (part === 0 ? file : file.subarray(24))))));
}

describe("connections that never end", () => {
  test("more at a time than are followed: those that were idle longest end where they are, and each has its row", {
    timeout: 60_000,
  }, async () => {
    const again = conversation({ handshake: false }).negotiate().sessionSetup().segments().at(-1)?.payload as Uint8Array;
    const frames = [
      ...each(40_000, (client) => frame(client, NEGOTIATE, 0, client / 1000)),
      // The first of them goes on; so does the last, which was idle for a moment only.
      frame(0, again, NEGOTIATE.length, 50),
      frame(39_999, again, NEGOTIATE.length, 51),
    ];
    const { capture, connections, findings } = await analysed(frames);
    expect(capture.issues).toEqual([{ kind: "connections-ended-early", data: { connections: 8192, limit: 32_768 } }]);
    expect(connections.count).toBe(40_001);
    expect([0, 1, 39_999, 40_000].map((index) => connections.get(index).messages)).toEqual([1, 1, 2, 1]);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("that are no SMB either", { timeout: 60_000 }, async () => {
    const { capture, connections } = await analysed(each(40_000, (client) => frame(client, fill(20, 0x41))));
    expect(capture.issues).toMatchObject([{ kind: "connections-ended-early" }]);
    expect(connections.count).toBe(0);
  });

  test("of messages whose rest never comes no more is kept than the budget", { timeout: 60_000 }, async () => {
    const begun = concat(NEGOTIATE, zeros(16_600));
    begun[1] = 0x10;
    const { capture } = await analysed(each(4500, (client) => frame(client, begun)));
    expect(capture.issues).toMatchObject([{ kind: "connections-ended-early" }]);
  });
});

describe("bytes out of order", () => {
  const HOLE = 1000;

  test.each([
    ["large segments", 40, 40, 50_000],
    ["segments of a byte, which take more than they hold", 160, 1000, 1],
  ])("%s behind holes of many streams: the holes are given up", { timeout: 60_000 }, async (_, clients, segments, size) => {
    const payload = fill(size, 1);
    const frames = each(clients, (client) => [
      frame(client, NEGOTIATE),
      ...Array.from({ length: segments }, (_, index) => frame(client, payload, NEGOTIATE.length + HOLE + 2 * index * size)),
    ]);
    const { capture, connections } = await analysed(frames);
    expect(capture.issues).toMatchObject([{ kind: "holes-given-up", data: { limit: 64 } }]);
    const streams = Number(capture.issues[0]?.data?.["streams"]);
    expect(streams).toBeGreaterThan(10);
    expect(streams).toBeLessThan(clients);
    expect(connections.count).toBe(clients);
  });

  test("a few of them wait for what is late", async () => {
    const of = conversation().negotiate().sessionSetup().treeConnect().validate();
    const segments = of.segments({ segmentSize: 50 });
    const late = segments.findIndex(({ payload }) => payload.length > 0);
    const { capture, connections } = await analysed(
      of.framesOf(
        [...segments.toSpliced(late, 1).slice(0, late + 1), segments[late] ?? segments[0], ...segments.slice(late + 2)].filter(
          (one) => one !== undefined,
        ),
      ),
    );
    expect(capture.issues).toEqual([]);
    expect(connections.get(0).validateNegotiate).toMatchObject([{ verdict: "holds" }]);
  });
});
