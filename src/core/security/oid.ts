/** Names by object identifier: `1.3.6.1.5.5.2` -> `SPNEGO`. */
export type OidNames = Readonly<Record<string, string>>;

/** More than any object identifier in use has; the rest of a longer one is left out. */
const MAX_ARCS = 64;
const LARGEST_ARC = 0xffff_ffff;

/** The contents of an OBJECT IDENTIFIER (X.690 8.19) in dotted form. An arc beyond 32 bits is written as `?`. */
export function oidText(bytes: Uint8Array, start: number, end: number): string {
  const arcs: string[] = [];
  let value = 0;
  for (let at = start; at < end && arcs.length < MAX_ARCS; at++) {
    const octet = bytes[at] ?? 0;
    value = value * 0x80 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    arcs.push(...(arcs.length === 0 ? firstArcs(value) : [arcText(value)]));
    value = 0;
  }
  return arcs.join(".");
}

function firstArcs(value: number): readonly string[] {
  const first = Math.min(2, Math.floor(value / 40));
  return [String(first), arcText(value - 40 * first)];
}

function arcText(value: number): string {
  return value > LARGEST_ARC ? "?" : String(value);
}
