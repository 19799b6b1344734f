import {
  type ClientValues,
  dialectName,
  formatGuid,
  GlobalCapabilities,
  isProtected,
  type MessageFacts,
  type NegotiateFacts,
  type ServerValues,
  sameGuid,
  type ValidationFacts,
} from "../../core/index.ts";
import type { CompareCellView, CompareRowView } from "../../protocol/views.ts";
import { boxDifference, hexValue, plainValue } from "./boxedValue.ts";
import { capabilityNames, capabilityRows } from "./capabilityRows.ts";
import type { HostTexts, Peer } from "./texts.ts";

const DIALECT_311 = 0x0311;
const SECURITY_MODE_PREFIX = "SMB2_NEGOTIATE_";
/** Bits of Capabilities that SMB 3.0.2 and older know. */
const KNOWN_BEFORE_311 = 7;

/** What a comparison needs of one validation and the NEGOTIATE that it repeats. */
export interface ComparedExchange {
  readonly negotiate: NegotiateFacts | undefined;
  readonly validation: ValidationFacts;
  /** A rule accuses the dialects; a mere superset is legal ([MS-SMB2] 3.2.5.5). */
  readonly dialectsFail: boolean;
}

/** One value of the comparison. `extended`: the dialects of the validation are a legal superset. */
export interface ComparedRow {
  readonly field: string;
  readonly state: "equal" | "differs" | "extended" | "missing";
  /** Full names of the flags, or the dialects, that NEGOTIATE lacks, and that it has beyond its repetition. */
  readonly lost: readonly string[];
  readonly gained: readonly string[];
  readonly view: CompareRowView;
}

/** Both sides of a field, null where the message or its values are not there. */
interface Sides<Value> {
  readonly left: Value | null;
  readonly right: Value | null;
}

interface RowContext {
  readonly peer: Peer;
  /** The repetition was signed or encrypted, so that it is what its sender sent. */
  readonly trusted: boolean;
  readonly texts: HostTexts;
}

/** What the client says of itself in NEGOTIATE ([MS-SMB2] 2.2.3) and in its repetition ([MS-SMB2] 2.2.31.4). */
export function clientRows({ negotiate, validation, dialectsFail }: ComparedExchange, texts: HostTexts): readonly ComparedRow[] {
  const sides: Sides<ClientValues> = { left: readable(negotiate?.request), right: readable(validation.request) };
  const context = { peer: "client", trusted: trusted(validation.request), texts } as const;
  return [capabilities(sides, context), guid(sides, context), securityMode(sides, context), dialects(sides, dialectsFail, context)];
}

/** What the server says of itself in NEGOTIATE ([MS-SMB2] 2.2.4) and in its repetition ([MS-SMB2] 2.2.32.6). */
export function serverRows({ negotiate, validation }: ComparedExchange, texts: HostTexts): readonly ComparedRow[] {
  const response = negotiate?.response;
  const usable = response != null && response.status === 0 && !response.truncated;
  const sides: Sides<ServerValues> = { left: usable ? response : null, right: validation.response?.values ?? null };
  const context = { peer: "server", trusted: trusted(validation.response), texts } as const;
  const offered = negotiate?.request?.dialects ?? [];
  return [capabilities(sides, context), guid(sides, context), securityMode(sides, context), dialect(sides, offered, context)];
}

function readable<Message extends MessageFacts>(message: Message | null | undefined): Message | null {
  return message != null && !message.truncated ? message : null;
}

function trusted(message: MessageFacts | null): boolean {
  return message !== null && isProtected(message);
}

function capabilities({ left, right }: Sides<{ readonly capabilities: number }>, context: RowContext): ComparedRow {
  const { texts, peer } = context;
  const values = { left: left?.capabilities ?? null, right: right?.capabilities ?? null };
  const hex = map(values, (value) => hexValue(value, 8));
  const only = (one: number | null, other: number | null) => (one === null || other === null ? [] : capabilityNames(one & ~other));
  const value = values.left ?? values.right ?? 0;
  const bits = GlobalCapabilities.list.filter(({ mask }) => (value & mask) !== 0).length;
  const meaning = texts.comparison.flagCount(bits, Math.max(KNOWN_BEFORE_311, bits));
  const compared = row("Capabilities", hex, stateOf(hex), meaning, context);
  return {
    ...compared,
    lost: only(values.right, values.left),
    gained: only(values.left, values.right),
    view: { ...compared.view, children: capabilityRows(values, peer, texts) },
  };
}

function guid({ left, right }: Sides<{ readonly guid: ClientValues["guid"] }>, context: RowContext): ComparedRow {
  const same = left !== null && right !== null && sameGuid(left.guid, right.guid);
  const texts = map({ left, right }, (values) => formatGuid(values.guid));
  const state = left === null || right === null ? "missing" : same ? "equal" : "differs";
  return row("Guid", texts, state, context.texts.comparison.names[context.peer], context);
}

