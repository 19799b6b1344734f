import type { FromWebview, ToWebview, ViewId, WebviewState } from "../src/protocol/messages.ts";
import type { BannerView, CaptureView, ChipId, ComparisonView, OverviewView, ProgressView, StateView } from "../src/protocol/views.ts";
import { Announcer } from "./announcer.ts";
import { ConnectionRows } from "./connectionRows.ts";
import type { Host } from "./host.ts";
import { MessagesModel, type MessagesState } from "./messages/messagesModel.ts";
import { Texts } from "./texts.ts";

/** What stands on the page as a whole. */
export type Stage =
  | { readonly kind: "waiting" }
  | { readonly kind: "progress"; readonly progress: ProgressView }
  | { readonly kind: "state"; readonly state: StateView }
  | { readonly kind: "capture"; readonly capture: CaptureView };

export interface ComparisonAnswer {
  readonly connection: number;
  readonly comparison: ComparisonView | null;
  /** Why there is no comparison. */
  readonly reason: string;
}

export interface PageState extends Omit<WebviewState, "messages"> {
  readonly messages: MessagesState | null;
  readonly texts: Texts | null;
  /** What stands in the filter's field; `filter` follows when typing rests. */
  readonly typed: string;
  readonly stage: Stage;
  /** How far the file is read once more, while what the last reading gave is still shown. */
  readonly rereading: ProgressView | null;
  /** What became of the file since it was read. */
  readonly file: BannerView | null;
  readonly overview: OverviewView | null;
  readonly comparison: ComparisonAnswer | null;
  /** Frame that the text trace or a Problem pointed at. */
  readonly frame: number | null;
  /** Part of the page that is to take the focus once it is drawn. */
  readonly focus: "list" | "comparison" | "messages" | null;
  /** What the live region says. */
  readonly announcement: string;
  /** Grows with each answer about rows, so that the list draws again. */
  readonly rowsVersion: number;
}

/** Rows asked for at once, and connections that the picker offers. */
const PAGE_SIZE = 200;
const PICKER_SIZE = 50;
/** While an arrow key is held down, only the connection where it rests is asked for. In milliseconds. */
const REST = 60;
/** Time that typing must rest before the list is asked for anew. In milliseconds. */
const TYPING_REST = 150;

const START: PageState = {
  view: "overview",
  connection: 0,
  chip: "all",
  filter: "",
  differencesOnly: false,
  texts: null,
  typed: "",
  stage: { kind: "waiting" },
  rereading: null,
  file: null,
  overview: null,
  comparison: null,
  messages: null,
  frame: null,
  focus: null,
  announcement: "",
  rowsVersion: 0,
};

