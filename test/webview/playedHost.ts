import type { FromWebview, ToWebview, WebviewState } from "../../src/protocol/messages.ts";
import type { CaptureView, ComparisonView, ConnectionRowView, OverviewView, ProgressView, StateView } from "../../src/protocol/views.ts";
import { webviewTexts } from "../../src/protocol/webviewStrings.ts";
import { captureOf, type DataLanguage, failedComparison, failedOverview, otherOverview, rowsOf } from "./captureData.ts";
import { type AskMessages, realMessages } from "./realMessages.ts";

/** What the page is to show. */
export interface Played {
  readonly language?: DataLanguage;
  readonly capture?: CaptureView;
  readonly progress?: ProgressView;
  readonly state?: StateView;
  /** Rows of the list; those of the fixed capture when left out. */
  readonly rows?: readonly ConnectionRowView[];
  readonly overview?: (connection: number) => OverviewView;
  readonly comparison?: ComparisonView | null;
  readonly kept?: WebviewState;
  /** Who answers about messages; those of the capture that connection 1 is of when left out. */
  readonly messages?: AskMessages;
}

/** Plays the extension: answers what the page asks and keeps what it said. */
export class PlayedHost {
  readonly heard: FromWebview[] = [];
  /** What was copied of messages. */
  readonly clipboard: string[] = [];
  private readonly messages: AskMessages;
  readonly rows: readonly ConnectionRowView[];
  private readonly played: Played;
  private readonly language: DataLanguage;
  private readonly post: (message: ToWebview) => void;

  constructor(played: Played, post: (message: ToWebview) => void) {
    this.played = played;
    this.language = played.language ?? "en";
    this.rows = played.rows ?? rowsOf(this.language);
    this.post = post;
    this.messages = played.messages ?? realMessages("tn_302_resp_caps_clear_dfs.client", this.language);
  }

  /** Messages of one kind that the page sent. */
  all<Type extends FromWebview["type"]>(type: Type): readonly Extract<FromWebview, { readonly type: Type }>[] {
    return this.heard.filter((message): message is Extract<FromWebview, { readonly type: Type }> => message.type === type);
  }

  hear(message: FromWebview): void {
    this.heard.push(message);
    switch (message.type) {
      case "ready":
        this.start();
        break;
      case "rows":
        this.sendRows(message);
        break;
      case "overview":
        this.post({ type: "overview", request: message.request, overview: this.overviewOf(message.connection) });
        break;
      case "comparison":
        this.sendComparison(message.request, message.connection);
        break;
      case "messages":
        void this.messages("messages", { ...message, connection: 1 }).then((answer) =>
          this.post({ type: "messages", request: message.request, ...answer }),
        );
        break;
      case "message":
        void this.messages("message", { ...message, connection: 1 }).then(({ message: view }) =>
          this.post({ type: "message", request: message.request, message: view }),
        );
        break;
      case "copy-message":
        void this.messages("copy", { ...message, connection: 1 }).then(({ text }) => this.clipboard.push(text));
        break;
      case "next-finding":
        this.reveal(message.connection, message.by);
        break;
    }
  }

  private start(): void {
    this.post({ type: "strings", language: this.language, strings: webviewTexts[this.language] });
    const { progress, state, capture } = this.played;
    if (progress !== undefined) this.post({ type: "progress", progress });
    else if (state !== undefined) this.post({ type: "state", state });
    else this.post({ type: "capture", capture: capture ?? captureOf(this.language, this.rows.length) });
  }

  private sendRows({ request, chip, filter, start, count, find }: Extract<FromWebview, { readonly type: "rows" }>): void {
    const kinds = { failed: ["failed"], warnings: ["warning"], unknown: ["unknown"], healthy: ["healthy", "validated"] };
    const chosen = this.rows
      .filter((row) => chip === "all" || kinds[chip].includes(row.outcome))
      .filter((row) => filter === "" || JSON.stringify(row).includes(filter));
    const found = find === undefined ? {} : { found: chosen.findIndex((row) => row.id === find) };
    this.post({ type: "rows", request, start, total: chosen.length, rows: chosen.slice(start, start + count), ...found });
  }

  private sendComparison(request: number, connection: number): void {
    const own = this.played.comparison === undefined ? failedComparison(this.language) : this.played.comparison;
    const comparison = connection === 1 ? own : null;
    this.post({ type: "comparison", request, comparison, reason: comparison === null ? "SMB 3.1.1 protects NEGOTIATE itself." : "" });
  }

  private overviewOf(connection: number): OverviewView {
    if (this.played.overview !== undefined) return this.played.overview(connection);
    const row = this.rows.find((each) => each.id === connection);
    return connection === 1 || row === undefined ? failedOverview(this.language) : otherOverview(this.language, row);
  }

  private reveal(from: number, by: 1 | -1): void {
    const findings = this.rows.filter((row) => row.outcome === "failed" || row.outcome === "warning");
    const at = findings.findIndex((row) => row.id === from);
    const next = findings[(at + by + findings.length) % findings.length];
    if (next !== undefined) this.post({ type: "reveal", connection: next.id, view: "overview", frame: null });
  }
}
