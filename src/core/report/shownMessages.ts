import type { DetailMessage } from "../model/detailMessage.ts";
import type { ConnectionDetail } from "../rules/analysis.ts";
import { Command, commandName } from "../smb2/constants/commands.ts";
import type { ReportTexts } from "./reportTexts.ts";

/** Messages of one connection that a trace of the whole capture shows; what a rule stands on comes before that. */
const MOST_OTHERS = 24;
const MOST_KINDS = 6;

const { NEGOTIATE, SESSION_SETUP, LOGOFF, TREE_CONNECT, IOCTL } = Command.value;

/** The messages that a trace of the whole capture shows of a connection, and how many of which kind it leaves out. */
export interface ShownMessages {
  readonly shown: readonly DetailMessage[];
  readonly leftOut: number;
  /** `12 READ, 11 WRITE`. */
  readonly kinds: string;
}

/** Chooses what the rules look at: negotiation, sign-in, shares, validation, and every message that a finding names. */
export function chooseMessages(detail: ConnectionDetail, texts: ReportTexts): ShownMessages {
  const decisive = decisiveFrames(detail);
  const counts = new Map<string, number>();
  let others = 0;
  const shown = detail.messages.filter((message) => {
    const chosen = isDecisive(message, decisive) || (isSetup(message) && ++others <= MOST_OTHERS);
    if (!chosen) count(counts, nameOf(message, texts), 1);
    return chosen;
  });
  if (detail.omittedMessages > 0) count(counts, "...", detail.omittedMessages);
  const leftOut = detail.messages.length - shown.length + detail.omittedMessages;
  return { shown, leftOut, kinds: kindsText(counts, texts.comma) };
}

/** Frames of validations, and of messages that findings name, by command. */
function decisiveFrames({ facts, findings }: ConnectionDetail): ReadonlySet<string> {
  const frames = new Set<string>();
  for (const { request, response, interim } of facts.validations) {
    for (const message of [request, interim, response]) if (message !== null) frames.add(`${message.frame} ${IOCTL}`);
  }
  for (const { evidence } of findings) {
    for (const { frame, command } of evidence) frames.add(command === undefined ? String(frame) : `${frame} ${command}`);
  }
  return frames;
}

function isDecisive({ frame, command, kind }: DetailMessage, frames: ReadonlySet<string>): boolean {
  if (kind === "SMB2" && command === NEGOTIATE) return true;
  return frames.has(`${frame} ${command}`) || frames.has(String(frame));
}

function isSetup({ command, kind }: DetailMessage): boolean {
  if (kind === "SMB1") return true;
  return kind === "SMB2" && (command === SESSION_SETUP || command === TREE_CONNECT || command === LOGOFF);
}

/** `READ`; messages that cannot be read into by what they are. */
function nameOf({ kind, command }: DetailMessage, texts: ReportTexts): string {
  if (kind === "SMB1") return kind;
  if (kind !== "SMB2") return texts[kind];
  return command < 0 ? texts.cut : commandName(command);
}

function count(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function kindsText(counts: ReadonlyMap<string, number>, comma: string): string {
  const ordered = [...counts].sort(([, one], [, other]) => other - one);
  const parts = ordered.slice(0, MOST_KINDS).map(([name, number]) => `${number} ${name}`);
  return [...parts, ...(ordered.length > MOST_KINDS ? ["..."] : [])].join(comma);
}
