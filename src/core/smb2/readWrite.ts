import { blob } from "../struct/blob.ts";
import { u8, u16, u32, u64 } from "../struct/integers.ts";
import { reserved } from "../struct/octets.ts";
import { payload } from "../struct/payload.ts";
import { struct } from "../struct/struct.ts";
import { fileId, structureSize, unused } from "./bodyFields.ts";
import { Channel, ReadFlags, ReadResponseFlags, WriteFlags } from "./constants/fileFlags.ts";
import { channelInfo, RdmaTransform } from "./rdma.ts";

export const FlushRequest = struct("SMB2 FLUSH Request", "MS-SMB2 2.2.17", {
  StructureSize: structureSize(24),
  Reserved1: unused(2),
  Reserved2: unused(4),
  FileId: fileId(),
});

export const FlushResponse = struct("SMB2 FLUSH Response", "MS-SMB2 2.2.18", {
  StructureSize: structureSize(4),
  Reserved: unused(2),
});

export const ReadRequest = struct(
  "SMB2 READ Request",
  "MS-SMB2 2.2.19",
  {
    StructureSize: structureSize(49),
    Padding: u8({ hex: true, text: "read.padding", filter: "smb2.read_padding" }),
    Flags: u8({ flags: ReadFlags, text: "read.flags", filter: "smb2.read_flags" }),
    Length: u32({ text: "read.length", filter: "smb2.read_length" }),
    Offset: u64({ text: "read.offset", filter: "smb2.file_offset" }),
    FileId: fileId(),
    MinimumCount: u32({ text: "read.minimumCount", filter: "smb2.min_count" }),
    Channel: u32({ names: Channel, text: "read.channel", filter: "smb2.channel" }),
    RemainingBytes: u32({ text: "read.remainingBytes", filter: "smb2.remaining_bytes" }),
    ReadChannelInfoOffset: u16({ text: "read.channelInfo", filter: "smb2.channel_info_offset" }),
    ReadChannelInfoLength: u16({ text: "read.channelInfo", filter: "smb2.channel_info_length" }),
  },
  {
    ReadChannelInfo: channelInfo({ length: (m) => m.ReadChannelInfoLength, atHeader: (m) => m.ReadChannelInfoOffset }),
  },
);

export const ReadResponse = struct(
  "SMB2 READ Response",
  "MS-SMB2 2.2.20",
  {
    StructureSize: structureSize(17),
    DataOffset: u8({ text: "read.dataOffset", filter: "smb2.data_offset" }),
    Reserved: reserved(1, { text: "body.reserved" }),
    DataLength: u32({ text: "read.dataLength", filter: "smb2.read_length" }),
    DataRemaining: u32({ text: "read.dataRemaining", filter: "smb2.read_remaining" }),
    Flags: u32({ flags: ReadResponseFlags, text: "read.responseFlags" }),
  },
  {
    Data: payload({
      length: (m) => m.DataLength,
      atHeader: (m) => m.DataOffset,
      find: (m) => (((m.Flags ?? 0) & ReadResponseFlags.mask.RDMA_TRANSFORM) !== 0 ? RdmaTransform : undefined),
      text: "read.data",
      filter: "smb2.read_data",
    }),
  },
);

export const WriteRequest = struct(
  "SMB2 WRITE Request",
  "MS-SMB2 2.2.21",
  {
    StructureSize: structureSize(49),
    DataOffset: u16({ text: "write.dataOffset", filter: "smb2.data_offset" }),
    Length: u32({ text: "write.length", filter: "smb2.write_length" }),
    Offset: u64({ text: "write.offset", filter: "smb2.file_offset" }),
    FileId: fileId(),
    Channel: u32({ names: Channel, text: "read.channel", filter: "smb2.channel" }),
    RemainingBytes: u32({ text: "read.remainingBytes", filter: "smb2.remaining_bytes" }),
    WriteChannelInfoOffset: u16({ text: "read.channelInfo", filter: "smb2.channel_info_offset" }),
    WriteChannelInfoLength: u16({ text: "read.channelInfo", filter: "smb2.channel_info_length" }),
    Flags: u32({ flags: WriteFlags, text: "write.flags", filter: "smb2.write.flags" }),
  },
  {
    Data: blob({
      length: (m) => (isInMessage(m) ? m.Length : undefined),
      atHeader: (m) => m.DataOffset,
      text: "write.data",
      filter: "smb2.write_data",
    }),
    WriteChannelInfo: channelInfo({ length: (m) => m.WriteChannelInfoLength, atHeader: (m) => m.WriteChannelInfoOffset }),
  },
);

export const WriteResponse = struct("SMB2 WRITE Response", "MS-SMB2 2.2.22", {
  StructureSize: structureSize(17),
  Reserved: unused(2),
  Count: u32({ text: "write.count", filter: "smb2.write.count" }),
  Remaining: u32({ text: "write.remaining", filter: "smb2.write.remaining" }),
  WriteChannelInfoOffset: u16({ text: "read.channelInfo", filter: "smb2.channel_info_offset" }),
  WriteChannelInfoLength: u16({ text: "read.channelInfo", filter: "smb2.channel_info_length" }),
});

/** With another channel the data goes by RDMA, and Length is 0 or counts what is not in the message. */
function isInMessage({ Channel: channel }: { readonly Channel?: number }): boolean {
  return channel === undefined || channel === Channel.value.NONE;
}
