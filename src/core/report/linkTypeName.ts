import { OWN_LINK_TYPES } from "../capture/captureInterface.ts";

/** Names of LINKTYPE numbers that captures of SMB come with (tcpdump.org/linktypes.html). */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0, "BSD loopback"],
  [1, "Ethernet"],
  [9, "PPP"],
  [12, "raw IP"],
  [14, "raw IP"],
  [50, "PPP over serial"],
  [51, "PPPoE"],
  [101, "raw IP"],
  [104, "Cisco HDLC"],
  [105, "IEEE 802.11"],
  [108, "OpenBSD loopback"],
  [109, "OpenBSD IPsec"],
  [113, "Linux cooked"],
  [117, "OpenBSD pflog"],
  [119, "802.11 with Prism header"],
  [127, "802.11 radiotap"],
  [163, "802.11 with AVS header"],
  [192, "PPI"],
  [197, "ERF"],
  [228, "IPv4"],
  [229, "IPv6"],
  [239, "NFLOG"],
  [240, "NetAnalyzer"],
  [241, "NetAnalyzer transparent"],
  [252, "exported PDUs"],
  [258, "Apple PKTAP"],
  [276, "Linux cooked v2"],
  [290, "ETW"],
]);

/** `Ethernet`; a number without a name as `LINKTYPE 147`, one of the container's own as `media type 4`. */
export function linkTypeName(linkType: number): string {
  if (linkType >= OWN_LINK_TYPES) return `media type ${linkType - OWN_LINK_TYPES}`;
  return NAMES.get(linkType) ?? `LINKTYPE ${linkType}`;
}
