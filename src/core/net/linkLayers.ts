import { readEthernetRecord, readNetAnalyzer, readNflog, readPktap } from "./captureHeaders.ts";
import { ETHERNET, ETHERTYPE_IPV4, ETHERTYPE_IPV6, type LayerEntry } from "./layerEntry.ts";
import { readLogicalLink } from "./logicalLink.ts";
import { readCiscoHdlc, readPppFrame, readPppoe } from "./pointToPoint.ts";
import { readAvs, readPpi, readPrism, readRadiotap, readWireless } from "./wireless.ts";

/** LINKTYPE numbers (tcpdump.org/linktypes.html). */
const NULL = 0;
const PPP = 9;
const RAW_BSD = 12;
const RAW_OPENBSD = 14;
const PPP_HDLC = 50;
const PPP_ETHER = 51;
const RAW = 101;
const C_HDLC = 104;
const IEEE802_11 = 105;
const LOOP = 108;
const ENC = 109;
const LINUX_SLL = 113;
const PFLOG = 117;
const PRISM = 119;
const RADIOTAP = 127;
const USER0 = 147;
const USER2 = 149;
const USER15 = 162;
const AVS = 163;
const PPI = 192;
const ERF = 197;
const IPV4 = 228;
const IPV6 = 229;
const NFLOG = 239;
const NETANALYZER = 240;
const NETANALYZER_TRANSPARENT = 241;
const PKTAP = 258;
const LINUX_SLL2 = 276;

/** Ethernet protocol of a Linux "cooked" frame that holds 802.2 LLC. */
const SLL_LLC = 4;
/** Bytes that etl2pcapng adds to the length of frames of mobile broadband, which have no Ethernet header. */
const ETHERNET_HEADER = 14;

/** Reads the link header and hands on what it carries. False for a link type that is not read. */
export function readLink(entry: LayerEntry, linkType: number, view: DataView, start: number, end: number, wire: number): boolean {
  switch (linkType) {
    // The number is RAW on most systems and LOOP on OpenBSD: there the address family comes first, whose first byte is 0.
    case RAW_BSD: {
      const header = end > start && view.getUint8(start) === 0 ? 4 : 0;
      entry.internet(view, start + header, end, wire - header);
      return true;
    }
    case RAW:
    case RAW_OPENBSD:
    case IPV4:
    case IPV6:
      entry.internet(view, start, end, wire);
      return true;
    // The address family is in the byte order of the capturing host and IPv6 has five numbers: the version of IP tells more simply.
    case NULL:
    case LOOP:
      entry.internet(view, start + 4, end, wire - 4);
      return true;
    case ENC:
      entry.internet(view, start + 12, end, wire - 12);
      return true;
    case PFLOG: {
      const header = end > start ? (view.getUint8(start) + 3) & ~3 : 4;
      entry.internet(view, start + header, end, wire - header);
      return true;
    }
    case LINUX_SLL:
      if (end - start >= 16) readCooked(entry, view.getUint16(start + 14), view, start + 16, end, wire - 16);
      return true;
    case LINUX_SLL2:
      if (end - start >= 20) readCooked(entry, view.getUint16(start), view, start + 20, end, wire - 20);
      return true;
    case PPP:
    case PPP_HDLC:
      readPppFrame(entry, view, start, end, wire);
      return true;
    case PPP_ETHER:
      readPppoe(entry, view, start, end, wire);
      return true;
    case C_HDLC:
      readCiscoHdlc(entry, view, start, end, wire);
      return true;
    default:
      return readPseudoHeader(entry, linkType, view, start, end, wire);
  }
}

function readPseudoHeader(entry: LayerEntry, linkType: number, view: DataView, start: number, end: number, wire: number): boolean {
  switch (linkType) {
    case IEEE802_11:
      readWireless(entry, view, start, end, wire, false);
      return true;
    case RADIOTAP:
      readRadiotap(entry, view, start, end, wire);
      return true;
    case PPI:
      readPpi(entry, view, start, end, wire);
      return true;
    case PRISM:
      readPrism(entry, view, start, end, wire);
      return true;
    case AVS:
      readAvs(entry, view, start, end, wire);
      return true;
    case ERF:
      readEthernetRecord(entry, view, start, end, wire);
      return true;
    case NFLOG:
      readNflog(entry, view, start, end);
      return true;
    case NETANALYZER:
      readNetAnalyzer(entry, view, start, end, wire, 4);
      return true;
    case NETANALYZER_TRANSPARENT:
      readNetAnalyzer(entry, view, start, end, wire, 12);
      return true;
    case PKTAP:
      readPktap(entry, view, start, end, wire);
      return true;
    default:
      return linkType >= USER0 && linkType <= USER15 && readUser(entry, linkType, view, start, end, wire);
  }
}

function readCooked(entry: LayerEntry, protocol: number, view: DataView, start: number, end: number, wire: number): void {
  if (protocol === SLL_LLC) readLogicalLink(entry, view, start, end, wire);
  else entry.etherType(protocol, view, start, end, wire);
}

/** Private link types mean what their users agreed on: Apple's PKTAP once had one, others put Ethernet or IP there. False: neither. */
function readUser(entry: LayerEntry, linkType: number, view: DataView, start: number, end: number, wire: number): boolean {
  if (end - start < 34) return false;
  if (linkType === USER2 && readPktap(entry, view, start, end, wire)) return true;
  const type = view.getUint16(start + 12);
  const version = view.getUint8(start + 14) >> 4;
  if ((type === ETHERTYPE_IPV4 && version === 4) || (type === ETHERTYPE_IPV6 && version === 6)) {
    entry.link(ETHERNET, view, start, end, wire);
    return true;
  }
  const ipv4 = view.getUint8(start) === 0x45 && view.getUint16(start + 2) <= wire;
  const ipv6 = view.getUint8(start) >> 4 === 6 && view.getUint16(start + 4) + 40 <= wire;
  if (ipv4 || ipv6) entry.internet(view, start, end, wire);
  return ipv4 || ipv6;
}

/**
 * Whether a frame without link header is whole although its length says that bytes are missing: etl2pcapng adds the length of an
 * Ethernet header to the length of mobile broadband frames, which have none.
 */
export function isWholeRawFrame(linkType: number, view: DataView, start: number, captured: number, original: number): boolean {
  if (linkType !== RAW && linkType !== IPV4 && linkType !== IPV6) return false;
  if (original - captured !== ETHERNET_HEADER || captured < 20) return false;
  const version = view.getUint8(start) >> 4;
  return version === 4 ? view.getUint16(start + 2) === captured : version === 6 && view.getUint16(start + 4) + 40 === captured;
}
