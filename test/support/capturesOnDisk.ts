import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { readFrames } from "../../src/core/capture/readFrames.ts";
import { BASE_SECONDS, pcapngFile } from "./captureBuilder.ts";
import type { Frame } from "./encodeFrame.ts";

/** test/captures: one folder a case, with its capture and a README. */
export const CAPTURES = path.resolve(import.meta.dirname, "../captures");

/** Names of all cases. */
export const caseNames: readonly string[] = readdirSync(CAPTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Bytes of a case's capture. */
export function captureOf(name: string): Uint8Array {
  const folder = path.join(CAPTURES, name);
  const [file, ...others] = readdirSync(folder).filter((entry) => /^capture\.pcap(ng)?$/.test(entry));
  if (file === undefined || others.length > 0) throw new Error(`${folder} must hold exactly one capture`);
  return new Uint8Array(readFileSync(path.join(folder, file)));
}

/** The frames of a capture, taken out so that some can be left away and the rest be put together again. */
export interface TakenApart {
  readonly frames: readonly Frame[];
  readonly linkTypes: readonly number[];
}

export async function takeApart(capture: Uint8Array): Promise<TakenApart> {
  const frames: Frame[] = [];
  const sink = {
    sighting: () => undefined,
    frame(
      bytes: Uint8Array,
      _view: DataView,
      start: number,
      captured: number,
      original: number,
      _linkType: number,
      interfaceId: number,
      seconds: number,
      nanoseconds: number,
    ) {
      const time = (seconds - BASE_SECONDS) * 1000 + nanoseconds / 1e6;
      frames.push({ bytes: bytes.slice(start, start + captured), original, interfaceId, time });
    },
  };
  const { parser } = await readFrames(memorySource(capture), sink, {}, { aborted: false });
  return { frames, linkTypes: (parser?.interfaces ?? []).map(({ linkType }) => linkType) };
}

/** A capture of these frames. */
export function putTogether(frames: readonly Frame[], linkTypes: readonly number[]): Uint8Array {
  return pcapngFile({ interfaces: linkTypes.map((linkType) => ({ linkType })), frames });
}

/** Which frames of a capture are left; numbers from 1, both ends included. */
export interface Cut {
  readonly from?: number;
  readonly to?: number;
  readonly without?: readonly number[];
  /** Bytes kept of each frame. */
  readonly snapLength?: number;
}

/** The capture as it would be had it been started later, stopped earlier, lost frames or kept less of each. */
export async function cutCapture(capture: Uint8Array, cut: Cut): Promise<Uint8Array> {
  const { frames, linkTypes } = await takeApart(capture);
  const left = frames.filter((_, index) => {
    const number = index + 1;
    return number >= (cut.from ?? 1) && number <= (cut.to ?? frames.length) && cut.without?.includes(number) !== true;
  });
  const kept = left.map((frame) => ({ ...frame, bytes: frame.bytes.subarray(0, cut.snapLength ?? frame.bytes.length) }));
  return putTogether(kept, linkTypes);
}
