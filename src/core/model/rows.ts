/** A thousand rows: four thousand of each table took the two milliseconds that a small capture takes in all. */
const SHIFT = 10;
const ROWS = 1 << SHIFT;
const MASK = ROWS - 1;

/** Rows of numbers in blocks of typed arrays: signed 32-bit words, or doubles. Reading a row that was never set gives zeros. */
export class Rows {
  count = 0;
  at = 0;
  private readonly width: number;
  private readonly doubles: boolean;
  private readonly blocks: (Int32Array | Float64Array)[] = [];

  constructor(width: number, doubles = false) {
    this.width = width;
    this.doubles = doubles;
  }

  /**
   * Makes room for a row and gives its block; `at` is where its first column stands. The writer fills the columns in place: an array of
   * values for each row would cost more than the row.
   */
  open(row: number): Int32Array | Float64Array {
    while (this.blocks.length <= row >> SHIFT)
      this.blocks.push(this.doubles ? new Float64Array(ROWS * this.width) : new Int32Array(ROWS * this.width));
    if (row >= this.count) this.count = row + 1;
    this.at = (row & MASK) * this.width;
    return this.blocks[row >> SHIFT] ?? EMPTY;
  }

  get(row: number, column: number): number {
    return this.blocks[row >> SHIFT]?.[(row & MASK) * this.width + column] ?? 0;
  }
}

const EMPTY = new Int32Array(0);
