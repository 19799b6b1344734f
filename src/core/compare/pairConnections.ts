import { formatEndpoint } from "../net/endpoint.ts";
import type { PairMark } from "./captureComparison.ts";
import type { ComparedConnection } from "./comparedConnection.ts";
import { type IdentityMarks, identityMarks } from "./identityMarks.ts";

/** Two connections that are one, and what says so. */
export interface ConnectionMatch {
  readonly a: ComparedConnection;
  readonly b: ComparedConnection;
  readonly matchedBy: readonly PairMark[];
}

export interface MatchedConnections {
  readonly matches: readonly ConnectionMatch[];
  readonly unpairedA: readonly ComparedConnection[];
  readonly unpairedB: readonly ComparedConnection[];
}

/** What a mark counts when both have it in common, and when both have it and nothing of it in common. */
const WEIGHTS: Readonly<Record<PairMark, { readonly same: number; readonly other: number }>> = {
  addresses: { same: 3, other: 0 },
  // A server's own choice, which no device changes without breaking the session.
  SessionId: { same: 4, other: -4 },
  "NTLM challenge": { same: 5, other: -4 },
  Salt: { same: 4, other: -1 },
  SystemTime: { same: 3, other: -1 },
  // These are what is tampered with.
  ClientGuid: { same: 2, other: -1 },
  messages: { same: 2, other: 0 },
  time: { same: 1, other: -2 },
};
const ENOUGH = 5;
/** Connections that begin so near to each other, in nanoseconds by the same clock, may be one; those so far apart are hardly. */
const NEAR = 2e9;
const FAR = 60e9;
/** Part of the smaller side's messages that must have a counterpart before the order of messages says anything. */
const SAME_MESSAGES = 0.8;
/** Counterparts that are tried for one connection by one thing in common. */
const MOST_TRIED = 64;
/** Pairs that tell the offset of the clocks. */
const MOST_TIMED = 1000;

interface Side {
  readonly connection: ComparedConnection;
  readonly marks: IdentityMarks;
  readonly tuple: string;
  readonly keys: ReadonlySet<string>;
}

interface Candidate {
  readonly a: Side;
  readonly b: Side;
  readonly score: number;
  readonly matchedBy: readonly PairMark[];
  /** Nanoseconds between their beginnings. */
  readonly apart: number;
}

/**
 * Pairs the connections of two captures: by addresses and ports, and across address translation by what only they can have in common
 * (SessionId, challenge, salt, the server's time, ClientGuid), by their messages and their time. Each has at most one counterpart, but that
 * a connection seen at two points of one capture is paired at both.
 * @param basesApart seconds from the base of A's times to that of B's
 */
export function pairConnections(
  a: readonly ComparedConnection[],
  b: readonly ComparedConnection[],
  basesApart: number,
): MatchedConnections {
  const [sidesA, sidesB] = [a.map(sideOf), b.map(sideOf)];
  const tried = candidatePairs(sidesA, sidesB);
  const offset = clockOffset(tried, basesApart);
  const candidates = tried
    .map(([one, other]) => score(one, other, offset, basesApart))
    .filter((candidate) => candidate.score >= ENOUGH)
    .sort((one, other) => other.score - one.score || one.apart - other.apart);
  return take(candidates, sidesA, sidesB);
}

function sideOf(connection: ComparedConnection): Side {
  const { client, server } = connection.connection;
  return {
    connection,
    marks: identityMarks(connection),
    tuple: `${formatEndpoint(client)} ${formatEndpoint(server)}`,
    keys: new Set(connection.messages.map(({ key }) => key)),
  };
}

/** Pairs that have something in common; comparing all with all would take forever. */
function candidatePairs(a: readonly Side[], b: readonly Side[]): readonly (readonly [Side, Side])[] {
  const byName = new Map<string, Side[]>();
  for (const side of b) {
    for (const name of namesOf(side)) {
      const same = byName.get(name);
      if (same === undefined) byName.set(name, [side]);
      else same.push(side);
    }
  }
  return a.flatMap((side) => {
    const others = new Set<Side>();
    for (const name of namesOf(side)) {
      // A client has one GUID for all its connections: it is asked for where nothing better is known.
      if (name.startsWith(GUID_NAME) && others.size > 0) continue;
      for (const other of (byName.get(name) ?? []).slice(0, MOST_TRIED)) others.add(other);
    }
    return [...others].map((other) => [side, other] as const);
  });
}

