import type { Endpoint } from "../net/endpoint.ts";

/** Which of the two captures: `a` is the first that was given. */
export type CaptureSide = "a" | "b";

/** Which way a message travels. What was captured where it starts is the original; on the other side it may be changed. */
export type Direction = "client->server" | "server->client";

/** One field of one message that is not the same in both captures. */
export interface FieldDifference {
  /** `NEGOTIATE request`, `FSCTL_VALIDATE_NEGOTIATE_INFO response`: a wire name, the same in every language. */
  readonly message: string;
  /** Path of the field as `describeMessage` names it; empty for bytes that belong to no field. */
  readonly field: string;
  /** The values as text, safe to show; null where the message has no such field. */
  readonly a: string | null;
  readonly b: string | null;
  /** Names of the values, where they have some: `3.0.2`. */
  readonly labelA?: string;
  readonly labelB?: string;
  readonly frameA: number;
  readonly frameB: number;
  readonly direction: Direction;
}

/** A message that is compared by its bytes alone and is not the same in both captures. */
export interface ChangedMessage {
  readonly message: string;
  readonly frameA: number;
  readonly frameB: number;
  readonly direction: Direction;
}

/** A message of which the snap length or a gap left too little on a side: neither equal nor different. */
export interface UncomparedMessage extends ChangedMessage {
  /** The side that holds too little of it; both where both do. */
  readonly cutIn: CaptureSide | "both";
}

/** Something of a connection that one capture holds and the other does not. */
export interface OneSided {
  /** Wire name of the message; `FIN` or `RST` for the end of the TCP connection. */
  readonly what: string;
  readonly frame: number;
  readonly direction: Direction;
  /** The other capture went on, and lost no bytes of this direction: the thing never came by there. */
  readonly certain: boolean;
}

/** One connection in both captures. */
export interface ConnectionPair {
  /** Ids in each capture. */
  readonly a: number;
  readonly b: number;
  readonly endpointsA: { readonly client: Endpoint; readonly server: Endpoint };
  readonly endpointsB: { readonly client: Endpoint; readonly server: Endpoint };
  /** By what they were recognised as one, e.g. `addresses`, `SessionId`, `ClientGuid`. */
  readonly matchedBy: readonly PairMark[];
  readonly differences: readonly FieldDifference[];
  readonly changedMessages: readonly ChangedMessage[];
  readonly notComparable: readonly UncomparedMessage[];
  readonly onlyInA: readonly OneSided[];
  readonly onlyInB: readonly OneSided[];
  /** Messages that both captures hold. */
  readonly commonMessages: number;
}

export type PairMark = "addresses" | "SessionId" | "NTLM challenge" | "Salt" | "SystemTime" | "ClientGuid" | "messages" | "time";

/** What the clock of B shows when that of A shows zero. */
export interface ClockOffset {
  readonly nanoseconds: number;
  /** The true offset differs by no more than this; null where messages of only one direction were common. */
  readonly uncertainty: number | null;
  readonly messages: number;
}

/** Which capture was taken nearer to the client. */
export interface ClientSide {
  readonly side: CaptureSide;
  /** `response-times`: answers take longer there; `argument-order`: nothing tells, so the first one counts. */
  readonly by: "response-times" | "argument-order";
  /** Exchanges whose answer took longer in A, and in B. */
  readonly longerInA: number;
  readonly longerInB: number;
}

/** Two captures of the same traffic, compared. Plain data. */
export interface CaptureComparison {
  readonly pairs: readonly ConnectionPair[];
  /** Connections without a counterpart, by id. */
  readonly unpairedA: readonly number[];
  readonly unpairedB: readonly number[];
  readonly clockOffset: ClockOffset | null;
  readonly clientSide: ClientSide;
  /** Connections that were not looked at since there were too many. */
  readonly omitted: number;
}

/** Whether a pair has anything that was changed between the two places. */
export function isChanged({ differences, changedMessages }: ConnectionPair): boolean {
  return differences.length > 0 || changedMessages.length > 0;
}
