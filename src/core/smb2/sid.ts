import { array } from "../struct/array.ts";
import type { Part } from "../struct/field.ts";
import { type InnerOptions, inner } from "../struct/inner.ts";
import { u8, u32 } from "../struct/integers.ts";
import { octets } from "../struct/octets.ts";
import { type Decoded, struct } from "../struct/struct.ts";
import { wellKnownSid } from "./wellKnownSids.ts";

/** A security identifier as it stands on the wire. */
export const Sid = struct(
  "SID",
  "MS-DTYP 2.4.2.2",
  {
    Revision: u8({ must: 1, filter: "nt.sid.revision" }),
    SubAuthorityCount: u8({ filter: "nt.sid.num_auth" }),
    IdentifierAuthority: octets(6, { filter: "nt.sid.auth" }),
  },
  { SubAuthority: array(u32(), (m) => m.SubAuthorityCount, { filter: "nt.sid.subauth" }) },
);

type SidValue = Decoded<typeof Sid>;

/** A SID inside a structure: one node that says `S-1-5-32-544` and the name where it is well known, with its fields below. */
export function sid<M>(options: InnerOptions<M> = {}): Part<SidValue, M> {
  const plain = inner<typeof Sid, M>(Sid, { text: "sd.sid", filter: "nt.sid", ...options });
  return {
    walk(place) {
      const reading = plain.walk(place);
      return reading === undefined ? undefined : { ...reading, show: () => showSid(reading.value) };
    },
  };
}

/** `S-1-5-32-544`; an authority beyond 32 bits is written in hex ([MS-DTYP] 2.4.2.1). Empty when the fields are not all there. */
export function sidText({ Revision, SubAuthorityCount, IdentifierAuthority, SubAuthority }: SidValue): string {
  const parts = SubAuthority ?? [];
  if (Revision === undefined || IdentifierAuthority === undefined || parts.length !== SubAuthorityCount) return "";
  const number = Number.parseInt(IdentifierAuthority, 16);
  const authority = number > 0xffff_ffff ? `0x${IdentifierAuthority}` : String(number);
  return ["S", Revision, authority, ...parts].join("-");
}

function showSid(value: SidValue | undefined) {
  const text = value === undefined ? "" : sidText(value);
  const name = wellKnownSid(text);
  return name === undefined ? { value: text } : { value: text, label: name };
}
