import {
  type Connection,
  type ConnectionDetail,
  escapeForDisplay,
  type Finding,
  formatEndpoint,
  reasonLabel,
  reasonText,
  renderFinding,
  userText,
} from "../../core/index.ts";
import type { OutcomeView, OverviewView } from "../../protocol/views.ts";
import { dialectText } from "./connectionRow.ts";
import { contradiction, factsOfConnection, factsOfFinding } from "./factViews.ts";
import { isProtectedPair } from "./findingProof.ts";
import { remedyViews } from "./remedyViews.ts";
import { sectionLink } from "./sectionLink.ts";
import { storyView } from "./storyView.ts";
import type { HostTexts } from "./texts.ts";

type Other = OverviewView["others"][number];

const SEVERITY_ORDER = ["error", "warning", "information"] as const;

/**
 * Verdict, proof and remedies for one connection. `decisive` is the finding that decided; it may come from another connection of the
 * same incident when this one's own is not in the detail. `noFailure`: the whole capture has no failed connection.
 */
export function overviewView(detail: ConnectionDetail, decisive: Finding | undefined, noFailure: boolean, texts: HostTexts): OverviewView {
  const { connection } = detail;
  const own = detail.findings.find((finding) => finding.rule === connection.decidedBy) ?? decisive;
  if (own !== undefined) return findingOverview(own, detail, texts);
  return connection.outcome === "unknown" ? unknownOverview(detail, texts) : healthyOverview(detail, noFailure, texts);
}

function findingOverview(finding: Finding, detail: ConnectionDetail, texts: HostTexts): OverviewView {
  const rendered = renderFinding(finding, texts.language);
  const facts = factsOfFinding(finding, detail, texts);
  const section = finding.sections[0];
  return {
    ...common(detail, finding, texts),
    outcome: detail.connection.outcome,
    title: escapeForDisplay(rendered.title),
    certainty: { kind: finding.certainty, text: texts.overview.certainty[finding.certainty], tooltip: tooltip(finding, detail, texts) },
    rule: finding.rule,
    ruleSection: section === undefined ? null : sectionLink(section),
    facts: facts.shown,
    moreFacts: facts.more,
    limit: escapeForDisplay(rendered.limit),
    story: storyView(detail.connection, finding, texts.language),
    remedies: remedyViews(finding, detail, texts),
  };
}

function unknownOverview(detail: ConnectionDetail, texts: HostTexts): OverviewView {
  const reason = detail.connection.reason ?? "";
  const facts = factsOfConnection(detail, texts);
  const sentence = reasonText(reason, texts.language);
  return {
    ...common(detail, undefined, texts),
    outcome: "unknown",
    title: texts.overview.unknownTitle(reasonLabel(reason, texts.language)),
    certainty: { kind: "unknown", text: texts.overview.certainty.unknown, tooltip: texts.overview.unknownBecause(sentence) },
    rule: null,
    ruleSection: null,
    facts: facts.shown,
    moreFacts: facts.more,
    limit: sentence,
    story: null,
    remedies: [],
  };
}

function healthyOverview(detail: ConnectionDetail, noFailure: boolean, texts: HostTexts): OverviewView {
  const { outcome } = detail.connection;
  const { overview } = texts;
  return {
    ...common(detail, undefined, texts),
    outcome,
    title: noFailure ? overview.noFailure : outcome === "validated" ? overview.noProblemValidated : overview.noProblem,
    certainty: { kind: "none", text: "", tooltip: "" },
    rule: null,
    ruleSection: null,
    facts: [],
    moreFacts: [],
    limit: "",
    story: null,
    remedies: [],
  };
}

function common(detail: ConnectionDetail, shown: Finding | undefined, texts: HostTexts): Pick<OverviewView, "id" | "subject" | "others"> {
  return { id: detail.connection.id, subject: subjectParts(detail.connection, texts), others: others(detail, shown, texts) };
}

/** Who with whom, dialect, user, share: what is known of it. */
export function subjectParts(connection: Connection, texts: HostTexts): readonly string[] {
  const parts = [`${formatEndpoint(connection.client)} → ${formatEndpoint(connection.server)}`];
  const dialect = dialectText(connection, texts);
  if (dialect !== texts.common.none) parts.push(dialect.startsWith("SMB") ? dialect : `SMB ${dialect}`);
  const user = userText(connection, texts.list);
  if (user !== "") parts.push(user);
  if (connection.share !== null) parts.push(escapeForDisplay(connection.share));
  return parts;
}

function tooltip(finding: Finding, detail: ConnectionDetail, texts: HostTexts): string {
  const { overview } = texts;
  if (finding.certainty === "suspected") return overview.suspectedBecause;
  if (contradiction(finding.evidence) === undefined) return overview.provedByFrames;
  return isProtectedPair(finding, detail) ? overview.provedBySigned : overview.provedByBoth;
}

function others(detail: ConnectionDetail, shown: Finding | undefined, texts: HostTexts): readonly Other[] {
  const rest = detail.findings.filter((finding) => finding !== shown && finding.rule !== shown?.rule);
  const found = SEVERITY_ORDER.flatMap((severity) => rest.filter((finding) => finding.severity === severity)).map((finding) => ({
    rule: finding.rule,
    outcome: outcomeOf(finding),
    title: escapeForDisplay(renderFinding(finding, texts.language).title),
    frame: finding.frames[0] ?? finding.evidence[0]?.frame ?? 0,
  }));
  return [...found, ...turnedOff(detail, texts), ...undetermined(detail, texts)];
}

/** What the settings keep from the screen is named, so that nobody takes it for healthy. */
function turnedOff({ suppressed = [] }: ConnectionDetail, texts: HostTexts): readonly Other[] {
  return suppressed.map((finding) => ({
    rule: finding.rule,
    outcome: "unknown",
    title: texts.overview.turnedOff(renderFinding(finding, texts.language).name),
    frame: 0,
  }));
}

/** Information is no problem and no clean bill either: it stands with what cannot be told. */
function outcomeOf(finding: Finding): OutcomeView {
  if (finding.severity === "error") return "failed";
  return finding.severity === "warning" ? "warning" : "unknown";
}

/** One line a reason, however many rules could not be judged for it. */
function undetermined(detail: ConnectionDetail, texts: HostTexts): readonly Other[] {
  const byReason = new Map<string, string[]>();
  for (const { rule, verdict } of detail.verdicts) {
    if (verdict.verdict === "undetermined") byReason.set(verdict.reason, [...(byReason.get(verdict.reason) ?? []), rule]);
  }
  return [...byReason].map(([reason, rules]) => ({
    rule: rules[0] ?? "",
    outcome: "unknown" as const,
    title: texts.overview.cannotCheck(reasonLabel(reason, texts.language), rules.length),
    frame: 0,
  }));
}
