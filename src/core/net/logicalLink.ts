import type { LayerEntry } from "./layerEntry.ts";

const SNAP = 0xaaaa;
/** `aa aa 03`, organisation, EtherType. */
export const SNAP_HEADER = 8;
/** Up to here the field that holds an EtherType is a length (IEEE 802.3). */
export const LONGEST_LENGTH = 1500;

/** IEEE 802.2 with SNAP; other services carry no IP. */
export function readLogicalLink(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (!startsWithSnap(view, start, end)) return;
  const type = view.getUint16(start + 6);
  if (type > LONGEST_LENGTH) entry.etherType(type, view, start + SNAP_HEADER, end, wire - SNAP_HEADER);
}

/** `aa aa 03 00 00 00` with an EtherType behind it; organisation `00 00 f8` is its form for bridges. */
export function startsWithSnap(view: DataView, at: number, end: number): boolean {
  if (end - at < SNAP_HEADER || view.getUint16(at) !== SNAP || view.getUint8(at + 2) !== 3) return false;
  const organisation = (view.getUint16(at + 3) << 8) | view.getUint8(at + 5);
  return organisation === 0 || organisation === 0xf8;
}
