import type { Endpoint } from "../net/endpoint.ts";
import type { SenderCounts } from "../net/tcpSender.ts";
import type { NtlmVersions, Side } from "./connectionFacts.ts";

/** What is kept of every connection, healthy or not: rebuilt on demand from compact columns. Values as in `ConnectionFacts`. */
export interface Connection {
  readonly id: number;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly ended: { readonly by: Side | null; readonly how: "RST" | "FIN" | null; readonly frame: number | null };
  readonly dialect: number | null;
  /** Of the NEGOTIATE exchange that counts (the last with a response, else the last). */
  readonly negotiate: NegotiateSummary | null;
  readonly ntlmVersions: NtlmVersions;
  readonly sessions: readonly SessionSummary[];
  /** First share that is not IPC$, as a UNC path; null when none was connected. Hostile text. */
  readonly share: string | null;
  readonly validateNegotiate: readonly ValidationSummary[];
  readonly messages: number;
  readonly encryptedMessages: number;
  /** What TCP had to repeat, hold back or mark, by end. */
  readonly tcp: TcpCounts;
  /** The connection of which this is a second, equal view on another interface of the capture; null for the first. */
  readonly copyOf: number | null;
  readonly outcome: Outcome;
  /** Rule of the finding that decided the outcome. */
  readonly decidedBy: string | null;
  /** Reason id where something could not be judged. It decides the outcome where nothing was found and no validation holds. */
  readonly reason: string | null;
}

/** Counts of one connection, by the end that sent the segments. */
export interface TcpCounts {
  readonly client: SenderCounts;
  readonly server: SenderCounts;
}

/** `failed`: a finding of severity error. `warning`: of severity warning. `unknown`: no finding, and the check could not be judged. */
export type Outcome = "failed" | "warning" | "unknown" | "healthy" | "validated";

export interface NegotiateSummary {
  readonly requestFrame: number | null;
  readonly responseFrame: number | null;
  readonly clientGuid: string | null;
  readonly serverGuid: string | null;
  readonly clientCapabilities: number | null;
  readonly serverCapabilities: number | null;
  readonly clientSecurityMode: number | null;
  readonly serverSecurityMode: number | null;
  readonly clientDialects: readonly number[];
}

export interface SessionSummary {
  readonly id: string;
  readonly user: string | null;
  readonly domain: string | null;
  readonly guest: boolean;
  readonly anonymous: boolean;
  /** Every counted message after sign-in was signed. */
  readonly signed: boolean;
  readonly encrypted: boolean;
  /** NTSTATUS of the final SESSION_SETUP response; null when it is not in the capture. */
  readonly status: number | null;
}

export interface ValidationSummary {
  readonly requestFrame: number | null;
  readonly responseFrame: number | null;
  readonly status: number | null;
  readonly requestSigned: boolean;
  readonly responseSigned: boolean;
  readonly verdict: "holds" | "fails" | "undetermined";
  readonly reason: string | null;
}
