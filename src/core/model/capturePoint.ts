import { escapeForDisplay } from "../bytes/text.ts";
import type { Capture } from "./capture.ts";

const PLACE_BITS = 16;
const LONGEST_NAME = 64;

/**
 * Name of a point of the capture for texts: the interface by its name, else `#` and its number; `:` and the number of the place where the
 * frames name one of the capturing machine.
 * @param point the interface's number and, in the low 16 bits, the place, as `FlowTable` holds it
 */
export function pointName({ interfaces }: Pick<Capture, "interfaces">, point: number): string {
  const number = point >>> PLACE_BITS;
  const place = point & ((1 << PLACE_BITS) - 1);
  const name = interfaces[number]?.name ?? null;
  const shown = name === null || name === "" ? `#${number}` : escapeForDisplay(name.slice(0, LONGEST_NAME));
  return place === 0 ? shown : `${shown}:${place}`;
}
