import { rest } from "../struct/blob.ts";
import { u16, u32, u32be, u64 } from "../struct/integers.ts";
import { nameSet } from "../struct/nameSet.ts";
import { octets, reserved } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { PROTOCOL_TRANSFORM } from "./header.ts";

/** Flags/EncryptionAlgorithm: the same value means "encrypted" in 3.1.1 and AES-128-CCM in 3.0 and 3.0.2. */
const TransformFlags = nameSet("", { "Encrypted / AES-128-CCM": 0x0001 });

/** The header of an encrypted message. */
export const TransformHeader = struct(
  "SMB2 TRANSFORM_HEADER",
  "MS-SMB2 2.2.41",
  {
    ProtocolId: u32be({ must: PROTOCOL_TRANSFORM, hex: true, text: "transform.protocolId", filter: "smb2.protocol_id" }),
    Signature: octets(16, { text: "transform.signature", filter: "smb2.header.transform.signature" }),
    Nonce: octets(16, { text: "transform.nonce", filter: "smb2.header.transform.nonce" }),
    OriginalMessageSize: u32({ text: "transform.originalMessageSize", filter: "smb2.header.transform.msg_size" }),
    Reserved: reserved(2, { text: "transform.reserved", filter: "smb2.header.transform.reserved" }),
    Flags: u16({ names: TransformFlags, text: "transform.flags", filter: "smb2.header.transform.flags" }),
    SessionId: u64({ hex: true, text: "transform.sessionId", filter: "smb2.sesid" }),
  },
  { EncryptedData: rest({ filter: "smb2.header.transform.enc_data" }) },
);
