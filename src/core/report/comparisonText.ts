import { escapeForDisplay } from "../bytes/text.ts";
import {
  type CaptureComparison,
  type CaptureSide,
  type ConnectionPair,
  type Direction,
  type FieldDifference,
  isChanged,
  type OneSided,
} from "../compare/captureComparison.ts";
import { formatEndpoint } from "../net/endpoint.ts";
import type { Language } from "../spec/language.ts";
import type { ComparedNames } from "./comparisonJson.ts";
import { type ComparisonTexts, comparisonTexts } from "./comparisonTexts.ts";
import { writeProse } from "./prose.ts";
import { displayWidth } from "./textWidth.ts";
import { TraceWriter } from "./traceWriter.ts";

const MOST_PAIRS = 50;
const MOST_FIELDS = 100;
const MOST_ONE_SIDED = 30;
const MOST_UNPAIRED = 20;
const LONGEST_VALUE = 200;

/**
 * The text report of a comparison: what was changed, where and in which direction. A frame stands as `[A 6]` or `[B 6]`, so that a screen
 * can lead to it.
 */
export function comparisonText(comparison: CaptureComparison, names: ComparedNames, language: Language): string {
  return new ComparisonReport(comparison, comparisonTexts(language)).write(names);
}

class ComparisonReport {
  private readonly writer = new TraceWriter();
  private readonly comparison: CaptureComparison;
  private readonly texts: ComparisonTexts;

  constructor(comparison: CaptureComparison, texts: ComparisonTexts) {
    this.comparison = comparison;
    this.texts = texts;
  }

  write(names: ComparedNames): string {
    const { pairs, clientSide } = this.comparison;
    const changed = pairs.filter(isChanged);
    for (const side of ["a", "b"] as const)
      this.line(`${this.texts.capture(side, side === clientSide.side)}  ${escapeForDisplay(names[side])}`);
    this.writer.endLine();
    this.prose(0, pairs.length === 0 ? this.texts.noPairs : this.texts.verdict(pairs.length, changed.length));
    if (pairs.length > 0) this.places();
    if (changed.length > 0) this.advice();
    this.pairs(changed);
    this.rest();
    return this.writer.toText();
  }

  private places(): void {
    const { clockOffset, clientSide } = this.comparison;
    this.prose(0, this.texts.clientSide(clientSide));
    this.prose(0, clockOffset === null ? this.texts.noClock : this.texts.clock(clockOffset));
  }

  private advice(): void {
    const { labels, meaning, todo } = this.texts;
    const column = Math.max(displayWidth(labels.so), displayWidth(labels.todo)) + 4;
    this.writer.endLine().text(`  ${labels.so}`);
    this.prose(column, meaning(this.comparison.clientSide.side));
    for (const [index, step] of todo.entries()) {
      if (index === 0) this.writer.text(`  ${labels.todo}`);
      this.prose(column, step);
    }
  }

  private pairs(changed: readonly ConnectionPair[]): void {
    const told = [...changed, ...this.comparison.pairs.filter((pair) => !isChanged(pair) && hasMore(pair))];
    for (const pair of told.slice(0, MOST_PAIRS)) this.pair(pair);
    this.more(told.length, MOST_PAIRS, 0);
    const equal = this.comparison.pairs.length - told.length;
    if (equal > 0 && this.comparison.pairs.length > 1) this.spaced(this.texts.equalPairs(equal));
  }

  private pair(pair: ConnectionPair): void {
    this.writer.endLine();
    this.line(`${this.texts.pair(pair.a, pair.b)}  ${endsText(pair)}`);
    this.prose(2, this.texts.matchedBy(pair.matchedBy));
    if (!isChanged(pair)) this.prose(2, this.texts.unchanged(pair.commonMessages - pair.notComparable.length));
    this.differences(pair.differences);
    for (const changed of pair.changedMessages.slice(0, MOST_ONE_SIDED))
      this.line(`  ${this.messageText(changed)}: ${this.between(changed.direction)}, ${this.texts.changedOnly}`);
    this.more(pair.changedMessages.length, MOST_ONE_SIDED, 2);
    for (const cut of pair.notComparable.slice(0, MOST_ONE_SIDED)) this.prose(2, `${this.messageText(cut)}: ${this.texts.cut(cut.cutIn)}`);
    this.more(pair.notComparable.length, MOST_ONE_SIDED, 2);
    this.oneSided(pair.onlyInA, "a");
    this.oneSided(pair.onlyInB, "b");
  }

