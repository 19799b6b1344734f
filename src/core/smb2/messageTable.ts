/** Bits of `MessageTable.flags`. */
export const RESPONSE = 1;
export const SIGNED = 2;
export const ASYNC = 4;
export const RELATED = 8;
/** The capture holds fewer bytes of the message than it has. */
export const TRUNCATED = 16;
/** A TRANSFORM_HEADER: Command, Status, MessageId and TreeId are not known. */
export const ENCRYPTED = 32;
/** A COMPRESSION_TRANSFORM_HEADER: nothing of the message is known. */
export const COMPRESSED = 64;
export const FROM_CLIENT = 128;

const SHIFT = 14;
const ROWS = 1 << SHIFT;
const MASK = ROWS - 1;
/** More messages than this are counted and not kept: 2 GB of rows. */
const MOST_ROWS = 50_000_000;
/** 32-bit words of a row, and what stands in each. */
const WORDS = 8;
const CONNECTION = 0;
const FRAME = 1;
const MICROSECONDS = 2;
const LENGTH = 3;
/** Command, flags, and the number of the status in the top half. */
const KIND = 4;
const MESSAGE_ID = 5;
const SESSION = 6;
const TREE = 7;
/** Statuses with a number of their own; a capture has some dozens. */
const MOST_STATUSES = 0xffff;

/**
 * Every SMB2 message as a row of numbers, 32 bytes where an object costs 235. Rows in blocks of fixed size instead of one growing array:
 * growing would copy all rows and hold both copies for a moment. One array for a row instead of one for each column: a row is written at
 * once, into half a cache line instead of into twelve.
 */
export class MessageTable {
  count = 0;
  /** Messages that came after the table was full. */
  dropped = 0;
  private readonly blocks: Block[] = [];
  private current: Block = new Block();
  private readonly statuses: number[] = [0];
  private readonly numberOfStatus = new Map<number, number>([[0, 0]]);
  /** Status by row of those that came when all numbers were taken. */
  private readonly otherStatuses = new Map<number, number>();

  constructor() {
    this.blocks.push(this.current);
  }

  append(
    connection: number,
    frame: number,
    time: number,
    length: number,
    command: number,
    flags: number,
    status: number,
    messageIdLow: number,
    messageIdHigh: number,
    sessionIdLow: number,
    sessionIdHigh: number,
    treeId: number,
  ): void {
    if (this.count >= MOST_ROWS) {
      this.dropped++;
      return;
    }
    const row = this.count & MASK;
    if (row === 0 && this.count > 0) {
      this.current = new Block();
      this.blocks.push(this.current);
    }
    const block = this.current;
    if (row === 0) block.baseTime = time;
    const words = block.words;
    const at = row * WORDS;
    words[at + CONNECTION] = connection;
    words[at + FRAME] = frame;
    const since = (time - block.baseTime + 500) / 1000;
    if (since >= 0 && since <= 0xffffffff && block.wideTimes === null) words[at + MICROSECONDS] = since;
    else block.setWideTime(row, time);
    words[at + LENGTH] = length;
    words[at + KIND] = command | (flags << 8) | ((status === 0 ? 0 : this.statusNumber(status)) << 16);
    words[at + MESSAGE_ID] = messageIdLow;
    words[at + SESSION] = sessionIdLow;
    words[at + TREE] = treeId;
    if (messageIdHigh !== 0) block.setMessageIdHigh(row, messageIdHigh);
    if (sessionIdHigh !== 0) block.setSessionHigh(row, sessionIdHigh);
    this.count++;
  }

  connection(row: number): number {
    return this.word(row, CONNECTION);
  }

  frame(row: number): number {
    return this.word(row, FRAME);
  }

  /** Nanoseconds since the capture's base second, to the microsecond: enough to order and to show a list; the message itself knows better. */
  time(row: number): number {
    return this.block(row).timeOf(row & MASK);
  }

  /** Bytes on the wire. */
  length(row: number): number {
    return this.word(row, LENGTH);
  }

  command(row: number): number {
    return this.word(row, KIND) & 0xff;
  }

  flags(row: number): number {
    return (this.word(row, KIND) >>> 8) & 0xff;
  }

  /** NTSTATUS of a response; of a request what stands in its place. */
  status(row: number): number {
    const number = this.word(row, KIND) >>> 16;
    return number === MOST_STATUSES ? (this.otherStatuses.get(row) ?? 0) : (this.statuses[number] ?? 0);
  }

  messageIdLow(row: number): number {
    return this.word(row, MESSAGE_ID);
  }

  messageIdHigh(row: number): number {
    return this.block(row).messageIdHigh?.[row & MASK] ?? 0;
  }

  sessionIdLow(row: number): number {
    return this.word(row, SESSION);
  }

  sessionIdHigh(row: number): number {
    return this.block(row).sessionHigh?.[row & MASK] ?? 0;
  }

  treeId(row: number): number {
    return this.word(row, TREE);
  }

  private word(row: number, column: number): number {
    return (this.block(row).words[(row & MASK) * WORDS + column] ?? 0) >>> 0;
  }

  private block(row: number): Block {
    const block = this.blocks[row >> SHIFT];
    if (row < 0 || row >= this.count || block === undefined) throw new RangeError(`no message ${row}`);
    return block;
  }

  private statusNumber(status: number): number {
    const known = this.numberOfStatus.get(status);
    if (known !== undefined) return known;
    if (this.statuses.length === MOST_STATUSES) {
      this.otherStatuses.set(this.count, status);
      return MOST_STATUSES;
    }
    this.numberOfStatus.set(status, this.statuses.length);
    return this.statuses.push(status) - 1;
  }
}

class Block {
  readonly words = new Int32Array(ROWS * WORDS);
  /** Nanoseconds of the first message; the others count microseconds from it. */
  baseTime = 0;
  /** Instead of the microseconds where the times of a block are out of order or more than 71 minutes apart. */
  wideTimes: Float64Array | null = null;
  /** Only oplock breaks (all ones) and very long connections have a high half. */
  messageIdHigh: Uint32Array | null = null;
  /** Windows counts sessions in the low half alone for long. */
  sessionHigh: Uint32Array | null = null;

  setMessageIdHigh(row: number, high: number): void {
    this.messageIdHigh ??= new Uint32Array(ROWS);
    this.messageIdHigh[row] = high;
  }

  setSessionHigh(row: number, high: number): void {
    this.sessionHigh ??= new Uint32Array(ROWS);
    this.sessionHigh[row] = high;
  }

  setWideTime(row: number, time: number): void {
    if (this.wideTimes === null) {
      const wide = new Float64Array(ROWS);
      for (let earlier = 0; earlier < row; earlier++) wide[earlier] = this.narrowTime(earlier);
      this.wideTimes = wide;
    }
    this.wideTimes[row] = time;
  }

  timeOf(row: number): number {
    return this.wideTimes?.[row] ?? this.narrowTime(row);
  }

  private narrowTime(row: number): number {
    return this.baseTime + ((this.words[row * WORDS + MICROSECONDS] ?? 0) >>> 0) * 1000;
  }
}
