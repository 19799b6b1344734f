import { decodeUtf8, escapeForDisplay } from "../../bytes/text.ts";
import { rest } from "../../struct/blob.ts";
import { choose } from "../../struct/choose.ts";
import type { FixedField, Part } from "../../struct/field.ts";
import { inlined } from "../../struct/inlined.ts";
import { u16, u32, u64 } from "../../struct/integers.ts";
import { nameSet } from "../../struct/nameSet.ts";
import { guid, reserved } from "../../struct/octets.ts";
import { type Struct, struct } from "../../struct/struct.ts";
import { utf16, utf16Rest } from "../../struct/textPart.ts";
import { ReparseTag } from "../info/reparseTag.ts";

const SymlinkFlag = nameSet("", { SYMLINK_FLAG_ABSOLUTE: 0, SYMLINK_FLAG_RELATIVE: 1 });

const nameFields = {
  SubstituteNameOffset: u16({ text: "symlink.substituteName" }),
  SubstituteNameLength: u16({ text: "symlink.substituteName" }),
  PrintNameOffset: u16({ text: "symlink.printName" }),
  PrintNameLength: u16({ text: "symlink.printName" }),
};

interface NameFields {
  readonly SubstituteNameOffset?: number;
  readonly SubstituteNameLength?: number;
  readonly PrintNameOffset?: number;
  readonly PrintNameLength?: number;
}

/** Both names in the PathBuffer, which begins `buffer` bytes behind the start of the structure. */
function names(buffer: number): { readonly SubstituteName: Part<string, NameFields>; readonly PrintName: Part<string, NameFields> } {
  return {
    SubstituteName: utf16({
      length: (m) => m.SubstituteNameLength,
      atStruct: (m) => buffer + (m.SubstituteNameOffset ?? 0),
      text: "symlink.substituteName",
      filter: "smb2.symlink.substitute_name",
    }),
    PrintName: utf16({
      length: (m) => m.PrintNameLength,
      atStruct: (m) => buffer + (m.PrintNameOffset ?? 0),
      text: "symlink.printName",
      filter: "smb2.symlink.print_name",
    }),
  };
}

const SymbolicLink = struct(
  "Symbolic Link Reparse Data Buffer",
  "MS-FSCC 2.1.2.4",
  { ...nameFields, Flags: u32({ names: SymlinkFlag, text: "symlink.flags", filter: "smb2.symlink.flags" }) },
  names(12),
);

const MountPoint = struct("Mount Point Reparse Data Buffer", "MS-FSCC 2.1.2.5", nameFields, names(8));

/** Type of an NFS reparse point: four letters ([MS-FSCC] 2.1.2.6). */
const nfsTypes: Readonly<Record<string, string>> = {
  [String(0x014b4e4c)]: "NFS_SPECFILE_LNK",
  [String(0x00524843)]: "NFS_SPECFILE_CHR",
  [String(0x004b4c42)]: "NFS_SPECFILE_BLK",
  [String(0x4f464946)]: "NFS_SPECFILE_FIFO",
  [String(0x4b434f53)]: "NFS_SPECFILE_SOCK",
};

const Device = struct("NFS device", "MS-FSCC 2.1.2.6", {
  Major: u32({ text: "reparse.device" }),
  Minor: u32({ text: "reparse.device" }),
});
const Target = struct(
  "NFS link",
  "MS-FSCC 2.1.2.6",
  {},
  { Target: utf16Rest({ text: "reparse.target", filter: "smb2.nfs.symlink.target" }) },
);

const Nfs = struct(
  "Network File System (NFS) Reparse Data Buffer",
  "MS-FSCC 2.1.2.6",
  { Type: nfsType() },
  { DataBuffer: inlined((m) => nfsData(m.Type)) },
);

const LX_VERSION_SIZE = 4;

/** Symbolic link of the Windows Subsystem for Linux: its target is UTF-8. In no document; as the Linux client writes it. */
const LxSymlink = struct("IO_REPARSE_TAG_LX_SYMLINK", "MS-FSCC 2.1.2.1", { Version: u32() }, { Target: utf8Rest(LX_VERSION_SIZE) });

/** Third-party tags lack bit 31 and have a GUID before the data. */
const MICROSOFT_TAG = 0x80000000;
const HEAD_SIZE = 8;

const ThirdParty = struct(
  "REPARSE_GUID_DATA_BUFFER",
  "MS-FSCC 2.1.2.3",
  { ReparseGuid: guid({ filter: "smb2.reparse_guid" }) },
  { DataBuffer: rest({ filter: "smb2.reparse_data_buffer" }) },
);

/** Input of FSCTL_SET_REPARSE_POINT and FSCTL_DELETE_REPARSE_POINT, output of FSCTL_GET_REPARSE_POINT. */
export const ReparsePoint = struct(
  "REPARSE_DATA_BUFFER",
  "MS-FSCC 2.1.2.2",
  {
    ReparseTag: u32({ names: ReparseTag, text: "reparse.tag", filter: "smb2.reparse_tag" }),
    ReparseDataLength: u16({ text: "reparse.length", filter: "smb2.reparse_data_length" }),
    Reserved: reserved(2),
  },
  {
    DataBuffer: choose(
      {
        on: (m) => ((m.ReparseTag ?? 0) >= MICROSOFT_TAG ? m.ReparseTag : 0),
        // The GUID of a third-party tag is not counted.
        length: (m) => (m.ReparseDataLength ?? 0) + ((m.ReparseTag ?? 0) >= MICROSOFT_TAG ? 0 : ThirdParty.size),
        atStruct: () => HEAD_SIZE,
        text: "reparse.data",
        filter: "smb2.reparse_data_buffer",
      },
      {
        0: ThirdParty,
        [ReparseTag.value.SYMLINK]: SymbolicLink,
        [ReparseTag.value.MOUNT_POINT]: MountPoint,
        [ReparseTag.value.NFS]: Nfs,
        [ReparseTag.value.LX_SYMLINK]: LxSymlink,
      },
    ),
  },
);

function nfsType(): FixedField<bigint> {
  const plain = u64({ hex: true, text: "reparse.nfsType", filter: "smb2.nfs.type" });
  return {
    ...plain,
    show(value) {
      const label = nfsTypes[String(value)];
      return { ...plain.show(value), ...(label !== undefined && { label }) };
    },
  };
}

function nfsData(type: bigint | undefined): Struct | undefined {
  const name = nfsTypes[String(type)];
  if (name === "NFS_SPECFILE_LNK") return Target;
  return name === "NFS_SPECFILE_CHR" || name === "NFS_SPECFILE_BLK" ? Device : undefined;
}

function utf8Rest(start: number): Part<string, unknown> {
  const opaque = rest<unknown>({ atStruct: () => start, text: "reparse.target" });
  return {
    walk(place) {
      const reading = opaque.walk(place);
      if (reading === undefined) return undefined;
      const value = decodeUtf8(place.scope.bytes, reading.start, reading.end);
      return { ...reading, value, show: () => ({ value: escapeForDisplay(value) }) };
    },
  };
}
