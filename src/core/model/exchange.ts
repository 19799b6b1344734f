import type { MessageKind } from "../smb2/messageSink.ts";

/*
 * The exchanges of one connection as the list of messages shows them ([MS-SMB2] 3.2.1.6, 3.3.1.7): made for a connection on the screen
 * from its kept messages, never in the pass over the whole capture. Messages are named by their index in `ConnectionDetail.messages`.
 */

/** A request with its answers; where the capture lacks the request, the answers alone. */
export interface Exchange {
  /** Index of the request; null when it is not in the capture, or there was none (`unsolicited`). */
  readonly request: number | null;
  /** Indexes of the STATUS_PENDING answers, in order ([MS-SMB2] 3.3.4.2). */
  readonly interim: readonly number[];
  /** Index of the final answer; null when it is not in the capture. */
  readonly response: number | null;
  /** Index of a CANCEL of this request ([MS-SMB2] 2.2.30). A CANCEL whose request is unknown is an exchange of its own. */
  readonly cancel: number | null;
  /** What its messages are; of an SMB1 NEGOTIATE that SMB2 answered: SMB1. */
  readonly kind: MessageKind;
  /** SMB2 Command, SMB1 Command where `kind` is SMB1; -1 for encrypted, compressed and cut messages, each of which stands alone. */
  readonly command: number;
  /** What the server sent unasked: the break of an oplock or lease, a notification (MessageId all ones). */
  readonly unsolicited: boolean;
  /** Nanoseconds from the request to the final answer; null where one of them is missing, or the answer stands before the request. */
  readonly responseTime: number | null;
  /** Index of the first exchange of the compound that this one's request belongs to, itself included; null outside of compounds. */
  readonly compoundOf: number | null;
  /** The request carries SMB2_FLAGS_RELATED_OPERATIONS. */
  readonly related: boolean;
  readonly creditCharge: number;
  readonly creditsRequested: number;
  /** Of the final answer and the interim ones together. */
  readonly creditsGranted: number;
  /** SessionId as `0x` and 16 hex digits; of a related request that of the one before; of the first SESSION_SETUP that of its answer. */
  readonly sessionId: string;
  /** Of a TREE_CONNECT that of its answer. Null where the command has none, or it is not known. */
  readonly treeId: number | null;
  /** Share of the tree, as the TREE_CONNECT named it; null when it is not known. Hostile text. */
  readonly share: string | null;
  /**
   * Name of the open file, relative to the share: as it was created, or since renamed; of CREATE the name asked for. Empty: the share's
   * root. Null when there is none, or it is not known. Hostile text.
   */
  readonly name: string | null;
  /** What the request does beside its command. */
  readonly notes: readonly ExchangeNote[];
}

/**
 * `reauthentication`: of a session that is signed in ([MS-SMB2] 3.2.4.2.3.3). `binding`: of a session to one more connection
 * (3.2.4.2.3.2). `reconnect`: instead of an earlier session (PreviousSessionId, 2.2.5). `durable`: asks for a handle that outlives the
 * connection; `granted` null: unknown. `durable-reconnect`: takes such a handle again (2.2.13.2.4, 2.2.13.2.12).
 */
export type ExchangeNote =
  | { readonly kind: "reauthentication" | "binding" }
  | { readonly kind: "reconnect"; readonly previousSessionId: string }
  | { readonly kind: "durable"; readonly granted: boolean | null }
  | { readonly kind: "durable-reconnect"; readonly fileId: string };

/** Response times of the SMB2 exchanges of one command, in nanoseconds. */
export interface CommandStatistics {
  readonly command: number;
  readonly exchanges: number;
  /** Final answers with an error status. */
  readonly errors: number;
  /** Requests whose final answer is not among the messages at hand. */
  readonly unanswered: number;
  readonly median: number | null;
  readonly longest: number | null;
  /** Sum of all response times. */
  readonly total: number;
}

/** How much a session or a tree was used. */
export interface UseStatistics {
  /** SessionId, or for a tree `SessionId TreeId`. */
  readonly key: string;
  readonly sessionId: string;
  /** Null in the statistics of sessions. */
  readonly treeId: number | null;
  /** Share of the tree, where it is known. Hostile text. */
  readonly share: string | null;
  readonly exchanges: number;
  readonly errors: number;
  /** Bytes of READ answers, and of WRITE requests that were not refused. */
  readonly read: number;
  readonly written: number;
}

/** What the exchanges of one connection add up to; encrypted messages are in none of it. */
export interface ExchangeStatistics {
  /** By total response time, the largest first. */
  readonly commands: readonly CommandStatistics[];
  readonly sessions: readonly UseStatistics[];
  readonly trees: readonly UseStatistics[];
}
