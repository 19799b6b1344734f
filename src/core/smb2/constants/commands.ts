import { hex } from "../../bytes/hex.ts";
import { nameSet } from "../../struct/nameSet.ts";

/** SMB2 Command ([MS-SMB2] 2.2.1.2). */
export const Command = nameSet("SMB2_", {
  NEGOTIATE: [0x00, "cmd.negotiate"],
  SESSION_SETUP: [0x01, "cmd.sessionSetup"],
  LOGOFF: [0x02, "cmd.logoff"],
  TREE_CONNECT: [0x03, "cmd.treeConnect"],
  TREE_DISCONNECT: [0x04, "cmd.treeDisconnect"],
  CREATE: [0x05, "cmd.create"],
  CLOSE: [0x06, "cmd.close"],
  FLUSH: [0x07, "cmd.flush"],
  READ: [0x08, "cmd.read"],
  WRITE: [0x09, "cmd.write"],
  LOCK: [0x0a, "cmd.lock"],
  IOCTL: [0x0b, "cmd.ioctl"],
  CANCEL: [0x0c, "cmd.cancel"],
  ECHO: [0x0d, "cmd.echo"],
  QUERY_DIRECTORY: [0x0e, "cmd.queryDirectory"],
  CHANGE_NOTIFY: [0x0f, "cmd.changeNotify"],
  QUERY_INFO: [0x10, "cmd.queryInfo"],
  SET_INFO: [0x11, "cmd.setInfo"],
  OPLOCK_BREAK: [0x12, "cmd.oplockBreak"],
  SERVER_TO_CLIENT_NOTIFICATION: [0x13, "cmd.serverToClientNotification"],
});

/** Name of an SMB2 Command without prefix (`TREE_CONNECT`); an unknown one as `0x0020`. */
export function commandName(value: number): string {
  return Command.find(value)?.short ?? hex(value, 4);
}
