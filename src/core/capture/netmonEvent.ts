import { type Direction, INBOUND, OUTBOUND, UNKNOWN_DIRECTION } from "./frameSink.ts";

/*
 * Events (media type 0xFFE0) of a Network Monitor file: how Network Monitor and Message Analyzer save the packets of an event trace. An
 * EVENT_HEADER of 80 bytes, 9 bytes of context, extended items, and the event's own data.
 */

const EVENT_HEADER = 80;
const CONTEXT = 9;
const EXTENDED_ITEM = 8;
/** Microsoft-Windows-NDIS-PacketCapture, {2ED6006E-4729-4609-B423-3EE7BCD678EF}, as it stands in the file. */
const NDIS_CAPTURE = [0x2ed6006e, 0x46094729, 0xe73e23b4, 0xef78d6bc];
const PACKET_FRAGMENT = 1001;
/** Two interface indexes and the size of the fragment. */
const FRAGMENT_HEADER = 12;

/** Bits of the event's keyword, its lower and upper half. */
const WIRELESS_WAN = 0x200;
const TUNNEL = 0x8000;
const NATIVE_80211 = 0x1_0000;
const PACKET_START = 0x4000_0000;
const PACKET_END = 0x8000_0000;
const SEND = 1;
const RECEIVE = 2;

const ETHERNET = 1;
const RAW_IP = 101;
const IEEE_80211 = 105;

/** The packet that an event holds. */
export interface EventPacket {
  readonly start: number;
  readonly captured: number;
  /** More of the packet is in other events. */
  readonly cut: boolean;
  readonly linkType: number;
  readonly direction: Direction;
}

/** The packet in the event `bytes[start, end)`; null where it is another event, or the rest of a packet. */
export function readPacketEvent(bytes: Uint8Array, view: DataView, start: number, end: number): EventPacket | null {
  const data = eventData(view, start, end);
  if (data < 0 || !isNdisCapture(view, start) || view.getUint16(start + 0x28, true) !== PACKET_FRAGMENT) return null;
  if (end - data < FRAGMENT_HEADER) return null;
  const low = view.getUint32(start + 0x30, true);
  const high = view.getUint32(start + 0x34, true);
  if ((low & PACKET_START) === 0 && (low & PACKET_END) !== 0) return null;
  const packet = data + FRAGMENT_HEADER;
  const captured = Math.min(view.getUint32(data + 8, true), end - packet);
  const wireless = (low & NATIVE_80211) !== 0;
  // What the driver hands on is decrypted, whatever the frame says of itself.
  if (wireless && captured >= 2) bytes[packet + 1] = (bytes[packet + 1] ?? 0) & ~0x40;
  return {
    start: packet,
    captured,
    cut: (low & PACKET_START) !== 0 && (low & PACKET_END) === 0,
    linkType: wireless ? IEEE_80211 : (low & (WIRELESS_WAN | TUNNEL)) !== 0 ? RAW_IP : ETHERNET,
    direction: (high & SEND) !== 0 ? OUTBOUND : (high & RECEIVE) !== 0 ? INBOUND : UNKNOWN_DIRECTION,
  };
}

/** Place of the event's own data; -1: its parts do not fit. */
function eventData(view: DataView, start: number, end: number): number {
  if (end - start < EVENT_HEADER + CONTEXT) return -1;
  let at = start + EVENT_HEADER + CONTEXT;
  for (let items = view.getUint16(start + EVENT_HEADER + 4, true); items > 0; items--) {
    if (end - at < EXTENDED_ITEM) return -1;
    at += EXTENDED_ITEM + view.getUint16(at + 6, true);
  }
  return at <= end ? at : -1;
}

function isNdisCapture(view: DataView, start: number): boolean {
  return NDIS_CAPTURE.every((word, index) => view.getUint32(start + 0x18 + 4 * index, true) === word);
}
