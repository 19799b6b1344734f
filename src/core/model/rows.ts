const SHIFT = 12;
const ROWS = 1 << SHIFT;
const MASK = ROWS - 1;

/** Rows of numbers in blocks of typed arrays: signed 32-bit words, or doubles. Reading a row that was never set gives zeros. */
export class Rows {
  count = 0;
  private readonly width: number;
  private readonly doubles: boolean;
  private readonly blocks: (Int32Array | Float64Array)[] = [];

  constructor(width: number, doubles = false) {
    this.width = width;
    this.doubles = doubles;
  }

  /** Appends a row and gives its index. */
  add(values: readonly number[]): number {
    this.set(this.count, values);
    return this.count - 1;
  }

  set(row: number, values: readonly number[]): void {
    while (this.blocks.length <= row >> SHIFT)
      this.blocks.push(this.doubles ? new Float64Array(ROWS * this.width) : new Int32Array(ROWS * this.width));
    this.blocks[row >> SHIFT]?.set(values, (row & MASK) * this.width);
    if (row >= this.count) this.count = row + 1;
  }

  get(row: number, column: number): number {
    return this.blocks[row >> SHIFT]?.[(row & MASK) * this.width + column] ?? 0;
  }
}
