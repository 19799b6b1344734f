/**
 * A list whose entries serve again after `clear`. The entries of short connections (one session, a tree or two) were most of the garbage
 * of a capture with many of them. The arrays are born with one place and emptied by `pop`: setting `length` would drop their store.
 */
export class Recycled<Entry> {
  readonly entries: Entry[];
  private readonly spare: Entry[];
  private readonly make: () => Entry;

  /** @param make an entry; whoever takes it fills every member */
  constructor(make: () => Entry) {
    this.make = make;
    const first = make();
    this.spare = [first];
    this.entries = [first];
    this.entries.pop();
  }

  /** A new last entry with the values of an earlier one. */
  add(): Entry {
    const entry = this.spare.pop() ?? this.make();
    this.entries.push(entry);
    return entry;
  }

  /** Takes an entry out; the last one takes its place. */
  remove(index: number): void {
    const removed = this.entries[index];
    const last = this.entries.pop();
    if (removed === undefined || last === undefined) return;
    if (index < this.entries.length) this.entries[index] = last;
    this.spare.push(removed);
  }

  clear(): void {
    for (let entry = this.entries.pop(); entry !== undefined; entry = this.entries.pop()) this.spare.push(entry);
  }
}
