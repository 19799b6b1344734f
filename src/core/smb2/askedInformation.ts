import type { Struct } from "../struct/struct.ts";
import { peekInto } from "../struct/variant.ts";
import { Command } from "./constants/commands.ts";
import { HeaderFlags } from "./constants/headerFlags.ts";
import { InfoType } from "./constants/informationClasses.ts";
import { Header } from "./header.ts";
import { infoClasses, infoKey } from "./infoClasses.ts";
import { QueryDirectoryRequest } from "./queryDirectory.ts";
import { QueryInfoRequest } from "./queryInfo.ts";

/** What a QUERY_INFO or QUERY_DIRECTORY request asked for: without it the buffer of its response cannot be read. */
export interface AskedInformation {
  /** InfoType; FILE for QUERY_DIRECTORY. */
  readonly infoType: number;
  /** FileInfoClass, or FileInformationClass of QUERY_DIRECTORY. */
  readonly infoClass: number;
}

/** What the request whose header starts at `start` asks for; undefined when it is another message, or too short to say. */
export function readAskedInformation(bytes: Uint8Array, start: number, end: number): AskedInformation | undefined {
  const peek = peekInto(bytes, start, Math.min(end, bytes.length));
  const flags = peek.u32(Header.at.Flags) ?? HeaderFlags.mask.SERVER_TO_REDIR;
  if ((flags & HeaderFlags.mask.SERVER_TO_REDIR) !== 0) return undefined;
  const command = peek.u16(Header.at.Command);
  const isDirectory = command === Command.value.QUERY_DIRECTORY;
  if (!isDirectory && command !== Command.value.QUERY_INFO) return undefined;
  const infoType = isDirectory ? InfoType.value.FILE : peek.u8(Header.size + QueryInfoRequest.at.InfoType);
  const infoClass = peek.u8(
    Header.size + (isDirectory ? QueryDirectoryRequest.at.FileInformationClass : QueryInfoRequest.at.FileInfoClass),
  );
  return infoType === undefined || infoClass === undefined ? undefined : { infoType, infoClass };
}

/** The structure of the response's buffer; undefined: opaque. */
export function askedStruct(asked: AskedInformation | undefined): Struct | undefined {
  return asked === undefined ? undefined : infoClasses[infoKey(asked.infoType, asked.infoClass)]?.response;
}
