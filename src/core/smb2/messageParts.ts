/** Bytes of a message that came with one frame, from `start` up to the next part. */
export interface MessagePart {
  /** Offset in the message. */
  readonly start: number;
  /** Null: the capture does not hold these bytes. */
  readonly frame: number | null;
}

/** Parts of one message that are told apart; a large READ comes in hundreds. */
export const MOST_PARTS = 32;
const NOT_CAPTURED = 0;

/** Collects which frames brought the bytes of a message that lies in several segments. */
export class MessageParts {
  private readonly starts: number[] = [];
  private readonly frames: number[] = [];

  begin(): void {
    this.starts.length = 0;
    this.frames.length = 0;
  }

  /** The bytes from `offset` on came with `frame`. */
  add(offset: number, frame: number): void {
    if (this.frames.at(-1) === frame || this.frames.length > MOST_PARTS) return;
    this.starts.push(offset);
    this.frames.push(frame);
  }

  /** The bytes from `offset` on are not in the capture. */
  addLost(offset: number): void {
    this.add(offset, NOT_CAPTURED);
  }

  /** The parts in order, none where the message came with one frame. A list longer than `MOST_PARTS` is cut: its last part has more frames. */
  toList(): readonly MessagePart[] {
    if (this.frames.length < 2) return [];
    return this.starts.map((start, index) => ({ start, frame: this.frames[index] || null }));
  }
}
