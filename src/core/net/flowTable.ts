import { HASH_SEED } from "../bytes/hashSeed.ts";
import { AddressTable } from "./addressTable.ts";
import type { Endpoint } from "./endpoint.ts";
import { formatAddress } from "./formatAddress.ts";
import type { Segment } from "./segmentSink.ts";

/** Int32 words a flow takes in the table. IPv4 addresses stand there themselves, of IPv6 addresses their numbers. */
const WORDS = 4;
const ADDRESS_0 = 0;
const ADDRESS_1 = 1;
const PORTS = 2;
const INTERFACE = 3;
/** Endpoints that are kept as objects; a power of two. */
const PLACES = 1024;
/** More 4-tuples than this are not followed. */
export const MOST_FLOWS = 4_000_000;

/**
 * 4-tuples by open addressing: a Map with string keys costs six times the whole decoding on short connections. The two ends are
 * ordered, so that both directions find the same flow. A flow takes 16 bytes: with 75,000 of them the lookup waits for memory, not for
 * comparing. A capture taken on a router sees one 4-tuple on two interfaces, and these are two connections when something between them
 * rewrites: so flows of one 4-tuple are chained by interface.
 */
export class FlowTable {
  count = 0;
  /** Set when the table is full and new flows are refused. */
  full = false;
  private words = new Int32Array(WORDS * 1024);
  private families = new Uint8Array(1024);
  private slots4 = new Int32Array(4096);
  private slots6 = new Int32Array(256);
  private used4 = 0;
  private used6 = 0;
  private readonly addresses = new AddressTable();
  private readonly endpoints: ({ readonly end: number; readonly endpoint: Endpoint } | undefined)[] = [];
  /** Only of flows that are not the first of their 4-tuple. */
  private readonly heads = new Map<number, number>();
  /** Flows of a 4-tuple that has several, by the first of them. */
  private readonly flowsOfTuple = new Map<number, number>();
  /** The next flow of the same 4-tuple; hardly any flow has one. */
  private readonly nexts = new Map<number, number>();
  private key0 = 0;
  private key1 = 0;
  private keyPorts = 0;
  private keyIpv6 = false;
  /** Of the last `find`: 1 when the segment's source is the flow's second end. */
  direction = 0;

  /** Index of the first flow with the segment's 4-tuple, -1 when there is none. Sets `direction`. */
  find(segment: Segment): number {
    this.readKey(segment);
    const slots = this.keyIpv6 ? this.slots6 : this.slots4;
    return (slots[this.probe(slots)] ?? 0) - 1;
  }

  /** Index of the next flow with the same 4-tuple on another interface, -1 at the end. */
  next(flow: number): number {
    return this.nexts.get(flow) ?? -1;
  }

  /** The flow that heads the chain of this flow's 4-tuple. */
  firstOfTuple(flow: number): number {
    return this.heads.get(flow) ?? flow;
  }

  /** How many flows the 4-tuple of this flow has. */
  viewsOf(flow: number): number {
    return this.flowsOfTuple.get(this.firstOfTuple(flow)) ?? 1;
  }

  interfaceOf(flow: number): number {
    return this.words[flow * WORDS + INTERFACE] ?? 0;
  }

  /** Lets a flow be that of another interface. */
  moveTo(flow: number, interfaceId: number): void {
    this.words[flow * WORDS + INTERFACE] = interfaceId;
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
    this.words[at + ADDRESS_0] = this.key0;
    this.words[at + ADDRESS_1] = this.key1;
    this.words[at + PORTS] = this.keyPorts;
    this.words[at + INTERFACE] = interfaceId;
    this.families[flow] = this.keyIpv6 ? 6 : 4;
    const slots = this.keyIpv6 ? this.slots6 : this.slots4;
    const slot = this.probe(slots);
    const first = (slots[slot] ?? 0) - 1;
    if (first < 0) {
      slots[slot] = flow + 1;
      if (this.keyIpv6) this.used6++;
      else this.used4++;
      return flow;
    }
    this.heads.set(flow, first);
    this.flowsOfTuple.set(first, (this.flowsOfTuple.get(first) ?? 1) + 1);
    const second = this.nexts.get(first);
    if (second !== undefined) this.nexts.set(flow, second);
    this.nexts.set(first, flow);
    return flow;
  }

