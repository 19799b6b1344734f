/** A byte interval; `end` is excluded. What it counts from is said where it is used. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