function securityMode({ left, right }: Sides<{ readonly securityMode: number }>, context: RowContext): ComparedRow {
  const values = { left: left?.securityMode ?? null, right: right?.securityMode ?? null };
  const hex = map(values, (value) => hexValue(value, 4));
  const meaning = context.texts.comparison.securityMode(values.left ?? values.right ?? 0);
  const words = map(values, context.texts.common.signingBits);
  const only = (one: number | null, other: number | null) => (one === null || other === null ? [] : securityModeNames(one & ~other));
  return {
    ...row("SecurityMode", hex, stateOf(hex), meaning, context, words),
    lost: only(values.right, values.left),
    gained: only(values.left, values.right),
  };
}

function securityModeNames(mode: number): readonly string[] {
  return [
    ...((mode & 1) !== 0 ? [`${SECURITY_MODE_PREFIX}SIGNING_ENABLED`] : []),
    ...((mode & 2) !== 0 ? [`${SECURITY_MODE_PREFIX}SIGNING_REQUIRED`] : []),
  ];
}

function dialects({ left, right }: Sides<{ readonly dialects: readonly number[] }>, fail: boolean, context: RowContext): ComparedRow {
  const lists = map({ left, right }, (values) => values.dialects.map(dialectName).join(", "));
  const same = stateOf(lists);
  const state = same === "differs" && !fail ? "extended" : same;
  const { comparison } = context.texts;
  const offered = (left ?? right)?.dialects ?? [];
  const highest = offered.reduce((best, one) => Math.max(best, one), 0);
  const equal = offered.includes(DIALECT_311) ? comparison.highestDialect(dialectName(highest)) : comparison.dialect311NotOffered;
  const compared = row("Dialects", lists, state, state === "extended" ? comparison.dialectsSuperset : equal, context, undefined, false);
  const only = (one: readonly number[] | undefined, other: readonly number[] | undefined) =>
    state !== "differs" || one === undefined || other === undefined ? [] : one.filter((value) => !other.includes(value)).map(dialectName);
  return { ...compared, lost: only(right?.dialects, left?.dialects), gained: only(left?.dialects, right?.dialects) };
}

function dialect({ left, right }: Sides<{ readonly dialect: number }>, offered: readonly number[], context: RowContext): ComparedRow {
  const values = { left: left?.dialect ?? null, right: right?.dialect ?? null };
  const hex = map(values, (value) => hexValue(value, 4));
  return row(
    "Dialect",
    hex,
    stateOf(hex),
    dialectMeaning(values.left ?? values.right, offered, context.texts),
    context,
    map(values, dialectName),
  );
}

function dialectMeaning(chosen: number | null, offered: readonly number[], { comparison }: HostTexts): string {
  if (chosen === null || offered.length === 0) return "";
  if (!offered.includes(chosen)) return comparison.dialectNotOffered;
  return offered.some((one) => one > chosen) ? comparison.dialectLower : comparison.dialectHighest;
}

function row(
  field: string,
  values: Sides<string>,
  state: ComparedRow["state"],
  meaning: string,
  context: RowContext,
  words: Sides<string> = { left: "", right: "" },
  mono = true,
): ComparedRow {
  const boxes =
    state === "differs" && values.left !== null && values.right !== null
      ? boxDifference(values.left, values.right)
      : ([values.left === null ? null : plainValue(values.left), values.right === null ? null : plainValue(values.right)] as const);
  const cell = (value: CompareCellView["value"] | null, text: string | null): CompareCellView | null =>
    value === null ? null : { value, mono, text: text ?? "" };
  const { comparison } = context.texts;
  const other = context.peer === "client" ? "server" : "client";
  const changed = context.trusted ? comparison.changedOnWay(other) : comparison.disagree;
  return {
    field,
    state,
    lost: [],
    gained: [],
    view: {
      key: `${context.peer}.${field}`,
      name: field,
      prefix: "",
      left: cell(boxes[0], words.left),
      mark: state === "extended" ? "equal" : state,
      right: cell(boxes[1], words.right),
      meaning: state === "differs" ? changed : meaning,
      children: [],
    },
  };
}

function stateOf({ left, right }: Sides<string>): "equal" | "differs" | "missing" {
  if (left === null || right === null) return "missing";
  return left === right ? "equal" : "differs";
}

function map<Value, Result>({ left, right }: Sides<Value>, to: (value: Value) => Result): Sides<Result> {
  return { left: left === null ? null : to(left), right: right === null ? null : to(right) };
}
