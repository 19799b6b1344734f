import { commandName, type DetailMessage, fsctlName, smb1CommandName } from "../../core/index.ts";
import type { HostTexts } from "./texts.ts";

const IOCTL = 11;
/** Place of CtlCode in an IOCTL message ([MS-SMB2] 2.2.31, 2.2.32). */
const CTL_CODE = 68;

/** What messages are filtered by: the command, or what keeps it from being read. */
export function commandId({ kind, command }: DetailMessage): string {
  return kind === "SMB2" ? String(command) : kind === "SMB1" ? `SMB1 ${command}` : kind;
}

/** `NEGOTIATE`; of what cannot be read into, what it is. */
export function commandLabel({ kind, command }: DetailMessage, { messages }: HostTexts): string {
  if (kind === "SMB1") return smb1CommandName(command);
  if (kind !== "SMB2") return messages.hidden[kind];
  return command < 0 ? messages.hidden.cut : commandName(command);
}

/** `IOCTL response`; of what cannot be read into, what it is. */
export function messageTitle(message: DetailMessage, texts: HostTexts): string {
  const label = commandLabel(message, texts);
  const isReadable = message.kind === "SMB1" || (message.kind === "SMB2" && message.command >= 0);
  return isReadable ? texts.common.message(label, message.response) : label;
}

/** Name of an IOCTL's control code without its prefix; empty for another message, and where its bytes are missing. */
export function controlCode({ kind, command, bytes }: DetailMessage): string {
  if (kind !== "SMB2" || command !== IOCTL || bytes.length < CTL_CODE + 4) return "";
  const code = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(CTL_CODE, true);
  return fsctlName(code).replace(/^FSCTL_/, "");
}
