import type { FromWebview, KeptMessages, ViewId, WebviewState } from "../protocol/messages.ts";
import type { CopyForm, MessageChoice } from "../protocol/messageViews.ts";
import type { ChipId, StateAction } from "../protocol/views.ts";

/** Rows that a page may ask for at once; it shows a screenful. */
const MOST_ROWS = 1000;
const LONGEST_FILTER = 500;
const LONGEST_NAME = 200;
/** UTF-16 units of a field's path in a message. */
const LONGEST_PATH = 2000;
/** UTF-16 units of a text that the page may put on the clipboard. */
const LONGEST_COPY = 1_000_000;

const VIEWS: readonly ViewId[] = ["overview", "comparison", "messages"];
const CHIPS: readonly ChipId[] = ["all", "failed", "warnings", "unknown", "healthy"];
const STATUSES: readonly MessageChoice["status"][] = ["all", "errors"];
const FORMS: readonly CopyForm[] = ["text", "hex", "json", "filter"];
const ACTIONS: readonly StateAction[] = ["open-another", "other-port", "retry", "show-log", "open-as-text", "rule-settings"];

/** A message of the page once every value of it was checked; undefined for anything else. */
export function parseFromWebview(message: unknown): FromWebview | undefined {
  if (!isFields(message)) return undefined;
  try {
    return parse(new FieldReader(message));
  } catch (error) {
    if (error instanceof InvalidField) return undefined;
    throw error;
  }
}

function parse(fields: FieldReader): FromWebview | undefined {
  switch (fields.text("type", LONGEST_NAME)) {
    case "ready":
      return { type: "ready", state: parseState(fields.value("state")) };
    case "rows":
      return {
        type: "rows",
        request: fields.number("request"),
        chip: fields.oneOf("chip", CHIPS),
        filter: fields.text("filter", LONGEST_FILTER),
        start: fields.number("start"),
        count: fields.number("count", MOST_ROWS),
        ...(fields.value("find") === undefined ? {} : { find: fields.number("find") }),
      };
    case "overview":
      return { type: "overview", request: fields.number("request"), connection: fields.number("connection") };
    case "comparison":
      return {
        type: "comparison",
        request: fields.number("request"),
        connection: fields.number("connection"),
        exchange: fields.number("exchange"),
        ...(fields.isSet("best") ? { best: true } : {}),
      };
    case "messages":
      return {
        type: "messages",
        request: fields.number("request"),
        connection: fields.number("connection"),
        ...parseChoice(fields),
        start: fields.number("start"),
        count: fields.number("count", MOST_ROWS),
        ...(fields.value("find") === undefined ? {} : { find: fields.number("find") }),
      };
    case "message":
      return { type: "message", request: fields.number("request"), ...parseMessagePlace(fields) };
    case "copy-message":
      return {
        type: "copy-message",
        ...parseMessagePlace(fields),
        path: fields.text("path", LONGEST_PATH),
        form: fields.oneOf("form", FORMS),
      };
    case "open-frame":
      return { type: "open-frame", connection: fields.number("connection"), frame: fields.number("frame") };
    case "open-section":
      return { type: "open-section", section: fields.text("section", LONGEST_NAME) };
    case "open-rule":
      return { type: "open-rule", rule: fields.text("rule", LONGEST_NAME) };
    case "copy":
      return { type: "copy", text: fields.text("text", LONGEST_COPY) };
    case "open-snippet":
      return {
        type: "open-snippet",
        remedy: fields.text("remedy", LONGEST_NAME),
        platform: fields.text("platform", LONGEST_NAME),
        connection: fields.number("connection"),
      };
    case "selected":
      return { type: "selected", connection: fields.number("connection") };
    case "next-finding":
      return { type: "next-finding", connection: fields.number("connection"), by: fields.value("by") === -1 ? -1 : 1 };
    case "stop":
      return { type: "stop" };
    case "action":
      return { type: "action", action: fields.oneOf("action", ACTIONS) };
    default:
      return undefined;
  }
}

// What the page kept may come from an older version of the extension: then it starts anew.
function parseState(state: unknown): WebviewState | null {
  if (!isFields(state)) return null;
  const fields = new FieldReader(state);
  try {
    return {
      view: fields.oneOf("view", VIEWS),
      connection: fields.number("connection"),
      chip: fields.oneOf("chip", CHIPS),
      filter: fields.text("filter", LONGEST_FILTER),
      differencesOnly: fields.value("differencesOnly") === true,
      ...parseKeptMessages(fields.value("messages")),
    };
  } catch {
    return null;
  }
}

function parseKeptMessages(kept: unknown): { readonly messages?: KeptMessages } {
  if (!isFields(kept)) return {};
  const fields = new FieldReader(kept);
  return { messages: { ...parseChoice(fields), frame: fields.number("frame") } };
}

function parseChoice(fields: FieldReader): MessageChoice {
  return {
    page: fields.number("page"),
    command: fields.text("command", LONGEST_NAME),
    status: fields.oneOf("status", STATUSES),
    matters: fields.value("matters") === true,
    text: fields.text("text", LONGEST_FILTER),
  };
}

function parseMessagePlace(fields: FieldReader) {
  return { connection: fields.number("connection"), page: fields.number("page"), index: fields.number("index") };
}

/** A message or a field of it as a context menu of the page names it; undefined where it is none. */
export function parseMenuPlace(context: unknown) {
  if (!isFields(context)) return undefined;
  const fields = new FieldReader(context);
  try {
    return { ...parseMessagePlace(fields), path: fields.text("path", LONGEST_PATH) };
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

class InvalidField extends Error {}

/** Reads members of an untrusted object; throws {@link InvalidField} for a value of another kind or out of its bounds. */
class FieldReader {
  private readonly fields: Fields;

  constructor(fields: Fields) {
    this.fields = fields;
  }

  value(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
  }

  /** Whether a mark that may be left out is there; any value but true is refused. */
  isSet(name: string): boolean {
    const value = this.value(name);
    if (value !== undefined && value !== true) throw new InvalidField(name);
    return value === true;
  }

  number(name: string, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.value(name);
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > most) throw new InvalidField(name);
    return value;
  }

  text(name: string, longest: number): string {
    const value = this.value(name);
    if (typeof value !== "string" || value.length > longest) throw new InvalidField(name);
    return value;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value {
    const value = this.value(name);
    const found = values.find((each) => each === value);
    if (found === undefined) throw new InvalidField(name);
    return found;
  }
}
