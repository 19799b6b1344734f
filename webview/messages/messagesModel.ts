import type { FromWebview, KeptMessages, ToWebview } from "../../src/protocol/messages.ts";
import type { CopyForm, MessageChoice, MessageListView, MessageRowView, MessageView } from "../../src/protocol/messageViews.ts";
import { RowPages } from "../rowPages.ts";

/** What the view "Messages" shows. */
export interface MessagesState {
  readonly choice: MessageChoice;
  /** What stands in the filter's field; the choice follows when typing rests. */
  readonly typed: string;
  readonly list: MessageListView | null;
  /** Place of the selected row in the list. */
  readonly active: number;
  /** Frame of the selected row, 0 while none is known. */
  readonly frame: number;
  readonly message: MessageView | null;
  /** Path of the selected field. */
  readonly path: string;
  /** Grows with each answer about rows, so that the list draws again. */
  readonly version: number;
}

/** What the model of the messages needs of the page. */
export interface MessagesPage {
  nextRequest(): number;
  post(message: FromWebview): void;
  /** The state of the messages has changed. */
  changed(): void;
}

const PAGE_SIZE = 200;
/** While an arrow key is held down, only the message where it rests is asked for. In milliseconds. */
const REST = 60;
/** Time that typing must rest before the list is asked for anew. In milliseconds. */
const TYPING_REST = 150;

const ALL: MessageChoice = { page: 0, command: "", status: "all", matters: false, text: "" };

/** The messages of one connection as far as they are shown: the list by range, and the selected message. */
export class MessagesModel {
  readonly rows: RowPages<MessageRowView>;
  state: MessagesState = {
    choice: ALL,
    typed: "",
    list: null,
    active: 0,
    frame: 0,
    message: null,
    path: "",
    version: 0,
  };
  private readonly page: MessagesPage;
  /** The connection whose list is shown or asked for; 0 for none. */
  private connection = 0;
  private messageRequest = 0;
  /** Index of the message that is shown or asked for; undefined after the list was begun anew. */
  private askedIndex: number | undefined;
  /** The first row is to be chosen from the answer. */
  private choosing = true;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(page: MessagesPage) {
    this.page = page;
    this.rows = new RowPages(
      PAGE_SIZE,
      () => page.nextRequest(),
      (query) => {
        page.post({ type: "messages", connection: this.connection, ...this.state.choice, ...query });
      },
    );
  }

  get kept(): KeptMessages {
    return { ...this.state.choice, frame: this.state.frame };
  }

  /** Takes over what an earlier page of this editor kept. */
  restore({ frame, ...choice }: KeptMessages): void {
    this.state = { ...this.state, choice, typed: choice.text, frame };
  }

  /** Forgets what was read of the capture, since it is read anew. */
  forget(): void {
    this.connection = 0;
  }

  /** Shows a connection, at the frame where one is given; that one is shown whatever the list was narrowed to. */
  show(connection: number, frame: number | null): void {
    const isSame = connection === this.connection;
    const isFirst = this.connection === 0;
    this.connection = connection;
    if (frame !== null) {
      const place = isSame ? this.rows.findAtHand((row) => row.frame === frame && row.index >= 0) : -1;
      if (place >= 0) this.select(place);
      else this.begin(ALL, frame);
    } else if (isFirst) this.begin(this.state.choice, this.state.frame);
    else if (!isSame) this.begin({ ...this.state.choice, page: 0, command: "" }, 0);
  }

  choose(change: Partial<MessageChoice>): void {
    const choice = { ...this.state.choice, ...change };
    this.begin(choice, choice.page === this.state.choice.page ? this.state.frame : 0);
  }

  typeText(typed: string): void {
    this.update({ typed });
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.choose({ text: typed }), TYPING_REST);
  }

  /** Whether the list is narrowed. */
  get isNarrowed(): boolean {
    const { command, status, matters } = this.state.choice;
    return command !== "" || status !== "all" || matters || this.state.typed !== "";
  }

  showAll(): void {
    clearTimeout(this.typing);
    this.begin({ ...ALL, page: this.state.choice.page }, this.state.frame);
  }

  select(active: number): void {
    const last = Math.max(0, this.rows.total - 1);
    this.update({ active: Math.max(0, Math.min(active, last)) });
    this.settle();
  }

  /** Moves to the next row with a mark; false where there is none in that direction. */
  step(by: 1 | -1): boolean {
    const marked = this.state.list?.marked ?? [];
    const next = by > 0 ? marked.find((place) => place > this.state.active) : marked.findLast((place) => place < this.state.active);
    if (next === undefined) return false;
    this.select(next);
    return true;
  }

  selectField(path: string): void {
    if (path !== this.state.path) this.update({ path });
  }

  copy(form: CopyForm, path: string): void {
    const { message } = this.state;
    if (message === null) return;
    const { connection, page, index } = message;
    this.page.post({ type: "copy-message", connection, page, index, path, form });
  }

  /** Takes an answer about rows. */
  receiveRows(answer: Extract<ToWebview, { readonly type: "messages" }>): void {
    if (!this.rows.receive(answer)) return;
    const choice = { ...this.state.choice, page: answer.page };
    this.update({ list: answer.list, choice, version: this.state.version + 1 });
    if (this.choosing) {
      this.choosing = false;
      const found = answer.found ?? -1;
      this.update({ active: found >= 0 ? found : (answer.list.marked[0] ?? 0) });
    }
    this.settle();
  }

  receiveMessage({ request, message }: Extract<ToWebview, { readonly type: "message" }>): void {
    if (request !== this.messageRequest) return;
    const isThere = message?.fields.some(({ path }) => path === this.state.path) === true;
    const path = message === null || message.first !== "" ? (message?.first ?? "") : isThere ? this.state.path : "";
    this.update({ message, path });
  }

  private begin(choice: MessageChoice, find: number): void {
    this.choosing = true;
    this.askedIndex = undefined;
    this.update({ choice, typed: choice.text });
    this.rows.begin(find);
  }

  /** Asks for the message of the selected row once the row is there. */
  private settle(): void {
    const row = this.rows.row(this.state.active);
    this.rows.want(this.state.active, this.state.active + 1);
    if (row === undefined) {
      if (this.rows.known && this.rows.total === 0) this.showNone();
      return;
    }
    if (row.frame !== this.state.frame) this.update({ frame: row.frame });
    if (row.index === this.askedIndex) return;
    this.askedIndex = row.index;
    clearTimeout(this.rest);
    if (row.index < 0) {
      this.showNone();
      return;
    }
    this.rest = setTimeout(() => this.ask(row.index), REST);
  }

  private showNone(): void {
    this.messageRequest = 0;
    this.update({ message: null, path: "" });
  }

  private ask(index: number): void {
    this.messageRequest = this.page.nextRequest();
    const { page } = this.state.choice;
    this.page.post({ type: "message", request: this.messageRequest, connection: this.connection, page, index });
  }

  private update(change: Partial<MessagesState>): void {
    this.state = { ...this.state, ...change };
    this.page.changed();
  }
}
