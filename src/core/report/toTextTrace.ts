import { escapeForDisplay } from "../bytes/text.ts";
import type { Analysis, ConnectionDetail } from "../rules/analysis.ts";
import type { Finding } from "../rules/finding.ts";
import { type BlockContext, type ConnectionBlock, writeConnection, writeConnectionLink } from "./connectionBlock.ts";
import { countConnections } from "./connectionCounts.ts";
import { EvidencePlaces } from "./evidencePlaces.ts";
import { findingTitle, type ToldFinding, writeFinding } from "./findingBlock.ts";
import type { ReportSubject } from "./reportSubject.ts";
import { type ReportTexts, reportTexts } from "./reportTexts.ts";
import { hidesFailure } from "./suppressedText.ts";
import type { TextTrace, TraceFold, TracePair, TraceSymbol } from "./textTrace.ts";
import { type TracedFinding, traceProblem } from "./traceProblems.ts";
import { TraceWriter } from "./traceWriter.ts";
import { writeVerdict } from "./verdictBlock.ts";

/** An editor shows this much without delay; a text beyond it is cut, and says so. */
const MOST_LINES = 50_000;
const MOST_CHARACTERS = 5_000_000;
/** VS Code shows at most 1,000 problems of a document. */
const MOST_FINDINGS = 1000;
/** Connections without details that are named at the end, each on a line. */
const MOST_LINKS = 1000;

export interface TraceSubject extends ReportSubject {
  /** The one connection that the trace shows in full; 0 for the whole capture. */
  readonly connection: number;
}

/**
 * The text trace: verdict, findings, then one block a connection of `details` in their order; with the map that puts hovers, links,
 * colours, problems and folds on it. In the document of one connection every field of every message is shown.
 */
export function toTextTrace(analysis: Analysis, details: readonly ConnectionDetail[], subject: TraceSubject): TextTrace {
  return new TraceBuilder(analysis, details, subject).build();
}

class TraceBuilder {
  private readonly writer = new TraceWriter();
  private readonly symbols: TraceSymbol[] = [];
  private readonly folds: TraceFold[] = [];
  private readonly pairs: TracePair[] = [];
  private readonly traced: TracedFinding[] = [];
  private readonly places = new EvidencePlaces();
  private readonly texts: ReportTexts;
  private readonly analysis: Analysis;
  private readonly details: readonly ConnectionDetail[];
  private readonly subject: TraceSubject;

  constructor(analysis: Analysis, details: readonly ConnectionDetail[], subject: TraceSubject) {
    this.analysis = analysis;
    this.details = details;
    this.subject = subject;
    this.texts = reportTexts(subject.language);
  }

  build(): TextTrace {
    const counts = countConnections(this.analysis.connections, MOST_LINKS + this.details.length);
    writeVerdict(this.writer, this.analysis, counts, this.subject, this.texts);
    const last = this.writer.line - 1;
    const detail = counts.worst.length === 0 ? "" : this.texts.verdict(counts.counts, hidesFailure(this.analysis));
    const name = escapeForDisplay(this.subject.name);
    this.symbols.push({ name, detail, kind: "summary", startLine: 0, endLine: last, selectionLine: 0, children: [] });
    this.writeFindings();
    this.writeConnections();
    if (this.isFull()) this.writer.endLine().text(this.texts.linesOmitted).endLine();
    else if (this.subject.connection === 0) this.writeLinks(counts.worst);
    return {
      text: this.writer.toText(),
      lineCount: this.writer.line,
      spans: this.writer.spans,
      folds: this.folds,
      symbols: this.symbols,
      problems: this.traced.map((one) => traceProblem(one, this.places, this.texts)),
      pairs: this.pairs,
    };
  }

  private writeFindings(): void {
    const told = this.subject.connection === 0 ? this.incidents() : this.ownFindings();
    for (const { finding, index, connections, count } of told.slice(0, MOST_FINDINGS)) {
      this.writer.endLine();
      const lines = writeFinding(this.writer, { finding, connections }, this.analysis, this.texts);
      this.traced.push({ finding, index, count, lines });
      this.symbols.push({
        name: findingTitle(finding, this.texts),
        detail: finding.rule,
        kind: "finding",
        startLine: lines.startLine,
        endLine: lines.endLine,
        selectionLine: lines.startLine,
        children: [],
      });
    }
    if (told.length > MOST_FINDINGS)
      this.writer
        .endLine()
        .text(this.texts.moreFindings(told.length - MOST_FINDINGS))
        .endLine();
  }

  /** Every incident, told by a finding of a connection that the trace shows where it has one. */
  private incidents(): readonly NumberedFinding[] {
    const shown = new Set(this.details.map(({ connection }) => connection.id));
    const { incidents, findings } = this.analysis;
    return incidents.flatMap(({ findings: indexes, connections, count }) => {
      const index = indexes.find((one) => shown.has(findings[one]?.connection ?? 0)) ?? indexes[0] ?? -1;
      const finding = findings[index];
      return finding === undefined ? [] : [{ finding, index, connections: connections.length, count }];
    });
  }

  private ownFindings(): readonly NumberedFinding[] {
    return this.details.flatMap(({ findings }) =>
      findings.map((finding) => ({ finding, index: this.indexOf(finding), connections: 1, count: finding.count })),
    );
  }

  /** Of a frequent incident not every finding is kept; then the incident's first one has the same words. */
  private indexOf({ rule, connection }: Finding): number {
    const { findings, incidents } = this.analysis;
    const own = findings.findIndex((finding) => finding.rule === rule && finding.connection === connection);
    if (own >= 0) return own;
    return incidents.find((incident) => incident.rule === rule && incident.connections.includes(connection))?.findings[0] ?? 0;
  }

  private writeConnections(): void {
    const full = this.subject.connection !== 0;
    const { analysis, places, texts } = this;
    const context: BlockContext = { analysis, places, texts, isFull: () => this.isFull() };
    for (const detail of this.details) {
      if (this.isFull()) return;
      this.writer.endLine();
      this.keep(writeConnection(this.writer, detail, full, context));
    }
  }

  private keep({ symbol, folds, pairs }: ConnectionBlock): void {
    this.symbols.push(symbol);
    this.folds.push(...folds);
    this.pairs.push(...pairs);
  }

  /** Names the connections that have no block of their own. */
  private writeLinks(ids: readonly number[]): void {
    const shown = new Set(this.details.map(({ connection }) => connection.id));
    const links = ids.filter((id) => !shown.has(id)).slice(0, MOST_LINKS);
    const { connections } = this.analysis;
    if (links.length > 0) this.writer.endLine();
    for (const id of links) this.symbols.push(writeConnectionLink(this.writer, connections.get(id - 1), this.texts));
    const more = connections.count - shown.size - links.length;
    if (more > 0) this.writer.text(this.texts.moreConnections(more, false)).endLine();
  }

  private isFull(): boolean {
    return this.writer.line >= MOST_LINES || this.writer.length >= MOST_CHARACTERS;
  }
}

interface NumberedFinding extends ToldFinding {
  readonly index: number;
  readonly count: number;
}
