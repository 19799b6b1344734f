/*
 * The exchanges of one connection as the list of messages shows them ([MS-SMB2] 3.2.1.6, 3.3.1.7): made for a connection on the screen
 * from its kept messages, never in the pass over the whole capture. Messages are named by their index in `ConnectionDetail.messages`.
 */

/** A request with its answers; where the capture lacks the request, the answers alone. */
export interface Exchange {
  /** Index of the request; null when it is not in the capture. */
  readonly request: number | null;
  /** Indexes of the STATUS_PENDING answers, in order ([MS-SMB2] 3.3.4.2). */
  readonly interim: readonly number[];
  /** Index of the final answer; null when it is not in the capture. */
  readonly response: number | null;
  /** Index of a CANCEL of this request ([MS-SMB2] 2.2.30). */
  readonly cancel: number | null;
  /** SMB2 Command; -1 for encrypted and compressed messages. */
  readonly command: number;
  /** Nanoseconds from the request to the final answer; null where one of them is missing. */
  readonly responseTime: number | null;
  /** Index of the first exchange of the compound that this one belongs to, itself included; null outside of compounds. */
  readonly compoundOf: number | null;
  /** The request carries SMB2_FLAGS_RELATED_OPERATIONS. */
  readonly related: boolean;
  readonly creditCharge: number;
  readonly creditsRequested: number;
  /** Of the final answer and the interim ones together. */
  readonly creditsGranted: number;
  /** SessionId as `0x` and 16 hex digits; of a related request that of the one before. */
  readonly sessionId: string;
  readonly treeId: number | null;
  /** Share of the tree, as the TREE_CONNECT named it; null when it is not known. Hostile text. */
  readonly share: string | null;
  /** Name that the open was created with, relative to the share; of CREATE the name asked for. Hostile text. */
  readonly name: string | null;
}

/** Response times of the exchanges of one command, in nanoseconds. */
export interface CommandStatistics {
  readonly command: number;
  readonly exchanges: number;
  /** Final answers with an error status. */
  readonly errors: number;
  readonly unanswered: number;
  readonly median: number | null;
  readonly longest: number | null;
  readonly total: number;
}

/** Who used a session or a tree, and how much. */
export interface UseStatistics {
  /** SessionId, or the share's path with its TreeId. */
  readonly key: string;
  readonly exchanges: number;
  readonly errors: number;
  /** Bytes of READ answers and WRITE requests. */
  readonly read: number;
  readonly written: number;
}

/** What the exchanges of one connection add up to. */
export interface ExchangeStatistics {
  readonly commands: readonly CommandStatistics[];
  readonly sessions: readonly UseStatistics[];
  readonly trees: readonly UseStatistics[];
}
