import { u32, u64 } from "../../struct/integers.ts";
import { list } from "../../struct/list.ts";
import { octets, reserved } from "../../struct/octets.ts";
import { struct } from "../../struct/struct.ts";

/** One range to copy. */
export const SrvCopychunk = struct("SRV_COPYCHUNK", "MS-SMB2 2.2.31.1.1", {
  SourceOffset: u64({ text: "copy.sourceOffset", filter: "smb2.fsctl.cchunk.src_offset" }),
  TargetOffset: u64({ text: "copy.targetOffset", filter: "smb2.fsctl.cchunk.dst_offset" }),
  Length: u32({ text: "copy.length", filter: "smb2.fsctl.cchunk.xfer_len" }),
  Reserved: reserved(4, { filter: "smb2.reserved" }),
});

/** Input of FSCTL_SRV_COPYCHUNK and FSCTL_SRV_COPYCHUNK_WRITE. */
export const SrvCopychunkCopy = struct(
  "SRV_COPYCHUNK_COPY",
  "MS-SMB2 2.2.31.1",
  {
    SourceKey: octets(24, { text: "copy.sourceKey", filter: "smb2.fsctl.cchunk.resume_key" }),
    ChunkCount: u32({ text: "copy.chunkCount", filter: "smb2.fsctl.cchunk.count" }),
    Reserved: reserved(4, { filter: "smb2.reserved" }),
  },
  { Chunks: list(SrvCopychunk, { align: 1, count: (m) => m.ChunkCount, text: "copy.chunkCount" }) },
);

/** With STATUS_INVALID_PARAMETER the three fields are the server's limits. */
export const SrvCopychunkResponse = struct("SRV_COPYCHUNK_RESPONSE", "MS-SMB2 2.2.32.1", {
  ChunksWritten: u32({ text: "copy.chunksWritten", filter: "smb2.fsctl.cchunk.chunks_written" }),
  ChunkBytesWritten: u32({ text: "copy.chunkBytesWritten", filter: "smb2.fsctl.cchunk.bytes_written" }),
  TotalBytesWritten: u32({ text: "copy.totalBytesWritten", filter: "smb2.fsctl.cchunk.total_written" }),
});

/** Output of FSCTL_SRV_REQUEST_RESUME_KEY. */
export const SrvRequestResumeKey = struct("SRV_REQUEST_RESUME_KEY Response", "MS-SMB2 2.2.32.3", {
  ResumeKey: octets(24, { text: "copy.sourceKey", filter: "smb2.fsctl.cchunk.resume_key" }),
  ContextLength: u32({ reserved: true }),
});