/** What the page knows and what it does: takes the host's messages, and turns each thing the user does into state and messages. */
export class PageModel {
  readonly rows: ConnectionRows;
  /** The worst connections, whatever the list is filtered by. */
  readonly picker: ConnectionRows;
  /** The messages of the connection shown, asked for when the user looks at them. */
  readonly messages: MessagesModel;
  state: PageState = START;
  private readonly host: Host;
  private readonly announcer = new Announcer((announcement) => this.update({ announcement }));
  private listener: (state: PageState) => void = () => undefined;
  private lastRequest = 0;
  private overviewRequest = 0;
  private comparisonRequest = 0;
  private compared = 0;
  /** Steps to another finding that were asked for while the answer to the one before was on its way; null when none is. */
  private stepsWaiting: number | null = null;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.host = host;
    const send = (message: FromWebview) => host.post(message);
    this.rows = new ConnectionRows(PAGE_SIZE, () => this.newRequest(), send);
    this.picker = new ConnectionRows(PICKER_SIZE, () => this.newRequest(), send);
    this.messages = new MessagesModel({
      nextRequest: () => this.newRequest(),
      post: send,
      changed: () => this.update({ messages: this.messages.state }),
    });
  }

  /** Says `ready` with the state that an earlier page kept; `listener` is told each new state. */
  start(listener: (state: PageState) => void): void {
    this.listener = listener;
    const kept = this.host.kept();
    if (kept !== null) this.restore(kept);
    this.host.listen((message) => this.receive(message));
    this.host.post({ type: "ready", state: kept });
  }

  private restore({ messages, ...kept }: WebviewState): void {
    if (messages !== undefined) this.messages.restore(messages);
    this.state = { ...this.state, ...kept, typed: kept.filter };
  }

  post(message: FromWebview): void {
    this.host.post(message);
  }

  copy(text: string): void {
    this.host.post({ type: "copy", text });
    this.sayCopied();
  }

  sayCopied(): void {
    // A text that is already in the live region would not be spoken again.
    this.update({ announcement: "" });
    setTimeout(() => this.update({ announcement: this.state.texts?.text("copied") ?? "" }));
  }

  showView(view: ViewId, focus: PageState["focus"] = null): void {
    this.update({ view, focus });
    if (view === "messages") this.messages.show(this.state.connection, null);
  }

  /** Shows a frame of this connection among its messages. */
  openMessage(frame: number): void {
    this.update({ view: "messages", focus: "messages" });
    this.messages.show(this.state.connection, frame);
  }

  /** The user moved to another connection: shows it here, and lets the text trace follow. */
  select(connection: number): void {
    if (connection === this.state.connection) return;
    this.show(connection, null);
    this.host.post({ type: "selected", connection });
  }

  chooseChip(chip: ChipId): void {
    this.chooseRows(chip, this.state.filter);
  }

  typeFilter(typed: string): void {
    this.update({ typed });
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.chooseRows(this.state.chip, typed), TYPING_REST);
  }

  clearFilter(): void {
    this.update({ typed: "" });
    clearTimeout(this.typing);
    this.chooseRows(this.state.chip, "");
  }

  setDifferencesOnly(differencesOnly: boolean): void {
    this.update({ differencesOnly });
  }

  chooseExchange(exchange: number): void {
    this.askComparison(this.state.connection, exchange);
  }

  openFrame(frame: number): void {
    this.host.post({ type: "open-frame", connection: this.state.connection, frame });
  }

  /** To be called by the part that took the focus it was asked to take. */
  tookFocus(): void {
    this.update({ focus: null });
  }

  /** While loading: the connection that opens first once the capture is read. */
  expect(connection: number): void {
    this.update({ connection });
  }

  private receive(message: ToWebview): void {
    switch (message.type) {
      case "strings":
        document.documentElement.lang = message.language;
        this.update({ texts: new Texts(message.language, message.strings) });
        break;
      case "progress":
        this.showProgress(message.progress);
        break;
      case "state":
        this.update({ stage: { kind: "state", state: message.state }, rereading: null, announcement: message.state.title });
        break;
      case "file":
        this.update({ file: message.banner });
        break;
      case "capture":
        this.showCapture(message.capture);
        break;
      case "rows":
        this.showRows(message);
        break;
      case "overview":
        if (message.request === this.overviewRequest) this.update({ overview: message.overview });
        break;
      case "comparison":
        if (message.request === this.comparisonRequest) this.showComparison(message);
        break;
      case "messages":
        this.messages.receiveRows(message);
        break;
      case "message":
        this.messages.receiveMessage(message);
        break;
      case "reveal":
        // Who reads messages goes on reading messages.
        this.update({ view: this.state.view === "messages" ? "messages" : message.view });
        this.show(message.connection, message.frame);
        this.stepOn();
        break;
      case "step":
        this.step(message.by);
        break;
    }
  }

  // A key pressed fast asks again before the answer is there: each step begins where the one before has led.
  private step(by: 1 | -1): void {
    const { view, connection } = this.state;
    if (view === "messages" && this.messages.step(by)) return;
    if (this.stepsWaiting !== null) {
      this.stepsWaiting += by;
      return;
    }
    this.stepsWaiting = 0;
    this.host.post({ type: "next-finding", connection, by });
  }

  private stepOn(): void {
    const waiting = this.stepsWaiting ?? 0;
    this.stepsWaiting = null;
    if (waiting === 0) return;
    const by = waiting > 0 ? 1 : -1;
    this.step(by);
    this.stepsWaiting = waiting - by;
  }

  private showComparison({ comparison, reason }: Extract<ToWebview, { readonly type: "comparison" }>): void {
    this.update({ comparison: { connection: this.compared, comparison, reason } });
  }

  private showProgress(progress: ProgressView): void {
    const failed = progress.found.filter((found) => found.outcome === "failed").length;
    const { texts, stage } = this.state;
    if (stage.kind === "capture") {
      this.update({ rereading: progress });
      return;
    }
    const before = stage.kind === "progress" ? stage.progress.found.length : 0;
    this.update({ stage: { kind: "progress", progress } });
    if (texts === null || failed === 0 || progress.found.length === before) return;
    this.announcer.announce(failed === 1 ? texts.text("oneFailedFound") : texts.text("failedFound", texts.count(failed)));
  }

  private showCapture(capture: CaptureView): void {
    // A file that was replaced may hold fewer connections than the one that was read before.
    const isThere = this.state.connection > 0 && this.state.connection <= capture.list.total;
    const connection = isThere ? this.state.connection : capture.first;
    this.stepsWaiting = null;
    this.messages.forget();
    this.update({ stage: { kind: "capture", capture }, rereading: null });
    this.announcer.announce(capture.announcement);
    this.picker.choose("all", "");
    this.chooseRows(this.state.chip, this.state.filter);
    if (connection !== 0) this.show(connection, null);
  }

  private showRows(answer: Extract<ToWebview, { readonly type: "rows" }>): void {
    const mine = this.rows.receive(answer) || this.picker.receive(answer);
    if (mine) this.update({ rowsVersion: this.state.rowsVersion + 1 });
  }

  private chooseRows(chip: ChipId, filter: string): void {
    this.update({ chip, filter });
    this.rows.choose(chip, filter);
  }

  private show(connection: number, frame: number | null): void {
    this.update({ connection, frame });
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      if (this.state.view === "messages") this.messages.show(connection, frame);
      this.overviewRequest = this.newRequest();
      this.host.post({ type: "overview", request: this.overviewRequest, connection });
      this.askComparison(connection, null);
    }, REST);
  }

  private askComparison(connection: number, exchange: number | null): void {
    this.comparisonRequest = this.newRequest();
    this.compared = connection;
    const which = exchange === null ? { exchange: 0, best: true as const } : { exchange };
    this.host.post({ type: "comparison", request: this.comparisonRequest, connection, ...which });
  }

  private newRequest(): number {
    return ++this.lastRequest;
  }

  private update(change: Partial<PageState>): void {
    this.state = { ...this.state, ...change };
    const { view, connection, chip, filter, differencesOnly } = this.state;
    this.host.keep({ view, connection, chip, filter, differencesOnly, messages: this.messages.kept });
    this.listener(this.state);
  }
}
