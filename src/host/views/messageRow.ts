import {
  type Capture,
  type ConnectionDetail,
  type DetailMessage,
  type EndEvent,
  escapeForDisplay,
  formatSeconds,
  formatSpan,
  isErrorStatus,
  ntStatusName,
} from "../../core/index.ts";
import type { MessageRowView } from "../../protocol/messageViews.ts";
import type { MessageMark } from "../messageMarks.ts";
import type { MessagePartners } from "../messagePartners.ts";
import { controlCode, messageTitle } from "./messageName.ts";
import type { HostTexts } from "./texts.ts";

const MORE_PROCESSING = 0xc0000016;
const LONGEST_ABOUT = 400;

export interface RowContext {
  readonly detail: ConnectionDetail;
  readonly partners: MessagePartners;
  readonly capture: Capture;
  readonly texts: HostTexts;
}

/** A message as a row of the list. */
export function messageRow(index: number, mark: MessageMark | undefined, context: RowContext): MessageRowView {
  const { detail, partners, capture, texts } = context;
  const message = detail.messages[index];
  if (message === undefined) throw new Error("There is no such message.");
  const waited = partners.responseTime(index);
  const code = controlCode(message);
  return {
    index,
    frame: message.frame,
    time: formatSeconds(message.time - capture.firstTime),
    from: message.fromClient ? "client" : "server",
    command: [messageTitle(message, texts), code].filter((part) => part !== "").join(" "),
    ...aboutOf(index, context),
    ...statusOf(message),
    protection: protectionText(message, texts),
    responseTime: waited === null ? "" : formatSpan(waited, texts.language),
    mark: mark?.icon ?? null,
    markText: mark?.text ?? "",
  };
}

/** The end of one side's TCP stream as a row of the list. */
export function endRow(end: EndEvent, mark: MessageMark | undefined, capture: Capture): MessageRowView {
  return {
    index: -1,
    frame: end.frame,
    time: formatSeconds(end.time - capture.firstTime),
    from: end.by,
    command: `TCP ${end.how}`,
    about: "",
    path: "",
    status: "",
    isError: false,
    protection: "",
    responseTime: "",
    mark: mark?.icon ?? null,
    markText: mark?.text ?? "",
  };
}

function statusOf({ kind, response, status, command }: DetailMessage): Pick<MessageRowView, "status" | "isError"> {
  const isReadable = kind === "SMB1" || (kind === "SMB2" && command >= 0);
  if (!response || !isReadable) return { status: "", isError: false };
  return { status: ntStatusName(status), isError: isErrorStatus(status) && status !== MORE_PROCESSING };
}

function protectionText({ kind, signed, command }: DetailMessage, { common }: HostTexts): string {
  if (kind === "encrypted") return common.protection.encrypted;
  if (kind !== "SMB2" || command < 0) return "";
  return signed ? common.protection.signed : common.protection.notSigned;
}

/** The file that a message concerns, else the share; and both as one path. */
function aboutOf(index: number, { partners }: RowContext): Pick<MessageRowView, "about" | "path"> {
  const { share = null, name = null } = partners.exchange(index) ?? {};
  const path = [share ?? "", name ?? ""].filter((part) => part !== "").join("\\");
  return { about: shown(name !== null && name !== "" ? name : (share ?? "")), path: shown(path) };
}

function shown(hostile: string): string {
  return escapeForDisplay(hostile.length > LONGEST_ABOUT ? `${hostile.slice(0, LONGEST_ABOUT)}…` : hostile);
}
