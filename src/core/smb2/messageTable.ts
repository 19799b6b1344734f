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

const SHIFT = 15;
const ROWS = 1 << SHIFT;
const MASK = ROWS - 1;
/** More messages than this are counted and not kept: 2 GB of columns. */
const MOST_ROWS = 50_000_000;

/**
 * Every SMB2 message as columns in blocks of fixed size: 30 bytes a message where an object costs 235. Blocks instead of one growing
 * array: growing would copy all rows and hold both copies for a moment.
 */
export class MessageTable {
  count = 0;
  /** Messages that came after the table was full. */
  dropped = 0;
  private readonly blocks: Block[] = [];
  private current: Block = new Block();

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
    block.connection[row] = connection;
    block.frame[row] = frame;
    if (row === 0) block.baseTime = time;
    block.setTime(row, time);
    block.length[row] = length;
    block.command[row] = command;
    block.flags[row] = flags;
    block.status[row] = status;
    block.messageId[row] = messageIdLow;
    if (messageIdHigh !== 0) block.setMessageIdHigh(row, messageIdHigh);
    block.sessionLow[row] = sessionIdLow;
    if (sessionIdHigh !== 0) block.setSessionHigh(row, sessionIdHigh);
    block.treeId[row] = treeId;
    this.count++;
  }

  connection(row: number): number {
    return this.block(row).connection[row & MASK] ?? 0;
  }

  frame(row: number): number {
    return this.block(row).frame[row & MASK] ?? 0;
  }

  /** Nanoseconds since the capture's base second, to the microsecond: enough to order and to show a list; the message itself knows better. */
  time(row: number): number {
    return this.block(row).timeOf(row & MASK);
  }

  /** Bytes on the wire. */
  length(row: number): number {
    return this.block(row).length[row & MASK] ?? 0;
  }

  command(row: number): number {
    return this.block(row).command[row & MASK] ?? 0;
  }

  flags(row: number): number {
    return this.block(row).flags[row & MASK] ?? 0;
  }

  /** NTSTATUS of a response; of a request what stands in its place. */
  status(row: number): number {
    return this.block(row).status[row & MASK] ?? 0;
  }

  messageIdLow(row: number): number {
    return this.block(row).messageId[row & MASK] ?? 0;
  }

  messageIdHigh(row: number): number {
    return this.block(row).messageIdHigh?.[row & MASK] ?? 0;
  }

  sessionIdLow(row: number): number {
    return this.block(row).sessionLow[row & MASK] ?? 0;
  }

  sessionIdHigh(row: number): number {
    return this.block(row).sessionHigh?.[row & MASK] ?? 0;
  }

  treeId(row: number): number {
    return this.block(row).treeId[row & MASK] ?? 0;
  }

  private block(row: number): Block {
    const block = this.blocks[row >> SHIFT];
    if (row < 0 || row >= this.count || block === undefined) throw new RangeError(`no message ${row}`);
    return block;
  }
}

class Block {
  readonly connection = new Uint32Array(ROWS);
  readonly frame = new Uint32Array(ROWS);
  readonly length = new Uint32Array(ROWS);
  readonly command = new Uint8Array(ROWS);
  readonly flags = new Uint8Array(ROWS);
  readonly status = new Uint32Array(ROWS);
  readonly messageId = new Uint32Array(ROWS);
  readonly sessionLow = new Uint32Array(ROWS);
  readonly treeId = new Uint32Array(ROWS);
  /** Nanoseconds of the first message; the others count microseconds from it. */
  baseTime = 0;
  private readonly microseconds = new Uint32Array(ROWS);
  /** Instead of `microseconds` where the times of a block are out of order or more than 71 minutes apart. */
  private wideTimes: Float64Array | null = null;
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

  setTime(row: number, time: number): void {
    const since = Math.round((time - this.baseTime) / 1000);
    if (this.wideTimes === null && since >= 0 && since <= 0xffffffff) this.microseconds[row] = since;
    else this.widen(row)[row] = time;
  }

  timeOf(row: number): number {
    return this.wideTimes?.[row] ?? this.baseTime + (this.microseconds[row] ?? 0) * 1000;
  }

  private widen(rows: number): Float64Array {
    if (this.wideTimes !== null) return this.wideTimes;
    const wide = new Float64Array(ROWS);
    for (let row = 0; row < rows; row++) wide[row] = this.baseTime + (this.microseconds[row] ?? 0) * 1000;
    this.wideTimes = wide;
    return wide;
  }
}
