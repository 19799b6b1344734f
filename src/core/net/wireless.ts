import type { LayerEntry } from "./layerEntry.ts";
import { readLogicalLink, SNAP_HEADER, startsWithSnap } from "./logicalLink.ts";

/* IEEE 802.11 data frames, and the headers that capturing software puts before them. */

const LINKTYPE_IEEE802_11 = 105;
const DATA = 2;
const QOS = 0x80;
const NO_DATA = 0x40;
const TO_DS = 1;
const FROM_DS = 2;
const MORE_FRAGMENTS = 4;
const PROTECTED = 0x40;
const HT_CONTROL = 0x80;
const AGGREGATE = 0x80;
const FCS = 4;
/** Initialisation vector of CCMP and TKIP, which some drivers leave before the decrypted content. */
const CIPHER_HEADER = 8;
const MOST_SUBFRAMES = 64;

/**
 * IEEE 802.11-2020 9.2.4. Management and control frames carry nothing for us. A protected frame whose content is plain was decrypted
 * by the driver, which often leaves the bit.
 * @param padded the header is filled to a multiple of four (radiotap "data pad")
 */
export function readWireless(entry: LayerEntry, view: DataView, start: number, end: number, wire: number, padded: boolean): void {
  if (end - start < 24) return;
  const control = view.getUint8(start);
  const flags = view.getUint8(start + 1);
  if ((control & 3) !== 0 || ((control >> 2) & 3) !== DATA || (control & NO_DATA) !== 0) return;
  // A part of a frame: the rest is in others, and no network uses it any more.
  if ((flags & MORE_FRAGMENTS) !== 0 || (view.getUint16(start + 22, true) & 15) !== 0) return;
  const quality = (control & QOS) !== 0;
  let header = 24 + ((flags & (TO_DS | FROM_DS)) === (TO_DS | FROM_DS) ? 6 : 0);
  const qualityAt = start + header;
  if (quality) header += 2 + ((flags & HT_CONTROL) !== 0 ? 4 : 0);
  if (padded) header = (header + 3) & ~3;
  if (end - start < header + SNAP_HEADER) return;
  let at = start + header;
  const aggregate = quality && (view.getUint8(qualityAt) & AGGREGATE) !== 0;
  if ((flags & PROTECTED) !== 0 && !aggregate && !startsWithSnap(view, at, end)) {
    if (!startsWithSnap(view, at + CIPHER_HEADER, end)) {
      entry.encrypted("802.11");
      return;
    }
    at += CIPHER_HEADER;
  }
  if (!aggregate) readLogicalLink(entry, view, at, end, wire - (at - start));
  else readSubframes(entry, view, at, end, (flags & PROTECTED) !== 0);
}

/** A-MSDU (9.3.2.2): each subframe with addresses, length and padding to four. */
function readSubframes(entry: LayerEntry, view: DataView, start: number, end: number, isProtected: boolean): void {
  let at = start;
  for (let count = 0; count < MOST_SUBFRAMES && end - at >= 14 + SNAP_HEADER; count++) {
    const length = view.getUint16(at + 12);
    if (!startsWithSnap(view, at + 14, end)) {
      if (isProtected && count === 0) entry.encrypted("802.11");
      return;
    }
    readLogicalLink(entry, view, at + 14, Math.min(end, at + 14 + length), length);
    at += (14 + length + 3) & ~3;
  }
}

/** radiotap.org: the present words tell where the one field of interest is, the flags of the frame. */
export function readRadiotap(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 8 || view.getUint8(start) !== 0) return;
  const header = view.getUint16(start + 2, true);
  const present = view.getUint32(start + 4, true);
  if (header < 8 || header > end - start) return;
  let fieldAt = 8;
  for (let word = present; word >>> 31 === 1; fieldAt += 4) {
    if (fieldAt + 4 > header) return;
    word = view.getUint32(start + fieldAt, true);
  }
  if ((present & 1) !== 0) fieldAt = ((fieldAt + 7) & ~7) + 8;
  const flags = (present & 2) !== 0 && fieldAt < header ? view.getUint8(start + fieldAt) : 0;
  readBehind(entry, view, start, end, wire, header, (flags & 0x10) !== 0, (flags & 0x20) !== 0);
}

/** Per-Packet Information: fields, among them (type 2) the flags of an 802.11 frame, before a frame of the link type it names. */
export function readPpi(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 8) return;
  const header = view.getUint16(start + 2, true);
  const linkType = view.getUint32(start + 4, true);
  if (header < 8 || header > end - start) return;
  if (linkType !== LINKTYPE_IEEE802_11) {
    entry.link(linkType, view, start + header, end, wire - header);
    return;
  }
  let checked = false;
  for (let at = start + 8; at + 4 <= start + header; ) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 2 && at + 14 <= start + header) checked = (view.getUint16(at + 12, true) & 1) !== 0;
    at += 4 + length;
  }
  readBehind(entry, view, start, end, wire, header, checked, false);
}

/** Prism monitor header: code and length, in host order. */
export function readPrism(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 8) return;
  const little = view.getUint32(start + 4, true);
  const header = little < 0x1_0000 ? little : view.getUint32(start + 4);
  if (header >= 8 && header <= end - start) readWireless(entry, view, start + header, end, wire - header, false);
}

/** AVS WLAN monitor header: version and length. */
export function readAvs(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 8) return;
  const header = view.getUint32(start + 4);
  if (header >= 8 && header <= end - start) readWireless(entry, view, start + header, end, wire - header, false);
}

function readBehind(
  entry: LayerEntry,
  view: DataView,
  start: number,
  end: number,
  wire: number,
  header: number,
  checked: boolean,
  padded: boolean,
): void {
  const length = wire - header - (checked ? FCS : 0);
  readWireless(entry, view, start + header, Math.min(end, start + header + length), length, padded);
}
