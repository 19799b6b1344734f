import type { StreamConsumer } from "../net/tcpStream.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DirectTcpStream } from "../smb2/directTcpStream.ts";
import type { MessageKind, MessageSink } from "../smb2/messageSink.ts";

const HEADER = 64;
/** Of READ and WRITE the screen shows their fixed part. */
const SHOWN_OF_PAYLOAD = 128;
const LONGEST_CONTROL = 16_384;
const LONGEST_SHOWN = 65_536;
const { NEGOTIATE, SESSION_SETUP, LOGOFF, TREE_CONNECT, TREE_DISCONNECT, IOCTL, READ, WRITE } = Command.value;

/** Who takes the messages of both sides of a connection. */
export interface SideFollower {
  readonly recorder: { readonly wantsAll: boolean };
  message(
    fromClient: boolean,
    kind: MessageKind,
    bytes: Uint8Array,
    view: DataView,
    start: number,
    available: number,
    length: number,
    truncated: boolean,
    frame: number,
    time: number,
  ): void;
  /** Bytes of the side that the capture does not hold. */
  lost(fromClient: boolean, cut: boolean): void;
}

/** The stream of one side, cut into messages that know their side. */
export function followSide(follower: SideFollower, isClient: boolean): FollowedStream {
  return new FollowedStream(new DirectTcpStream(new SideSink(follower, isClient)), follower, isClient);
}

/** Gives the messages of one side their side; one class for both, so that the calls stay monomorphic. */
class SideSink implements MessageSink {
  private readonly follower: SideFollower;
  private readonly isClient: boolean;

  constructor(follower: SideFollower, isClient: boolean) {
    this.follower = follower;
    this.isClient = isClient;
  }

  message(
    kind: MessageKind,
    bytes: Uint8Array,
    view: DataView,
    start: number,
    available: number,
    length: number,
    truncated: boolean,
    frame: number,
    time: number,
  ): void {
    this.follower.message(this.isClient, kind, bytes, view, start, available, length, truncated, frame, time);
  }

  /** All of the messages that the facts are read from; of the others the header. */
  wanted(view: DataView, start: number): number {
    const command = view.getUint16(start + 12, true);
    const all = this.follower.recorder.wantsAll;
    if (command === READ || command === WRITE) return all ? SHOWN_OF_PAYLOAD : HEADER;
    if (all) return LONGEST_SHOWN;
    if (command === NEGOTIATE || command === SESSION_SETUP || command === TREE_CONNECT || command === IOCTL) return LONGEST_CONTROL;
    return command === LOGOFF || command === TREE_DISCONNECT ? HEADER + 4 : HEADER;
  }
}

/** Tells the follower of lost bytes on their way to the framing. */
export class FollowedStream implements StreamConsumer {
  private readonly packets: DirectTcpStream;
  private readonly follower: SideFollower;
  private readonly isClient: boolean;

  constructor(packets: DirectTcpStream, follower: SideFollower, isClient: boolean) {
    this.packets = packets;
    this.follower = follower;
    this.isClient = isClient;
  }

  /** Forgets the stream before. */
  begin(): void {
    this.packets.begin();
  }

  data(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number, time: number): void {
    this.packets.data(bytes, view, start, end, frame, time);
  }

  lost(count: number, cut: boolean, frame: number, time: number): void {
    this.packets.lost(count, cut, frame, time);
    this.follower.lost(this.isClient, cut);
  }

  startsLate(): void {
    this.packets.startsLate();
  }
}
