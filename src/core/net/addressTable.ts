import { HASH_SEED } from "../bytes/hashSeed.ts";
import type { Segment } from "./segmentSink.ts";

/** Int32 words of an IPv6 address. */
const WORDS = 4;
/** Two for each flow that is followed; more come from a capture that is made to fill the table. */
const MOST_ADDRESSES = 8_000_000;

/** IPv6 addresses by number, so that a flow needs one word for an address of either family. Open addressing, never more than half full. */
export class AddressTable {
  count = 0;
  private words = new Int32Array(WORDS * 64);
  private slots = new Int32Array(256);
  private readonly key = new Int32Array(WORDS);

  /** Number of the 16 bytes at `at`; a new address takes the next number, or -1 when the table is full. */
  numberOf(view: Segment["view"], at: number): number {
    const key = this.key;
    for (let i = 0; i < WORDS; i++) key[i] = view.getInt32(at + 4 * i);
    const slot = this.probe();
    const known = this.slots[slot] ?? 0;
    if (known > 0) return known - 1;
    return this.count < MOST_ADDRESSES ? this.add(slot) : -1;
  }

  /** The address as four big-endian words. */
  wordsOf(number: number): Int32Array {
    return this.words.subarray(number * WORDS, number * WORDS + WORDS);
  }

  private add(slot: number): number {
    const number = this.count++;
    if (this.count * WORDS > this.words.length) {
      const larger = new Int32Array(this.words.length * 2);
      larger.set(this.words);
      this.words = larger;
    }
    this.words.set(this.key, number * WORDS);
    this.slots[slot] = number + 1;
    if (this.count * 2 > this.slots.length) this.growSlots();
    return number;
  }

  private probe(): number {
    const mask = this.slots.length - 1;
    let slot = hash(this.key, 0) & mask;
    for (;;) {
      const entry = this.slots[slot] ?? 0;
      if (entry === 0 || this.holds(entry - 1)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private holds(number: number): boolean {
    const at = number * WORDS;
    for (let i = 0; i < WORDS; i++) if (this.words[at + i] !== this.key[i]) return false;
    return true;
  }

  private growSlots(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.count; number++) {
      let slot = hash(this.words, number * WORDS) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }
}

function hash(words: Int32Array, at: number): number {
  let h = HASH_SEED;
  for (let i = 0; i < WORDS; i++) {
    h = Math.imul(h ^ (words[at + i] ?? 0), 0x9e3779b1);
    h ^= h >>> 15;
  }
  return h >>> 0;
}
