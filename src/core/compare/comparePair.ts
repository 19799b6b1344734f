import { commandName } from "../smb2/constants/commands.ts";
import { smb1CommandName } from "../smb2/constants/smb1Commands.ts";
import { describeMessage } from "../smb2/describeMessage.ts";
import type {
  CaptureSide,
  ChangedMessage,
  ConnectionPair,
  Direction,
  FieldDifference,
  OneSided,
  UncomparedMessage,
} from "./captureComparison.ts";
import type { CaptureClock, ComparedConnection, ComparedMessage } from "./comparedConnection.ts";
import { fieldDifferences } from "./fieldDifferences.ts";
import type { MatchedMessages, MessagePair } from "./messageMatching.ts";
import type { ConnectionMatch } from "./pairConnections.ts";

/** A capture must go on for so long after something, in nanoseconds, before it is sure that it did not come by there. */
const SILENCE = 1e6;

/** Where and when the two captures were taken. */
export interface TwoClocks {
  readonly a: CaptureClock;
  readonly b: CaptureClock;
  /** Nanoseconds by which B's clock is ahead, its base second included; null where it is not known. */
  readonly offset: number | null;
  /** What the offset may be wrong by. */
  readonly uncertainty: number;
}

/** Says what is not the same in two captures of one connection. */
export function comparePair(match: ConnectionMatch, messages: MatchedMessages, clocks: TwoClocks): ConnectionPair {
  const differences: FieldDifference[] = [];
  const changedMessages: ChangedMessage[] = [];
  const notComparable: UncomparedMessage[] = [];
  for (const pair of messages.pairs) {
    const cutIn = cutSide(pair);
    const names = { message: messageName(pair.a), frameA: pair.a.frame, frameB: pair.b.frame, direction: directionOf(pair.a.fromClient) };
    if (cutIn !== null) notComparable.push({ ...names, cutIn });
    else if (pair.a.bytes !== null && pair.b.bytes !== null)
      for (const difference of fieldsOf(pair.a, pair.b)) differences.push({ ...names, ...difference });
    else if (pair.a.hash !== pair.b.hash || pair.a.length !== pair.b.length) changedMessages.push(names);
  }
  return {
    a: match.a.connection.id,
    b: match.b.connection.id,
    endpointsA: endsOf(match.a),
    endpointsB: endsOf(match.b),
    matchedBy: match.matchedBy,
    differences,
    changedMessages,
    notComparable,
    onlyInA: oneSided(messages.onlyA, match.a, match.b, toOther(clocks, "a")),
    onlyInB: oneSided(messages.onlyB, match.b, match.a, toOther(clocks, "b")),
    commonMessages: messages.pairs.length,
  };
}

/** Wire name of a message with its direction, the same in every language. */
export function messageName({ kind, command, response, validates }: ComparedMessage): string {
  const part = response ? "response" : "request";
  if (kind === "encrypted") return "encrypted message";
  if (kind === "compressed") return "compressed message";
  if (kind === "SMB1") return `${smb1CommandName(command)} ${part}`;
  if (command < 0) return "message that is cut";
  return `${validates ? "FSCTL_VALIDATE_NEGOTIATE_INFO" : commandName(command)} ${part}`;
}

function directionOf(fromClient: boolean): Direction {
  return fromClient ? "client->server" : "server->client";
}

function endsOf({ connection: { client, server } }: ComparedConnection): ConnectionPair["endpointsA"] {
  return { client, server };
}

/** The side on which too little is left of the message to compare it; null where neither is. */
function cutSide({ a, b }: MessagePair): CaptureSide | "both" | null {
  const [cutA, cutB] = [a.hash === null, b.hash === null];
  if (cutA && cutB) return "both";
  return cutA ? "a" : cutB ? "b" : null;
}

function fieldsOf(a: ComparedMessage, b: ComparedMessage) {
  const [bytesA, bytesB] = [a.bytes ?? NO_BYTES, b.bytes ?? NO_BYTES];
  if (a.hash === b.hash && sameBytes(bytesA, bytesB)) return [];
  return fieldDifferences(described(bytesA, a.length), described(bytesB, b.length));
}

const NO_BYTES = new Uint8Array();

function described(bytes: Uint8Array, length: number) {
  return { bytes, tree: describeMessage(bytes, 0, bytes.length, length) };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** How a time of one capture is told in the other's, and how sure that is. */
interface OtherClock {
  readonly capture: CaptureClock;
  readonly offset: number | null;
  readonly uncertainty: number;
}

function toOther({ a, b, offset, uncertainty }: TwoClocks, from: CaptureSide): OtherClock {
  return from === "a" ? { capture: b, offset, uncertainty } : { capture: a, offset: offset === null ? null : -offset, uncertainty };
}

/** What one capture holds of the connection and the other does not, its ends among it, in order of frames. */
function oneSided(
  messages: readonly ComparedMessage[],
  own: ComparedConnection,
  other: ComparedConnection,
  clock: OtherClock,
): readonly OneSided[] {
  const found: OneSided[] = messages.map((message) => ({
    what: messageName(message),
    frame: message.frame,
    direction: directionOf(message.fromClient),
    certain: isCovered(message.time, message.fromClient, other, clock),
  }));
  for (const { by, how, frame, time } of own.ends) {
    if (other.ends.some((end) => end.by === by && end.how === how)) continue;
    const fromClient = by === "client";
    found.push({ what: how, frame, direction: directionOf(fromClient), certain: isCovered(time, fromClient, other, clock) });
  }
  return found.sort((one, next) => one.frame - next.frame);
}

/** Whether the other capture would hold what came by at that time: it ran before and after, and lost nothing of this direction. */
function isCovered(time: number, fromClient: boolean, other: ComparedConnection, { capture, offset, uncertainty }: OtherClock): boolean {
  if (offset === null || other.omittedMessages > 0) return false;
  if ((fromClient ? other.lostFromClient : other.lostFromServer) > 0) return false;
  const there = time + offset;
  const began = other.synSeen ? capture.firstTime : other.connection.firstTime;
  return there - uncertainty > began && there + uncertainty + SILENCE < capture.lastTime;
}
