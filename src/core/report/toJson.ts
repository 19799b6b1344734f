import type { Issue } from "../capture/issue.ts";
import type { Capture } from "../model/capture.ts";
import type { Connection, NegotiateSummary, SessionSummary, TcpCounts, ValidationSummary } from "../model/connection.ts";
import { type Peer, productText } from "../model/peer.ts";
import { peerOf } from "../model/peersOf.ts";
import type { SenderCounts } from "../net/tcpSender.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { Finding, Incident } from "../rules/finding.ts";
import { isRemedyId, remedyText } from "../rules/remedies.ts";
import { renderFinding } from "../rules/renderFinding.ts";
import { type Story, storyOf } from "../rules/story.ts";
import { dialectName } from "../smb2/constants/dialects.ts";
import type { Language } from "../spec/language.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { sectionParts, sectionUrl } from "../spec/sectionUrl.ts";
import { addressText } from "./captureAbout.ts";
import { issueSentence } from "./issueText.ts";
import { jsonText } from "./jsonText.ts";
import type { ReportSubject } from "./reportSubject.ts";
import { furtherSentence, storySentences } from "./storyText.ts";
import { TOOL } from "./tool.ts";

/** Version of the JSON report's shape. */
const SCHEMA = 1;

/** The JSON report of one capture. */
export function toJson(analysis: Analysis, subject: ReportSubject): string {
  return [jsonReportStart(), ...jsonCapture(analysis, subject), jsonReportEnd()].join("");
}

/** What stands before the first capture. Between captures stands a comma. */
export function jsonReportStart(): string {
  return `{"tool":${jsonText({ name: TOOL.name, version: TOOL.version })},"schema":${SCHEMA},"captures":[\n`;
}

export function jsonReportEnd(): string {
  return "\n]}\n";
}

/** One element of `captures`, in pieces: a large capture has more text than one string may hold. */
export function* jsonCapture(analysis: Analysis, { name, language }: ReportSubject): Generator<string> {
  const { capture, connections, findings, incidents } = analysis;
  yield `{"path":${jsonText(name)},${jsonText(captureValue(capture, language)).slice(1, -1)}`;
  const decisive = decisiveOf(findings);
  yield* jsonArray("connections", connections.count, (index) => connectionValue(connections.get(index), decisive, language));
  yield* jsonArray("findings", findings.length, (index) => findingValue(findings[index], language));
  yield* jsonArray("incidents", incidents.length, (index) => incidentValue(incidents[index], findings, language));
  yield* jsonSuppressed(analysis.suppressed);
  yield "}";
}

/** Only where settings turn something off: how many findings of which rules are not among `findings`. */
function* jsonSuppressed(suppressed: Analysis["suppressed"]): Generator<string> {
  if (suppressed === undefined) return;
  const findings = new Map<string, number>();
  for (const { rule, connections } of suppressed.incidents) findings.set(rule, (findings.get(rule) ?? 0) + connections.length);
  const rules = [...findings].map(([rule, count]) => ({ rule, findings: count }));
  yield* jsonArray("suppressed", rules.length, (index) => rules[index]);
}

function* jsonArray(name: string, count: number, valueAt: (index: number) => unknown): Generator<string> {
  yield `,\n"${name}":[`;
  for (let index = 0; index < count; index++) yield `${index === 0 ? "\n" : ",\n"}${jsonText(valueAt(index))}`;
  yield "]";
}

function captureValue(capture: Capture, language: Language) {
  return {
    format: capture.format,
    frames: capture.frames,
    interfaces: capture.interfaces.map(({ linkType, timestampResolution }) => ({ linkType, timestampResolution })),
    issues: capture.issues.map((issue) => issueValue(issue, capture, language)),
    ...notesValue(capture),
  };
}

/** What the file says besides its frames, as it stands; no key where it says nothing. Of keys only their kind, never what they hold. */
function notesValue({ notes }: Capture) {
  const { program, system, hardware, comments, names, secrets, entries, dropped, localTime } = notes;
  const value = {
    ...(program === null ? {} : { program }),
    ...(system === null ? {} : { system }),
    ...(hardware === null ? {} : { hardware }),
    ...(comments.length === 0 ? {} : { comments }),
    ...(names.length === 0 ? {} : { names: names.map(({ address, name }) => ({ address: addressText(address), name })) }),
    ...(secrets.length === 0 ? {} : { secrets: secrets.map(({ type, bytes }) => ({ type: hexWord(type), length: bytes.length })) }),
    ...(entries.length === 0 ? {} : { entries }),
    ...(dropped === 0 ? {} : { dropped }),
    ...(localTime ? { localTime } : {}),
  };
  return Object.keys(value).length === 0 ? {} : { notes: value };
}

function hexWord(word: number): string {
  return `0x${word.toString(16).padStart(8, "0")}`;
}

function issueValue(issue: Issue, capture: Capture, language: Language) {
  const { kind, frame, offset } = issue;
  return {
    kind,
    ...(frame === undefined ? {} : { frame }),
    ...(offset === undefined ? {} : { offset }),
    message: issueSentence(issue, capture, language),
  };
}

