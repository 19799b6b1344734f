import { ETHERNET, type LayerEntry } from "./layerEntry.ts";

/* Headers that the capturing machine or software puts before the frame itself. */

const FCS = 4;

/** Apple PKTAP (LINKTYPE_PKTAP): length of the header and link type of the frame behind it. False when that cannot be one. */
export function readPktap(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): boolean {
  if (end - start < 12) return false;
  const header = view.getUint32(start, true);
  const linkType = view.getUint32(start + 8, true);
  if (header < 12 || header > end - start || linkType > 0xffff) return false;
  entry.link(linkType, view, start + header, end, wire - header);
  return true;
}

/** Linux netfilter log (LINKTYPE_NFLOG): type-length-value records in host order, the IP packet under type 9. */
export function readNflog(entry: LayerEntry, view: DataView, start: number, end: number): void {
  let at = start + 4;
  while (end - at >= 4) {
    const little = isLittle(view, at);
    const length = view.getUint16(at, little);
    if (length < 4) return;
    if (view.getUint16(at + 2, little) === 9) {
      entry.internet(view, at + 4, Math.min(end, at + length), length - 4);
      return;
    }
    at += (length + 3) & ~3;
  }
}

/** Types of records are below 256, so the byte that is zero tells the byte order. */
function isLittle(view: DataView, at: number): boolean {
  return view.getUint8(at + 3) === 0;
}

/** Hilscher netANALYZER: its own header, in "transparent" mode preamble and start of frame too, then Ethernet with its check sequence. */
export function readNetAnalyzer(entry: LayerEntry, view: DataView, start: number, end: number, wire: number, header: number): void {
  const kept = wire - header - FCS;
  entry.link(ETHERNET, view, start + header, Math.min(end, start + header + kept), kept);
}

/** Endace ERF: fixed header of 16 bytes, extension headers of 8, then for Ethernet two bytes of padding; the wire length holds the FCS. */
export function readEthernetRecord(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 18) return;
  const type = view.getUint8(start + 8);
  let at = start + 16;
  for (let more = (type & 0x80) !== 0; more; at += 8) {
    if (end - at < 8) return;
    more = (view.getUint8(at) & 0x80) !== 0;
  }
  const kind = type & 0x7f;
  const length = wire - (at - start);
  if (kind === 22 || kind === 23) entry.internet(view, at, end, length);
  else if (kind === 2 || kind === 11 || kind === 16 || kind === 20) entry.link(ETHERNET, view, at + 2, end, length - 2);
}