  /** End 0 or 1 of a flow. The same end of many flows, a server, is the same object as long as its place is not taken by another. */
  endpoint(flow: number, end: number): Endpoint {
    const port = this.portOf(flow, end);
    const mixed = (this.words[flow * WORDS + end] ?? 0) ^ Math.imul(port, 0x9e3779b1);
    const place = (mixed ^ (mixed >>> 12)) & (PLACES - 1);
    const known = this.endpoints[place];
    if (known !== undefined && known.endpoint.port === port && this.isSameAddress(known.end, flow, end)) return known.endpoint;
    const word = this.words[flow * WORDS + end] ?? 0;
    const ipv6 = this.families[flow] === 6;
    const endpoint = { address: formatAddress(ipv6 ? this.addresses.wordsOf(word) : Int32Array.of(word), ipv6), port };
    this.endpoints[place] = { end: 2 * flow + end, endpoint };
    return endpoint;
  }

  private portOf(flow: number, end: number): number {
    const ports = this.words[flow * WORDS + PORTS] ?? 0;
    return end === 0 ? ports >>> 16 : ports & 0xffff;
  }

  private isSameAddress(known: number, flow: number, end: number): boolean {
    const other = known >> 1;
    return this.words[other * WORDS + (known & 1)] === this.words[flow * WORDS + end] && this.families[other] === this.families[flow];
  }

  private readKey(segment: Segment): void {
    const view = segment.view;
    const ipv6 = segment.ipv6;
    const source = ipv6 ? this.addresses.numberOf(view, segment.sourceAt) : view.getInt32(segment.sourceAt);
    const destination = ipv6 ? this.addresses.numberOf(view, segment.destinationAt) : view.getInt32(segment.destinationAt);
    const from = segment.sourcePort;
    const to = segment.destinationPort;
    this.keyIpv6 = ipv6;
    if (from > to || (from === to && source >= destination)) {
      this.direction = 0;
      this.key0 = source;
      this.key1 = destination;
      this.keyPorts = (from << 16) | to;
      return;
    }
    this.direction = 1;
    this.key0 = destination;
    this.key1 = source;
    this.keyPorts = (to << 16) | from;
  }

  /** Slot of the key: the one that holds it, else the first free one. The table is never more than half full, so the walk ends. */
  private probe(slots: Int32Array): number {
    const mask = slots.length - 1;
    const words = this.words;
    let slot = hash(this.key0, this.key1, this.keyPorts) & mask;
    for (;;) {
      const at = ((slots[slot] ?? 0) - 1) * WORDS;
      if (at < 0) return slot;
      if (words[at + PORTS] === this.keyPorts && words[at] === this.key0 && words[at + ADDRESS_1] === this.key1) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private makeRoom(): void {
    if (this.count === this.families.length) {
      const words = new Int32Array(this.words.length * 2);
      words.set(this.words);
      this.words = words;
      const families = new Uint8Array(this.families.length * 2);
      families.set(this.families);
      this.families = families;
    }
    if ((this.used4 + 1) * 2 > this.slots4.length) this.slots4 = this.grown(this.slots4);
    if ((this.used6 + 1) * 2 > this.slots6.length) this.slots6 = this.grown(this.slots6);
  }

  /** Only the first flow of each 4-tuple stands in a slot; the others hang on it. */
  private grown(slots: Int32Array): Int32Array<ArrayBuffer> {
    const larger = new Int32Array(slots.length * 2);
    const mask = larger.length - 1;
    const words = this.words;
    for (let i = 0; i < slots.length; i++) {
      const entry = slots[i] ?? 0;
      if (entry === 0) continue;
      const at = (entry - 1) * WORDS;
      let slot = hash(words[at] ?? 0, words[at + ADDRESS_1] ?? 0, words[at + PORTS] ?? 0) & mask;
      while (larger[slot] !== 0) slot = (slot + 1) & mask;
      larger[slot] = entry;
    }
    return larger;
  }
}

function hash(address0: number, address1: number, ports: number): number {
  let h = Math.imul(address0 ^ HASH_SEED, 0x9e3779b1);
  h = Math.imul((h ^ (h >>> 15)) + address1, 0x85ebca6b);
  h = Math.imul((h ^ (h >>> 13)) + ports, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
