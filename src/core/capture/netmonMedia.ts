import { OWN_LINK_TYPES } from "./captureInterface.ts";

/* Media types of Network Monitor and Message Analyzer, per file and, from version 2.1 on, per frame. */

export const NETMON_80211 = 6;
/** From here on frames of a converted pcap: the lower bits are the LINKTYPE. */
const PCAP = 0xe000;
/** Of these, what Message Analyzer gave meanings of its own. */
const MESSAGE_ANALYZER_FIRST = 0xe080;
const MESSAGE_ANALYZER_LAST = 0xe08a;
/** An event of an event trace, which may hold a packet. */
export const NETMON_EVENT = 0xffe0;
/** From here on records that are no frames of the network: events, adapter and address tables, filters. */
const FIRST_NO_FRAME = 0xffe0;
/** Headers of reassembled payload, adapters, names: Wireshark gives these no number. */
const FIRST_UNNUMBERED = 0xfffc;
const LAST_UNNUMBERED = 0xfffe;

const LINK_TYPES: ReadonlyMap<number, number> = new Map([
  // VPN captures of version 3.4.
  [0, 1],
  [1, 1],
  [2, 6],
  [3, 10],
  [NETMON_80211, 105],
  [7, 101],
  [8, 101],
  [9, 101],
  [MESSAGE_ANALYZER_FIRST, 105],
]);

/** LINKTYPE of frames of a media type. */
export function mediaLinkType(media: number): number {
  const known = LINK_TYPES.get(media);
  if (known !== undefined) return known;
  const converted = media >= PCAP && media < FIRST_NO_FRAME && (media < MESSAGE_ANALYZER_FIRST || media > MESSAGE_ANALYZER_LAST);
  return converted ? media & 0x0fff : OWN_LINK_TYPES + media;
}

/** Whether Wireshark counts a record as a frame. */
export function isNumbered(media: number): boolean {
  return media < FIRST_UNNUMBERED || media > LAST_UNNUMBERED;
}

export function isFrame(media: number): boolean {
  return media < FIRST_NO_FRAME;
}

/**
 * Length of the header that Network Monitor puts in front of an 802.11 frame; 0: there is none that can be right. In every mode but the
 * monitor's the frame behind it is decrypted, although its Protected bit is still set: it is cleared.
 */
export function open80211(bytes: Uint8Array, view: DataView, start: number, captured: number): number {
  if (captured < 32) return 0;
  const length = view.getUint16(start + 1, true);
  if (length < 32 || length > captured) return 0;
  const monitor = view.getUint32(start + 3, true) === 0x8000_0000;
  const flags = start + length + 1;
  if (!monitor && length + 2 <= captured) bytes[flags] = (bytes[flags] ?? 0) & ~0x40;
  return length;
}
