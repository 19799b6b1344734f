/** One IP datagram that arrives in fragments. */
interface Datagram {
  /** The IP header of its latest fragment, then the payload as far as it has come. */
  bytes: Uint8Array;
  /** Payload that came, in order and without overlap: start, end on the wire, end of what the file holds. */
  readonly pieces: Piece[];
  /** Payload length; -1 until the last fragment came. */
  total: number;
  readonly since: number;
  /** Fragments said different bytes for one place; the newer ones stand. */
  doubtful: boolean;
  complete: boolean;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly held: number;
}

/** One fragment as the frame holds it. An object is fine here: fragments of SMB are rare. */
export interface Fragment {
  readonly key: FragmentKey;
  /** Protocol number of what is fragmented. */
  readonly protocol: number;
  readonly source: Uint8Array;
  /** The IP header without options: `source[header, header + headerLength)`. */
  readonly header: number;
  readonly headerLength: number;
  /** Payload that the file holds: `source[start, end)`; the wire had `length`. */
  readonly start: number;
  readonly end: number;
  readonly length: number;
  readonly offset: number;
  readonly last: boolean;
  readonly time: number;
}

/** A datagram put together again; valid until the next fragment is given. */
export interface Reassembled {
  /** The IP header as the fragment had it, then the payload. */
  readonly bytes: Uint8Array;
  /** Payload length on the wire, and how much of it from its start the file holds. */
  readonly total: number;
  readonly held: number;
  readonly doubtful: boolean;
  readonly headerLength: number;
  readonly protocol: number;
}

/** Fragments of one protocol between two ends under one identification belong together (RFC 791 3.2, RFC 8200 4.5). */
export type FragmentKey = string;

export interface FragmentLimits {
  readonly datagrams: number;
  readonly bytes: number;
  readonly pieces: number;
  /** Nanoseconds that an unfinished datagram is kept. */
  readonly age: number;
}

/** RFC 791 gives fragments 15 seconds, RFC 8200 a minute. */
const LIMITS: FragmentLimits = { datagrams: 256, bytes: 4 * 1024 * 1024, pieces: 128, age: 30_000_000_000 };
const LARGEST_PAYLOAD = 65_535;
const SMALLEST_BUFFER = 2048;

/**
 * Puts fragmented IP datagrams together, bounded in number, bytes, pieces and age: the oldest goes first. Where fragments say different
 * bytes for one place (RFC 5722), what comes of it is marked as doubtful. A datagram is kept for a while after it is complete, so
 * that fragments recorded twice do not begin another.
 */
export class FragmentTable {
  /** Datagrams that were given up because fragments were missing. */
  incomplete = 0;
  private readonly datagrams = new Map<FragmentKey, Datagram>();
  private bytes = 0;
  private readonly believes: (datagram: Reassembled) => boolean;
  private readonly limits: FragmentLimits;

  /** @param believes whether a datagram of which nothing is missing can be what was sent; if not, other fragments may still mend it */
  constructor(believes: (datagram: Reassembled) => boolean, limits: FragmentLimits = LIMITS) {
    this.believes = believes;
    this.limits = limits;
  }

  /** Bytes held at the moment. */
  get heldBytes(): number {
    return this.bytes;
  }

  has(key: FragmentKey): boolean {
    return this.datagrams.has(key);
  }

  /** Unfinished datagrams, those given up and those still waiting. */
  unfinished(): number {
    let waiting = 0;
    for (const { complete } of this.datagrams.values()) if (!complete) waiting++;
    return this.incomplete + waiting;
  }