const GUID_NAME = "ClientGuid ";

/** What a connection may have in common with another one, the ClientGuid last. */
function namesOf({ tuple, marks }: Side): readonly string[] {
  const names = [tuple];
  for (const [mark, values] of marks) if (mark !== "ClientGuid") for (const value of values) names.push(`${mark} ${value}`);
  for (const guid of marks.get("ClientGuid") ?? []) names.push(GUID_NAME + guid);
  return names;
}

/** Offset of B's clock by the pairs that are sure without it; null where there are none. */
function clockOffset(pairs: readonly (readonly [Side, Side])[], basesApart: number): number | null {
  const shifts = pairs
    .slice(0, MOST_TIMED)
    .filter(([a, b]) => score(a, b, null, basesApart).score > WEIGHTS.addresses.same + WEIGHTS.ClientGuid.same)
    .map(([a, b]) => shiftOf(a, b, basesApart))
    .sort((one, other) => one - other);
  return shifts[shifts.length >> 1] ?? null;
}

function shiftOf(a: Side, b: Side, basesApart: number): number {
  return basesApart * 1e9 + b.connection.connection.firstTime - a.connection.connection.firstTime;
}

function score(a: Side, b: Side, offset: number | null, basesApart: number): Candidate {
  const matchedBy: PairMark[] = [];
  let sum = 0;
  const judge = (mark: PairMark, isSame: boolean) => {
    sum += isSame ? WEIGHTS[mark].same : WEIGHTS[mark].other;
    if (isSame) matchedBy.push(mark);
  };
  judge("addresses", a.tuple === b.tuple);
  for (const [mark, values] of a.marks) {
    const others = b.marks.get(mark);
    if (others !== undefined)
      judge(
        mark,
        [...values].some((value) => others.has(value)),
      );
  }
  if (haveSameMessages(a, b)) judge("messages", true);
  const apart = Math.abs(shiftOf(a, b, basesApart) - (offset ?? 0));
  if (apart <= NEAR) judge("time", true);
  else if (offset !== null && apart > FAR && a.connection.synSeen && b.connection.synSeen) judge("time", false);
  return { a, b, score: sum, matchedBy, apart };
}

function haveSameMessages({ keys: a }: Side, { keys: b }: Side): boolean {
  let same = 0;
  for (const key of a) if (b.has(key)) same++;
  return same > 0 && same >= SAME_MESSAGES * Math.min(a.size, b.size);
}

function take(candidates: readonly Candidate[], a: readonly Side[], b: readonly Side[]): MatchedConnections {
  const partner = new Map<Side, Side>();
  const taken: Candidate[] = [];
  const late: Candidate[] = [];
  for (const candidate of candidates) {
    if (partner.has(candidate.a) || partner.has(candidate.b)) late.push(candidate);
    else claim(candidate);
  }
  for (const candidate of late) if (isOtherView(candidate, partner)) claim(candidate);
  const order = (candidate: Candidate) => candidate.a.connection.connection.id;
  return {
    matches: taken
      .sort((one, other) => order(one) - order(other))
      .map(({ a: one, b: other, matchedBy }) => ({ a: one.connection, b: other.connection, matchedBy })),
    unpairedA: a.filter((side) => !partner.has(side)).map(({ connection }) => connection),
    unpairedB: b.filter((side) => !partner.has(side)).map(({ connection }) => connection),
  };

  function claim(candidate: Candidate): void {
    taken.push(candidate);
    if (!partner.has(candidate.a)) partner.set(candidate.a, candidate.b);
    if (!partner.has(candidate.b)) partner.set(candidate.b, candidate.a);
  }
}

/** One of the two is free, and has the same ends, and was open at the same time, as the partner of the other: a second point of its capture. */
function isOtherView({ a, b }: Candidate, partner: ReadonlyMap<Side, Side>): boolean {
  const [partnerOfA, partnerOfB] = [partner.get(a), partner.get(b)];
  if (partnerOfB !== undefined && partnerOfA === undefined) return areViews(a, partnerOfB);
  return partnerOfA !== undefined && partnerOfB === undefined && areViews(b, partnerOfA);
}

function areViews(one: Side, other: Side): boolean {
  const [a, b] = [one.connection.connection, other.connection.connection];
  return one.tuple === other.tuple && a.firstTime <= b.lastTime && b.firstTime <= a.lastTime;
}
