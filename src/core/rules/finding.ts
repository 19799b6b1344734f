import type { SectionId } from "../spec/sections.ts";

export type Severity = "error" | "warning" | "information";

/** `proved`: the capture holds both operands. `suspected`: the pattern fits and nothing in this capture says otherwise. */
export type Certainty = "proved" | "suspected";

/**
 * `observed`: the message or value on which the finding stands. `expected`: the value it contradicts. `effect`: what followed (the
 * abort). `context`: what one must know to understand it.
 */
export type EvidenceRole = "observed" | "expected" | "effect" | "context";

/** One piece of proof: a frame, and where it helps the field in it with its value as text. */
export interface Evidence {
  readonly frame: number;
  readonly role: EvidenceRole;
  /** SMB2 Command of the message meant; absent for a TCP frame. */
  readonly command?: number;
  readonly response?: boolean;
  /** Field path in the message as `describeMessage` names it, e.g. `Capabilities`; for the FSCTL payload too. */
  readonly field?: string;
  /** The value as the user reads it, e.g. `0x0000004e`. */
  readonly value?: string;
}

/** Values that a rule's texts are made from; plain, so that they survive a worker boundary. */
export type FindingData = Readonly<Record<string, string | number | boolean | null | readonly string[] | readonly number[]>>;

/** Plain data; `renderFinding` makes the text. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** `Connection.id`, or 0 when the finding is about the capture as a whole. */
  readonly connection: number;
  /** All frames that the finding stands on (evidence of role observed), ascending. */
  readonly frames: readonly number[];
  /** How often it was seen on the connection. */
  readonly count: number;
  readonly data: FindingData;
  readonly evidence: readonly Evidence[];
  readonly sections: readonly SectionId[];
  /** Remedy ids, safe ones first. */
  readonly remedies: readonly string[];
}

/** Findings of the same rule, endpoints and values over connections: what Problems and the Overview show. */
export interface Incident {
  readonly rule: string;
  readonly severity: Severity;
  /** Indexes into `Analysis.findings`. Of a very frequent incident only the first findings are kept whole. */
  readonly findings: readonly number[];
  /** Ids of all connections concerned. */
  readonly connections: readonly number[];
  readonly count: number;
}

/** What a rule says of one connection. No verdict at all means that the rule does not apply to it. */
export type Verdict<Data extends FindingData = FindingData> =
  | { readonly verdict: "holds" }
  | {
      readonly verdict: "fails";
      readonly data: Data;
      readonly evidence: readonly Evidence[];
      readonly certainty?: Certainty;
      readonly count?: number;
      /** No other rule's cause explains it, whatever the rule is explained by in general. */
      readonly standsAlone?: true;
    }
  | { readonly verdict: "undetermined"; readonly reason: string };
