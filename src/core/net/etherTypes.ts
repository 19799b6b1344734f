import { ETHERNET, type LayerEntry } from "./layerEntry.ts";
import { LONGEST_LENGTH, readLogicalLink, startsWithSnap } from "./logicalLink.ts";
import { readPppoe } from "./pointToPoint.ts";
import { readWireless } from "./wireless.ts";

/* What an EtherType other than IP carries: labels, tags, point-to-point sessions, logical link control. */

const MPLS = 0x8847;
const MPLS_MULTICAST = 0x8848;
const PPPOE_SESSION = 0x8864;
const MACSEC = 0x88e5;
const VN_TAG = 0x8926;
const E_TAG = 0x893f;
const MOST_LABELS = 16;
const MACSEC_CHECK = 16;

/** Hands on what an EtherType other than IP and 802.1Q carries; `start` is behind the EtherType. */
export function readEtherType(entry: LayerEntry, type: number, view: DataView, start: number, end: number, wire: number): void {
  if (type <= LONGEST_LENGTH) {
    const length = Math.min(type, wire);
    readLogicalLink(entry, view, start, Math.min(end, start + length), length);
    return;
  }
  switch (type) {
    case MPLS:
    case MPLS_MULTICAST:
      readLabels(entry, view, start, end, wire);
      break;
    case PPPOE_SESSION:
      readPppoe(entry, view, start, end, wire);
      break;
    case MACSEC:
      readMacsec(entry, view, start, end, wire);
      break;
    // Tags of Cisco's and IEEE 802.1BR's port extenders: a tag, then the EtherType.
    case VN_TAG:
      if (end - start >= 6) entry.etherType(view.getUint16(start + 4), view, start + 6, end, wire - 6);
      break;
    case E_TAG:
      if (end - start >= 8) entry.etherType(view.getUint16(start + 6), view, start + 8, end, wire - 8);
      break;
  }
}

/**
 * Windows tools write wireless frames to interfaces that they call Ethernet: frame control of a data frame where the destination would be,
 * and logical link control where only 802.11 has it.
 */
export function readMislabelledWireless(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 32 || (view.getUint8(start) & 0x0f) !== 8) return;
  if (startsWithSnap(view, start + 24, end) || startsWithSnap(view, start + 26, end) || startsWithSnap(view, start + 30, end))
    readWireless(entry, view, start, end, wire, false);
}

/** RFC 3032: labels to the bottom of the stack. Below it stand IP, or Ethernet behind a control word or none (RFC 4448). */
function readLabels(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  let at = start;
  for (let labels = 0; ; labels++) {
    if (labels === MOST_LABELS || end - at < 5) return;
    const bottom = (view.getUint8(at + 2) & 1) !== 0;
    at += 4;
    if (bottom) break;
  }
  const left = wire - (at - start);
  const first = view.getUint8(at) >> 4;
  if (first === 4 || first === 6) entry.internet(view, at, end, left);
  else if (first === 0 && end - at >= 4) entry.link(ETHERNET, view, at + 4, end, left - 4);
  else entry.link(ETHERNET, view, at, end, left);
}

/** IEEE 802.1AE: with the encryption bits clear only a check value is added. */
function readMacsec(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 8) return;
  const control = view.getUint8(start);
  if ((control & 0x0c) !== 0) {
    entry.encrypted("MACsec");
    return;
  }
  const header = (control & 0x20) !== 0 ? 14 : 6;
  if (end - start < header + 2) return;
  const length = wire - header - 2 - MACSEC_CHECK;
  const at = start + header + 2;
  entry.etherType(view.getUint16(start + header), view, at, Math.min(end, at + length), length);
}
