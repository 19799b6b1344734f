import type { ConnectionFacts } from "../model/connectionFacts.ts";
import type { Language } from "../spec/language.ts";
import type { SectionId } from "../spec/sections.ts";
import type { FindingData, Severity, Verdict } from "./finding.ts";
import type { CapturePlace } from "./furtherCapture.ts";
import type { RemedyId } from "./remedies.ts";

/** The texts of a rule in one language; every function gets the data of the `fails` verdict and is pure. */
export interface RuleTexts<Data extends FindingData> {
  /** Noun phrase for lists of rules, e.g. "Server Capabilities differ". */
  readonly name: string;
  /** One or two sentences on what the rule recognises, for `smb-lens rules` and the explanation page. */
  readonly recognises: string;
  /** Short result for the list of connections, e.g. "Validation failed: server Capabilities changed". */
  outcome(data: Data): string;
  /** The verdict in one sentence, e.g. "The server's NEGOTIATE response was changed on its way to the client, so the client closed the connection." */
  title(data: Data): string;
  /** What was seen, with frames and values. */
  what(data: Data): string;
  /** Why it matters: what the specification demands and what follows. */
  why(data: Data): string;
  /** What to do, one sentence each, in order; says where to look, not how to weaken. */
  todo(data: Data): readonly string[];
  /** What this capture cannot show, and which further capture would; empty when nothing is open. */
  limit(data: Data): string;
}

/**
 * One rule, one file named by its id. `check` is pure and looks only at the facts: it gives no verdict where the rule does not apply,
 * `undetermined` where an operand is missing, and never more certainty for less capture.
 */
export interface Rule<Data extends FindingData = FindingData> {
  readonly id: string;
  readonly severity: Severity;
  /** Incidents group by both ends, or by the server alone where the weakness is the server's. */
  readonly subject: "connection" | "server";
  readonly sections: readonly SectionId[];
  /** Safe remedies first, a workaround last. */
  readonly remedies: readonly RemedyId[];
  /** Names of the data by whose values incidents of this rule are told apart, beside the ends; without it the ends alone decide. */
  readonly identity?: readonly (keyof Data & string)[];
  /** Where a capture would have to be taken that shows what this one leaves open; absent where nothing is open. */
  readonly proofAt?: CapturePlace;
  /** Ids of rules that name the cause of what this rule sees: where one of them fails on a connection, this one is silent. */
  readonly explainedBy?: readonly string[];
  check(facts: ConnectionFacts): Verdict<Data> | undefined;
  /** Made when they are read: making those of all rules, of which few find anything, took a fifth of the start of the program. */
  readonly texts: Readonly<Record<Language, () => RuleTexts<Data>>>;
}

/** Gives a rule its type from its own data and lets the list of rules hold all of them. */
export function defineRule<Data extends FindingData>(rule: Rule<Data>): Rule {
  return rule as unknown as Rule;
}
