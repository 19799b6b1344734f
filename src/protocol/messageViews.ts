import type { OutcomeView, SectionLinkView } from "./views.ts";

/*
 * What the view "Messages" draws. As in `views.ts`, every text is ready to show and values from the capture are escaped. A connection's
 * messages come in pages of 2,000, of a page the rows by range, of a message its fields and bytes.
 */

/** What the list of messages is narrowed to. */
export interface MessageChoice {
  /** Page of the connection's messages, from 0. */
  readonly page: number;
  /** Id of a command as `MessageListView.commands` names it; empty for all. */
  readonly command: string;
  readonly status: "all" | "errors";
  /** Only evidence of findings, negotiation, sign-in, shares, validation, errors and the end. */
  readonly matters: boolean;
  readonly text: string;
}

/** One row of the list. */
export interface MessageRowView {
  /** Index of the message in its page; -1 for the end of the TCP connection, which has no fields. */
  readonly index: number;
  readonly frame: number;
  /** Seconds since the start of the capture. */
  readonly time: string;
  readonly from: "client" | "server";
  readonly command: string;
  /** The file that the message concerns, else the share. */
  readonly about: string;
  /** Share and file as one path. */
  readonly path: string;
  readonly status: string;
  readonly isError: boolean;
  readonly protection: string;
  /** Of an answer: time since its request. */
  readonly responseTime: string;
  /** Of a finding's evidence: how bad it is, or that the value contradicts another one. */
  readonly mark: OutcomeView | "differs" | null;
  readonly markText: string;
}

/** What is said of the list as a whole. */
export interface MessageListView {
  /** `10 messages`, `3 of 10 messages`. */
  readonly summary: string;
  readonly commands: readonly { readonly id: string; readonly label: string }[];
  readonly pages: number;
  /** What the list does not hold, where the connection has more than one page. */
  readonly limit: string;
  /** Places in the list, from 0, of rows with a mark. */
  readonly marked: readonly number[];
}

/** An explanation, shared by all fields that it explains. */
export interface FieldTextView {
  readonly title: string;
  readonly text: string;
  readonly sections: readonly SectionLinkView[];
}

/** A value against the same value in another message. */
export interface FieldRelationView {
  readonly kind: "equal" | "differs";
  readonly frame: number;
  readonly value: string;
  readonly text: string;
}

/** A row of the field tree; children follow their parent, one deeper. */
export interface FieldView {
  /** Unique in the message. */
  readonly path: string;
  readonly name: string;
  readonly value: string;
  /** Name of the value: `STATUS_SUCCESS`. */
  readonly label: string;
  readonly depth: number;
  /** Bytes of the message; `end` is excluded. */
  readonly start: number;
  readonly end: number;
  readonly kind: "structure" | "field" | "bit";
  readonly hasChildren: boolean;
  /** Open when the message is first shown. */
  readonly open: boolean;
  readonly issues: readonly string[];
  /** Indexes into `MessageView.texts`: of the field, then of its value. */
  readonly texts: readonly number[];
  readonly relation: FieldRelationView | null;
  /** Wireshark's display filter for this value; empty where it has none. */
  readonly filter: string;
}

/** A message with its fields and bytes. */
export interface MessageView {
  readonly connection: number;
  readonly page: number;
  readonly index: number;
  readonly frame: number;
  /** `IOCTL response`. */
  readonly title: string;
  /** `frame 15, 136 bytes`. */
  readonly size: string;
  /** What is not shown of it, and in which frames it lies. */
  readonly notes: readonly string[];
  /** The frames that brought its bytes, where they are several. */
  readonly parts: readonly { readonly start: number; readonly label: string }[];
  /** The request that it answers, or its answer. */
  readonly partner: { readonly index: number; readonly frame: number; readonly label: string } | null;
  /** Two hexadecimal digits a byte, without blanks. */
  readonly bytes: string;
  readonly fields: readonly FieldView[];
  readonly texts: readonly FieldTextView[];
  /** Path of the field to select first: that of a finding's evidence. */
  readonly first: string;
}

/** Forms in which a field or a whole message is copied. */
export type CopyForm = "text" | "hex" | "json" | "filter";
