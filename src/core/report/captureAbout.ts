import { escapeForDisplay } from "../bytes/text.ts";
import type { CaptureComment, CaptureNotes } from "../capture/captureNotes.ts";
import type { Capture } from "../model/capture.ts";
import { formatAddress } from "../net/formatAddress.ts";
import type { Language } from "../spec/language.ts";
import { type AboutTexts, aboutTextsEn, aboutTextsJa } from "./captureAboutTexts.ts";
import { formatCount } from "./quantities.ts";

/** One thing that a capture file says of itself besides its frames, in words. */
export interface AboutRow {
  readonly label: string;
  /** At most {@link MOST_VALUES}, and one that says how many more there are. What is invisible is escaped. */
  readonly values: readonly string[];
}

const MOST_VALUES = 8;
/** Characters of one value. */
const LONGEST_VALUE = 240;
/** secrets_type of pcapng. */
const SECRETS: ReadonlyMap<number, string> = new Map([
  [0x544c534b, "TLS key log"],
  [0x5353484b, "SSH key log"],
  [0x57474b4c, "WireGuard key log"],
  [0x5a4e574b, "ZigBee NWK key"],
  [0x5a415053, "ZigBee APS key"],
  [0x55414b4c, "OPC UA key log"],
]);

/** What the file says of itself: program, system, filters, comments, names, keys. Nothing where it says nothing. */
export function captureAbout({ notes, interfaces }: Pick<Capture, "notes" | "interfaces">, language: Language): readonly AboutRow[] {
  const texts = language === "ja" ? aboutTextsJa : aboutTextsEn;
  const { labels } = texts;
  const filters = interfaces.flatMap(({ filter }) => filter ?? []);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [labels.program, one(notes.program)],
    [labels.system, one(notes.system)],
    [labels.hardware, one(notes.hardware)],
    [labels.filter, [...new Set(filters)]],
    [labels.comments, notes.comments.map((comment) => commentText(comment, texts))],
    [labels.lost, notes.dropped > 0 ? [texts.lost(formatCount(notes.dropped), notes.dropped === 1)] : []],
    [labels.times, notes.localTime ? [texts.localTime] : []],
    [labels.names, notes.names.map(({ address, name }) => `${addressText(address)} ${name}`)],
    [labels.secrets, secretTexts(notes, texts)],
    [labels.events, notes.entries.length > 0 ? [texts.events(formatCount(notes.entries.length), notes.entries.length === 1)] : []],
    [labels.processes, [...new Set(notes.processes.map(({ path, id }) => `${path} (${id})`))]],
  ];
  return rows.filter(([, values]) => values.length > 0).map(([label, values]) => ({ label, values: bounded(values, texts) }));
}

/** `About this capture`. */
export function captureAboutHeading(language: Language): string {
  return (language === "ja" ? aboutTextsJa : aboutTextsEn).heading;
}

function one(text: string | null): readonly string[] {
  return text === null || text === "" ? [] : [text];
}

function commentText({ about, number, text }: CaptureComment, texts: AboutTexts): string {
  return about === "section" ? text : `${texts.about[about](formatCount(number))}: ${text}`;
}

/** What kind they are of and how many, never what they hold. */
function secretTexts({ secrets }: CaptureNotes, texts: AboutTexts): readonly string[] {
  const counts = new Map<string, number>();
  for (const { type } of secrets) {
    const kind = SECRETS.get(type) ?? `0x${type.toString(16).padStart(8, "0")}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => texts.secrets(kind, formatCount(count)));
}

/** An IP address of its 4 or 16 bytes in hexadecimal. */
export function addressText(hex: string): string {
  const words = Int32Array.from({ length: hex.length / 8 }, (_, index) => Number.parseInt(hex.slice(8 * index, 8 * index + 8), 16));
  return formatAddress(words, words.length > 1);
}

function bounded(values: readonly string[], texts: AboutTexts): readonly string[] {
  const shown = values.slice(0, MOST_VALUES).map(shortened);
  return values.length > shown.length ? [...shown, texts.more(formatCount(values.length - shown.length))] : shown;
}

function shortened(text: string): string {
  const flat = text.replaceAll(/\s+/g, " ").trim();
  // Whole characters: half of a pair would be shown as its escape.
  const cut =
    flat.length > LONGEST_VALUE
      ? `${Array.from(flat.slice(0, LONGEST_VALUE + 1))
          .slice(0, -1)
          .join("")}…`
      : flat;
  return escapeForDisplay(cut);
}
