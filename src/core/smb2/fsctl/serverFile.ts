import { blob } from "../../struct/blob.ts";
import { inlined } from "../../struct/inlined.ts";
import { u32, u64 } from "../../struct/integers.ts";
import { nameSet } from "../../struct/nameSet.ts";
import { reserved } from "../../struct/octets.ts";
import { type Struct, struct } from "../../struct/struct.ts";
import type { Peek } from "../../struct/variant.ts";
import { utf16zList } from "../../struct/zeroTerminated.ts";

/** Output of FSCTL_SRV_ENUMERATE_SNAPSHOTS: previous versions as `@GMT-` tokens. */
export const SrvSnapshotArray = struct(
  "SRV_SNAPSHOT_ARRAY",
  "MS-SMB2 2.2.32.2",
  {
    NumberOfSnapShots: u32({ text: "snapshot.number", filter: "smb2.ioctl.enumerate_snapshots.num_snapshots" }),
    NumberOfSnapShotsReturned: u32({ text: "snapshot.returned", filter: "smb2.ioctl.enumerate_snapshots.num_snapshots_returned" }),
    SnapShotArraySize: u32({ text: "snapshot.size", filter: "smb2.ioctl.enumerate_snapshots.array_size" }),
  },
  {
    // A buffer that was too small holds none, and the size is what the client has to ask with.
    SnapShots: utf16zList({
      length: (m) => (m.NumberOfSnapShotsReturned === 0 ? undefined : m.SnapShotArraySize),
      text: "snapshot.token",
      filter: "smb2.ioctl.enumerate_snapshots.snapshot",
    }),
  },
);

/** Input of FSCTL_LMR_REQUEST_RESILIENCY. */
export const NetworkResiliencyRequest = struct("NETWORK_RESILIENCY_REQUEST Request", "MS-SMB2 2.2.31.3", {
  Timeout: u32({ text: "resiliency.timeout", filter: "smb2.ioctl.resiliency.timeout" }),
  Reserved: reserved(4, { filter: "smb2.ioctl.resiliency.reserved" }),
});

const HashType = nameSet("SRV_HASH_TYPE_", { PEER_DIST: 1 });
const HashRetrievalType = nameSet("SRV_HASH_RETRIEVE_", { HASH_BASED: 1, FILE_BASED: 2 });

/** Input of FSCTL_SRV_READ_HASH, for BranchCache. */
export const SrvReadHashRequest = struct("SRV_READ_HASH Request", "MS-SMB2 2.2.31.2", {
  HashType: u32({ names: HashType, text: "readHash.type" }),
  HashVersion: u32({ text: "readHash.version" }),
  HashRetrievalType: u32({ names: HashRetrievalType, text: "readHash.retrieval" }),
  Length: u32(),
  Offset: u64(),
});

const blobPart = blob<{ readonly BufferLength?: number }>({ length: (m) => m.BufferLength });

const HashBased = struct(
  "SRV_HASH_RETRIEVE_HASH_BASED",
  "MS-SMB2 2.2.32.4.2",
  { Offset: u64(), BufferLength: u32(), Reserved: reserved(4) },
  { Buffer: blobPart },
);

const FileBased = struct(
  "SRV_HASH_RETRIEVE_FILE_BASED",
  "MS-SMB2 2.2.32.4.3",
  { FileDataOffset: u64(), FileDataLength: u64(), BufferLength: u32(), Reserved: reserved(4) },
  { Buffer: blobPart },
);

/**
 * Output of FSCTL_SRV_READ_HASH: hash-based or file-based, as the request said; the answer does not. The form whose length fits is
 * shown, and none where neither does.
 */
export const SrvReadHashResponse = struct("SRV_READ_HASH Response", "MS-SMB2 2.2.32.4", {}, { Retrieved: inlined(retrieved) });

function retrieved(_: unknown, peek: Peek, length: number): Struct | undefined {
  if (peek.u32(HashBased.at.BufferLength) === length - HashBased.size) return HashBased;
  return peek.u32(FileBased.at.BufferLength) === length - FileBased.size ? FileBased : undefined;
}
