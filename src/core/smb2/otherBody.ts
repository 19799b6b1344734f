import type { SectionId } from "../spec/sections.ts";
import { rest } from "../struct/blob.ts";
import { u16 } from "../struct/integers.ts";
import { type Struct, struct } from "../struct/struct.ts";
import { commandName } from "./constants/commands.ts";

/** Sections of the commands whose bodies are not declared field by field: request, response. */
const sections: Readonly<Record<number, readonly [SectionId, SectionId]>> = {
  5: ["MS-SMB2 2.2.13", "MS-SMB2 2.2.14"],
  6: ["MS-SMB2 2.2.15", "MS-SMB2 2.2.16"],
  7: ["MS-SMB2 2.2.17", "MS-SMB2 2.2.18"],
  8: ["MS-SMB2 2.2.19", "MS-SMB2 2.2.20"],
  9: ["MS-SMB2 2.2.21", "MS-SMB2 2.2.22"],
  10: ["MS-SMB2 2.2.26", "MS-SMB2 2.2.27"],
  14: ["MS-SMB2 2.2.33", "MS-SMB2 2.2.34"],
  15: ["MS-SMB2 2.2.35", "MS-SMB2 2.2.36"],
  16: ["MS-SMB2 2.2.37", "MS-SMB2 2.2.38"],
  17: ["MS-SMB2 2.2.39", "MS-SMB2 2.2.40"],
  18: ["MS-SMB2 2.2.24", "MS-SMB2 2.2.23"],
  19: ["MS-SMB2 2.2.44", "MS-SMB2 2.2.44"],
};

/** A body of which only the StructureSize is declared; the rest is opaque. */
export function otherBody(command: number, isResponse: boolean): Struct {
  const [request, response] = sections[command] ?? ["MS-SMB2 2.2", "MS-SMB2 2.2"];
  return struct(
    `SMB2 ${commandName(command)} ${isResponse ? "Response" : "Request"}`,
    isResponse ? response : request,
    { StructureSize: u16({ filter: "smb2.buffer_code" }) },
    { Body: rest() },
  );
}
