/**
 * A GUID as four signed 32-bit words read little-endian from its 16 wire bytes. Formatting is left to those who show it: a connection
 * compares its GUIDs, it hardly ever prints them.
 */
export interface Guid {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

export function sameGuid(one: Guid, other: Guid): boolean {
  return one.a === other.a && one.b === other.b && one.c === other.c && one.d === other.d;
}

/** Lower-case 8-4-4-4-12 as [MS-DTYP] 2.3.4.3 writes it. */
export function formatGuid(guid: Guid): string {
  const a = hex8(guid.a);
  const b = hex8(guid.b);
  const c = reversed(guid.c);
  const d = reversed(guid.d);
  return `${a}-${b.slice(4)}-${b.slice(0, 4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`;
}

function hex8(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}

/** The four bytes of a word in wire order. */
function reversed(word: number): string {
  const text = hex8(word);
  return text.slice(6) + text.slice(4, 6) + text.slice(2, 4) + text.slice(0, 2);
}