/** Findings by the connection and the rule: a story tells the one that decided. */
type Decisive = ReadonlyMap<string, Finding>;

function decisiveOf(findings: readonly Finding[]): Decisive {
  return new Map(findings.map((finding) => [`${finding.connection} ${finding.rule}`, finding]));
}

function connectionValue(connection: Connection, decisive: Decisive, language: Language) {
  const { id, client, server, firstFrame, lastFrame, ended, negotiate, sessions, validateNegotiate, messages } = connection;
  return {
    id,
    client: { address: client.address, port: client.port, ...peerValue(peerOf(connection, "client"), language) },
    server: { address: server.address, port: server.port, ...peerValue(peerOf(connection, "server"), language) },
    firstFrame,
    lastFrame,
    ended: { by: ended.by, how: ended.how, frame: ended.frame },
    dialect: connection.dialect === null ? null : dialectName(connection.dialect),
    negotiate: negotiate === null ? null : negotiateValue(negotiate),
    sessions: sessions.map(sessionValue),
    validateNegotiate: validateNegotiate.map(validationValue),
    messages,
    ...tcpValue(connection.tcp),
    story: storyValue(storyOf(connection, decisive.get(`${id} ${connection.decidedBy}`)), language),
  };
}

/** What TCP had to repeat, hold back or mark; nothing where there was nothing. */
function tcpValue({ client, server }: TcpCounts): { readonly tcp?: TcpCounts } {
  const isZero = (counts: SenderCounts) => Object.values(counts).every((count) => count === 0);
  return isZero(client) && isZero(server) ? {} : { tcp: { client, server } };
}

function storyValue(story: Story | null, language: Language) {
  if (story === null) return null;
  const { rule, certainty, reason, steps, further } = story;
  return {
    rule,
    certainty,
    ...(reason === null ? {} : { reason }),
    sentences: storySentences(story, language),
    frames: steps.map(({ frame }) => frame),
    further:
      further === null
        ? null
        : { place: further.place, text: furtherSentence(story, language), filter: further.filter, commands: further.commands },
  };
}

/** What an end looks like, where anything tells. */
function peerValue(peer: Peer | null, language: Language) {
  return peer === null
    ? {}
    : { peer: { product: productText(peer.product, language), certainty: peer.certainty, evidence: peer.evidence } };
}

function negotiateValue(negotiate: NegotiateSummary) {
  const { requestFrame, responseFrame, clientGuid, serverGuid, clientCapabilities, serverCapabilities } = negotiate;
  const { clientSecurityMode, serverSecurityMode, clientDialects } = negotiate;
  return {
    requestFrame,
    responseFrame,
    clientGuid,
    serverGuid,
    clientCapabilities,
    serverCapabilities,
    clientSecurityMode,
    serverSecurityMode,
    clientDialects: clientDialects.map(dialectName),
  };
}

function sessionValue({ id, user, domain, guest, anonymous, signed, encrypted, status }: SessionSummary) {
  return { id, ...userValue(user, domain), guest, anonymous, signed, encrypted, status: statusValue(status) };
}

function userValue(user: string | null, domain: string | null): { readonly user?: string } {
  if (user === null || user === "") return {};
  return { user: domain === null || domain === "" ? user : `${domain}\\${user}` };
}

function validationValue(validation: ValidationSummary) {
  const { requestFrame, responseFrame, status, requestSigned, responseSigned, verdict, reason } = validation;
  const common = { requestFrame, responseFrame, status: statusValue(status), requestSigned, responseSigned, verdict };
  return reason === null ? common : { ...common, reason };
}

function statusValue(status: number | null): string | null {
  return status === null ? null : ntStatusName(status);
}

function findingValue(finding: Finding | undefined, language: Language) {
  if (finding === undefined) return null;
  const { rule, severity, connection, frames, count } = finding;
  const { title, what, why } = renderFinding(finding, language);
  return {
    rule,
    severity,
    connection,
    frames,
    count,
    title,
    message: [what, why].filter((part) => part !== "").join(language === "ja" ? "" : " "),
    evidence: finding.evidence.map(({ frame, field, value, role }) => ({
      frame,
      ...(field === undefined ? {} : { field }),
      ...(value === undefined ? {} : { value }),
      role,
    })),
    sections: finding.sections.map((id) => ({ ...sectionParts(id), url: sectionUrl(id) })),
    remedies: finding.remedies.filter(isRemedyId).map((id) => {
      const { kind, title: what } = remedyText(id, language);
      return { id, kind, title: what };
    }),
  };
}

function incidentValue(incident: Incident | undefined, findings: readonly Finding[], language: Language) {
  if (incident === undefined) return null;
  const { rule, connections, count } = incident;
  const first = findings[incident.findings[0] ?? -1];
  return {
    rule,
    findings: incident.findings,
    connections,
    count,
    title: first === undefined ? rule : renderFinding(first, language).title,
  };
}
