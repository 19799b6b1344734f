import type { TextTrace, TraceProblem, TraceSpan, TraceSymbol } from "../core/index.ts";

/** Lines of frames by {@link frameKey}: the frame's own line, which begins with it, and the first that names it. */
interface FrameLines {
  readonly own: ReadonlyMap<string, number>;
  readonly named: ReadonlyMap<string, number>;
}

const lineIndexes = new WeakMap<TextTrace, ReadonlyMap<number, readonly TraceSpan[]>>();
const frameIndexes = new WeakMap<TextTrace, FrameLines>();

/** The spans of a line, in no particular order. */
export function spansOfLine(trace: TextTrace, line: number): readonly TraceSpan[] {
  return linesOf(trace).get(line) ?? [];
}

/** The spans over a place, the narrowest first. */
export function spansAt(trace: TextTrace, line: number, column: number): readonly TraceSpan[] {
  return spansOfLine(trace, line)
    .filter((span) => span.start <= column && column <= span.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
}

/** The problems whose marked place is on the line or, where none is, the one whose block at the top of the trace holds the line. */
export function problemsOfLine(trace: TextTrace, line: number): readonly TraceProblem[] {
  const marked = trace.problems.filter((problem) => problem.line === line);
  if (marked.length > 0) return marked;
  const block = trace.symbols.find((symbol) => symbol.kind === "finding" && symbol.startLine <= line && line <= symbol.endLine);
  const heading = block?.selectionLine ?? line;
  return trace.problems.filter((problem) => problem.headingLine === heading);
}

/** Connection and message that a line belongs to; connection 0 where it belongs to none, frame null where to no message. */
export interface TraceSubject {
  readonly connection: number;
  readonly frame: number | null;
}

export function subjectOfLine(trace: TextTrace, line: number): TraceSubject {
  const problem = problemsOfLine(trace, line)[0];
  if (problem !== undefined) return { connection: problem.connection, frame: problem.frame };
  const spans = spansOfLine(trace, line);
  const connection = spans.find((span) => span.connection !== undefined)?.connection;
  if (connection !== undefined) return { connection, frame: spans.find((span) => span.frame !== undefined)?.frame ?? null };
  const around = symbolAround(trace.symbols, line);
  return around === undefined ? { connection: 0, frame: null } : { connection: connectionOfSymbol(trace, around), frame: null };
}

/** Line on which a frame of a connection is told; undefined when this trace does not show it. */
export function lineOfFrame(trace: TextTrace, connection: number, frame: number): number | undefined {
  const { own, named } = framesOf(trace);
  const key = frameKey(connection, frame);
  return own.get(key) ?? named.get(key);
}

/** Line at which a connection begins; undefined when this trace does not show it. */
export function lineOfConnection(trace: TextTrace, connection: number): number | undefined {
  const symbol = trace.symbols.find((each) => each.kind === "connection" && connectionOfSymbol(trace, each) === connection);
  return symbol?.selectionLine;
}

function connectionOfSymbol(trace: TextTrace, symbol: TraceSymbol): number {
  return spansOfLine(trace, symbol.selectionLine).find((span) => span.connection !== undefined)?.connection ?? 0;
}

function symbolAround(symbols: readonly TraceSymbol[], line: number): TraceSymbol | undefined {
  return symbols.find((symbol) => symbol.kind === "connection" && symbol.startLine <= line && line <= symbol.endLine);
}

function linesOf(trace: TextTrace): ReadonlyMap<number, readonly TraceSpan[]> {
  const known = lineIndexes.get(trace);
  if (known !== undefined) return known;
  const lines = new Map<number, TraceSpan[]>();
  for (const span of trace.spans) {
    const line = lines.get(span.line);
    if (line === undefined) lines.set(span.line, [span]);
    else line.push(span);
  }
  lineIndexes.set(trace, lines);
  return lines;
}

function frameKey(connection: number, frame: number): string {
  return `${connection} ${frame}`;
}

function framesOf(trace: TextTrace): FrameLines {
  const known = frameIndexes.get(trace);
  if (known !== undefined) return known;
  const own = new Map<string, number>();
  const named = new Map<string, number>();
  const firstConnection = trace.symbols.find((symbol) => symbol.kind === "connection")?.startLine ?? 0;
  for (const span of trace.spans) {
    if (span.kind !== "frame" || typeof span.ref !== "number" || span.connection === undefined) continue;
    const key = frameKey(span.connection, span.ref);
    const begins = spansOfLine(trace, span.line).every((other) => other.start >= span.start);
    const lines = begins && span.line >= firstConnection ? own : named;
    if (!lines.has(key)) lines.set(key, span.line);
  }
  const index = { own, named };
  frameIndexes.set(trace, index);
  return index;
}
