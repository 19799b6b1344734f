import {
  type ConnectionDetail,
  countingNegotiate,
  isProtected,
  type MessageFacts,
  ntStatusName,
  type SectionId,
} from "../../core/index.ts";
import type { CompareGroupView, CompareMessageView, ComparisonView } from "../../protocol/views.ts";
import { type ComparedExchange, type ComparedRow, clientRows, serverRows } from "./compareRows.ts";
import { comparisonMarkdown } from "./comparisonMarkdown.ts";
import { comparisonSummary } from "./comparisonSummary.ts";
import { comparisonTitle } from "./comparisonTitle.ts";
import { protectionOf } from "./messageProtection.ts";
import { sectionLink, sectionNumberLink } from "./sectionLink.ts";
import type { HostTexts, Peer } from "./texts.ts";

const DIALECT_311 = 0x0311;
const GUEST = 1;
const ANONYMOUS = 2;

/** NEGOTIATE against VALIDATE_NEGOTIATE_INFO, or why there is nothing to compare. `exchange` counts the validations from 0. */
export function comparisonView(
  detail: ConnectionDetail,
  exchange: number,
  texts: HostTexts,
): { readonly comparison: ComparisonView | null; readonly reason: string } {
  const { facts } = detail;
  const last = facts.validations.length - 1;
  const index = Math.min(Math.max(0, Math.trunc(exchange)), last);
  const validation = facts.validations[index];
  if (validation === undefined) return { comparison: null, reason: texts.comparison.reasons[whyNothing(detail)] };
  const dialectsFail = detail.findings.some((finding) => finding.rule === "vni-client-dialects-differ");
  return { comparison: compare(detail, index, { negotiate: countingNegotiate(facts), validation, dialectsFail }, texts), reason: "" };
}

function whyNothing({ connection, facts }: ConnectionDetail): keyof HostTexts["comparison"]["reasons"] {
  if (facts.dialect === DIALECT_311) return "dialect311";
  if (facts.negotiates.length === 0 && (facts.smb1 !== null || facts.smb1Messages > 0)) return "smb1";
  if (facts.encryptedMessages > 0) return "encrypted";
  if (facts.sessions.some((session) => (session.flags & GUEST) !== 0)) return "guest";
  if (facts.sessions.some((session) => (session.flags & ANONYMOUS) !== 0 || session.anonymousLogon)) return "anonymous";
  if (facts.negotiates.length === 0) return facts.truncatedMessages > 0 ? "cut" : "noNegotiate";
  return connection.sessions.some((session) => session.status === 0) ? "notSent" : "noSession";
}

function compare(detail: ConnectionDetail, index: number, compared: ComparedExchange, texts: HostTexts): ComparisonView {
  const client = clientRows(compared, texts);
  const server = serverRows(compared, texts);
  const { validation } = compared;
  const rejected = detail.findings.some(({ rule }) => rule === "vni-response-aborted");
  const here = rejected || (validation.response !== null && !isProtected(validation.response));
  const context = { compared, here, texts };
  const withoutMarkdown = {
    id: detail.connection.id,
    title: comparisonTitle(client, server, context),
    subtitle: texts.comparison.subtitle,
    section: sectionLink("MS-SMB2 3.2.5.5"),
    exchanges: detail.facts.validations.map((one, at) => ({
      index: at,
      label: texts.comparison.exchange(at + 1, (one.response ?? one.request)?.frame ?? null),
    })),
    exchange: index,
    groups: [
      group("client", client, compared.negotiate?.request ?? null, validation.request, comparisonSummary("client", client, context), texts),
      group(
        "server",
        server,
        compared.negotiate?.response ?? null,
        validation.response,
        comparisonSummary("server", server, context),
        texts,
      ),
    ],
    note: texts.comparison.note,
    differences: differing(client).length + differing(server).length,
  };
  return { ...withoutMarkdown, markdown: comparisonMarkdown(withoutMarkdown, texts) };
}

interface GroupSections {
  readonly negotiate: SectionId;
  readonly validate: SectionId;
  readonly check: SectionId;
}

const SECTIONS: Readonly<Record<Peer, GroupSections>> = {
  client: { negotiate: "MS-SMB2 2.2.3", validate: "MS-SMB2 2.2.31.4", check: "MS-SMB2 3.3.5.15.12" },
  server: { negotiate: "MS-SMB2 2.2.4", validate: "MS-SMB2 2.2.32.6", check: "MS-SMB2 3.2.5.14.12" },
};

function group(
  direction: Peer,
  rows: readonly ComparedRow[],
  negotiate: (MessageFacts & { readonly status?: number }) | null,
  validate: (MessageFacts & { readonly status?: number }) | null,
  summary: string,
  texts: HostTexts,
): CompareGroupView {
  const sections = SECTIONS[direction];
  return {
    direction,
    title: texts.comparison.groups[direction],
    negotiate: messageView(negotiate, sections.negotiate, texts),
    validate: messageView(validate, sections.validate, texts),
    summary,
    section: sectionNumberLink(sections.check),
    rows: rows.map((row) => row.view),
  };
}

function messageView(
  message: (MessageFacts & { readonly status?: number }) | null,
  section: SectionId,
  texts: HostTexts,
): CompareMessageView {
  const link = sectionNumberLink(section);
  if (message === null) return { frame: null, note: texts.comparison.missing, section: link };
  const protection = texts.common.protection[protectionOf(message)];
  const note =
    message.status !== undefined && message.status !== 0
      ? texts.comparison.errorStatus(protection, ntStatusName(message.status))
      : message.truncated
        ? texts.comparison.cut(protection)
        : protection;
  return { frame: message.frame, note, section: link };
}

function differing(rows: readonly ComparedRow[]): readonly ComparedRow[] {
  return rows.filter((row) => row.state === "differs");
}
