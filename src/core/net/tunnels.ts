import { ETHERNET, type LayerEntry } from "./layerEntry.ts";
import { readPpp } from "./pointToPoint.ts";

/* Tunnels over IP, as mirrored ports and overlay networks use them. */

/** Protocol numbers of IP (IANA). */
const IP_IN_IP = 4;
const IPV6_IN_IP = 41;
const GRE = 47;
const ESP = 50;
const ETHER_IP = 97;
const MPLS_IN_IP = 137;

const ETHERTYPE_MPLS = 0x8847;
const ETHERTYPE_PPP = 0x880b;
const ERSPAN = 0x88be;
const ERSPAN_3 = 0x22eb;
const BRIDGED = 0x6558;

const VXLAN_PORT = 4789;
/** Of Linux before the number was assigned. */
const VXLAN_LINUX_PORT = 8472;
const GENEVE_PORT = 6081;

/** Whether `readProtocol` knows this protocol number of IP. */
export function isTunnel(protocol: number): boolean {
  return protocol === GRE || protocol === IP_IN_IP || protocol === IPV6_IN_IP || protocol === ETHER_IP || protocol === MPLS_IN_IP;
}

/** What an IP packet carries that is neither TCP nor UDP. */
export function readProtocol(entry: LayerEntry, protocol: number, view: DataView, start: number, end: number, wire: number): void {
  switch (protocol) {
    case IP_IN_IP:
    case IPV6_IN_IP:
      entry.internet(view, start, end, wire);
      break;
    case GRE:
      readGre(entry, view, start, end, wire);
      break;
    case ETHER_IP:
      entry.link(ETHERNET, view, start + 2, end, wire - 2);
      break;
    case MPLS_IN_IP:
      entry.etherType(ETHERTYPE_MPLS, view, start, end, wire);
      break;
    case ESP:
      entry.encrypted("ESP");
      break;
  }
}

/** Whether UDP to this port may carry frames. */
export function isTunnelPort(port: number): boolean {
  return port === VXLAN_PORT || port === GENEVE_PORT || port === VXLAN_LINUX_PORT;
}

/** The payload of UDP to a port of `isTunnelPort`. */
export function readTunnelPort(entry: LayerEntry, port: number, view: DataView, start: number, end: number, wire: number): void {
  if (port === GENEVE_PORT) readGeneve(entry, view, start, end, wire);
  else readVxlan(entry, view, start, end, wire);
}

/** RFC 2784, 2890 and, version 1, 2637: flags, EtherType, then the fields that the flags name. */
function readGre(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 4) return;
  const flags = view.getUint16(start);
  const type = view.getUint16(start + 2);
  const version = flags & 7;
  if (version > 1 || (flags & 0x4000) !== 0) return;
  const sequenced = (flags & 0x1000) !== 0;
  let header = 4 + ((flags & 0x8000) !== 0 ? 4 : 0) + ((flags & 0x2000) !== 0 ? 4 : 0) + (sequenced ? 4 : 0);
  if (version === 1 && (flags & 0x80) !== 0) header += 4;
  const at = start + header;
  if (end <= at) return;
  const left = wire - header;
  if (type === ETHERTYPE_PPP) readPppInGre(entry, view, at, end, left);
  else if (type === ERSPAN) readErspan(entry, view, at, end, left, sequenced ? 8 : 0);
  else if (type === ERSPAN_3) readErspan3(entry, view, at, end, left);
  else if (type === BRIDGED) entry.link(ETHERNET, view, at, end, left);
  else entry.etherType(type, view, at, end, left);
}

function readPppInGre(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  const framed = end - start >= 2 && view.getUint16(start) === 0xff03 ? 2 : 0;
  readPpp(entry, view, start + framed, end, wire - framed);
}

/** Type I has no header of its own and no GRE sequence number, type II has eight bytes. */
function readErspan(entry: LayerEntry, view: DataView, start: number, end: number, wire: number, header: number): void {
  entry.link(ETHERNET, view, start + header, end, wire - header);
}

/** Type III: twelve bytes, and eight more when the last bit of them says so. */
function readErspan3(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 12) return;
  const header = (view.getUint8(start + 11) & 1) !== 0 ? 20 : 12;
  entry.link(ETHERNET, view, start + header, end, wire - header);
}

/** RFC 7348: the I flag, then Ethernet. */
function readVxlan(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 8 || (view.getUint8(start) & 8) === 0) return;
  entry.link(ETHERNET, view, start + 8, end, wire - 8);
}

/** RFC 8926: version 0, length of the options in words, the EtherType of what follows (6558: Ethernet). */
function readGeneve(entry: LayerEntry, view: DataView, start: number, end: number, wire: number): void {
  if (end - start < 8 || view.getUint8(start) >> 6 !== 0) return;
  const header = 8 + (view.getUint8(start) & 0x3f) * 4;
  const type = view.getUint16(start + 2);
  if (type === BRIDGED) entry.link(ETHERNET, view, start + header, end, wire - header);
  else entry.etherType(type, view, start + header, end, wire - header);
}
