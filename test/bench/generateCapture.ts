import { BenchFlow, type Direction } from "./benchFlow.ts";
import { benchMessage, type MessageName } from "./benchMessages.ts";
import { CaptureWriter, type End } from "./captureWriter.ts";

/** Counted up when the same options make other bytes. */
export const GENERATOR_VERSION = 1;

export interface CaptureOptions {
  /**
   * `bulk`: READ and WRITE of 64 KiB to 1 MiB in eight connections, behind one that fails. `connections`: short ones, each with every step from
   * NEGOTIATE to LOGOFF, of which two in a hundred fail. `filler`: one byte in a hundred is SMB, the rest TLS, HTTP and UDP.
   */
  readonly profile: "bulk" | "connections" | "filler";
  readonly seed: number;
  /** Bytes of the file, roughly; of `bulk` and `filler`. */
  readonly size: number;
  /** Of `connections`. */
  readonly connections: number;
  readonly pcapng: boolean;
}

/** What the capture holds. */
export interface CaptureTruth {
  frames: number;
  messages: number;
  /** SMB connections, and of these the ones that fail. */
  connections: number;
  failed: number;
}

const LONGEST_PAYLOAD = 1024 * 1024;
/** Payloads begin at different places of the noise, or they would compress too well. */
const NOISE = 4 * 1024 * 1024;
const BULK_FLOWS = 8;
const FAILING = 0.02;
const SMB_SHARE = 0.01;
const FILLER_FLOWS = 64;
const MOST_SEGMENTS_IN_A_ROW = 24;

/** Writes a capture: the same bytes for the same options. */
export function generateCapture(path: string, options: CaptureOptions): CaptureTruth {
  return new CaptureGenerator(path, options).run();
}

class CaptureGenerator {
  private readonly writer: CaptureWriter;
  private readonly options: CaptureOptions;
  private readonly noise = Buffer.alloc(NOISE + LONGEST_PAYLOAD + 64);
  private readonly truth: CaptureTruth = { frames: 0, messages: 0, connections: 0, failed: 0 };
  private state: number;
  private flows = 0;
  private smbBytes = 0;
  private ending = false;

  constructor(path: string, options: CaptureOptions) {
    this.options = options;
    this.state = options.seed * 2_654_435_761 || 1;
    this.writer = new CaptureWriter(path, options.pcapng);
    for (let at = 0; at < this.noise.length; at += 4) this.noise.writeUInt32LE(this.random(), at);
  }

  run(): CaptureTruth {
    if (this.options.profile === "bulk") this.bulk();
    else if (this.options.profile === "connections") this.shortConnections();
    else this.filler();
    this.writer.close();
    this.truth.frames = this.writer.frames;
    return this.truth;
  }

  private bulk(): void {
    this.shortConnection(true);
    const flows = Array.from({ length: BULK_FLOWS }, () => this.bulkConnection());
    while (this.writer.bytes < this.options.size) this.some(flows[this.below(BULK_FLOWS)]);
    this.finish(flows);
  }

  private shortConnections(): void {
    for (let number = 0; number < this.options.connections; number++) this.shortConnection(this.random() < FAILING * 2 ** 32);
  }

  private filler(): void {
    const bulk = Array.from({ length: BULK_FLOWS }, () => this.bulkConnection());
    const others = Array.from({ length: FILLER_FLOWS }, () => this.otherConnection());
    for (let turn = 0; this.writer.bytes < this.options.size; ) {
      if (this.smbBytes < SMB_SHARE * this.writer.bytes) {
        if (turn++ % 4 === 3) this.shortConnection(this.random() < FAILING * 2 ** 32);
        else this.some(bulk[this.below(BULK_FLOWS)]);
      } else if (this.below(100) < 15) this.datagrams();
      else {
        const index = this.below(FILLER_FLOWS);
        if (this.some(others[index])) others[index] = this.otherConnection();
      }
    }
    this.finish(bulk);
  }

  /** Some steps of a flow; true when it is over. */
  private some(flow: Iterator<void> | undefined): boolean {
    for (let count = 1 + this.below(MOST_SEGMENTS_IN_A_ROW); count > 0; count--) if (flow?.next().done) return true;
    return false;
  }

  private finish(flows: readonly Iterator<void>[]): void {
    this.ending = true;
    for (const flow of flows) while (!flow.next().done);
  }

  private *bulkConnection(): Generator<void> {
    const peer = this.signIn();
    this.exchange(peer, "validateRequest", "validateResponse");
    this.exchange(peer, "createRequest", "createResponse");
    while (!this.ending) {
      const count = 65_536 << this.below(5);
      const writes = this.below(100) < 35;
      yield* this.message(peer, 0, writes ? "writeRequest" : "readRequest", count, writes);
      yield* this.message(peer, 1, writes ? "writeResponse" : "readResponse", count, !writes);
      // A credit for every 64 KiB ([MS-SMB2] 3.2.4.1.5).
      peer.messageId += count >> 16;
    }
    this.signOff(peer);
  }

