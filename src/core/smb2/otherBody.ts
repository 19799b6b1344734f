import { rest } from "../struct/blob.ts";
import { u16 } from "../struct/integers.ts";
import { type Struct, struct } from "../struct/struct.ts";
import { commandName } from "./constants/commands.ts";

/** The body of a command that the specification does not know, or not in this direction: only the StructureSize is declared. */
export function otherBody(command: number, isResponse: boolean): Struct {
  return struct(
    `SMB2 ${commandName(command)} ${isResponse ? "Response" : "Request"}`,
    "MS-SMB2 2.2",
    { StructureSize: u16({ text: "body.structureSize", filter: "smb2.buffer_code" }) },
    { Body: rest() },
  );
}
