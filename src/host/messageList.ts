import { type Capture, type ConnectionDetail, MESSAGE_LIMIT } from "../core/index.ts";
import type { MessageChoice, MessageListView, MessageRowView } from "../protocol/messageViews.ts";
import { type MessageMark, messageMarks } from "./messageMarks.ts";
import { MessagePartners } from "./messagePartners.ts";
import { commandId, commandLabel } from "./views/messageName.ts";
import { endRow, messageRow } from "./views/messageRow.ts";
import type { HostTexts } from "./views/texts.ts";

/** Places of marks told to the page; more than a list shows of findings. */
const MOST_MARKED = 1000;

/** A line of the list: a message by its index, or the end of one side's TCP stream. */
interface Entry {
  readonly frame: number;
  /** Index in `detail.messages`; that in `detail.ends` for an end. */
  readonly index: number;
  readonly isEnd: boolean;
  readonly mark: MessageMark | undefined;
}

interface Selection {
  readonly choice: MessageChoice;
  readonly places: readonly number[];
}

/** One page of a connection's messages, with the ends of the TCP connection that fall into it, as the list shows it. */
export class MessageList {
  readonly detail: ConnectionDetail;
  readonly page: number;
  readonly partners: MessagePartners;
  private readonly capture: Capture;
  private readonly texts: HostTexts;
  private readonly entries: readonly Entry[];
  private readonly rows = new Map<number, MessageRowView>();
  private selection: Selection | undefined;

  constructor(detail: ConnectionDetail, page: number, capture: Capture, texts: HostTexts) {
    this.detail = detail;
    this.page = page;
    this.capture = capture;
    this.texts = texts;
    this.partners = new MessagePartners(detail);
    this.entries = entriesOf(detail, page, texts);
  }

  /** Rows `start` to `start + count` of those that the choice lets through, and how many these are. */
  range(choice: MessageChoice, start: number, count: number): { readonly total: number; readonly rows: readonly MessageRowView[] } {
    const places = this.select(choice);
    return { total: places.length, rows: places.slice(start, start + Math.max(0, count)).map((place) => this.row(place)) };
  }

  /** Place of a frame among the rows of the choice, that of a mark first; -1 where it is not one of them. */
  indexOf(choice: MessageChoice, frame: number): number {
    const places = this.select(choice);
    const inFrame = (place: number) => this.entries[place]?.frame === frame;
    const marked = places.findIndex((place) => inFrame(place) && this.entries[place]?.mark !== undefined);
    return marked >= 0 ? marked : places.findIndex(inFrame);
  }

  summary(choice: MessageChoice): MessageListView {
    const places = this.select(choice);
    const { messages, omittedMessages, pageFrames } = this.detail;
    const shown = places.filter((place) => this.entries[place]?.isEnd === false).length;
    const first = this.page * MESSAGE_LIMIT;
    const told = this.texts.messages;
    return {
      summary: told.count(shown, messages.length),
      commands: this.commands(),
      pages: Math.max(1, pageFrames.length),
      limit: omittedMessages === 0 ? "" : told.limit(first + 1, first + messages.length, messages.length + omittedMessages),
      marked: places.flatMap((place, at) => (this.entries[place]?.mark?.icon ? [at] : [])).slice(0, MOST_MARKED),
    };
  }

  private commands(): MessageListView["commands"] {
    const counts = new Map<string, { readonly label: string; count: number }>();
    for (const message of this.detail.messages) {
      const id = commandId(message);
      const known = counts.get(id);
      if (known === undefined) counts.set(id, { label: commandLabel(message, this.texts), count: 1 });
      else known.count++;
    }
    return [...counts].map(([id, { label, count }]) => ({ id, label: `${label} ${count}` }));
  }

  private select(choice: MessageChoice): readonly number[] {
    if (this.selection !== undefined && sameChoice(this.selection.choice, choice)) return this.selection.places;
    const words = choice.text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    const places = this.entries.flatMap((entry, place) => (this.matches(entry, place, choice, words) ? [place] : []));
    this.selection = { choice, places };
    return places;
  }

  private matches(entry: Entry, place: number, choice: MessageChoice, words: readonly string[]): boolean {
    const message = entry.isEnd ? undefined : this.detail.messages[entry.index];
    if (choice.command !== "" && (message === undefined || commandId(message) !== choice.command)) return false;
    if (choice.status === "errors" && !this.row(place).isError) return false;
    if (choice.matters && entry.mark === undefined) return false;
    if (words.length === 0) return true;
    const text = textOf(this.row(place));
    return words.every((word) => text.includes(word));
  }

  private row(place: number): MessageRowView {
    const known = this.rows.get(place);
    if (known !== undefined) return known;
    const row = this.makeRow(this.entries[place]);
    this.rows.set(place, row);
    return row;
  }

  private makeRow(entry: Entry | undefined): MessageRowView {
    if (entry === undefined) throw new Error("There is no such row.");
    const { capture, texts, partners, detail } = this;
    const end = entry.isEnd ? detail.ends[entry.index] : undefined;
    if (end !== undefined) return endRow(end, entry.mark, capture);
    return messageRow(entry.index, entry.mark, { detail, partners, capture, texts });
  }
}

function entriesOf(detail: ConnectionDetail, page: number, texts: HostTexts): readonly Entry[] {
  const { message: markOf, frame: markOfFrame } = messageMarks(detail, texts);
  const messages = detail.messages.map(({ frame }, index) => ({ frame, index, isEnd: false, mark: markOf[index] }));
  const ends = detail.ends
    .map(({ frame }, index) => ({ frame, index, isEnd: true, mark: markOfFrame(frame) }))
    .filter(
      ({ frame }) =>
        Math.max(
          0,
          detail.pageFrames.findLastIndex((begins) => begins <= frame),
        ) === page,
    );
  return [...messages, ...ends].sort((one, other) => one.frame - other.frame || Number(one.isEnd) - Number(other.isEnd));
}

function textOf({ frame, time, command, path, status, protection }: MessageRowView): string {
  return [frame, time, command, path, status, protection].join(" ").toLowerCase();
}

function sameChoice(one: MessageChoice, other: MessageChoice): boolean {
  return one.command === other.command && one.status === other.status && one.matters === other.matters && one.text === other.text;
}
