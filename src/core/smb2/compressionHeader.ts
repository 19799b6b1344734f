import { blob, rest } from "../struct/blob.ts";
import { flagSet } from "../struct/flagSet.ts";
import { u8, u16, u32, u32be } from "../struct/integers.ts";
import { list } from "../struct/list.ts";
import { reserved } from "../struct/octets.ts";
import { payload } from "../struct/payload.ts";
import { type Struct, struct } from "../struct/struct.ts";
import type { Peek } from "../struct/variant.ts";
import { CompressionAlgorithm } from "./constants/negotiateAlgorithms.ts";
import { PROTOCOL_COMPRESSION } from "./header.ts";

const CompressionHeaderFlags = flagSet("SMB2_COMPRESSION_FLAG_", { CHAINED: [0x0001, "compression.flags"] });

const FLAGS_OFFSET = 10;

const protocolId = u32be({ must: PROTOCOL_COMPRESSION, hex: true, text: "compression.protocolId", filter: "smb2.protocol_id" });
const originalSize = u32({ text: "compression.originalCompressedSegmentSize", filter: "smb2.header.comp_transform.original_size" });
const algorithm = u16({ names: CompressionAlgorithm, text: "compression.algorithm", filter: "smb2.header.comp_transform.comp_alg" });
const flags = u16({ flags: CompressionHeaderFlags, text: "compression.flags", filter: "smb2.header.comp_transform.flags" });

/** A message of which one stretch is compressed. */
export const CompressionHeader = struct(
  "SMB2 COMPRESSION_TRANSFORM_HEADER",
  "MS-SMB2 2.2.42.1",
  {
    ProtocolId: protocolId,
    OriginalCompressedSegmentSize: originalSize,
    CompressionAlgorithm: algorithm,
    Flags: flags,
    Offset: u32({ text: "compression.offset", filter: "smb2.header.comp_transform.offset" }),
  },
  {
    UncompressedData: blob({ length: (m) => m.Offset, text: "compression.offset" }),
    CompressedData: rest({ text: "compression.algorithm", filter: "smb2.header.comp_transform.data" }),
  },
);

/** A payload before which its size stands: LZNT1, LZ77, LZ77+Huffman, LZ4. */
export const CompressedPayload = struct(
  "SMB2_COMPRESSION_CHAINED_PAYLOAD",
  "MS-SMB2 2.2.42.2.1",
  {
    OriginalPayloadSize: u32({ text: "compression.originalPayloadSize", filter: "smb2.header.comp_transform.orig_payload_size" }),
  },
  { CompressedData: rest({ text: "compression.algorithm", filter: "smb2.header.comp_transform.data" }) },
);

/** A byte that is repeated. */
export const PatternPayload = struct("SMB2_COMPRESSION_PATTERN_PAYLOAD_V1", "MS-SMB2 2.2.42.2.2", {
  Pattern: u8({ hex: true, text: "compression.alg.patternV1", filter: "smb2.pattern_v1.pattern" }),
  Reserved1: reserved(1, { text: "body.reserved", filter: "smb2.pattern_v1.reserved1" }),
  Reserved2: reserved(2, { text: "body.reserved", filter: "smb2.pattern_v1.reserved2" }),
  Repetitions: u32({ text: "compression.alg.patternV1", filter: "smb2.pattern_v1.repetitions" }),
});

const { LZNT1, LZ77, "LZ77+Huffman": LZ77_HUFFMAN, Pattern_V1, LZ4 } = CompressionAlgorithm.value;

const payloads: Readonly<Record<number, Struct>> = {
  [LZNT1]: CompressedPayload,
  [LZ77]: CompressedPayload,
  [LZ77_HUFFMAN]: CompressedPayload,
  [LZ4]: CompressedPayload,
  [Pattern_V1]: PatternPayload,
};

/** One payload of a chain. Length counts what follows the header. */
export const ChainedPayload = struct(
  "SMB2_COMPRESSION_CHAINED_PAYLOAD_HEADER",
  "MS-SMB2 2.2.42.2.1",
  {
    CompressionAlgorithm: algorithm,
    Flags: flags,
    Length: u32({ text: "compression.length", filter: "smb2.header.comp_transform.length" }),
  },
  {
    PayloadData: payload({
      length: (m) => m.Length,
      find: (m) => payloads[m.CompressionAlgorithm ?? -1],
      text: "compression.length",
    }),
  },
);

/** A message in several payloads, each compressed in its own way. */
export const ChainedCompressionHeader = struct(
  "SMB2 COMPRESSION_TRANSFORM_HEADER (chained)",
  "MS-SMB2 2.2.42.2",
  { ProtocolId: protocolId, OriginalCompressedSegmentSize: originalSize },
  { Payloads: list(ChainedPayload, { align: 1, text: "compression.header" }) },
);

/** The declaration of a compressed message, from its start. */
export function compressionStruct(peek: Peek): Struct {
  const isChained = ((peek.u16(FLAGS_OFFSET) ?? 0) & CompressionHeaderFlags.mask.CHAINED) !== 0;
  return isChained ? ChainedCompressionHeader : CompressionHeader;
}
