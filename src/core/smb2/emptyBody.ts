import type { FieldKey } from "../spec/fieldTexts.ts";
import type { SectionId } from "../spec/sections.ts";
import { u16 } from "../struct/integers.ts";
import { reserved } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";

/** Texts of the two fields that every body without content has. */
interface EmptyBodyTexts {
  readonly structureSize?: FieldKey;
  readonly reserved?: FieldKey;
}

const logoff: EmptyBodyTexts = { structureSize: "logoff.structureSize", reserved: "logoff.reserved" };
const treeDisconnect: EmptyBodyTexts = { structureSize: "td.structureSize", reserved: "td.reserved" };

export const LogoffRequest = emptyBody("SMB2 LOGOFF Request", "MS-SMB2 2.2.7", logoff);
export const LogoffResponse = emptyBody("SMB2 LOGOFF Response", "MS-SMB2 2.2.8", logoff);
export const TreeDisconnectRequest = emptyBody("SMB2 TREE_DISCONNECT Request", "MS-SMB2 2.2.11", treeDisconnect);
export const TreeDisconnectResponse = emptyBody("SMB2 TREE_DISCONNECT Response", "MS-SMB2 2.2.12", treeDisconnect);
export const EchoRequest = emptyBody("SMB2 ECHO Request", "MS-SMB2 2.2.28");
export const EchoResponse = emptyBody("SMB2 ECHO Response", "MS-SMB2 2.2.29");
export const CancelRequest = emptyBody("SMB2 CANCEL Request", "MS-SMB2 2.2.30");

/** A body that says nothing: StructureSize 4 and two reserved bytes. */
function emptyBody(name: string, section: SectionId, texts: EmptyBodyTexts = {}) {
  return struct(name, section, {
    StructureSize: u16({ must: 4, filter: "smb2.buffer_code", ...(texts.structureSize && { text: texts.structureSize }) }),
    Reserved: reserved(2, { filter: "smb2.reserved", ...(texts.reserved && { text: texts.reserved }) }),
  });
}
