import type { CopyForm, MessageChoice, MessageListView, MessageRowView, MessageView } from "./messageViews.ts";
import type {
  BannerView,
  CaptureView,
  ChipId,
  ComparisonView,
  ConnectionRowView,
  OverviewView,
  ProgressView,
  StateAction,
  StateView,
} from "./views.ts";

/*
 * Host and webview. The webview says `ready` first (also after it was hidden, with the state it kept); the host answers with `strings`
 * and then either `progress`, `state` or `capture`, besides them `file`. A `progress` after a `capture` means that the file is read again. Rows, overview and comparison are asked for and answered with the same `request`
 * number; an answer whose request is no longer the newest of its kind is dropped. Messages are JSON: no BigInt, Map or undefined.
 *
 * `find` of a `rows` request is a connection whose place in the whole list is wanted; `found` of the answer is that index, -1 where the
 * list does not hold it. `best` of a `comparison` request says that the user chose no validation yet: the host shows the one that says
 * most, whatever `exchange` is. A host may leave both out. `find` of a `messages` request is a frame: the answer is of the page that holds
 * it, `found` the place of its message in the list as chosen, -1 where the list does not hold it.
 */

export type ViewId = "overview" | "comparison" | "messages";

/** What the webview keeps over a reload (`setState`) and what `ready` brings back. */
export interface WebviewState {
  readonly view: ViewId;
  readonly connection: number;
  readonly chip: ChipId;
  readonly filter: string;
  readonly differencesOnly: boolean;
  /** What the list of messages was narrowed to, and the frame that was selected in it (0: none). */
  readonly messages?: KeptMessages;
}

export interface KeptMessages extends MessageChoice {
  readonly frame: number;
}

/** Fixed texts of the page by name; the names are those of `webviewStrings.ts`. */
export type WebviewStrings = Readonly<Record<string, string>>;

export type ToWebview =
  | { readonly type: "strings"; readonly language: string; readonly strings: WebviewStrings }
  | { readonly type: "progress"; readonly progress: ProgressView }
  | { readonly type: "state"; readonly state: StateView }
  | { readonly type: "capture"; readonly capture: CaptureView }
  /** What became of the file since it was read; null while it is as it was. */
  | { readonly type: "file"; readonly banner: BannerView | null }
  | {
      readonly type: "rows";
      readonly request: number;
      readonly start: number;
      readonly total: number;
      readonly rows: readonly ConnectionRowView[];
      readonly found?: number;
    }
  | { readonly type: "overview"; readonly request: number; readonly overview: OverviewView }
  | { readonly type: "comparison"; readonly request: number; readonly comparison: ComparisonView | null; readonly reason: string }
  | {
      readonly type: "messages";
      readonly request: number;
      readonly start: number;
      readonly total: number;
      readonly rows: readonly MessageRowView[];
      readonly page: number;
      readonly list: MessageListView;
      readonly found?: number;
    }
  /** Null when the page holds no such message. */
  | { readonly type: "message"; readonly request: number; readonly message: MessageView | null }
  /** Show this connection (and field or frame) because the text trace or a Problem was selected. */
  | { readonly type: "reveal"; readonly connection: number; readonly view: ViewId; readonly frame: number | null }
  /** Editor command "next finding" / "previous finding". */
  | { readonly type: "step"; readonly by: 1 | -1 };

export type FromWebview =
  | { readonly type: "ready"; readonly state: WebviewState | null }
  | {
      readonly type: "rows";
      readonly request: number;
      readonly chip: ChipId;
      readonly filter: string;
      readonly start: number;
      readonly count: number;
      readonly find?: number;
    }
  | { readonly type: "overview"; readonly request: number; readonly connection: number }
  | { readonly type: "comparison"; readonly request: number; readonly connection: number; readonly exchange: number; readonly best?: true }
  | ({
      readonly type: "messages";
      readonly request: number;
      readonly connection: number;
      readonly start: number;
      readonly count: number;
      readonly find?: number;
    } & MessageChoice)
  | {
      readonly type: "message";
      readonly request: number;
      readonly connection: number;
      readonly page: number;
      readonly index: number;
    }
  /** Copies a field of a message, or the whole message where `path` is empty. */
  | {
      readonly type: "copy-message";
      readonly connection: number;
      readonly page: number;
      readonly index: number;
      readonly path: string;
      readonly form: CopyForm;
    }
  /** Shows a frame in the text trace. */
  | { readonly type: "open-frame"; readonly connection: number; readonly frame: number }
  | { readonly type: "open-section"; readonly section: string }
  /** Opens the page that explains a rule. */
  | { readonly type: "open-rule"; readonly rule: string }
  | { readonly type: "copy"; readonly text: string }
  | { readonly type: "open-snippet"; readonly remedy: string; readonly platform: string; readonly connection: number }
  /** The user moved to another connection: the text trace follows without taking the focus. */
  | { readonly type: "selected"; readonly connection: number }
  | { readonly type: "next-finding"; readonly connection: number; readonly by: 1 | -1 }
  | { readonly type: "stop" }
  | { readonly type: "action"; readonly action: StateAction };
