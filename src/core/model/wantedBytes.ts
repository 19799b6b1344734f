import { Command } from "../smb2/constants/commands.ts";

const HEADER = 64;
/** Of READ and WRITE the screen shows their fixed part. */
const SHOWN_OF_PAYLOAD = 128;
const LONGEST_CONTROL = 16_384;
const LONGEST_SHOWN = 65_536;
const { NEGOTIATE, SESSION_SETUP, LOGOFF, TREE_CONNECT, TREE_DISCONNECT, IOCTL, READ, WRITE } = Command.value;

/** Bytes of a message that a pass wants: of those that the facts are read from all, of the others the header; for the screen nearly all. */
export function wantedBytes(command: number, forScreen: boolean): number {
  if (command === READ || command === WRITE) return forScreen ? SHOWN_OF_PAYLOAD : HEADER;
  if (forScreen) return LONGEST_SHOWN;
  if (command === NEGOTIATE || command === SESSION_SETUP || command === TREE_CONNECT || command === IOCTL) return LONGEST_CONTROL;
  return command === LOGOFF || command === TREE_DISCONNECT ? HEADER + 4 : HEADER;
}
