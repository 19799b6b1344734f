import { Command } from "../../smb2/constants/commands.ts";
import { type CreateFacts, RELATED_FILE, readBrokenLease, readCreate, readNewName, readPath } from "./bodyFacts.ts";
import type { ExchangePlace } from "./exchangePlaces.ts";
import type { MessageHead } from "./messageHead.ts";
import type { PairedMessages } from "./pairHeads.ts";
import { Timeline } from "./timeline.ts";

const { TREE_CONNECT, TREE_DISCONNECT, CREATE, CLOSE, SET_INFO } = Command.value;

/** What an exchange is about, in words. Hostile texts. */
export interface ExchangeNames {
  readonly share: string | null;
  readonly name: string | null;
  /** Of a CREATE: what its request asks for. */
  readonly create: CreateFacts | null;
}

/** Something that gives or takes a name, at the message of an index. */
interface NameEvent {
  readonly index: number;
  happen(): void;
}

/** Carries the names of shares (by TreeId) and files (by FileId) along the exchanges of a connection. */
export function nameExchanges(pairs: readonly PairedMessages[], places: readonly ExchangePlace[]): readonly ExchangeNames[] {
  const naming = new Naming(pairs, places);
  naming.run();
  return pairs.map((pair, index) => naming.namesOf(pair, index));
}

class Naming {
  private readonly pairs: readonly PairedMessages[];
  private readonly places: readonly ExchangePlace[];
  private readonly shares = new Timeline<string>();
  private readonly files = new Timeline<string>();
  private readonly leases = new Timeline<string>();
  private readonly leaseOfFile = new Map<string, string>();
  private readonly creates = new Map<number, CreateFacts>();
  private readonly names: (string | null)[] = [];

  constructor(pairs: readonly PairedMessages[], places: readonly ExchangePlace[]) {
    this.pairs = pairs;
    this.places = places;
  }

  /** Lets all of it happen in the order of the capture. */
  run(): void {
    const events: NameEvent[] = [];
    this.pairs.forEach((pair, index) => {
      const place = this.places[index];
      if (place !== undefined && isSmb2(pair)) this.collect(pair, index, place, events);
    });
    for (const event of events.sort((one, other) => one.index - other.index)) event.happen();
  }

  namesOf(pair: PairedMessages, index: number): ExchangeNames {
    const place = this.places[index];
    const create = this.creates.get(index) ?? null;
    if (place === undefined || !isSmb2(pair)) return { share: null, name: null, create };
    const name = this.nameOf(pair, place, create);
    this.names[index] = name;
    return { share: this.shareOf(pair, place), name, create };
  }

  private collect(pair: PairedMessages, index: number, place: ExchangePlace, events: NameEvent[]): void {
    const { request, response } = pair;
    if (request === null) return;
    const file = fileKey(place);
    const done = succeeded(response) ? response.index : null;
    switch (request.message.command) {
      case TREE_CONNECT: {
        const path = readPath(request.message);
        const tree = treeKey(place);
        if (done !== null && path !== null && tree !== null)
          events.push({ index: done, happen: () => this.shares.begin(tree, done, path) });
        break;
      }
      case TREE_DISCONNECT: {
        const tree = treeKey(place);
        if (done !== null && tree !== null) events.push({ index: done, happen: () => this.shares.end(tree, done) });
        break;
      }
      case CREATE:
        this.creates.set(index, readCreate(request.message));
        if (done !== null && file !== null) events.push({ index: done, happen: () => this.open(index, file, done) });
        break;
      case SET_INFO: {
        const name = readNewName(request.message);
        if (name !== null && done !== null && file !== null) events.push({ index: done, happen: () => this.rename(file, done, name) });
        break;
      }
      case CLOSE: {
        // In a compound the file gets its FileId only when the CREATE before is answered, which is after this request.
        const at = place.fileOf === null ? request.index : done;
        if (file !== null && at !== null && !failed(response)) events.push({ index: at, happen: () => this.files.end(file, at) });
      }
    }
  }

  private open(index: number, file: string, at: number): void {
    const create = this.creates.get(index);
    if (create === undefined) return;
    const name = this.nameAskedFor(create, at);
    if (name === null) return;
    this.files.begin(file, at, name);
    if (create.leaseKey === null) return;
    this.leases.begin(create.leaseKey, at, name);
    this.leaseOfFile.set(file, create.leaseKey);
  }

  private rename(file: string, at: number, name: string): void {
    this.files.begin(file, at, name);
    const lease = this.leaseOfFile.get(file);
    if (lease !== undefined) this.leases.begin(lease, at, name);
  }

  /** A handle taken again keeps the name that it had, where this connection knows it: servers ignore the name of such a request. */
  private nameAskedFor({ name, reconnects }: CreateFacts, at: number): string | null {
    const before = reconnects === null ? null : this.files.at(reconnects, at);
    return before ?? name;
  }

  private nameOf({ request, response }: PairedMessages, place: ExchangePlace, create: CreateFacts | null): string | null {
    const message = request ?? response;
    if (message === null) return null;
    if (create !== null) return this.nameAskedFor(create, message.index);
    if (place.fileOf !== null) return this.names[place.fileOf] ?? null;
    const file = fileKey(place);
    if (file !== null) return this.files.at(file, message.index);
    const lease = readBrokenLease(message.message);
    return lease === null ? null : this.leases.at(lease, message.index);
  }

  private shareOf({ request, response, interim }: PairedMessages, place: ExchangePlace): string | null {
    if (request?.message.command === TREE_CONNECT) return readPath(request.message);
    const tree = treeKey(place);
    const message = request ?? response ?? interim[0];
    return tree === null || message === undefined || message === null ? null : this.shares.at(tree, message.index);
  }
}

function treeKey({ sessionId, treeId }: ExchangePlace): string | null {
  return treeId === null ? null : `${sessionId} ${treeId}`;
}

/** A FileId names an open of the whole server ([MS-SMB2] 3.3.1.10), and the break of an oplock may carry no SessionId. */
function fileKey({ fileId }: ExchangePlace): string | null {
  return fileId === RELATED_FILE ? null : fileId;
}

function isSmb2({ request, response, interim }: PairedMessages): boolean {
  const head = request ?? response ?? interim[0];
  return head?.readable === true && head.message.kind === "SMB2";
}

function succeeded(response: MessageHead | null): response is MessageHead {
  return response !== null && response.message.status === 0;
}

function failed(response: MessageHead | null): boolean {
  return response !== null && response.message.status !== 0;
}
