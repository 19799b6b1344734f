import { chain } from "../../struct/chain.ts";
import { filetime, u8, u32, u64 } from "../../struct/integers.ts";
import { reserved } from "../../struct/octets.ts";
import { struct } from "../../struct/struct.ts";
import { sid } from "../sid.ts";
import { BooleanByte } from "./infoConstants.ts";

const nextEntryOffset = u32({ text: "info.nextEntryOffset", filter: "smb2.next_offset" });
const sidLength = u32({ text: "quota.sidLength" });

/** How much one user uses, and may. */
export const QuotaEntry = struct(
  "FILE_QUOTA_INFORMATION",
  "MS-FSCC 2.4.41",
  {
    NextEntryOffset: nextEntryOffset,
    SidLength: sidLength,
    ChangeTime: filetime({ text: "body.changeTime", filter: "smb.quota.user.change_time" }),
    QuotaUsed: u64({ text: "quota.used", filter: "smb.quota.used" }),
    QuotaThreshold: u64({ text: "quota.threshold", filter: "smb.quota.soft.default" }),
    QuotaLimit: u64({ text: "quota.limit", filter: "smb.quota.hard.default" }),
  },
  { Sid: sid({ length: (m) => m.SidLength }) },
);

export const FileQuotaInformation = struct(
  "FileQuotaInformation",
  "MS-FSCC 2.4.41",
  {},
  { Entries: chain(QuotaEntry, { next: "NextEntryOffset", title: "Sid", filter: "smb2.quota_info" }) },
);

/** A user whose quota is asked for. */
export const GetQuotaEntry = struct(
  "FILE_GET_QUOTA_INFORMATION",
  "MS-FSCC 2.4.41.1",
  { NextEntryOffset: nextEntryOffset, SidLength: sidLength },
  { Sid: sid({ length: (m) => m.SidLength }) },
);

/** Input of QUERY_INFO for quotas. The SIDs are a list, or a single one to start with. */
export const QueryQuotaInfo = struct(
  "SMB2_QUERY_QUOTA_INFO",
  "MS-SMB2 2.2.37.1",
  {
    ReturnSingle: u8({ names: BooleanByte, text: "quota.returnSingle", filter: "smb2.query_quota_info.single" }),
    RestartScan: u8({ names: BooleanByte, text: "quota.restartScan", filter: "smb2.query_quota_info.restart" }),
    Reserved: reserved(2),
    SidListLength: u32({ text: "quota.sidList", filter: "smb2.query_quota_info.sidlistlen" }),
    StartSidLength: u32({ text: "quota.startSid", filter: "smb2.query_quota_info.startsidlen" }),
    StartSidOffset: u32({ text: "quota.startSid", filter: "smb2.query_quota_info.startsidoffset" }),
  },
  {
    SidList: chain(GetQuotaEntry, {
      next: "NextEntryOffset",
      title: "Sid",
      length: (m) => m.SidListLength,
      text: "quota.sidList",
    }),
    StartSid: sid({
      length: (m) => m.StartSidLength,
      atStruct: (m) => (m.SidListLength === 0 ? QUERY_QUOTA_SIZE + (m.StartSidOffset ?? 0) : undefined),
      text: "quota.startSid",
    }),
  },
);

const QUERY_QUOTA_SIZE = 16;