  /** @returns the whole datagram with this fragment, null while something is missing */
  take(fragment: Fragment): Reassembled | null {
    const { key, source, start, offset, length, last, header, headerLength } = fragment;
    if (length <= 0 || offset + length > LARGEST_PAYLOAD) return null;
    this.expire(fragment.time);
    const held = Math.max(0, Math.min(fragment.end - start, length));
    const piece = { start: offset, end: offset + length, held: offset + held };
    let datagram = this.datagrams.get(key) ?? this.begin(fragment);
    const otherEnd = datagram.total >= 0 && (last ? datagram.total !== piece.end : piece.end > datagram.total);
    let fit = otherEnd ? "other" : compare(datagram, piece, source, start, headerLength);
    // Another end, or other bytes than those of a datagram that was good: the identification is used again.
    if (fit === "other" && (otherEnd || datagram.complete)) {
      this.giveUp(key, datagram);
      datagram = this.begin(fragment);
      fit = "new";
    }
    if (fit === "known" || datagram.complete) return null;
    this.grow(datagram, headerLength + piece.held);
    datagram.bytes.set(source.subarray(header, header + headerLength));
    if (fit === "other") datagram.doubtful = true;
    datagram.bytes.set(source.subarray(start, start + held), headerLength + offset);
    insert(datagram.pieces, piece);
    if (last) datagram.total = piece.end;
    if (datagram.pieces.length > this.limits.pieces) {
      this.giveUp(key, datagram);
      return null;
    }
    this.shrink(key);
    const whole = wholeOf(datagram, fragment);
    if (whole === null || !this.believes(whole)) return null;
    datagram.complete = true;
    return whole;
  }

  private begin({ key, time }: Fragment): Datagram {
    const datagram: Datagram = { bytes: EMPTY, pieces: [], total: -1, since: time, doubtful: false, complete: false };
    this.datagrams.set(key, datagram);
    return datagram;
  }

  private grow(datagram: Datagram, needed: number): void {
    if (needed <= datagram.bytes.length) return;
    const larger = new Uint8Array(Math.max(SMALLEST_BUFFER, datagram.bytes.length * 2, needed));
    larger.set(datagram.bytes);
    this.bytes += larger.length - datagram.bytes.length;
    datagram.bytes = larger;
  }

  private expire(time: number): void {
    for (const [key, datagram] of this.datagrams) {
      if (time - datagram.since <= this.limits.age) return;
      this.giveUp(key, datagram);
    }
  }

  private shrink(latest: FragmentKey): void {
    for (const [key, datagram] of this.datagrams) {
      if (this.datagrams.size <= this.limits.datagrams && this.bytes <= this.limits.bytes) return;
      if (key !== latest) this.giveUp(key, datagram);
    }
  }

  private giveUp(key: FragmentKey, datagram: Datagram): void {
    if (!datagram.complete) this.incomplete++;
    this.bytes -= datagram.bytes.length;
    this.datagrams.delete(key);
  }
}

const EMPTY = new Uint8Array(0);

/** Whether the fragment brings nothing new, something new, or other bytes than those that came before for the same place. */
function compare(datagram: Datagram, piece: Piece, source: Uint8Array, start: number, headerLength: number): "known" | "new" | "other" {
  let covered = 0;
  for (const known of datagram.pieces) {
    const first = Math.max(known.start, piece.start);
    covered += Math.max(0, Math.min(known.end, piece.end) - first);
    for (let at = first; at < Math.min(known.held, piece.held); at++) {
      if (datagram.bytes[headerLength + at] !== source[start + at - piece.start]) return "other";
    }
  }
  return covered === piece.end - piece.start ? "known" : "new";
}

/** Adds those parts of the piece that lie between the known ones. */
function insert(pieces: Piece[], piece: Piece): void {
  const gaps: Piece[] = [];
  let from = piece.start;
  for (const known of pieces) {
    if (known.end <= from) continue;
    if (known.start >= piece.end) break;
    if (known.start > from) gaps.push({ start: from, end: known.start, held: clamp(piece.held, from, known.start) });
    from = Math.max(from, known.end);
  }
  if (from < piece.end) gaps.push({ start: from, end: piece.end, held: clamp(piece.held, from, piece.end) });
  for (const gap of gaps) {
    let place = pieces.length;
    while (place > 0 && (pieces[place - 1]?.start ?? 0) > gap.start) place--;
    pieces.splice(place, 0, gap);
  }
}

function clamp(value: number, from: number, to: number): number {
  return Math.max(from, Math.min(value, to));
}

/** The datagram when nothing is missing. What the snap length cut ends what is held, not the datagram. */
function wholeOf({ bytes, pieces, total, doubtful }: Datagram, { headerLength, protocol }: Fragment): Reassembled | null {
  if (total < 0) return null;
  let reached = 0;
  let held = -1;
  for (const piece of pieces) {
    if (piece.start !== reached) return null;
    if (held < 0 && piece.held < piece.end) held = piece.held;
    reached = piece.end;
  }
  return reached === total ? { bytes, total, held: held < 0 ? total : held, doubtful, headerLength, protocol } : null;
}
