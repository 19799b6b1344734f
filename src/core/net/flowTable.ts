import type { Endpoint } from "./endpoint.ts";
import { formatAddress } from "./formatAddress.ts";
import type { Segment } from "./segmentSink.ts";

/** Int32 words a flow takes in the table: two addresses, ports, interface, next flow of the same 4-tuple. */
const WORDS = 12;
const PORTS = 8;
const INTERFACE = 9;
const NEXT = 10;
const FAMILY = 11;
/** Endpoints that are kept as objects; a power of two. */
const PLACES = 1024;
/** More 4-tuples than this are not followed. */
export const MOST_FLOWS = 4_000_000;

/**
 * 4-tuples by open addressing: a Map with string keys costs six times the whole decoding on short connections. The two ends are
 * ordered, so that both directions find the same flow. A capture taken on a router sees one 4-tuple on two interfaces, and these are
 * two connections when something between them rewrites: so flows of one 4-tuple are chained by interface.
 */
export class FlowTable {
  count = 0;
  /** Set when the table is full and new flows are refused. */
  full = false;
  private words = new Int32Array(WORDS * 1024);
  private slots = new Int32Array(4096);
  private readonly endpoints: ({ readonly at: number; readonly endpoint: Endpoint } | undefined)[] = [];
  /** Only of flows that are not the first of their 4-tuple. */
  private readonly heads = new Map<number, number>();
  private readonly key = new Int32Array(WORDS);
  /** Of the last `find`: 1 when the segment's source is the flow's second end. */
  direction = 0;

  /** Index of the first flow with the segment's 4-tuple, -1 when there is none. Sets `direction`. */
  find(segment: Segment): number {
    this.readKey(segment);
    const slot = this.probe(this.slots);
    return (this.slots[slot] ?? 0) - 1;
  }

  /** Index of the next flow with the same 4-tuple on another interface, -1 at the end. */
  next(flow: number): number {
    return (this.words[flow * WORDS + NEXT] ?? 0) - 1;
  }

  /** The flow that heads the chain of this flow's 4-tuple. */
  firstOfTuple(flow: number): number {
    return this.heads.get(flow) ?? flow;
  }

  interfaceOf(flow: number): number {
    return this.words[flow * WORDS + INTERFACE] ?? 0;
  }

  /** Adds a flow for the segment last given to `find`; -1 when the table is full. */
  add(interfaceId: number): number {
    if (this.count >= MOST_FLOWS) {
      this.full = true;
      return -1;
    }
    this.makeRoom();
    const flow = this.count++;
    const at = flow * WORDS;
    for (let i = 0; i < WORDS; i++) this.words[at + i] = this.key[i] ?? 0;
    this.words[at + INTERFACE] = interfaceId;
    const slot = this.probe(this.slots);
    const first = this.slots[slot] ?? 0;
    if (first === 0) {
      this.words[at + NEXT] = 0;
      this.slots[slot] = flow + 1;
      return flow;
    }
    this.heads.set(flow, first - 1);
    const second = (first - 1) * WORDS + NEXT;
    this.words[at + NEXT] = this.words[second] ?? 0;
    this.words[second] = flow + 1;
    return flow;
  }

  /** End 0 or 1 of a flow. The same end of many flows, a server, is the same object as long as its place is not taken by another. */
  endpoint(flow: number, end: number): Endpoint {
    const at = flow * WORDS;
    const ports = this.words[at + PORTS] ?? 0;
    const port = end === 0 ? ports >>> 16 : ports & 0xffff;
    const address = at + end * 4;
    const words = this.words;
    const mixed = (words[address] ?? 0) ^ (words[address + 3] ?? 0) ^ Math.imul(port, 0x9e3779b1);
    const place = (mixed ^ (mixed >>> 12)) & (PLACES - 1);
    const known = this.endpoints[place];
    if (known !== undefined && known.endpoint.port === port && this.isAddress(known.at, address)) return known.endpoint;
    const endpoint = { address: formatAddress(words.subarray(address, address + 4), words[at + FAMILY] === 6), port };
    this.endpoints[place] = { at: address, endpoint };
    return endpoint;
  }

