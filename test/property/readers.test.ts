import fc from "fast-check";
import { expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { type ByteSource, memorySource } from "../../src/core/bytes/byteSource.ts";
import { readFrames } from "../../src/core/capture/readFrames.ts";
import { analyseBytes, messageLines } from "../support/analyseBytes.ts";
import { type NgSection, type PcapOptions, pcapFile, pcapngFile } from "../support/captureBuilder.ts";
import { CLIENT, conversation } from "../support/conversation.ts";
import type { Frame } from "../support/encodeFrame.ts";

/* Whatever a file is read in, and wherever it ends: the reader hands on the frames that are whole, each once and unchanged. */

const frames = fc.array(
  fc.record({
    bytes: fc.uint8Array({ maxLength: 300 }),
    time: fc.double({ min: 0, max: 1e8, noNaN: true }),
    interfaceId: fc.integer({ min: 0, max: 1 }),
  }),
  { maxLength: 12 },
);

const pcapOptions: fc.Arbitrary<PcapOptions> = fc.record({
  bigEndian: fc.boolean(),
  nanoseconds: fc.boolean(),
  snapLength: fc.constantFrom(0, 1, 60, 300, 262_144),
});

const sections: fc.Arbitrary<NgSection[]> = fc.array(
  fc.record({
    bigEndian: fc.boolean(),
    blocks: fc.constantFrom("EPB" as const, "SPB" as const, "PB" as const),
    interfaces: fc.array(
      fc.record({ linkType: fc.constantFrom(1, 101), snapLength: fc.constantFrom(0, 100), resolution: fc.constantFrom(6, 9, 0x8a) }),
      {
        minLength: 2,
        maxLength: 2,
      },
    ),
    frames,
  }),
  { minLength: 1, maxLength: 3 },
);

const file: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.tuple(frames, pcapOptions).map(([list, options]) => pcapFile(list, options)),
  sections.map((list) => pcapngFile(...list)),
);

/** One line a frame, with all of its bytes. */
async function linesOf(source: ByteSource) {
  const lines: string[] = [];
  const sink = {
    sighting: () => undefined,
    frame(bytes: Uint8Array, _view: DataView, start: number, captured: number, ...rest: readonly number[]) {
      lines.push(`${rest.join(" ")} ${bytes.subarray(start, start + captured).join(" ")}`);
    },
  };
  const { issues } = await readFrames(source, sink, {}, { aborted: false });
  return { lines, issues };
}

/** A source that answers with as many bytes as the generator says, some of it later. */
function portioned(bytes: Uint8Array, sizes: readonly number[]): ByteSource {
  let place = 0;
  return {
    size: bytes.length,
    read(offset, target) {
      const size = sizes[place++ % sizes.length] ?? 1;
      const count = memorySource(bytes).read(offset, target.subarray(0, size));
      return size % 2 === 0 ? count : Promise.resolve(count);
    },
  };
}

test("any portions, at once or later, give the same frames and issues", async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(file, sizes, fc.nat(), async (bytes, portions, end) => {
      const cut = bytes.subarray(0, bytes.length - (end % 3 === 0 ? end % (bytes.length + 1) : 0));
      expect(await linesOf(portioned(cut, portions))).toEqual(await linesOf(memorySource(cut)));
    }),
    { numRuns: 150 },
  );
});

test("any cut gives the first frames, as many as are whole, and says that the file is cut unless a record ends there", async () => {
  await fc.assert(
    fc.asyncProperty(file, fc.double({ min: 0, max: 1, noNaN: true }), async (bytes, where) => {
      const whole = await linesOf(memorySource(bytes));
      expect(whole.issues).toEqual([]);
      const length = Math.floor(bytes.length * where);
      const { lines, issues } = await linesOf(memorySource(bytes.subarray(0, length)));
      expect(lines).toEqual(whole.lines.slice(0, lines.length));
      expect(issues.length).toBeLessThanOrEqual(1);
      if (length === bytes.length) expect(lines).toEqual(whole.lines);
    }),
    { numRuns: 200 },
  );
});

test("any bytes: an answer without an exception", async () => {
  const heads = fc.constantFrom<number[]>([], [0xd4, 0xc3, 0xb2, 0xa1], [0xa1, 0xb2, 0x3c, 0x4d], [0x0a, 0x0d, 0x0d, 0x0a]);
  await fc.assert(
    fc.asyncProperty(heads, fc.uint8Array({ maxLength: 2000 }), async (head, rest) => {
      const { capture } = await analyse(memorySource(Uint8Array.from([...head, ...rest])));
      expect(capture.bytesRead).toBeLessThanOrEqual(capture.size);
    }),
    { numRuns: 300 },
  );
});

const woven: readonly Frame[] = weave(
  conversation()
    .negotiate()
    .sessionSetup()
    .treeConnect()
    .validate({ response: { capabilities: 0x4f } })
    .clientCloses("FIN")
    .frames(),
  conversation({ client: { ...CLIENT, port: 50_000 } })
    .negotiate()
    .sessionSetup()
    .treeConnect()
    .validate()
    .file(300)
    .logoff()
    .frames({ segmentSize: 90 }),
);

function weave(one: readonly Frame[], other: readonly Frame[]): Frame[] {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => [one[index], other[index]])
    .flat()
    .filter((frame) => frame !== undefined);
}

test("every cut of a capture gives the first messages of each connection", async () => {
  const bytes = pcapFile(woven);
  const whole = (await analyseBytes(bytes)).details.map(messageLines);
  expect(whole.map(({ length }) => length)).toEqual([10, 20]);
  const lengths = new Set([0, 3, 23, 24, 30, bytes.length]);
  for (let length = 40; length < bytes.length; length += 61) lengths.add(length);
  for (const length of lengths) {
    const { details } = await analyseBytes(bytes.subarray(0, length));
    for (const [index, detail] of details.entries()) {
      const lines = messageLines(detail);
      expect(lines).toEqual(whole[index]?.slice(0, lines.length));
    }
  }
});
