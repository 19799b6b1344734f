import type { Capture } from "../model/capture.ts";
import type { SessionVisitor } from "../model/channels.ts";
import type { Connection, Outcome } from "../model/connection.ts";
import type { ConnectionFacts, EndEvent } from "../model/connectionFacts.ts";
import type { DetailMessage } from "../model/detailMessage.ts";
import type { OtherView } from "../model/otherView.ts";
import type { Finding, Incident, Verdict } from "./finding.ts";

/** Connections by index (id - 1), each rebuilt from columns when asked for. */
export interface ConnectionList {
  readonly count: number;
  get(index: number): Connection;
  /** Outcome alone, for counting and ordering without building the connection. */
  outcome?(index: number): Outcome;
  /** Id of the connection that this one (by id) is an equal second view of; 0 when it is none. */
  copyOf(id: number): number;
  /** The sessions of all connections that are no copies, without building them. */
  eachSession(visit: SessionVisitor): void;
}

/** The whole result of one pass. Nothing in it points into a read buffer. */
export interface Analysis {
  readonly capture: Capture;
  readonly connections: ConnectionList;
  /** By id, of connections that another point of the capture shows differently. */
  readonly otherViews?: ReadonlyMap<number, OtherView>;
  readonly findings: readonly Finding[];
  readonly incidents: readonly Incident[];
  /** What settings turn off (`applyRuleSettings`), with the severities that it would have had; absent where that is nothing. */
  readonly suppressed?: { readonly findings: readonly Finding[]; readonly incidents: readonly Incident[] };
}

/** One connection in full, for the screen: read by a second, narrow pass. */
export interface ConnectionDetail {
  readonly connection: Connection;
  readonly facts: ConnectionFacts;
  /** Verdict of every rule that applies, in rule order. */
  readonly verdicts: readonly { readonly rule: string; readonly verdict: Verdict }[];
  readonly findings: readonly Finding[];
  /** What settings turn off; absent where that is nothing. */
  readonly suppressed?: readonly Finding[];
  /** In order of their frames, a page of them: at most as many as were asked for. */
  readonly messages: readonly DetailMessage[];
  /** Messages before and behind the page. */
  readonly omittedMessages: number;
  /** For each page of the connection, the first is page 0, the frame of its first message. */
  readonly pageFrames: readonly number[];
  readonly ends: readonly EndEvent[];
}
