import { pcapFile } from "./captureBuilder.ts";
import { conversation } from "./conversation.ts";
import { be16, be32, concat, octets } from "./encode.ts";
import type { TcpSegment } from "./encodeFrame.ts";

/*
 * Captures of what happens on the path of a connection, built from documented bytes: nobody's devices were at hand.
 */

const NOTHING = new Uint8Array(0);
const opened = () => conversation().negotiate().sessionSetup().treeConnect();
/** A healthy connection; its frames 14 and 15 are the validation. */
const whole = () => opened().validate().file().logoff().clientCloses("FIN").serverCloses("FIN");

/** The options of a SYN as Windows 10 sends them: MSS 1460, window scale 8, SACK permitted. */
const WINDOWS = octets(2, 4, 0x05, 0xb4, 1, 3, 3, 8, 1, 1, 4, 2);

/** A healthy connection whose SYN and answer carry these further options. */
export function withOptions(client: Uint8Array, server: Uint8Array): Uint8Array {
  const segments = whole()
    .segments()
    .map((segment) => (segment.syn ? { ...segment, options: concat(WINDOWS, segment.from === "client" ? client : server) } : segment));
  return pcapFile(conversation().framesOf(segments));
}

/**
 * SteelHead auto-discovery as Wireshark's packet-tcp.c reads it: kind 76, length, type << 4 | version 1, a reserved byte, the address of the
 * client's SteelHead; a query (type 0) goes on with its application version, a response (type 1) with the address and port of the server's.
 */
export function steelHead(): Uint8Array {
  const query = concat(octets(76, 10, 0x01, 0, 10, 1, 1, 5), be16(5));
  const response = concat(octets(76, 14, 0x11, 0, 10, 1, 1, 5, 10, 2, 2, 5), be16(7800));
  return withOptions(query, response);
}

/** The packets of Linux on both ends: identifications that count, TTL 64 and, six hops away, 58; time stamps (RFC 7323) in each. */
function linuxLike(segments: readonly TcpSegment[]): TcpSegment[] {
  const next = { client: 1000, server: 5000 };
  return segments.map((segment) => ({
    ...segment,
    ttl: segment.from === "client" ? 64 : 58,
    id: next[segment.from]++,
    options: concat(octets(1, 1, 8, 10), be32(Math.floor(segment.time)), be32(7)),
  }));
}

/** A connection that is reset in the server's name after its TREE_CONNECT; `goesOn`: nothing comes of it. */
export function reset(over: Partial<TcpSegment>, goesOn = false): Uint8Array {
  const { segments, at } = beforeReset();
  const { sequence, time } = segments[at] as TcpSegment;
  const last = segments[at - 1] as TcpSegment;
  const rst: TcpSegment = {
    from: "server",
    sequence: last.sequence + last.payload.length,
    acknowledgment: sequence,
    rst: true,
    payload: NOTHING,
    time: time - 0.5,
    ttl: 58,
    window: 0,
    ...over,
  };
  return pcapFile(conversation().framesOf([...segments.slice(0, at), rst, ...(goesOn ? segments.slice(at) : [])]));
}

function beforeReset() {
  const segments = linuxLike(whole().segments());
  return { segments, at: opened().segments().length };
}

/** The end of RFC 9293 3.10.7.1 for a SYN: RST and ACK, sequence 0, window 0, no options. */
function refusal(syn: TcpSegment, time: number): TcpSegment {
  return { from: "server", sequence: 0, acknowledgment: syn.sequence + 1, rst: true, payload: NOTHING, time, window: 0 };
}

function synOf(time: number): TcpSegment {
  const [syn] = conversation().segments();
  return { ...(syn as TcpSegment), options: WINDOWS, time };
}

/** A SYN and its refusal by a host on which nothing listens. */
export function refused(): Uint8Array {
  const syn = synOf(0);
  return pcapFile(conversation().framesOf([syn, refusal(syn, 0.3)]));
}

/** SYNs at these times (milliseconds) that nobody answers, and a frame of another connection at the end. */
export function unanswered(times: readonly number[], end: number): Uint8Array {
  const other = conversation({ client: { address: "192.0.2.11", port: 50_000 } });
  const [syn] = other.segments();
  return pcapFile([
    ...conversation().framesOf(times.map((time, index) => ({ ...synOf(time), id: 100 + index }))),
    ...other.framesOf([{ ...(syn as TcpSegment), time: end }]),
  ]);
}

/** Five retransmissions in doubling steps, as Windows sends them, then its RST; `copies`: fewer of them. */
export function retransmitted(copies = 5, end: "RST" | "none" = "RST"): Uint8Array {
  const segments = opened().validate({ response: null }).segments();
  const request = segments.at(-1) as TcpSegment;
  const again = Array.from({ length: copies }, (_, index) => ({
    ...request,
    id: 200 + index,
    time: request.time + 300 * (2 ** (index + 1) - 1),
  }));
  const rst: TcpSegment = {
    ...request,
    sequence: request.sequence + request.payload.length,
    payload: NOTHING,
    rst: true,
    time: request.time + 20_000,
  };
  return pcapFile(conversation().framesOf([...segments, ...again, ...(end === "RST" ? [rst] : [])]));
}
