import { escapeForDisplay } from "../bytes/text.ts";
import type { Capture } from "../model/capture.ts";
import { formatEndpoint } from "../net/endpoint.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { Evidence, Finding, Severity } from "../rules/finding.ts";
import { ruleById } from "../rules/list.ts";
import { renderFinding } from "../rules/renderFinding.ts";
import type { Rule } from "../rules/rule.ts";
import type { Language } from "../spec/language.ts";
import { sectionUrl } from "../spec/sectionUrl.ts";
import { evidenceText } from "./evidenceText.ts";
import { connectionOf } from "./findingBlock.ts";
import { issueSentence } from "./issueText.ts";
import { jsonText } from "./jsonText.ts";
import type { ReportSubject } from "./reportSubject.ts";
import { reportTexts } from "./reportTexts.ts";
import { TOOL } from "./tool.ts";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = { error: "error", warning: "warning", information: "note" };

/** The report of one capture as a SARIF log (2.1.0). */
export function toSarif(analysis: Analysis, subject: ReportSubject): string {
  return [sarifStart(), ...sarifRun(analysis, subject), sarifEnd()].join("");
}

/** What stands before the first run. Between runs stands a comma. */
export function sarifStart(): string {
  return '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[\n';
}

export function sarifEnd(): string {
  return "\n]}\n";
}

/** The run of one capture, in pieces. */
export function* sarifRun(analysis: Analysis, { name, language }: ReportSubject): Generator<string> {
  const { findings, capture } = analysis;
  const suppressed = analysis.suppressed?.findings ?? [];
  const rules = [...new Set([...findings, ...suppressed].map(({ rule }) => rule))].flatMap((id) => ruleById(id) ?? []);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const uri = artifactUri(name);
  const head = {
    tool: { driver: { name: TOOL.displayName, version: TOOL.version, rules: rules.map((rule) => ruleValue(rule, language)) } },
    language,
    invocations: [invocationValue(capture, language)],
    artifacts: [{ location: { uri } }],
  };
  yield `${jsonText(head).slice(0, -1)},"results":[`;
  let comma = "\n";
  for (const finding of findings) {
    yield `${comma}${jsonText(resultValue(finding, analysis, uri, indexes.get(finding.rule), language))}`;
    comma = ",\n";
  }
  for (const finding of suppressed) {
    const result = resultValue(finding, analysis, uri, indexes.get(finding.rule), language);
    yield `${comma}${jsonText({ ...result, suppressions: [{ kind: "external", status: "accepted" }] })}`;
    comma = ",\n";
  }
  yield "]}";
}

function ruleValue(rule: Rule, language: Language) {
  const { name, recognises } = rule.texts[language]();
  const [section] = rule.sections;
  return {
    id: rule.id,
    shortDescription: { text: name },
    fullDescription: { text: recognises },
    ...(section === undefined ? {} : { helpUri: sectionUrl(section) }),
    defaultConfiguration: { level: LEVELS[rule.severity] },
  };
}

function invocationValue(capture: Capture, language: Language) {
  return {
    executionSuccessful: capture.frames > 0 || capture.issues.length === 0,
    toolExecutionNotifications: capture.issues.map((issue) => ({
      level: "warning",
      message: { text: issueSentence(issue, capture, language) },
      properties: { kind: issue.kind },
    })),
  };
}

function resultValue(finding: Finding, analysis: Analysis, uri: string, ruleIndex: number | undefined, language: Language) {
  const { rule, severity, certainty, connection, frames, count, evidence } = finding;
  const { title, what, why, todo } = renderFinding(finding, language);
  const text = [title, what, why, ...todo].filter((part) => part !== "").join("\n");
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: escapeLines(text) },
    locations: [{ ...physical(uri), properties: { frame: frames[0] ?? evidence[0]?.frame ?? 0, connection } }],
    relatedLocations: evidence.map((one, index) => relatedValue(one, index, uri, language)),
    partialFingerprints: { "smbLens/v1": fingerprint(finding, analysis) },
    occurrenceCount: count,
    properties: { certainty, frames },
  };
}

function relatedValue(evidence: Evidence, index: number, uri: string, language: Language) {
  return {
    id: index,
    ...physical(uri),
    message: { text: evidenceText(evidence, reportTexts(language)) },
    properties: { frame: evidence.frame, role: evidence.role },
  };
}

function physical(uri: string) {
  return { physicalLocation: { artifactLocation: { uri, index: 0 } } };
}

/** Equal for the same finding between the same ends in another capture: frames and the client's port are not in it. */
function fingerprint(finding: Finding, analysis: Analysis): string {
  const connection = connectionOf(analysis, finding.connection);
  const ends = connection === undefined ? [] : [connection.client.address, formatEndpoint(connection.server)];
  const values = ruleById(finding.rule)?.identity?.map((name) => String(finding.data[name])) ?? [];
  return [finding.rule, ...ends, ...values].map(escapeForDisplay).join("|");
}

function escapeLines(text: string): string {
  return text.split("\n").map(escapeForDisplay).join("\n");
}

/** A path as a URI: an absolute one as `file:`, another as a relative reference. */
export function artifactUri(path: string): string {
  const slashes = path.replaceAll("\\", "/").replace(/\p{Cs}/gu, "\ufffd");
  const encoded = encodeURI(slashes).replace(/[?#]/g, (character) => (character === "?" ? "%3F" : "%23"));
  if (/^[a-z]:\//i.test(slashes)) return `file:///${encoded}`;
  if (slashes.startsWith("//")) return `file:${encoded}`;
  if (slashes.startsWith("/")) return `file://${encoded}`;
  // The first segment of a relative reference must not look like a scheme.
  return encoded.split("/")[0]?.includes(":") === true ? `./${encoded}` : encoded;
}
