import type { ConnectionFacts, ValidationFacts } from "../model/connectionFacts.ts";
import { formatGuid } from "../model/guid.ts";
import { relateDialects } from "../rules/dialectSets.ts";
import { countingNegotiate, negotiateRequest, negotiateResponse } from "../rules/negotiateOperands.ts";
import { capabilitiesText, dialectsText, securityModeText } from "../rules/valueText.ts";
import { dialectName } from "../smb2/constants/dialects.ts";

/** How a value stands to the same value in another message. */
export interface FieldRelation {
  /**
   * Of a repetition in the validation: `equal`, `differs`, or `allowed` (other dialects that are not used). `contradicted`: of a value in
   * NEGOTIATE that a validation repeats otherwise.
   */
  readonly kind: "equal" | "differs" | "allowed" | "contradicted";
  /** Frames of the partners: one, but for `contradicted`. */
  readonly frames: readonly number[];
  /** The partner's value as text. */
  readonly value: string;
  /** The partner's value where it is a number of flags. */
  readonly number: number | null;
}

/** Relations by {@link relationKey}. */
export type FieldRelations = ReadonlyMap<string, FieldRelation>;

/** `field` as `describeMessage` names it. */
export function relationKey(frame: number, response: boolean, field: string): string {
  return `${frame} ${response ? 1 : 0} ${field}`;
}

/** A value as it stands in both messages. */
interface Pair {
  readonly response: boolean;
  readonly negotiateField: string;
  readonly validateField: string;
  readonly negotiate: FieldValue;
  readonly validate: FieldValue;
  readonly kind: "equal" | "differs" | "allowed";
}

interface FieldValue {
  readonly text: string;
  readonly number: number | null;
}

/** Compares what NEGOTIATE said with what every validation of the connection repeats ([MS-SMB2] 3.2.5.14.12, 3.3.5.15.12). */
export function relateFields(facts: ConnectionFacts): FieldRelations {
  const relations = new Map<string, FieldRelation>();
  const negotiate = countingNegotiate(facts);
  for (const validation of facts.validations) {
    for (const pair of [...requestPairs(facts, validation), ...responsePairs(facts, validation)]) {
      const first = pair.response ? negotiate?.response : negotiate?.request;
      const second = pair.response ? validation.response : validation.request;
      if (first == null || second === null) continue;
      relations.set(relationKey(second.frame, pair.response, pair.validateField), {
        kind: pair.kind,
        frames: [first.frame],
        value: pair.negotiate.text,
        number: pair.negotiate.number,
      });
      if (pair.kind === "differs") contradict(relations, first.frame, second.frame, pair);
    }
  }
  return relations;
}

function contradict(relations: Map<string, FieldRelation>, frame: number, by: number, pair: Pair): void {
  const key = relationKey(frame, pair.response, pair.negotiateField);
  const known = relations.get(key);
  if (known !== undefined) relations.set(key, { ...known, frames: [...known.frames, by] });
  else relations.set(key, { kind: "contradicted", frames: [by], value: pair.validate.text, number: pair.validate.number });
}

function requestPairs(facts: ConnectionFacts, { request: repeated }: ValidationFacts): readonly Pair[] {
  const said = negotiateRequest(facts);
  if (typeof said === "string" || repeated === null || repeated.truncated) return [];
  const dialects = relateDialects(said.dialects, repeated.dialects);
  return [
    pairOf(
      false,
      "Capabilities",
      "Capabilities",
      flags(said.capabilities, capabilitiesText),
      flags(repeated.capabilities, capabilitiesText),
    ),
    pairOf(false, "ClientGuid", "Guid", plain(formatGuid(said.guid)), plain(formatGuid(repeated.guid))),
    pairOf(
      false,
      "SecurityMode",
      "SecurityMode",
      flags(said.securityMode, securityModeText),
      flags(repeated.securityMode, securityModeText),
    ),
    {
      ...pairOf(false, "Dialects", "Dialects", plain(dialectsText(said.dialects)), plain(dialectsText(repeated.dialects))),
      kind: dialects === "superset" ? "allowed" : dialects,
    },
  ];
}

function responsePairs(facts: ConnectionFacts, { response }: ValidationFacts): readonly Pair[] {
  const said = negotiateResponse(facts);
  const repeated = response?.values;
  if (typeof said === "string" || repeated == null) return [];
  return [
    pairOf(
      true,
      "Capabilities",
      "Capabilities",
      flags(said.capabilities, capabilitiesText),
      flags(repeated.capabilities, capabilitiesText),
    ),
    pairOf(true, "ServerGuid", "Guid", plain(formatGuid(said.guid)), plain(formatGuid(repeated.guid))),
    pairOf(
      true,
      "SecurityMode",
      "SecurityMode",
      flags(said.securityMode, securityModeText),
      flags(repeated.securityMode, securityModeText),
    ),
    pairOf(true, "DialectRevision", "Dialect", plain(dialectName(said.dialect)), plain(dialectName(repeated.dialect))),
  ];
}

function pairOf(response: boolean, negotiateField: string, validateField: string, negotiate: FieldValue, validate: FieldValue): Pair {
  const kind = negotiate.text === validate.text ? "equal" : "differs";
  return { response, negotiateField, validateField, negotiate, validate, kind };
}

function plain(text: string): FieldValue {
  return { text, number: null };
}

function flags(number: number, text: (value: number) => string): FieldValue {
  return { text: text(number), number };
}
