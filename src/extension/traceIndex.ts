import type { TextTrace, TraceMessage, TraceProblem, TraceSpan, TraceSymbol } from "../core/index.ts";

/** Lines of frames by {@link frameKey}: the frame's own line, which begins with it, and the first that names it. */
interface FrameLines {
  readonly own: ReadonlyMap<string, number>;
  readonly named: ReadonlyMap<string, number>;
}

/** The spans line by line: those of line n are `order[starts[n]]` to `order[starts[n + 1]]`, the end excluded. */
interface LineIndex {
  readonly starts: Int32Array;
  readonly order: Int32Array;
}

const lineIndexes = new WeakMap<TextTrace, LineIndex>();
const frameIndexes = new WeakMap<TextTrace, FrameLines>();

/** The spans of a line, in no particular order. */
export function spansOfLine(trace: TextTrace, line: number): readonly TraceSpan[] {
  const { starts, order } = linesOf(trace);
  const found: TraceSpan[] = [];
  for (let at = starts[line] ?? 0; at < (starts[line + 1] ?? 0); at++) {
    const span = trace.spans[order[at] ?? 0];
    if (span !== undefined) found.push(span);
  }
  return found;
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

/** The responses to the request whose lines hold this one, or the request that the response there answers. */
export function partnersOfLine(trace: TextTrace, line: number): readonly TraceMessage[] {
  const holds = (message: TraceMessage) => message.line <= line && line <= message.endLine;
  return trace.pairs.flatMap(({ request, response }) => {
    if (holds(request)) return [response];
    return holds(response) ? [request] : [];
  });
}

function connectionOfSymbol(trace: TextTrace, symbol: TraceSymbol): number {
  return spansOfLine(trace, symbol.selectionLine).find((span) => span.connection !== undefined)?.connection ?? 0;
}

function symbolAround(symbols: readonly TraceSymbol[], line: number): TraceSymbol | undefined {
  return symbols.find((symbol) => symbol.kind === "connection" && symbol.startLine <= line && line <= symbol.endLine);
}

// Numbers in two arrays: lists of a large trace's spans would hold the extension host up when they are made.
function linesOf(trace: TextTrace): LineIndex {
  const known = lineIndexes.get(trace);
  if (known !== undefined) return known;
  const starts = new Int32Array(trace.lineCount + 2);
  for (const { line } of trace.spans) starts[line + 1] = (starts[line + 1] ?? 0) + 1;
  for (let line = 1; line < starts.length; line++) starts[line] = (starts[line] ?? 0) + (starts[line - 1] ?? 0);
  const next = starts.slice();
  const order = new Int32Array(trace.spans.length);
  for (const [index, { line }] of trace.spans.entries()) {
    const at = next[line] ?? 0;
    order[at] = index;
    next[line] = at + 1;
  }
  const index = { starts, order };
  lineIndexes.set(trace, index);
  return index;
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
