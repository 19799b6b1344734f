import { ETHERTYPE_IPV4, ETHERTYPE_IPV6, type LayerEntry } from "./layerEntry.ts";

const PPP_IPV4 = 0x0021;
const PPP_IPV6 = 0x0057;
const PPP_MPLS = 0x0281;
const ETHERTYPE_MPLS = 0x8847;
/** Version and type 1, code 0: a frame of a running session. */
const PPPOE_SESSION = 0x1100;
const CISCO_UNICAST = 0x0f;
const CISCO_MULTICAST = 0x8f;

/** PPP in HDLC-like framing (RFC 1662), address and control optional; on serial lines it may be Cisco's HDLC instead. */
export function readPppFrame(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 4) return;
  const address = view.getUint8(start);
  if (address === CISCO_UNICAST || address === CISCO_MULTICAST) readCiscoHdlc(entry, view, start, end, wire);
  else if (view.getUint16(start) === 0xff03) readPpp(entry, view, start + 2, end, wire - 2);
  else readPpp(entry, view, start, end, wire);
}

/** A PPP protocol number, one byte where it is odd (RFC 1661 6.5), and what it carries. */
export function readPpp(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 2) return;
  const short = (view.getUint8(start) & 1) !== 0;
  const protocol = short ? view.getUint8(start) : view.getUint16(start);
  const size = short ? 1 : 2;
  if (protocol === PPP_IPV4) entry.etherType(ETHERTYPE_IPV4, view, start + size, end, wire - size);
  else if (protocol === PPP_IPV6) entry.etherType(ETHERTYPE_IPV6, view, start + size, end, wire - size);
  else if (protocol === PPP_MPLS) entry.etherType(ETHERTYPE_MPLS, view, start + size, end, wire - size);
}

/** PPP over Ethernet (RFC 2516 4): version, type and code, session, length. */
export function readPppoe(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 6 || view.getUint16(start) !== PPPOE_SESSION) return;
  const length = Math.min(view.getUint16(start + 4), wire - 6);
  readPpp(entry, view, start + 6, Math.min(end, start + 6 + length), length);
}

/** Cisco HDLC: address, control, EtherType. */
export function readCiscoHdlc(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start >= 4) entry.etherType(view.getUint16(start + 2), view, start + 4, end, wire - 4);
}
