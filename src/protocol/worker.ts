import type { CopyForm, MessageChoice, MessageListView, MessageRowView, MessageView } from "./messageViews.ts";
import type { CaptureView, ChipId, ComparisonView, ConnectionRowView, OverviewView, ProgressView, StateView } from "./views.ts";

/*
 * Extension host and analysis worker. Requests carry a number and get exactly one answer, `ok` or `failed`; `progress` comes unasked
 * while `open` runs. One worker holds one capture. `close` frees it.
 *
 * The spans of a text trace may be many, and taking a message apart holds the host up: all but the last of them then come before the
 * answer in `part`s, each once the host said `more` to the one before.
 */

export interface TraceTarget {
  /** Line and columns in the text trace, from 0, end excluded. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Which rules are reported how, and who says so. */
export interface RuleChoice {
  /** By rule id; a rule that is not named keeps its own severity. */
  readonly levels: Readonly<Record<string, "off" | "information" | "warning" | "error">>;
  /** What is known as the place of the settings, e.g. `smbLens.rules`, `.smb-lens.json`; empty where nothing is set. */
  readonly origin: string;
  /** Why a settings file cannot be used, in the user's language; empty where none is in the way. */
  readonly trouble: string;
}

export interface WorkerRequests {
  /** Reads the capture to its end (or until `stop`); answers with how the page should look. */
  readonly open: {
    readonly request: {
      readonly path: string | null;
      readonly bytes: Uint8Array | null;
      readonly name: string;
      readonly language: "en" | "ja";
      readonly ports: readonly number[];
      readonly rules?: RuleChoice;
    };
    readonly answer: OpenAnswer;
  };
  /** Tells the capture that was read by other settings of the rules, without reading it again. */
  readonly rules: { readonly request: RuleChoice; readonly answer: OpenAnswer };
  /** `find`: a connection by id; `found` is then its index in the whole filtered list, -1 where the list does not hold it. */
  readonly rows: {
    readonly request: {
      readonly chip: ChipId;
      readonly filter: string;
      readonly start: number;
      readonly count: number;
      readonly find?: number;
    };
    readonly answer: { readonly total: number; readonly rows: readonly ConnectionRowView[]; readonly found?: number };
  };
  readonly overview: { readonly request: { readonly connection: number }; readonly answer: OverviewView };
  /** `best`: the validation that says most, whatever `exchange` is. */
  readonly comparison: {
    readonly request: { readonly connection: number; readonly exchange: number; readonly best?: true };
    readonly answer: { readonly comparison: ComparisonView | null; readonly reason: string };
  };
  /** Messages of a connection by range; `find`: a frame, as the page asks for it. */
  readonly messages: {
    readonly request: {
      readonly connection: number;
      readonly start: number;
      readonly count: number;
      readonly find?: number;
    } & MessageChoice;
    readonly answer: {
      readonly start: number;
      readonly total: number;
      readonly rows: readonly MessageRowView[];
      readonly page: number;
      readonly list: MessageListView;
      readonly found?: number;
    };
  };
  readonly message: {
    readonly request: { readonly connection: number; readonly page: number; readonly index: number };
    readonly answer: { readonly message: MessageView | null };
  };
  /** A field of a message, or all of it, as text to copy; empty where there is none. */
  readonly copy: {
    readonly request: {
      readonly connection: number;
      readonly page: number;
      readonly index: number;
      readonly path: string;
      readonly form: CopyForm;
    };
    readonly answer: { readonly text: string };
  };
  /** The text trace of the whole capture (connection 0) or of one connection in full. The answer is core's `TextTrace`. */
  readonly trace: { readonly request: { readonly connection: number }; readonly answer: unknown };
  /** Next or previous connection with a finding, in the order of the list. */
  readonly step: {
    readonly request: { readonly connection: number; readonly by: 1 | -1 };
    readonly answer: { readonly connection: number };
  };
  /** Reads another capture and compares the open one, A, with it; `framesA` and `framesB`: frame and connection of what the text names. */
  readonly compare: {
    readonly request: { readonly path: string | null; readonly bytes: Uint8Array | null; readonly name: string };
    readonly answer: {
      readonly text: string;
      readonly framesA: readonly (readonly [frame: number, connection: number])[];
      readonly framesB: readonly (readonly [frame: number, connection: number])[];
    };
  };
  readonly export: {
    readonly request: { readonly format: "text" | "json" | "markdown" | "sarif" };
    readonly answer: { readonly text: string };
  };
}

export type WorkerRequestName = keyof WorkerRequests;

export interface OpenAnswer {
  readonly state: StateView | null;
  readonly capture: CaptureView | null;
  readonly incidents: readonly IncidentView[];
  readonly statistics: { readonly frames: number; readonly bytes: number; readonly milliseconds: number; readonly connections: number };
}

/** One Problem: an incident with the place of its first evidence in the text trace. */
export interface IncidentView {
  readonly rule: string;
  readonly severity: "error" | "warning" | "information";
  readonly title: string;
  readonly message: string;
  readonly count: number;
  readonly connection: number;
  readonly frame: number;
  readonly sectionUrl: string;
}

export type ToWorker =
  | {
      readonly [Name in WorkerRequestName]: {
        readonly type: "request";
        readonly id: number;
        readonly name: Name;
        readonly request: WorkerRequests[Name]["request"];
      };
    }[WorkerRequestName]
  | { readonly type: "more"; readonly id: number }
  | { readonly type: "stop" }
  | { readonly type: "close" };

export type FromWorker =
  | { readonly type: "ok"; readonly id: number; readonly answer: unknown }
  | { readonly type: "part"; readonly id: number; readonly spans: readonly unknown[] }
  | { readonly type: "failed"; readonly id: number; readonly message: string }
  | { readonly type: "progress"; readonly progress: ProgressView }
  | { readonly type: "log"; readonly level: "info" | "warn" | "error"; readonly text: string };
