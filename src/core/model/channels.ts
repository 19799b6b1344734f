import { hex64 } from "../bytes/hex.ts";
import type { Connection } from "./connection.ts";

/** Called for every session of every connection that is no copy: index of the connection, SessionId in two words, asked for binding. */
export type SessionVisitor = (index: number, low: number, high: number, binding: boolean) => void;

/** The connections of a capture, as an `Analysis` holds them. */
export interface ChannelSource {
  get(index: number): Connection;
  eachSession(visit: SessionVisitor): void;
}

/** A session over several connections ([MS-SMB2] 3.2.1.8, 3.2.4.2.3.2). */
export interface ChannelGroup {
  readonly sessionId: string;
  readonly clientGuid: string;
  readonly serverGuid: string;
  /** In the order of their ids. At least one is bound; the one that the session began on may be missing from the capture. */
  readonly channels: readonly Channel[];
}

export interface Channel {
  /** Id of the connection. */
  readonly connection: number;
  /** The session was bound to it, and did not begin on it. */
  readonly bound: boolean;
}

interface Candidate {
  readonly index: number;
  readonly sessionId: string;
  readonly binding: boolean;
}

/**
 * Groups connections by SessionId, ClientGuid and ServerGuid, where a SESSION_SETUP bound the session to at least one of them. A connection
 * whose NEGOTIATE is not in the capture is left out: SessionIds of different servers may be equal. Sessions are looked through in their
 * compact table; objects are made only of connections whose SessionId was bound somewhere.
 */
export function channelsOf(connections: ChannelSource): readonly ChannelGroup[] {
  const bound = boundSessions(connections);
  if (bound.size === 0) return [];
  const groups = new Map<string, Member[]>();
  for (const candidate of candidatesOf(connections, bound)) {
    const member = memberOf(connections.get(candidate.index), candidate);
    if (member === null) continue;
    const key = `${candidate.sessionId} ${member.clientGuid} ${member.serverGuid}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  return [...groups.values()].flatMap(toGroup);
}

function boundSessions(connections: ChannelSource): ReadonlySet<string> {
  const bound = new Set<string>();
  connections.eachSession((_, low, high, binding) => {
    if (binding) bound.add(hex64(low, high));
  });
  return bound;
}

function candidatesOf(connections: ChannelSource, bound: ReadonlySet<string>): readonly Candidate[] {
  const lowWords = new Set([...bound].map((id) => Number.parseInt(id.slice(10), 16) | 0));
  const found: Candidate[] = [];
  connections.eachSession((index, low, high, binding) => {
    if (!lowWords.has(low | 0)) return;
    const sessionId = hex64(low, high);
    if (bound.has(sessionId)) found.push({ index, sessionId, binding });
  });
  return found;
}

interface Member extends Channel {
  readonly sessionId: string;
  readonly clientGuid: string;
  readonly serverGuid: string;
  readonly ends: string;
}

/** Null: the binding was refused or is not seen to succeed, or the ends do not say who they are. */
function memberOf({ id, client, server, negotiate, sessions }: Connection, { sessionId, binding }: Candidate): Member | null {
  const status = sessions.find((session) => session.id === sessionId)?.status ?? null;
  if (status === null ? binding : status !== 0) return null;
  const { clientGuid = null, serverGuid = null } = negotiate ?? {};
  if (clientGuid === null || serverGuid === null) return null;
  const ends = `${client.address} ${client.port} ${server.address} ${server.port}`;
  return { connection: id, bound: binding, sessionId, clientGuid, serverGuid, ends };
}

function toGroup(members: readonly Member[]): readonly ChannelGroup[] {
  const seen = new Set<string>();
  const channels: Channel[] = [];
  for (const { connection, bound, ends } of members) {
    // A capture on a router shows one connection twice, the second view changed.
    if (seen.has(ends)) continue;
    seen.add(ends);
    channels.push({ connection, bound });
  }
  const [first] = members;
  if (first === undefined || !channels.some(({ bound }) => bound)) return [];
  const { sessionId, clientGuid, serverGuid } = first;
  return [{ sessionId, clientGuid, serverGuid, channels }];
}
