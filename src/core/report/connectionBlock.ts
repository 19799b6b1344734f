import type { Connection } from "../model/connection.ts";
import type { EndEvent } from "../model/connectionFacts.ts";
import type { DetailMessage } from "../model/detailMessage.ts";
import type { Exchange } from "../model/exchange.ts";
import { toExchanges } from "../model/exchanges/toExchanges.ts";
import type { Analysis, ConnectionDetail } from "../rules/analysis.ts";
import { reasonLabel, reasonText } from "../rules/reasons.ts";
import { storyOf } from "../rules/story.ts";
import { type AskedInformation, readAskedInformation } from "../smb2/askedInformation.ts";
import { dialectText, endText, outcomeText, productsText, signingRequiredBy, userText } from "./connectionTexts.ts";
import { type EvidencePlaces, evidencePaths } from "./evidencePlaces.ts";
import { relateFields } from "./fieldRelations.ts";
import { writeEnds } from "./findingBlock.ts";
import { type MessageContext, writeEnd, writeMessage } from "./messageLines.ts";
import { type MessagePair, pairMessages } from "./messagePairs.ts";
import { openingText, tcpCountsText } from "./pathText.ts";
import { writeProse } from "./prose.ts";
import { formatSeconds } from "./quantities.ts";
import type { ReportTexts } from "./reportTexts.ts";
import { chooseMessages } from "./shownMessages.ts";
import { writeFurther, writeStory } from "./storyBlock.ts";
import type { TraceFold, TraceMessage, TracePair, TraceSymbol } from "./textTrace.ts";
import type { TraceWriter } from "./traceWriter.ts";
import { writeUse } from "./useBlock.ts";

/** What the blocks of a trace share. */
export interface BlockContext {
  readonly analysis: Analysis;
  readonly places: EvidencePlaces;
  readonly texts: ReportTexts;
  /** Whether the trace has grown as long as it may. */
  isFull(): boolean;
}

/** The lines of one connection as they were written. */
export interface ConnectionBlock {
  readonly symbol: TraceSymbol;
  readonly folds: readonly TraceFold[];
  readonly pairs: readonly TracePair[];
}

/** Writes a connection: its heading, and the messages that matter (or, in its own document, all of them) with their fields. */
export function writeConnection(writer: TraceWriter, detail: ConnectionDetail, full: boolean, block: BlockContext): ConnectionBlock {
  const { connection } = detail;
  const startLine = writer.line;
  writeConnectionHeading(writer, connection, block.texts);
  const exchanges = full ? toExchanges(detail) : [];
  if (full) {
    writePath(writer, detail, block.texts);
    writeOwnStory(writer, detail, block.texts);
    writeUse(writer, detail, exchanges, block.analysis, block.texts);
  }
  writeUndetermined(writer, detail, full, block.texts);
  const children: TraceSymbol[] = [];
  const choice = full ? undefined : chooseMessages(detail, block.texts);
  const answered = pairMessages(detail.messages);
  const context = messageContext(detail, full, answered, exchanges, block);
  for (const event of inOrder(choice?.shown ?? detail.messages, detail.ends)) {
    if (block.isFull()) break;
    children.push("how" in event ? writeEnd(writer, event, context) : writeMessage(writer, event, context));
  }
  if (choice !== undefined && choice.leftOut > 0) writeLeftOut(writer, connection.id, choice.leftOut, choice.kinds, block.texts);
  if (full && detail.omittedMessages > 0) writer.text(`  ${block.texts.omittedMessages(detail.omittedMessages)}`).endLine();
  const endLine = writer.line - 1;
  const name = block.texts.connection(connection.id);
  const about = `${connection.client.address} -> ${connection.server.address}`;
  const collapsed = !full && connection.outcome !== "failed" && connection.outcome !== "warning";
  return {
    symbol: { name, detail: about, kind: "connection", startLine, endLine, selectionLine: startLine, children },
    folds: [...(endLine > startLine ? [{ startLine, endLine, collapsed }] : []), ...context.folds],
    pairs: answered.flatMap(({ request, response }) => shownPair(detail.messages[request], detail.messages[response], context.written)),
  };
}

function shownPair(
  request: DetailMessage | undefined,
  response: DetailMessage | undefined,
  written: ReadonlyMap<DetailMessage, TraceMessage>,
): readonly TracePair[] {
  const asked = request && written.get(request);
  const answer = response && written.get(response);
  return asked === undefined || answer === undefined ? [] : [{ request: asked, response: answer }];
}

/** `Connection 1   192.0.2.10:55222 -> 198.51.100.20:445   SMB 3.0.2   signing: not required   ...` */
export function writeConnectionHeading(writer: TraceWriter, connection: Connection, texts: ReportTexts): void {
  writer.span("heading", texts.connection(connection.id), { connection: connection.id });
  writeEnds(writer.text("   "), connection);
  writer.text(`   ${dialectText(connection)}   ${texts.signing(signingRequiredBy(connection))}`);
  const user = userText(connection, texts);
  if (user !== "") writer.text("   ").span("user", user, { connection: connection.id });
  writer.text(`   ${endText(connection, texts)}`).endLine();
  const products = productsText(connection, texts);
  if (products !== "") writer.text(`  ${products}`).endLine();
  const counts = tcpCountsText(connection.tcp, texts);
  if (counts !== "") writer.text(`  TCP: ${counts}`).endLine();
}

/** How the ends opened the connection: in its own document only, since nobody needs it who has no doubt about the path. */
function writePath(writer: TraceWriter, { facts }: ConnectionDetail, texts: ReportTexts): void {
  const opening = openingText(facts.path, texts);
  if (opening !== "") writer.text(`  TCP: ${opening}`).endLine();
}

