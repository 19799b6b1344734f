/** The text trace with its map: everything the editor needs to put a hover, link, colour, problem or fold on a place. Plain data. */
export interface TextTrace {
  readonly text: string;
  readonly lineCount: number;
  readonly spans: readonly TraceSpan[];
  readonly folds: readonly TraceFold[];
  /** Outline: connections with their messages. */
  readonly symbols: readonly TraceSymbol[];
  readonly problems: readonly TraceProblem[];
  /** Requests and responses that the trace shows both of. */
  readonly pairs: readonly TracePair[];
}

/** Where a message is told: the place of its command, and the last of its lines. */
export interface TraceMessage extends TracePlace {
  readonly endLine: number;
}

/** A request and a response of it; an interim response pairs too. */
export interface TracePair {
  readonly request: TraceMessage;
  readonly response: TraceMessage;
}

/** A place in the trace. Lines and columns from 0, end excluded; columns are UTF-16 units. */
export interface TracePlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** What a stretch of text is. `key` names its explanation (a field text), `ref` what it leads to. */
export interface TraceSpan extends TracePlace {
  readonly kind:
    | "severity"
    | "rule"
    | "frame"
    | "time"
    | "direction"
    | "command"
    | "field"
    | "value"
    | "flag"
    | "status"
    | "section"
    | "endpoint"
    | "user"
    | "relation"
    | "link"
    | "heading";
  /** Field text key for the hover, e.g. `neg.req.capabilities`, `cap.dfs`. */
  readonly key?: string;
  /** frame: the frame number; section: section id; rule: rule id; status: NTSTATUS value; link: connection id. */
  readonly ref?: string | number;
  readonly connection?: number;
  /** Frame of the message that the span belongs to. */
  readonly frame?: number;
  /** Markdown-free text for the hover beside the field text: the value bit by bit, or against its partner. */
  readonly hover?: readonly string[];
}

export interface TraceFold {
  readonly startLine: number;
  readonly endLine: number;
  /** Folded when the document opens: healthy connections, and in a connection's own document the messages that no finding names. */
  readonly collapsed: boolean;
}

export interface TraceSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: "summary" | "finding" | "connection" | "message" | "field";
  readonly startLine: number;
  readonly endLine: number;
  readonly selectionLine: number;
  readonly children: readonly TraceSymbol[];
}

/** A finding at its exact field. */
export interface TraceProblem extends TracePlace {
  /** Index into `Analysis.findings`. */
  readonly finding: number;
  readonly rule: string;
  readonly severity: "error" | "warning" | "information";
  readonly connection: number;
  readonly frame: number;
  /** `title` in one line; `message` with what, why and what to do. */
  readonly title: string;
  readonly message: string;
  readonly count: number;
  /** Line of the finding's block at the top of the trace. */
  readonly headingLine: number;
  readonly sections: readonly string[];
  readonly remedies: readonly string[];
  readonly related: readonly (TracePlace & { readonly text: string })[];
}
