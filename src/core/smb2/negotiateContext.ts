import { array } from "../struct/array.ts";
import { blob, rest } from "../struct/blob.ts";
import { choose } from "../struct/choose.ts";
import { u16, u32 } from "../struct/integers.ts";
import { reserved } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { utf16Rest } from "../struct/textPart.ts";
import {
  Cipher,
  CompressionAlgorithm,
  CompressionFlags,
  HashAlgorithm,
  NegotiateContextType,
  RdmaTransform,
  SigningAlgorithm,
  TransportFlags,
} from "./constants/negotiateAlgorithms.ts";

export const PreauthIntegrityCapabilities = struct(
  "SMB2_PREAUTH_INTEGRITY_CAPABILITIES",
  "MS-SMB2 2.2.3.1.1",
  {
    HashAlgorithmCount: u16({ text: "ctx.preauth.hashAlgorithmCount", filter: "smb2.negotiate_context.hash_alg_count" }),
    SaltLength: u16({ text: "ctx.preauth.saltLength", filter: "smb2.negotiate_context.salt_length" }),
  },
  {
    HashAlgorithms: array(u16({ names: HashAlgorithm, filter: "smb2.negotiate_context.hash_algorithm" }), (m) => m.HashAlgorithmCount, {
      text: "ctx.preauth.hashAlgorithms",
      filter: "smb2.negotiate_context.hash_algorithm",
    }),
    Salt: blob({ length: (m) => m.SaltLength, text: "ctx.preauth.salt", filter: "smb2.negotiate_context.salt" }),
  },
);

export const EncryptionCapabilities = struct(
  "SMB2_ENCRYPTION_CAPABILITIES",
  "MS-SMB2 2.2.3.1.2",
  { CipherCount: u16({ text: "ctx.encryption.cipherCount", filter: "smb2.negotiate_context.cipher_count" }) },
  {
    Ciphers: array(u16({ names: Cipher }), (m) => m.CipherCount, {
      text: "ctx.encryption.ciphers",
      filter: "smb2.negotiate_context.cipher_id",
    }),
  },
);

export const CompressionCapabilities = struct(
  "SMB2_COMPRESSION_CAPABILITIES",
  "MS-SMB2 2.2.3.1.3",
  {
    CompressionAlgorithmCount: u16({ text: "ctx.compression.count", filter: "smb2.negotiate_context.comp_alg_count" }),
    Padding: reserved(2),
    Flags: u32({ flags: CompressionFlags, text: "ctx.compression.flags", filter: "smb2.negotiate_context.comp_alg_flags" }),
  },
  {
    CompressionAlgorithms: array(u16({ names: CompressionAlgorithm }), (m) => m.CompressionAlgorithmCount, {
      text: "ctx.compression.algorithms",
      filter: "smb2.negotiate_context.comp_alg_id",
    }),
  },
);

export const NetnameContext = struct(
  "SMB2_NETNAME_NEGOTIATE_CONTEXT_ID",
  "MS-SMB2 2.2.3.1.4",
  {},
  { NetName: utf16Rest({ text: "ctx.netname", filter: "smb2.negotiate_context.netname" }) },
);

export const TransportCapabilities = struct("SMB2_TRANSPORT_CAPABILITIES", "MS-SMB2 2.2.3.1.5", {
  Flags: u32({ flags: TransportFlags, text: "ctx.transport.flags", filter: "smb2.negotiate_context.transport_flags" }),
});

export const RdmaTransformCapabilities = struct(
  "SMB2_RDMA_TRANSFORM_CAPABILITIES",
  "MS-SMB2 2.2.3.1.6",
  {
    TransformCount: u16({ text: "ctx.rdma.transformCount", filter: "smb2.negotiate_context.rdma_transform_count" }),
    Reserved1: reserved(2, { filter: "smb2.negotiate_context.rdma_transform_reserved1" }),
    Reserved2: reserved(4, { filter: "smb2.negotiate_context.rdma_transform_reserved2" }),
  },
  {
    RDMATransformIds: array(u16({ names: RdmaTransform }), (m) => m.TransformCount, {
      text: "ctx.rdma.transforms",
      filter: "smb2.negotiate_context.rdma_transform_id",
    }),
  },
);

export const SigningCapabilities = struct(
  "SMB2_SIGNING_CAPABILITIES",
  "MS-SMB2 2.2.3.1.7",
  { SigningAlgorithmCount: u16({ text: "ctx.signing.count", filter: "smb2.negotiate_context.signing_alg_count" }) },
  {
    SigningAlgorithms: array(u16({ names: SigningAlgorithm }), (m) => m.SigningAlgorithmCount, {
      text: "ctx.signing.algorithms",
      filter: "smb2.negotiate_context.signing_id",
    }),
  },
);

/** Announces the POSIX extensions of Samba and Linux; the bytes name their version. Not in [MS-SMB2]. */
export const PosixExtensionsAvailable = struct(
  "SMB2_POSIX_EXTENSIONS_AVAILABLE",
  "MS-SMB2 2.2.3.1",
  {},
  { Version: rest({ text: "ctx.posix", filter: "smb2.negotiate_context.posix_reserved" }) },
);

/** One negotiate context of a request or a response; the fields of its data count as its own. */
export const NegotiateContext = struct(
  "SMB2 NEGOTIATE_CONTEXT",
  "MS-SMB2 2.2.3.1",
  {
    ContextType: u16({ names: NegotiateContextType, text: "ctx.type", filter: "smb2.negotiate_context.type" }),
    DataLength: u16({ text: "ctx.dataLength", filter: "smb2.negotiate_context.data_length" }),
    Reserved: reserved(4, { text: "ctx.reserved" }),
  },
  {
    Data: choose(
      { on: (m) => m.ContextType, length: (m) => m.DataLength },
      {
        1: PreauthIntegrityCapabilities,
        2: EncryptionCapabilities,
        3: CompressionCapabilities,
        5: NetnameContext,
        6: TransportCapabilities,
        7: RdmaTransformCapabilities,
        8: SigningCapabilities,
        256: PosixExtensionsAvailable,
      },
    ),
  },
);
