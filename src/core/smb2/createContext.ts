import { hexBytes } from "../bytes/hex.ts";
import { decodeLatin1, escapeForDisplay } from "../bytes/text.ts";
import type { SectionId } from "../spec/sections.ts";
import type { Display, FieldOptions, Part } from "../struct/field.ts";
import { u16, u32 } from "../struct/integers.ts";
import { reserved } from "../struct/octets.ts";
import { payload } from "../struct/payload.ts";
import { regionOf } from "../struct/region.ts";
import { type Struct, struct } from "../struct/struct.ts";
import type { Peek } from "../struct/variant.ts";
import { createContextNames } from "./constants/createContextNames.ts";
import { type ContextData, requestContextData, responseContextData } from "./createContextData.ts";

const TAG_SIZE = 4;
const GUID_NAME_SIZE = 16;

/** One create context of a request. */
export const CreateContextRequest = createContext("MS-SMB2 2.2.13.2", requestContextData);

/** One create context of a response. */
export const CreateContextResponse = createContext("MS-SMB2 2.2.14.2", responseContextData);

interface ContextPlaces {
  readonly NameOffset?: number;
  readonly NameLength?: number;
  readonly DataLength?: number;
}

/** Offsets of name and data count from the start of the context. */
function createContext(section: SectionId, structures: Readonly<Record<string, ContextData>>) {
  return struct(
    "SMB2_CREATE_CONTEXT",
    section,
    {
      Next: u32({ text: "cctx.next", filter: "smb2.create.chain_offset" }),
      NameOffset: u16({ text: "cctx.name", filter: "smb2.olb.offset" }),
      NameLength: u16({ text: "cctx.name", filter: "smb2.olb.length" }),
      Reserved: reserved(2, { text: "body.reserved" }),
      DataOffset: u16({ text: "cctx.data", filter: "smb2.olb.offset" }),
      DataLength: u32({ text: "cctx.data", filter: "smb2.olb.length" }),
    },
    {
      Name: contextName({ text: "cctx.name", filter: "smb2.tag" }),
      Data: payload({
        length: (m) => m.DataLength,
        atStruct: (m) => m.DataOffset,
        find: (m, peek) => dataStruct(structures, m, peek),
        text: "cctx.data",
        filter: "smb2.create.chain_data",
      }),
    },
  );
}

function dataStruct(structures: Readonly<Record<string, ContextData>>, m: ContextPlaces, peek: Peek): Struct | undefined {
  const name = peekName(m, peek);
  const found = name !== undefined && Object.hasOwn(structures, name) ? structures[name] : undefined;
  return typeof found === "function" ? found(m.DataLength ?? 0) : found;
}

function peekName({ NameOffset = 0, NameLength = 0 }: ContextPlaces, peek: Peek): string | undefined {
  if (NameLength !== TAG_SIZE && NameLength !== GUID_NAME_SIZE) return undefined;
  const bytes = new Uint8Array(NameLength);
  for (let index = 0; index < NameLength; index++) bytes[index] = peek.u8(NameOffset + index) ?? 0;
  return nameText(bytes, 0, NameLength);
}

/** Four letters as text, anything else as hex digits. */
function nameText(bytes: Uint8Array, start: number, end: number): string {
  return end - start === TAG_SIZE ? decodeLatin1(bytes, start, end) : hexBytes(bytes, start, Math.min(end, start + GUID_NAME_SIZE));
}

function contextName<M extends ContextPlaces>(options: FieldOptions): Part<string, M> {
  return {
    walk(place) {
      const region = regionOf(place, { atStruct: (m) => m.NameOffset }, place.values.NameLength);
      if (region === undefined) return undefined;
      const { start, end, missing, issues } = region;
      const value = missing ? undefined : nameText(place.scope.bytes, start, end);
      const show = () => shownName(value ?? "");
      return { name: place.name, value, start, end, options, section: place.section, issues, children: [], show };
    },
  };
}

function shownName(name: string): Display {
  const label = Object.hasOwn(createContextNames, name) ? createContextNames[name] : undefined;
  return { value: escapeForDisplay(name), ...(label !== undefined && { label }) };
}