  private shortConnection(fails: boolean): void {
    this.writer.wait(200);
    const peer = this.signIn();
    if (fails && this.failValidation(peer, this.truth.failed++ % 4)) return;
    if (!fails) this.exchange(peer, "validateRequest", "validateResponse");
    this.exchange(peer, "createRequest", "createResponse");
    this.signOff(peer);
  }

  /** The ways in which it fails, in turn; true: the connection is over. */
  private failValidation(peer: Peer, kind: number): boolean {
    this.send(peer, 0, "validateRequest");
    if (kind === 1) peer.flow.reset(1);
    else if (kind === 2) {
      this.send(peer, 1, "validateDiffers");
      peer.flow.reset(0);
    } else {
      if (kind === 0) this.send(peer, 1, "validateDenied");
      peer.flow.close();
    }
    return true;
  }

  private signIn(): Peer {
    const number = this.truth.connections++;
    const peer: Peer = { flow: this.newFlow(445), messageId: 0, sessionId: 0, treeId: 0 };
    peer.flow.open();
    this.exchange(peer, "negotiateRequest", "negotiateResponse");
    this.send(peer, 0, "setupRequest");
    peer.sessionId = 0x1000_0000 + number;
    this.send(peer, 1, "setupChallenge");
    peer.messageId++;
    this.exchange(peer, "setupLogon", "setupResponse");
    this.send(peer, 0, "treeRequest");
    peer.treeId = 1 + (number & 0xffff);
    this.send(peer, 1, "treeResponse");
    peer.messageId++;
    return peer;
  }

  private signOff(peer: Peer): void {
    this.exchange(peer, "closeRequest", "closeResponse");
    this.exchange(peer, "logoffRequest", "logoffResponse");
    peer.flow.close();
  }

  private exchange(peer: Peer, request: MessageName, response: MessageName): void {
    this.send(peer, 0, request);
    this.send(peer, 1, response);
    peer.messageId++;
  }

  private send(peer: Peer, direction: Direction, name: MessageName): void {
    for (const _ of this.message(peer, direction, name));
  }

  private message(peer: Peer, direction: Direction, name: MessageName, count?: number, withPayload = false): Iterable<void> {
    const payload = withPayload ? (count ?? 0) : 0;
    const { messageId, sessionId, treeId } = peer;
    // The template is used again before a message of several segments is sent.
    const head = Buffer.from(benchMessage(name, { messageId, sessionId, treeId, payload, ...(count !== undefined && { count }) }));
    this.truth.messages++;
    this.smbBytes += head.length + payload;
    return peer.flow.segments(direction, head, payload, this.below(NOISE));
  }

  /** TLS or HTTP: some requests and their answers. */
  private *otherConnection(): Generator<void> {
    const isTls = this.below(10) < 7;
    const flow = this.newFlow(isTls ? 443 : 80);
    flow.open();
    for (let requests = 1 + this.below(8); requests > 0; requests--) {
      yield* flow.segments(0, isTls ? tlsRecord(400) : HTTP_REQUEST, isTls ? 400 : 0, this.below(NOISE));
      const length = 1000 + this.below(isTls ? 15_384 : 60_000);
      yield* flow.segments(1, isTls ? tlsRecord(length) : Buffer.from(`${HTTP_RESPONSE}${length}\r\n\r\n`), length, this.below(NOISE));
    }
    flow.close();
  }

  private datagrams(): void {
    const [client, server] = this.newFlow(4433).ends;
    for (let count = 1 + this.below(8); count > 0; count--) {
      const length = 1200 + this.below(80);
      const at = this.writer.udp(server, client, length);
      const from = this.below(NOISE);
      this.noise.copy(this.writer.buffer, at, from, from + length);
    }
  }

  private newFlow(port: number): BenchFlow {
    const number = this.flows++;
    const client: End = { address: 0x0a00_0100 + (number % 60_000), port: 20_000 + ((Math.floor(number / 7) + number * 13) % 45_000) };
    const server: End = { address: 0x0a64_0001 + (number & 3), port };
    return new BenchFlow(this.writer, this.noise, [client, server], [this.random(), this.random()]);
  }

  private below(limit: number): number {
    return this.random() % limit;
  }

  /** 32 bits (xorshift). */
  private random(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return this.state >>> 0;
  }
}

interface Peer {
  readonly flow: BenchFlow;
  messageId: number;
  sessionId: number;
  treeId: number;
}

const HTTP_REQUEST = Buffer.from("GET /item HTTP/1.1\r\nHost: example.test\r\nAccept: */*\r\n\r\n");
const HTTP_RESPONSE = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ";

function tlsRecord(length: number): Buffer {
  return Buffer.from([0x17, 3, 3, length >> 8, length & 255]);
}
