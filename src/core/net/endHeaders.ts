import { hasTimestamps, identificationOf, ttlOf, windowOf } from "./keptHeader.ts";
import { ACK, RST, type Segment } from "./segmentSink.ts";
import type { Identifications, TcpSender } from "./tcpSender.ts";
import type { TcpStream } from "./tcpStream.ts";

/** A FIN and a RST of either side. */
const MOST = 4;
const WORDS = 11;
const UNKNOWN = -0x8000_0000;
const IDENTIFICATIONS: readonly Identifications[] = ["counts", "zero", "other"];
const WITH_ACK = 1;
const WITH_TIMESTAMPS = 2;
const STAMPED = 4;
const IPV6 = 8;
const RESET = 16;
const MICROSECOND = 1000;

/** What the packets of an end looked like up to the FIN or RST. */
export interface SenderLook {
  /** Segments with data that were looked at. */
  readonly samples: number;
  /** TTL or hop limit, where it and that of the opening were always the same; else null. */
  readonly ttl: number | null;
  readonly identifications: Identifications;
  /** Identification of the last segment looked at, and microseconds since (at most 2^31). */
  readonly lastId: number;
  readonly sinceLast: number;
  /** All of them carried the time stamps option. */
  readonly timestamps: boolean;
}

/** The headers of a FIN or RST. */
export interface EndHeader {
  /** Null where the packet came in fragments. */
  readonly ttl: number | null;
  /** Null for IPv6. */
  readonly id: number | null;
  /** As it stands in the header, not scaled. */
  readonly window: number;
  readonly ack: boolean;
  readonly timestamps: boolean;
  /** Its sequence number less that of the next new byte of its sender (behind its own data); null: not known in this capture. */
  readonly sequenceOffset: number | null;
  /** Its acknowledgment number less that of the next new byte of the other end; null: not known, or it acknowledges nothing. */
  readonly acknowledgmentOffset: number | null;
  /** Of a RST, what the end in whose name it was sent looked like before; null for a FIN. */
  readonly sender: SenderLook | null;
}

/** The headers of the FINs and RSTs of one connection, in the order in which they came. Numbers only, until somebody asks. */
export class EndHeaders {
  count = 0;
  private readonly words = new Int32Array(MOST * WORDS);

  begin(): void {
    this.count = 0;
  }

  /** Takes a FIN or RST before the streams count it. @param openingTtl TTL of the sender's SYN or answer; 0: not known */
  add(segment: Segment, stream: TcpStream, other: TcpStream, openingTtl: number): void {
    if (this.count === MOST) return;
    const at = this.count++ * WORDS;
    const words = this.words;
    const ack = (segment.flags & ACK) !== 0;
    const isReset = (segment.flags & RST) !== 0;
    words[at] = ttlOf(segment);
    words[at + 1] = identificationOf(segment);
    words[at + 2] = windowOf(segment);
    words[at + 3] =
      (ack ? WITH_ACK : 0) | (hasTimestamps(segment) ? WITH_TIMESTAMPS : 0) | (isReset ? RESET : 0) | (segment.ipv6 ? IPV6 : 0);
    words[at + 4] = stream.known ? (segment.sequence + (isReset ? 0 : segment.payloadLength) - stream.next) | 0 : UNKNOWN;
    words[at + 5] = ack && other.known ? (segment.acknowledgment - other.next) | 0 : UNKNOWN;
    words[at + 7] = 0;
    // Nobody asks of a FIN whose it is, and nearly every connection ends with two.
    if (isReset) this.addLook(at, segment.time, stream.sender, openingTtl);
  }

  private addLook(at: number, time: number, sender: TcpSender, openingTtl: number): void {
    const words = this.words;
    if (sender.samples > 0 && sender.stamped === sender.samples) words[at + 3] = (words[at + 3] ?? 0) | STAMPED;
    words[at + 6] = sender.samples;
    words[at + 7] = sender.ttlLow === sender.ttlHigh && sender.ttlLow === openingTtl ? openingTtl : 0;
    words[at + 8] = IDENTIFICATIONS.indexOf(sender.identifications);
    words[at + 9] = sender.lastId;
    words[at + 10] = Math.min(0x7fff_ffff, Math.max(0, Math.floor((time - sender.lastTime) / MICROSECOND)));
  }

  /** Whether a RST among them has another TTL than all packets of its sender before; packets of several TTLs tell nothing. */
  get hasForeignTtl(): boolean {
    for (let at = 0; at < this.count * WORDS; at += WORDS) {
      const ttl = this.words[at] ?? 0;
      const usual = this.words[at + 7] ?? 0;
      if (ttl !== 0 && usual !== 0 && ttl !== usual) return true;
    }
    return false;
  }

  read(index: number): EndHeader {
    const word = (column: number) => this.words[index * WORDS + column] ?? 0;
    const orNull = (value: number, none: number) => (value === none ? null : value);
    const bits = word(3);
    return {
      ttl: orNull(word(0), 0),
      id: word(0) === 0 || (bits & IPV6) !== 0 ? null : word(1),
      window: word(2),
      ack: (bits & WITH_ACK) !== 0,
      timestamps: (bits & WITH_TIMESTAMPS) !== 0,
      sequenceOffset: orNull(word(4), UNKNOWN),
      acknowledgmentOffset: orNull(word(5), UNKNOWN),
      sender: (bits & RESET) === 0 ? null : this.readLook(index),
    };
  }

  private readLook(index: number): SenderLook {
    const word = (column: number) => this.words[index * WORDS + column] ?? 0;
    return {
      samples: word(6),
      ttl: word(7) === 0 ? null : word(7),
      identifications: IDENTIFICATIONS[word(8)] ?? "other",
      lastId: word(9),
      sinceLast: word(10),
      timestamps: (word(3) & STAMPED) !== 0,
    };
  }
}
