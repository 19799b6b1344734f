/*
 * What the webview draws. Every text is ready to show, in the user's language; the webview knows no rule and no SMB. Values that come
 * from a capture are already made visible (control characters escaped) and are to be shown as text only.
 */

export type OutcomeView = "failed" | "warning" | "unknown" | "healthy" | "validated";
export type ChipId = "all" | "failed" | "warnings" | "unknown" | "healthy";

/** A value whose differing part is boxed: `before` + [`marked`] + `after`. `side` chooses the colour role. */
export interface BoxedValue {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  readonly side: "was" | "now" | "none";
}

export interface SectionLinkView {
  /** Section id, e.g. `MS-SMB2 3.2.5.14.12`, sent back to open it. */
  readonly id: string;
  readonly label: string;
}

/** One row of the list of connections. */
export interface ConnectionRowView {
  readonly id: number;
  readonly outcome: OutcomeView;
  readonly text: string;
  readonly client: string;
  readonly server: string;
  readonly dialect: string;
  readonly signing: string;
  readonly user: string;
  readonly start: string;
}

export interface ChipView {
  readonly id: ChipId;
  readonly label: string;
  readonly count: number;
}

/** The list as a whole; its rows are asked for by range. */
export interface ListView {
  readonly chips: readonly ChipView[];
  readonly total: number;
}

export interface BannerView {
  readonly bold: string;
  readonly text: string;
  /** A link at the end of the text, e.g. to the log. */
  readonly action?: { readonly action: StateAction; readonly label: string };
}

export interface AboutRowView {
  readonly label: string;
  readonly values: readonly string[];
}

/** The capture once it is read, or as far as it was read. */
export interface CaptureView {
  readonly name: string;
  /** `pcap, Ethernet, 18 frames, 12.7 ms`. */
  readonly summary: string;
  readonly banners: readonly BannerView[];
  readonly list: ListView;
  /** What the file says of itself: program, comments, names. */
  readonly about: readonly AboutRowView[];
  /** Connection to select first (the worst), 0 when there is none. */
  readonly first: number;
  /** Number of findings for the live region. */
  readonly announcement: string;
}

export interface FactView {
  readonly frame: number;
  readonly title: string;
  readonly detail: string;
  readonly value: BoxedValue | null;
  readonly note: string;
  /** The `≠` sits on the line between this fact and the one before it. */
  readonly contradictsPrevious: boolean;
}

export interface SnippetView {
  readonly platform: string;
  readonly label: string;
  /** One or two words for its tab, where `label` says more than a tab can hold. */
  readonly tab?: string;
  /** Commands to copy; never run. */
  readonly code: string;
  /** Language id of the untitled document, e.g. `powershell`. */
  readonly language: string;
  /** What it changes, and how to undo it. */
  readonly effect: string;
  readonly undo: string;
  readonly check: string;
}

export interface RemedyView {
  readonly id: string;
  readonly kind: "safe" | "workaround";
  readonly title: string;
  readonly text: string;
  /** `Safe`, `Weakens security`. */
  readonly pill: string;
  /** A note to copy, e.g. for the network team. */
  readonly note: { readonly label: string; readonly text: string } | null;
  readonly snippets: readonly SnippetView[];
}

/** What became of a connection, step by step, and the capture that would show the rest. */
export interface StoryView {
  readonly steps: readonly StoryStepView[];
  /** Empty where no further capture would help. */
  readonly further: string;
  readonly captures: readonly { readonly platform: string; readonly label: string; readonly code: string }[];
}

/** A sentence; `frame` is the one that it names at its end. */
export interface StoryStepView {
  readonly frame: number;
  readonly text: string;
}

/** Verdict, proof and what to do for one connection. */
export interface OverviewView {
  readonly id: number;
  readonly outcome: OutcomeView;
  readonly title: string;
  readonly certainty: { readonly kind: "proved" | "suspected" | "unknown" | "none"; readonly text: string; readonly tooltip: string };
  readonly subject: readonly string[];
  readonly rule: string | null;
  readonly ruleSection: SectionLinkView | null;
  readonly facts: readonly FactView[];
  readonly moreFacts: readonly FactView[];
  readonly limit: string;
  readonly story: StoryView | null;
  readonly remedies: readonly RemedyView[];
  /** Other findings of the connection, one line each. */
  readonly others: readonly { readonly rule: string; readonly outcome: OutcomeView; readonly title: string; readonly frame: number }[];
}

export interface CompareCellView {
  readonly value: BoxedValue;
  readonly mono: boolean;
  readonly text: string;
}

export interface CompareRowView {
  readonly key: string;
  readonly name: string;
  /** `SMB2_GLOBAL_CAP_`: left out when the page is narrow. */
  readonly prefix: string;
  readonly left: CompareCellView | null;
  readonly mark: "equal" | "differs" | "missing";
  readonly right: CompareCellView | null;
  readonly meaning: string;
  readonly children: readonly CompareRowView[];
}

export interface CompareMessageView {
  readonly frame: number | null;
  readonly note: string;
  readonly section: SectionLinkView;
}

export interface CompareGroupView {
  readonly direction: "client" | "server";
  readonly title: string;
  readonly negotiate: CompareMessageView;
  readonly validate: CompareMessageView;
  readonly summary: string;
  readonly section: SectionLinkView;
  readonly rows: readonly CompareRowView[];
}

export interface ComparisonView {
  readonly id: number;
  readonly title: string;
  readonly subtitle: string;
  readonly section: SectionLinkView;
  /** The validate exchanges of the connection; more than one gets a small switch. */
  readonly exchanges: readonly { readonly index: number; readonly label: string }[];
  readonly exchange: number;
  readonly groups: readonly CompareGroupView[];
  readonly note: string;
  readonly differences: number;
  readonly markdown: string;
}

export interface ProgressView {
  /** 0 to 100. */
  readonly percent: number;
  readonly text: string;
  readonly frames: string;
  readonly connections: string;
  /** Failed connections as they are found, then the first ones of the capture. `outcome` is null while a connection goes on. */
  readonly found: readonly {
    readonly outcome: OutcomeView | null;
    readonly text: string;
    readonly endpoints: string;
    readonly id: number;
  }[];
}

/** A state page: no SMB in the capture, no capture at all, unreadable file. Says what was read before it advises. */
export interface StateView {
  readonly title: string;
  readonly text: string;
  readonly sections: readonly StateSectionView[];
  readonly buttons: readonly { readonly action: StateAction; readonly label: string; readonly primary: boolean }[];
}

export interface StateSectionView {
  readonly heading: string;
  readonly text: string;
  readonly rows: readonly { readonly name: string; readonly value: string }[];
  readonly code: string;
}

export type StateAction = "open-another" | "other-port" | "retry" | "show-log" | "open-as-text" | "rule-settings";
