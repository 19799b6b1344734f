import type { BoxedValue } from "../../protocol/views.ts";

const LIST_SEPARATOR = ", ";

/** A value of which nothing is boxed. */
export function plainValue(text: string): BoxedValue {
  return { before: text, marked: "", after: "", side: "none" };
}

/** `0x` and upper-case digits, as the page writes numbers: `0x0000004E`. */
export function hexValue(value: number, digits: number): string {
  return `0x${(value >>> 0).toString(16).toUpperCase().padStart(digits, "0")}`;
}

/** A value as text, with the digits of a hexadecimal number in upper case; every other text stays. */
export function upperHex(text: string): string {
  return /^0x[0-9a-f]+$/i.test(text) ? `0x${text.slice(2).toUpperCase()}` : text;
}

/** Two values that should be equal, each with the part boxed that differs: from the first to the last differing digit or list item. */
export function boxDifference(was: string, now: string): readonly [BoxedValue, BoxedValue] {
  if (was === now) return [plainValue(was), plainValue(now)];
  const isList = was.includes(LIST_SEPARATOR) || now.includes(LIST_SEPARATOR);
  if (!isList && was.length !== now.length) return [boxed([], [was], [], "", "was"), boxed([], [now], [], "", "now")];
  const separator = isList ? LIST_SEPARATOR : "";
  const one = was.split(separator);
  const other = now.split(separator);
  const prefix = commonStart(one, other);
  const suffix = commonEnd(one, other, prefix);
  return [between(one, prefix, suffix, separator, "was"), between(other, prefix, suffix, separator, "now")];
}

function between(parts: readonly string[], prefix: number, suffix: number, separator: string, side: "was" | "now"): BoxedValue {
  const end = parts.length - suffix;
  return boxed(parts.slice(0, prefix), parts.slice(prefix, end), parts.slice(end), separator, side);
}

function boxed(
  before: readonly string[],
  marked: readonly string[],
  after: readonly string[],
  separator: string,
  side: "was" | "now",
): BoxedValue {
  const head = before.join(separator);
  const tail = after.join(separator);
  const headJoin = head !== "" && marked.length + after.length > 0 ? separator : "";
  const tailJoin = tail !== "" && marked.length > 0 ? separator : "";
  return { before: head + headJoin, marked: marked.join(separator), after: tailJoin + tail, side };
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[length] === other[length]) length++;
  return length;
}

function commonEnd(one: readonly string[], other: readonly string[], start: number): number {
  const most = Math.min(one.length, other.length) - start;
  let length = 0;
  while (length < most && one[one.length - 1 - length] === other[other.length - 1 - length]) length++;
  return length;
}
