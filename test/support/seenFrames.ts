import { type ByteSource, memorySource } from "../../src/core/bytes/byteSource.ts";
import type { FrameSink } from "../../src/core/capture/frameSink.ts";
import { type FramesRead, type ReadOptions, readFrames } from "../../src/core/capture/readFrames.ts";
import { fill } from "./encode.ts";
import type { Frame } from "./encodeFrame.ts";

/** What a reader hands on of one frame. */
export interface SeenFrame {
  readonly number: number;
  readonly linkType: number;
  readonly interfaceId: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly captured: number;
  readonly original: number;
  readonly direction: number;
  /** First and last byte that the file holds. */
  readonly ends: readonly [number | undefined, number | undefined];
}

/** Reads a whole capture. */
export async function read(source: ByteSource | Uint8Array, options: ReadOptions = {}, signal = { aborted: false }) {
  const seen: SeenFrame[] = [];
  const sink: FrameSink = {
    sighting: () => undefined,
    frame(bytes, _view, start, captured, original, linkType, interfaceId, seconds, nanoseconds, number, direction) {
      const ends = [bytes[start], bytes[start + captured - 1]] as const;
      seen.push({ number, linkType, interfaceId, seconds, nanoseconds, captured, original, direction, ends });
    },
  };
  const result: FramesRead = await readFrames(source instanceof Uint8Array ? memorySource(source) : source, sink, options, signal);
  return { seen, result, kinds: result.issues.map((issue) => issue.kind) };
}

/** Frames of 60, 61, 62, ... bytes, each filled with its number from 1; a second and a bit apart. */
export function numbered(count: number): Frame[] {
  return Array.from({ length: count }, (_, index) => ({ bytes: fill(60 + index, index + 1), time: index * 1000.25 }));
}
