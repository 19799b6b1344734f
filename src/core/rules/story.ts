import type { Connection } from "../model/connection.ts";
import type { Side } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import type { Certainty, Evidence, Finding } from "./finding.ts";
import { type FurtherCapture, furtherCapture } from "./furtherCapture.ts";
import { ruleById } from "./list.ts";
import type { ReasonId } from "./reasons.ts";
import { flagsOnlyIn } from "./valueText.ts";

/** Steps of one story that are told; a rule keeps few pieces of evidence, a repeated one many. */
const MOST_STEPS = 8;

/** What became of a connection, from cause to effect. */
export interface Story {
  /** The rule whose finding is told; null where nothing was found and something could not be judged. */
  readonly rule: string | null;
  readonly certainty: Certainty | "undetermined";
  /** In the order of their frames. */
  readonly steps: readonly StoryStep[];
  /** Reason id of what could not be judged; null where something was found. */
  readonly reason: string | null;
  readonly further: FurtherCapture | null;
}

/** One thing that happened. */
export type StoryStep =
  | {
      readonly kind: "value";
      readonly frame: number;
      /** Command of the message; {@link VALIDATION} for FSCTL_VALIDATE_NEGOTIATE_INFO. */
      readonly message: number;
      readonly response: boolean;
      readonly field: string;
      readonly value: string;
      /** Flags of which this value says otherwise than the one it contradicts; empty where it is no such field. */
      readonly on: readonly string[];
      readonly off: readonly string[];
      /** The message was signed or encrypted, and that is why its value counts. */
      readonly protected: boolean;
    }
  | { readonly kind: "message"; readonly frame: number; readonly message: number; readonly response: boolean }
  | { readonly kind: "end"; readonly frame: number; readonly by: Side | null; readonly how: "RST" | "FIN" }
  | { readonly kind: "segment"; readonly frame: number; readonly field: string; readonly value: string };

/** Stands for a command in {@link StoryStep.message}. */
export const VALIDATION = -1;

/** Reasons for which another capture of the same traffic would be no clearer. */
const NO_CAPTURE_HELPS: ReadonlySet<string> = new Set([
  "encrypted",
  "negotiated-by-smb1",
  "negotiate-unreadable",
  "validate-request-unreadable",
  "answered-with-error",
  "answer-unreadable",
  "findings-off",
] satisfies ReasonId[]);

/** The story of a connection: that of the finding that decided, or why none can be told. Null for a healthy one. */
export function storyOf(connection: Connection, decisive: Finding | undefined): Story | null {
  if (decisive !== undefined && decisive.connection === connection.id) return foundStory(connection, decisive);
  if (connection.outcome !== "unknown" || connection.reason === null) return null;
  const further = NO_CAPTURE_HELPS.has(connection.reason) ? null : furtherCapture("client", connection);
  return { rule: null, certainty: "undetermined", steps: [], reason: connection.reason, further };
}

function foundStory(connection: Connection, finding: Finding): Story {
  const place = ruleById(finding.rule)?.proofAt;
  return {
    rule: finding.rule,
    certainty: finding.certainty,
    steps: stepsOf(connection, finding),
    reason: null,
    further: place === undefined ? null : furtherCapture(place, connection),
  };
}

function stepsOf(connection: Connection, finding: Finding): readonly StoryStep[] {
  return finding.evidence
    .filter((one) => one.role !== "context" || one.value !== undefined)
    .map((one) => stepOf(one, connection, finding))
    .sort((one, other) => one.frame - other.frame)
    .slice(0, MOST_STEPS);
}

function stepOf(evidence: Evidence, connection: Connection, finding: Finding): StoryStep {
  const { frame, command, field, value } = evidence;
  if (command === undefined) return segmentStep(evidence, connection);
  const message = command === Command.value.IOCTL && finding.rule.startsWith("vni-") ? VALIDATION : command;
  const response = evidence.response === true;
  if (field === undefined || value === undefined) return { kind: "message", frame, message, response };
  const other = contradicted(evidence, finding);
  return {
    kind: "value",
    frame,
    message,
    response,
    field,
    value,
    on: other === undefined ? [] : flagsOnlyIn(field, value, other),
    off: other === undefined ? [] : flagsOnlyIn(field, other, value),
    protected: message === VALIDATION && evidence.role === "observed" && finding.data["protected"] === true,
  };
}

function segmentStep({ frame, field, value }: Evidence, { ended }: Connection): StoryStep {
  if (value === "RST" || value === "FIN") return { kind: "end", frame, by: ended.frame === frame ? ended.by : null, how: value };
  return { kind: "segment", frame, field: field ?? "", value: value ?? "" };
}

/** The value that this one contradicts: that of the other role in the same kind of field. */
function contradicted(evidence: Evidence, finding: Finding): string | undefined {
  const role = evidence.role === "observed" ? "expected" : evidence.role === "expected" ? "observed" : undefined;
  return finding.evidence.find((one) => one.role === role && one.field === evidence.field && one.value !== undefined)?.value;
}