  private isAddress(one: number, other: number): boolean {
    const words = this.words;
    const familyOf = (at: number) => words[at - (at % WORDS) + FAMILY];
    for (let i = 0; i < 4; i++) if (words[one + i] !== words[other + i]) return false;
    return familyOf(one) === familyOf(other);
  }

  private readKey(segment: Segment): void {
    const view = segment.view;
    const key = this.key;
    const source = segment.sourceAt;
    const destination = segment.destinationAt;
    if (segment.ipv6) {
      for (let i = 0; i < 4; i++) {
        key[i] = view.getInt32(source + 4 * i);
        key[4 + i] = view.getInt32(destination + 4 * i);
      }
    } else {
      key[0] = view.getInt32(source);
      key[4] = view.getInt32(destination);
      if (key[FAMILY] !== 4) key[1] = key[2] = key[3] = key[5] = key[6] = key[7] = 0;
    }
    key[FAMILY] = segment.ipv6 ? 6 : 4;
    this.direction = this.swapped(segment) ? 1 : 0;
    if (this.direction === 0) key[PORTS] = (segment.sourcePort << 16) | segment.destinationPort;
    else this.swap(segment);
  }

  private swapped(segment: Segment): boolean {
    if (segment.sourcePort !== segment.destinationPort) return segment.sourcePort < segment.destinationPort;
    for (let i = 0; i < 4; i++) {
      const one = this.key[i] ?? 0;
      const other = this.key[4 + i] ?? 0;
      if (one !== other) return one < other;
    }
    return false;
  }

  private swap(segment: Segment): void {
    const key = this.key;
    for (let i = 0; i < 4; i++) {
      const word = key[i] ?? 0;
      key[i] = key[4 + i] ?? 0;
      key[4 + i] = word;
    }
    key[PORTS] = (segment.destinationPort << 16) | segment.sourcePort;
  }

  /** Slot of the key: the one that holds it, else the first free one. The table is never more than half full, so the walk ends. */
  private probe(slots: Int32Array): number {
    const mask = slots.length - 1;
    let slot = hash(this.key, 0) & mask;
    for (;;) {
      const flow = slots[slot] ?? 0;
      if (flow === 0 || this.holdsKey(flow - 1)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private holdsKey(flow: number): boolean {
    const words = this.words;
    const key = this.key;
    const at = flow * WORDS;
    return (
      words[at + PORTS] === key[PORTS] &&
      words[at] === key[0] &&
      words[at + 4] === key[4] &&
      words[at + FAMILY] === key[FAMILY] &&
      words[at + 1] === key[1] &&
      words[at + 2] === key[2] &&
      words[at + 3] === key[3] &&
      words[at + 5] === key[5] &&
      words[at + 6] === key[6] &&
      words[at + 7] === key[7]
    );
  }

  private makeRoom(): void {
    if ((this.count + 1) * WORDS > this.words.length) {
      const larger = new Int32Array(this.words.length * 2);
      larger.set(this.words);
      this.words = larger;
    }
    if (this.count * 2 < this.slots.length) return;
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    // Only the first flow of each 4-tuple stands in a slot; the others hang on it.
    for (const entry of this.slots) {
      if (entry === 0) continue;
      let slot = hash(this.words, (entry - 1) * WORDS) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
    this.slots = slots;
  }
}

function hash(words: Int32Array, at: number): number {
  let h = Math.imul((words[at] ?? 0) ^ Math.imul(words[at + 3] ?? 0, 0x2c1b3c6d), 0x9e3779b1);
  h = Math.imul((h ^ (h >>> 15)) + (words[at + 4] ?? 0) + Math.imul(words[at + 7] ?? 0, 0x297a2d39), 0x85ebca6b);
  h = Math.imul((h ^ (h >>> 13)) + (words[at + PORTS] ?? 0), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