  private differences(differences: readonly FieldDifference[]): void {
    const shown = differences.slice(0, MOST_FIELDS);
    let last: FieldDifference | undefined;
    for (const difference of shown) {
      if (last?.frameA !== difference.frameA || last.message !== difference.message)
        this.line(`  ${this.messageText(difference)}: ${this.between(difference.direction)}`);
      this.field(difference);
      last = difference;
    }
    this.more(differences.length, MOST_FIELDS, 4);
  }

  private field(difference: FieldDifference): void {
    const { texts } = this;
    const [from, to] = this.way(difference.direction);
    this.line(`    ${difference.field === "" ? texts.bytes : difference.field}`);
    const [sent, arrived] = [texts.sent(from), texts.arrived(to)];
    const column = 6 + Math.max(displayWidth(sent), displayWidth(arrived)) + 2;
    this.writer.text(`      ${sent}`).toColumn(column, 2);
    this.line(this.value(difference, from));
    this.writer.text(`      ${arrived}`).toColumn(column, 2);
    this.line(this.value(difference, to));
  }

  private value({ a, b, labelA, labelB }: FieldDifference, side: CaptureSide): string {
    const value = side === "a" ? a : b;
    const label = side === "a" ? labelA : labelB;
    if (value === null) return this.texts.absent;
    const text = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}...` : value;
    return label === undefined ? text : `${text}  ${label}`;
  }

  private oneSided(things: readonly OneSided[], side: CaptureSide): void {
    if (things.length === 0) return;
    const other = side === "a" ? "b" : "a";
    this.line(`  ${this.texts.onlyIn(side)}`);
    for (const thing of things.slice(0, MOST_ONE_SIDED)) {
      const fromClient = thing.direction === "client->server";
      const arrived = this.way(thing.direction)[1] === side;
      const place = `[${side.toUpperCase()} ${thing.frame}]`;
      this.prose(
        4,
        `${place} ${this.texts.message(thing.what)} (${this.texts.direction(fromClient)}): ${this.texts.oneSided(thing, other, arrived)}`,
      );
    }
    this.more(things.length, MOST_ONE_SIDED, 4);
  }

  private rest(): void {
    const { unpairedA, unpairedB, omitted } = this.comparison;
    for (const [side, ids] of [
      ["a", unpairedA],
      ["b", unpairedB],
    ] as const)
      if (ids.length > 0) this.spaced(this.texts.unpaired(side, ids.slice(0, MOST_UNPAIRED), ids.length));
    if (omitted > 0) this.spaced(this.texts.omitted(omitted));
  }

  private messageText({ message, frameA, frameB }: { readonly message: string; readonly frameA: number; readonly frameB: number }): string {
    return `${this.texts.message(message)} [A ${frameA}] [B ${frameB}]`;
  }

  private between(direction: Direction): string {
    const [from, to] = this.way(direction);
    return this.texts.changedBetween(from, to);
  }

  /** Which capture holds a message as it was sent, and which as it arrived. */
  private way(direction: Direction): readonly [from: CaptureSide, to: CaptureSide] {
    const client = this.comparison.clientSide.side;
    const server = client === "a" ? "b" : "a";
    return direction === "client->server" ? [client, server] : [server, client];
  }

  private line(text: string): void {
    this.writer.text(text).endLine();
  }

  private prose(column: number, text: string): void {
    this.writer.toColumn(column);
    writeProse(this.writer, text, 0);
  }

  private spaced(text: string): void {
    this.writer.endLine();
    this.prose(0, text);
  }

  private more(count: number, shown: number, column: number): void {
    if (count > shown) this.line(`${" ".repeat(column)}${this.texts.more(count - shown)}`);
  }
}

/** Whether a pair without a change has something to tell. */
function hasMore({ notComparable, onlyInA, onlyInB }: ConnectionPair): boolean {
  return notComparable.length + onlyInA.length + onlyInB.length > 0;
}

function endsText({ endpointsA, endpointsB }: ConnectionPair): string {
  const text = ({ client, server }: ConnectionPair["endpointsA"]) => `${formatEndpoint(client)} -> ${formatEndpoint(server)}`;
  const [a, b] = [text(endpointsA), text(endpointsB)];
  return a === b ? a : `A ${a}, B ${b}`;
}
