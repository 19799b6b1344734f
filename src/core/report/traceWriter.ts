import type { TracePlace, TraceSpan } from "./textTrace.ts";
import { displayWidth } from "./textWidth.ts";

/** What a span says beside its kind and its place. */
export type SpanDetail = Partial<Omit<TraceSpan, "kind" | "line" | "start" | "end">>;

/** A text that is being written, with the map of its parts. */
export class TraceWriter {
  readonly spans: TraceSpan[] = [];
  /** Number of the line that is being written, from 0. */
  line = 0;
  /** Characters written so far. */
  length = 0;
  private readonly lines: string[] = [];
  private current = "";

  text(text: string): this {
    this.current += text;
    return this;
  }

  /** Writes a part that has a meaning of its own, and gives its place. */
  span(kind: TraceSpan["kind"], text: string, detail: SpanDetail = {}): TracePlace {
    const place = { line: this.line, start: this.current.length, end: this.current.length + text.length };
    this.current += text;
    if (text !== "") this.spans.push({ kind, ...place, ...detail });
    return place;
  }

  /** Blanks up to a column; at least `least` of them. */
  toColumn(column: number, least = 0): this {
    this.current += " ".repeat(Math.max(least, column - this.column));
    return this;
  }

  /** Marks what was written since `start` on this line as one more span. */
  mark(kind: TraceSpan["kind"], start: number, detail: SpanDetail = {}): TracePlace {
    const place = { line: this.line, start, end: this.current.length };
    if (place.end > start) this.spans.push({ kind, ...place, ...detail });
    return place;
  }

  endLine(): this {
    const line = this.current.trimEnd();
    this.lines.push(line);
    this.length += line.length + 1;
    this.current = "";
    this.line++;
    return this;
  }

  /** Index in the line at which the next text stands, in UTF-16 units. */
  get index(): number {
    return this.current.length;
  }

  /** Column at which the next text stands; a wide character takes two. */
  get column(): number {
    return displayWidth(this.current);
  }

  /** The whole text; every line ends with a line feed. */
  toText(): string {
    return this.lines.length === 0 ? "" : `${this.lines.join("\n")}\n`;
  }
}
