import { rest } from "../struct/blob.ts";
import { flagSet } from "../struct/flagSet.ts";
import { u16, u32, u32be } from "../struct/integers.ts";
import { struct } from "../struct/struct.ts";
import { variant } from "../struct/variant.ts";
import { CompressionAlgorithm } from "./constants/negotiateAlgorithms.ts";
import { PROTOCOL_COMPRESSION } from "./header.ts";

const CompressionHeaderFlags = flagSet("SMB2_COMPRESSION_FLAG_", { CHAINED: [0x0001, "compression.flags"] });

const FLAGS_OFFSET = 10;

/** The header of a compressed message; of a chained one with the first payload header, whose fields stand in the same places. */
export const CompressionHeader = struct(
  "SMB2 COMPRESSION_TRANSFORM_HEADER",
  "MS-SMB2 2.2.42",
  {
    ProtocolId: u32be({ must: PROTOCOL_COMPRESSION, hex: true, text: "compression.protocolId", filter: "smb2.protocol_id" }),
    OriginalCompressedSegmentSize: u32({
      text: "compression.originalCompressedSegmentSize",
      filter: "smb2.header.comp_transform.original_size",
    }),
    CompressionAlgorithm: u16({
      names: CompressionAlgorithm,
      text: "compression.algorithm",
      filter: "smb2.header.comp_transform.comp_alg",
    }),
    Flags: u16({ flags: CompressionHeaderFlags, text: "compression.flags", filter: "smb2.header.comp_transform.flags" }),
    OffsetOrLength: variant(
      {
        unchained: {
          Offset: u32({ section: "MS-SMB2 2.2.42.1", text: "compression.offset", filter: "smb2.header.comp_transform.offset" }),
        },
        chained: {
          Length: u32({ section: "MS-SMB2 2.2.42.2.1", text: "compression.length", filter: "smb2.header.comp_transform.length" }),
        },
      },
      (peek) => (((peek.u16(FLAGS_OFFSET) ?? 0) & CompressionHeaderFlags.mask.CHAINED) !== 0 ? "chained" : "unchained"),
    ),
  },
  { CompressedData: rest({ filter: "smb2.header.comp_transform.data" }) },
);
