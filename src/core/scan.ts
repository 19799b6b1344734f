import type { ByteSource } from "./bytes/byteSource.ts";
import type { CancelSignal } from "./bytes/cancelSignal.ts";
import { NoteCollector } from "./capture/captureNotes.ts";
import type { Issue } from "./capture/issue.ts";
import { type FramesRead, type ReadOptions, readFrames } from "./capture/readFrames.ts";
import type { Capture } from "./model/capture.ts";
import type { ConnectionFacts } from "./model/connectionFacts.ts";
import { ConnectionFollower } from "./model/followConnection.ts";
import { KnownServers } from "./model/knownServers.ts";
import type { PassRecorder } from "./model/passRecorder.ts";
import type { Endpoint } from "./net/endpoint.ts";
import { MOST_FLOWS } from "./net/flowTable.ts";
import { FrameDecoder } from "./net/frameDecoder.ts";
import { MOST_OPEN, MOST_WAITING_MIB } from "./net/openConnections.ts";
import { MOST_FOUND_PORTS, watchPorts } from "./net/smbFinder.ts";
import { MOST_UNOPENED, TcpTracker } from "./net/tcpTracker.ts";
import { WaitingBytes } from "./net/waitingBytes.ts";
import type { MessageTable } from "./smb2/messageTable.ts";

/** SMB by number: direct TCP and the NetBIOS session service ([MS-SMB2] 2.1). */
export const SMB_PORTS: readonly number[] = [445, 139];
const MOST_PORTS_SHOWN = 16;

/**
 * The parts of one pass wired together: frames -> segments -> connections -> messages -> facts. Two passes over the same bytes number
 * frames, messages and connections alike, which is how a second pass finds again what the first one told of.
 */
export abstract class Scan implements PassRecorder {
  readonly messages: MessageTable | null = null;
  abstract readonly wantsAll: boolean;
  readonly keep: PassRecorder["keep"] = null;
  readonly waiting = new WaitingBytes();
  readonly servers = new KnownServers();
  readonly tracker: TcpTracker;
  readonly decoder: FrameDecoder;
  protected connections = 0;

  constructor(ports: readonly number[]) {
    const watched = watchPorts(ports);
    this.tracker = new TcpTracker(() => new ConnectionFollower(this), watched, this.waiting);
    this.decoder = new FrameDecoder(this.tracker, watched);
  }

  abstract over(facts: ConnectionFacts, flow: number, clientEnd: number): boolean;

  nextId(_flow: number, _clientEnd: number): number {
    return ++this.connections;
  }

  endpoint(flow: number, end: number): Endpoint {
    return this.tracker.flows.endpoint(flow, end);
  }

  now(): number {
    return this.decoder.lastTime;
  }

  /** Reads the frames and ends what is still open. */
  async run(source: ByteSource, options: ReadOptions, signal: CancelSignal): Promise<FramesRead> {
    const read = await readFrames(source, this.decoder, options, signal);
    this.tracker.finish();
    return read;
  }
}

/** What the pass says of the file as a whole. */
export function summarise(
  scan: Scan,
  read: FramesRead,
  source: ByteSource,
  totals: { readonly encrypted: number; readonly compressed: number; readonly smb1: number },
): Capture {
  const decoder = scan.decoder;
  return {
    format: read.parser?.format ?? null,
    packing: source.packing?.format ?? null,
    size: source.size,
    bytesRead: read.bytesRead,
    frames: read.parser?.frames ?? 0,
    interfaces: read.parser?.interfaces ?? [],
    notes: read.parser?.notes ?? new NoteCollector(),
    issues: [...read.issues, ...issuesOf(scan, read)],
    baseSeconds: decoder.baseSeconds ?? 0,
    firstTime: decoder.firstTime,
    lastTime: decoder.lastTime,
    tcpPorts: busiestPorts(decoder),
    tcpConnections: decoder.tcpConnections,
    quicFrames: decoder.quicFrames,
    encryptedMessages: totals.encrypted,
    compressedMessages: totals.compressed,
    smb1Messages: totals.smb1,
    complete: read.complete,
  };
}

function issuesOf(scan: Scan, read: FramesRead): Issue[] {
  const issues: Issue[] = [];
  for (const [linkType, frames] of scan.decoder.unsupported) issues.push({ kind: "link-type-unsupported", data: { linkType, frames } });
  for (const [layer, frames] of scan.decoder.encryptedFrames) issues.push({ kind: "encrypted-frames", data: { layer, frames } });
  const datagrams = scan.decoder.fragments.unfinished();
  if (datagrams > 0) issues.push({ kind: "fragments-incomplete", data: { datagrams } });
  const dropped = read.parser?.notes.dropped ?? 0;
  if (dropped > 0) issues.push({ kind: "frames-dropped", data: { frames: dropped } });
  if (scan.decoder.cutFrames > 0) issues.push(snapLengthIssue(scan.decoder.cutFrames, scan.decoder.longestCut, read));
  if (scan.tracker.flows.full) issues.push({ kind: "table-full", data: { table: "connections", limit: MOST_FLOWS } });
  if (scan.tracker.unopenedFull) issues.push({ kind: "table-full", data: { table: "unopened", limit: MOST_UNOPENED } });
  if (scan.decoder.finder.full) issues.push({ kind: "table-full", data: { table: "ports", limit: MOST_FOUND_PORTS } });
  const { ended, givenUp } = scan.tracker.open;
  if (ended > 0) issues.push({ kind: "connections-ended-early", data: { connections: ended, limit: MOST_OPEN } });
  if (givenUp > 0) issues.push({ kind: "holes-given-up", data: { streams: givenUp, limit: MOST_WAITING_MIB } });
  const messages = scan.messages;
  if (messages !== null && messages.dropped > 0) issues.push({ kind: "table-full", data: { table: "messages", limit: messages.count } });
  return issues;
}

/** pktmon keeps 128 bytes of a frame unless told otherwise, and names no snap length. */
const PKTMON_LENGTH = 128;
const LARGEST_SNAP_LENGTH = 65_535;

function snapLengthIssue(frames: number, longest: number, read: FramesRead): Issue {
  const named = read.parser?.interfaces[0]?.snapLength ?? 0;
  const snapLength = named > 0 && named < LARGEST_SNAP_LENGTH ? named : longest;
  const writer = read.parser?.notes.program ?? "";
  const windows = writer.includes("Packet Monitor") || writer.includes("etl2pcapng");
  const program = windows || (named === 0 && longest === PKTMON_LENGTH) ? "pktmon" : "";
  return { kind: "snap-length", data: { snapLength, frames, program } };
}

function busiestPorts({ synPorts, synsByPort }: FrameDecoder): Capture["tcpPorts"] {
  const ports = synPorts.map((port) => ({ port, connections: synsByPort[port] ?? 0 }));
  ports.sort((one, other) => other.connections - one.connections || one.port - other.port);
  return ports.slice(0, MOST_PORTS_SHOWN);
}
