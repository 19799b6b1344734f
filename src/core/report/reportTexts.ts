import type { Capture } from "../model/capture.ts";
import type { Outcome } from "../model/connection.ts";
import type { Side } from "../model/connectionFacts.ts";
import type { ReadExtent } from "../model/readExtent.ts";
import type { SenderCounts } from "../net/tcpSender.ts";
import type { Certainty, EvidenceRole, Severity } from "../rules/finding.ts";
import type { Language } from "../spec/language.ts";
import { reportTextsEn } from "./reportTexts.en.ts";
import { reportTextsJa } from "./reportTexts.ja.ts";

/** Who has SMB2_NEGOTIATE_SIGNING_REQUIRED set in NEGOTIATE. */
export type SigningRequiredBy = Side | "both" | "neither" | "unknown";

/** Every word of the reports that is not a rule's, a remedy's or an issue's own. */
export interface ReportTexts {
  readonly language: Language;
  /** Between the parts of an enumeration. */
  readonly comma: string;
  /** Between two sentences. */
  readonly sentenceGap: string;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly certainty: Readonly<Record<Certainty | "undetermined", string>>;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly role: Readonly<Record<EvidenceRole, string>>;
  readonly labels: {
    readonly what: string;
    readonly so: string;
    readonly todo: string;
    readonly limit: string;
    readonly see: string;
    readonly note: string;
  };
  readonly headings: {
    readonly capture: string;
    readonly findings: string;
    readonly connections: string;
    readonly checks: string;
    readonly evidence: string;
    readonly story: string;
    readonly whatToDo: string;
    readonly specification: string;
    readonly rules: string;
    readonly remedies: string;
    readonly message: string;
    readonly frame: string;
    readonly field: string;
    readonly value: string;
    readonly meaning: string;
    readonly undo: string;
    readonly check: string;
  };
  /** Heads of the table of connections. */
  readonly connectionColumns: readonly [string, string, string, string, string, string, string];
  frames(count: number): string;
  /** The line under the file: how many connections, how they came out. `hidesFailure`: settings turn findings of severity error off. */
  verdict(counts: Readonly<Record<Outcome, number>>, hidesFailure?: boolean): string;
  /** Where there is no SMB. */
  noSmb(capture: Pick<Capture, "frames" | "tcpConnections">, extent: ReadExtent): string;
  /** Findings that the settings turn off, by rule id; `settings` says where these are written, where that is known. */
  notShown(count: number, rules: readonly string[], settings: string): string;
  connections(count: number): string;
  connection(id: number): string;
  copyOf(id: number): string;
  signing(by: SigningRequiredBy): string;
  /** Line on the products of both ends, `smbclient -> Samba`. */
  readonly products: (ends: string) => string;
  /** What one end's TCP counted. */
  readonly tcpCount: Readonly<Record<keyof SenderCounts, (count: number) => string>>;
  ended(by: Side, how: string): string;
  readonly notEnded: string;
  readonly guest: string;
  readonly anonymous: string;
  readonly signed: string;
  readonly signatureZero: string;
  readonly encrypted: string;
  readonly compressed: string;
  readonly partlySigned: string;
  readonly notSigned: string;
  tcpEnd(by: Side, how: "RST" | "FIN"): string;
  /** `27 more messages: 12 READ, 11 WRITE`. */
  moreMessages(count: number, kinds: string): string;
  differsFrom(frames: readonly string[]): string;
  readonly unusedDialects: string;
  cannotTell(reason: string): string;
  moreConnections(count: number, healthy: boolean): string;
  moreFindings(count: number): string;
  omittedMessages(count: number): string;
  readonly linesOmitted: string;
  readonly setBit: string;
  readonly clearBit: string;
  bitIn(frame: number, set: boolean): string;
  equalTo(frame: number): string;
  otherThan(frame: number, value: string): string;
  readonly cut: string;
  readonly weakens: string;
  commandsFor(rule: string): string;
  readonly response: string;
  readonly request: string;
  readonly verdictWord: Readonly<Record<"holds" | "fails" | "undetermined", string>>;
  readonly noteForNetwork: string;
  networkTask(client: string, server: string, port: number): string;
  readonly rulesHint: string;
}

export function reportTexts(language: Language): ReportTexts {
  return language === "ja" ? reportTextsJa : reportTextsEn;
}
