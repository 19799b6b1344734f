import { describe, expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { captureOf, caseNames, putTogether, type TakenApart, takeApart } from "../support/capturesOnDisk.ts";
import type { Frame } from "../support/encodeFrame.ts";

/*
 * Less capture never gives more certainty: whatever is cut off a case, at its end, at its beginning, in its middle or of each frame, no
 * connection is accused that the whole case does not accuse. Another error on a connection that the whole case accuses is allowed: where
 * the proof of the cause is cut away, its effect (the server ended the connection, the answer is not signed) is what is left to see.
 */

/** Cuts that accuse a connection all the same, by case, with the reason; one that is not needed any more fails. */
/** Frames of a capture that are left out in turn; of a long one not every frame. */
const MOST_CUTS = 40;

async function accused(frames: readonly Frame[], linkTypes: readonly number[]): Promise<ReadonlySet<string>> {
  const { connections, findings } = await analyse(memorySource(putTogether(frames, linkTypes)));
  const errors = findings.filter(({ severity }) => severity === "error");
  return new Set(errors.map(({ connection }) => clientOf(connections.get(connection - 1).client)));
}

const clientOf = ({ address, port }: { readonly address: string; readonly port: number }) => `${address} ${port}`;

function cutsOf({ frames }: TakenApart): readonly (readonly [what: string, left: readonly Frame[]])[] {
  const step = Math.ceil(frames.length / MOST_CUTS);
  const places = Array.from({ length: Math.floor((frames.length - 1) / step) }, (_, index) => 1 + index * step);
  const snapLengths = Array.from({ length: 40 }, (_, index) => 40 + 9 * index);
  return [
    ...places.map((place) => [`up to frame ${place}`, frames.slice(0, place)] as const),
    ...places.map((place) => [`from frame ${place + 1} on`, frames.slice(place)] as const),
    ...places.map((place) => [`without frame ${place}`, frames.toSpliced(place - 1, 1)] as const),
    ...snapLengths.map((length) => [`${length} bytes of each frame`, frames.map((frame) => shortened(frame, length))] as const),
  ];
}

function shortened(frame: Frame, length: number): Frame {
  return { ...frame, bytes: frame.bytes.subarray(0, length) };
}

describe.each(caseNames)("%s", (name) => {
  test("no cut accuses a connection that the whole does not accuse", async () => {
    const taken = await takeApart(captureOf(name));
    const whole = await accused(taken.frames, taken.linkTypes);
    const wrong: string[] = [];
    for (const [what, left] of cutsOf(taken)) {
      const found = await accused(left, taken.linkTypes);
      if ([...found].some((client) => !whole.has(client))) wrong.push(what);
    }
    expect(wrong).toEqual([]);
  });
});