/** A connection that is not shown in full: one line that leads to its own document. */
export function writeConnectionLink(writer: TraceWriter, connection: Connection, texts: ReportTexts): TraceSymbol {
  const line = writer.line;
  const name = texts.connection(connection.id);
  writer.span("link", name, { ref: connection.id, connection: connection.id });
  writeEnds(writer.text("   "), connection);
  const outcome = [texts.outcome[connection.outcome], outcomeText(connection, undefined, texts)].filter((part) => part !== "");
  writer.text(`   ${dialectText(connection)}   ${outcome.join(": ")}`).endLine();
  const about = `${connection.client.address} -> ${connection.server.address}`;
  return { name, detail: about, kind: "connection", startLine: line, endLine: line, selectionLine: line, children: [] };
}

/** In the connection's own document: what became of it. */
function writeOwnStory(writer: TraceWriter, { connection, findings }: ConnectionDetail, texts: ReportTexts): void {
  const story = storyOf(
    connection,
    findings.find(({ rule }) => rule === connection.decidedBy),
  );
  if (story === null || story.rule === null) return;
  writer.text(`  ${texts.headings.story}   ${texts.certainty[story.certainty]}`).endLine();
  writeStory(writer, story, connection.id, texts);
  writeFurther(writer, story, connection.id, texts);
  writer.endLine();
}

/** What could not be judged: the reason that counts, or in the connection's own document every rule's verdict. */
function writeUndetermined(writer: TraceWriter, { connection, verdicts }: ConnectionDetail, full: boolean, texts: ReportTexts): void {
  if (!full) {
    if (connection.outcome !== "unknown" || connection.reason === null) return;
    writer.text("  ");
    writeProse(writer, texts.cannotTell(reasonText(connection.reason, texts.language)), connection.id);
    return;
  }
  for (const { rule, verdict } of verdicts) {
    writer.text(`  ${texts.verdictWord[verdict.verdict]}`).toColumn(16, 2);
    writer.span("rule", rule, { ref: rule, connection: connection.id });
    if (verdict.verdict === "undetermined") writer.text(`   ${reasonLabel(verdict.reason, texts.language)}`);
    writer.endLine();
  }
  if (verdicts.length > 0) writer.endLine();
}

function writeLeftOut(writer: TraceWriter, connection: number, count: number, kinds: string, texts: ReportTexts): void {
  writer.text("  ").span("link", texts.moreMessages(count, kinds), { ref: connection, connection });
  writer.endLine();
}

function messageContext(
  detail: ConnectionDetail,
  full: boolean,
  answered: readonly MessagePair[],
  exchanges: readonly Exchange[],
  { analysis, places, texts }: BlockContext,
): MessageContext {
  const { capture } = analysis;
  const lastTime = Math.max(detail.facts.lastTime, ...detail.ends.map(({ time }) => time));
  const lastFrame = Math.max(detail.facts.lastFrame, ...detail.ends.map(({ frame }) => frame));
  return {
    detail,
    full,
    relations: relateFields(detail.facts),
    asked: askedOf(detail.messages, answered),
    exchanges: exchangesByMessage(exchanges, detail.messages),
    written: new Map(),
    folds: [],
    validations: validationFrames(detail),
    named: namedFields(detail),
    firstTime: capture.firstTime,
    baseSeconds: capture.baseSeconds,
    frameColumns: String(lastFrame).length + 4,
    timeColumns: formatSeconds(lastTime - capture.firstTime).length,
    places,
    texts,
  };
}

function exchangesByMessage(exchanges: readonly Exchange[], messages: readonly DetailMessage[]): ReadonlyMap<DetailMessage, Exchange> {
  const found = new Map<DetailMessage, Exchange>();
  for (const exchange of exchanges) {
    for (const index of [exchange.request, ...exchange.interim, exchange.response, exchange.cancel]) {
      const message = index === null ? undefined : messages[index];
      if (message !== undefined) found.set(message, exchange);
    }
  }
  return found;
}

/** What the requests of QUERY_INFO and QUERY_DIRECTORY asked for, by their responses. */
function askedOf(messages: readonly DetailMessage[], answered: readonly MessagePair[]): ReadonlyMap<DetailMessage, AskedInformation> {
  const asked = new Map<DetailMessage, AskedInformation>();
  for (const pair of answered) {
    const request = messages[pair.request];
    const response = messages[pair.response];
    const information = request && readAskedInformation(request.bytes, 0, request.bytes.length);
    if (response !== undefined && information !== undefined) asked.set(response, information);
  }
  return asked;
}

function validationFrames({ facts }: ConnectionDetail): ReadonlySet<number> {
  return new Set(facts.validations.flatMap(({ request, response }) => [request, response].flatMap((message) => message?.frame ?? [])));
}

/** Fields that findings name, by frame, each as the paths at which it may stand; the status stands in the message's own line. */
function namedFields({ findings }: ConnectionDetail): ReadonlyMap<number, readonly (readonly string[])[]> {
  const named = new Map<number, (readonly string[])[]>();
  for (const { evidence } of findings) {
    for (const one of evidence) {
      if (one.field === undefined || one.field === "Status") continue;
      const fields = named.get(one.frame);
      if (fields === undefined) named.set(one.frame, [evidencePaths(one)]);
      else fields.push(evidencePaths(one));
    }
  }
  return named;
}

function inOrder(messages: readonly DetailMessage[], ends: readonly EndEvent[]): readonly (DetailMessage | EndEvent)[] {
  return [...messages, ...ends].sort((one, other) => one.frame - other.frame);
}
