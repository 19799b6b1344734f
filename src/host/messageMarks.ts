import {
  type ConnectionDetail,
  type DetailMessage,
  type Evidence,
  escapeForDisplay,
  type Finding,
  isErrorStatus,
  renderFinding,
} from "../core/index.ts";
import type { MessageRowView } from "../protocol/messageViews.ts";
import type { HostTexts } from "./views/texts.ts";

const SETUP: ReadonlySet<number> = new Set([0, 1, 2, 3, 4]);
const SEVERITIES = { error: "failed", warning: "warning", information: "unknown" } as const;
const WEIGHT: Readonly<Record<string, number>> = { failed: 4, differs: 3, warning: 2, unknown: 1 };

/** Why a message matters. */
export interface MessageMark {
  /** Null where it is only one of those that tell the story. */
  readonly icon: MessageRowView["mark"];
  readonly text: string;
  /** Evidence that names a field of it. */
  readonly evidence: Evidence | null;
}

const STORY: MessageMark = { icon: null, text: "", evidence: null };

/** The messages that matter: evidence of findings, negotiation, sign-in, shares, validation, errors; of frames alone, the ends. */
export function messageMarks(
  detail: ConnectionDetail,
  texts: HostTexts,
): { readonly message: readonly (MessageMark | undefined)[]; readonly frame: (frame: number) => MessageMark } {
  const named = namedByFindings(detail.findings, texts);
  const validations = new Set(
    detail.facts.validations.flatMap(({ request, interim, response }) => [request, interim, response].flatMap((one) => one?.frame ?? [])),
  );
  const ofFrame = (frame: number) => named.get(`${frame}`) ?? STORY;
  const message = detail.messages.map((one) => {
    const { frame, command, response } = one;
    const found = named.get(`${frame} ${command} ${response}`) ?? named.get(`${frame}`);
    return found ?? (tellsStory(one, validations) ? STORY : undefined);
  });
  return { message, frame: ofFrame };
}

function tellsStory({ kind, command, response, status, frame }: DetailMessage, validations: ReadonlySet<number>): boolean {
  if (kind === "SMB1") return true;
  if (kind !== "SMB2") return false;
  return SETUP.has(command) || validations.has(frame) || (response && isErrorStatus(status));
}

/** By frame, command and direction; evidence without a command by its frame alone. */
function namedByFindings(findings: readonly Finding[], texts: HostTexts): ReadonlyMap<string, MessageMark> {
  const named = new Map<string, MessageMark>();
  for (const finding of findings) {
    const text = escapeForDisplay(renderFinding(finding, texts.language).title);
    for (const evidence of finding.evidence) {
      const { frame, command, response } = evidence;
      const key = command === undefined ? `${frame}` : `${frame} ${command} ${response === true}`;
      const mark = { icon: iconOf(finding, evidence), text, evidence: evidence.field === undefined ? null : evidence };
      if (weightOf(mark) > weightOf(named.get(key))) named.set(key, mark);
    }
  }
  return named;
}

function iconOf({ severity }: Finding, { role }: Evidence): MessageMark["icon"] {
  if (role === "expected") return "differs";
  return role === "observed" ? SEVERITIES[severity] : null;
}

function weightOf(mark: MessageMark | undefined): number {
  if (mark === undefined) return -1;
  return mark.icon === null ? 0 : (WEIGHT[mark.icon] ?? 0);
}
