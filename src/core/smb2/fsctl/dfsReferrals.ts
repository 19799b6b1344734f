import { choose } from "../../struct/choose.ts";
import { flagSet } from "../../struct/flagSet.ts";
import { inlined } from "../../struct/inlined.ts";
import { u16, u32 } from "../../struct/integers.ts";
import { nameSet } from "../../struct/nameSet.ts";
import { guid, reserved } from "../../struct/octets.ts";
import { stepped } from "../../struct/stepped.ts";
import { type Struct, struct } from "../../struct/struct.ts";
import { utf16 } from "../../struct/textPart.ts";
import { utf16z, utf16zList } from "../../struct/zeroTerminated.ts";

/** Input of FSCTL_DFS_GET_REFERRALS. */
export const DfsReferralRequest = struct(
  "REQ_GET_DFS_REFERRAL",
  "MS-DFSC 2.2.2",
  { MaxReferralLevel: u16({ text: "dfs.maxLevel", filter: "smb.max_referral_level" }) },
  { RequestFileName: utf16z({ text: "dfs.requestName", filter: "smb.file" }) },
);

const RequestFlags = flagSet("", { SiteName: 0x0001 });

const SiteName = struct(
  "RequestData",
  "MS-DFSC 2.2.3.1",
  { SiteNameLength: u16({ text: "dfs.siteName" }) },
  { SiteName: utf16({ length: (m) => m.SiteNameLength, text: "dfs.siteName" }) },
);

const RequestData = struct(
  "RequestData",
  "MS-DFSC 2.2.3.1",
  { RequestFileNameLength: u16({ text: "dfs.requestName" }) },
  {
    RequestFileName: utf16({ length: (m) => m.RequestFileNameLength, text: "dfs.requestName" }),
    Site: inlined((_, __, length) => (length > 0 ? SiteName : undefined)),
  },
);

/** Input of FSCTL_DFS_GET_REFERRALS_EX. */
export const DfsReferralRequestEx = struct(
  "REQ_GET_DFS_REFERRAL_EX",
  "MS-DFSC 2.2.3",
  {
    MaxReferralLevel: u16({ text: "dfs.maxLevel" }),
    RequestFlags: u16({ flags: RequestFlags, text: "dfs.requestFlags" }),
    RequestDataLength: u32(),
  },
  { RequestData: choose({ on: () => 1, length: (m) => m.RequestDataLength, group: true }, { 1: RequestData }) },
);

const ServerType = nameSet("", { "Non-root": 0, Root: 1 });

const EntryFlags = flagSet("", { NameListReferral: [0x0002, "dfs.nameList"], TargetSetBoundary: [0x0004, "dfs.targetSet"] });

const HeaderFlags = flagSet("", {
  ReferralServers: [0x1, "dfs.referralServers"],
  StorageServers: [0x2, "dfs.storageServers"],
  TargetFailback: [0x4, "dfs.targetFailback"],
});

const HEAD_SIZE = 8;
const timeToLive = u32({ text: "dfs.timeToLive", filter: "smb.dfs.referral.ttl" });
const pathOffset = u16({ text: "dfs.path", filter: "smb.dfs.referral.path_offset" });
const alternateOffset = u16({ text: "dfs.path", filter: "smb.dfs.referral.alt_path_offset" });
const networkOffset = u16({ text: "dfs.networkAddress", filter: "smb.dfs.referral.node_offset" });

interface PathOffsets {
  readonly DFSPathOffset?: number;
  readonly DFSAlternatePathOffset?: number;
  readonly NetworkAddressOffset?: number;
}

/** Offsets count from the entry's start; these structures begin behind its head. */
function fromEntry(offset: number | undefined): number | undefined {
  return offset === undefined || offset === 0 ? undefined : offset - HEAD_SIZE;
}

const pathTexts = {
  DFSPath: utf16z<PathOffsets>({
    atStruct: (m) => fromEntry(m.DFSPathOffset),
    text: "dfs.path",
    filter: "smb.dfs.referral.path",
  }),
  DFSAlternatePath: utf16z<PathOffsets>({
    atStruct: (m) => fromEntry(m.DFSAlternatePathOffset),
    text: "dfs.path",
    filter: "smb.dfs.referral.alt_path",
  }),
  NetworkAddress: utf16z<PathOffsets>({
    atStruct: (m) => fromEntry(m.NetworkAddressOffset),
    text: "dfs.networkAddress",
    filter: "smb.dfs.referral.node",
  }),
};

/** The part of a version 1 entry behind its head. */
const ReferralV1 = struct(
  "DFS_REFERRAL_V1",
  "MS-DFSC 2.2.5.1",
  {},
  { ShareName: utf16z({ text: "dfs.networkAddress", filter: "smb.dfs.referral.node" }) },
);

const ReferralV2 = struct(
  "DFS_REFERRAL_V2",
  "MS-DFSC 2.2.5.2",
  {
    Proximity: u32({ reserved: true, filter: "smb.dfs.referral.proximity" }),
    TimeToLive: timeToLive,
    DFSPathOffset: pathOffset,
    DFSAlternatePathOffset: alternateOffset,
    NetworkAddressOffset: networkOffset,
  },
  pathTexts,
);

const ReferralV3 = struct(
  "DFS_REFERRAL_V3",
  "MS-DFSC 2.2.5.3.1",
  {
    TimeToLive: timeToLive,
    DFSPathOffset: pathOffset,
    DFSAlternatePathOffset: alternateOffset,
    NetworkAddressOffset: networkOffset,
    ServiceSiteGuid: guid({ reserved: true, filter: "smb.dfs.referral.server_guid" }),
  },
  pathTexts,
);

/** A version 3 or 4 entry that lists domains or domain controllers. */
const ReferralNames = struct(
  "DFS_REFERRAL_V3",
  "MS-DFSC 2.2.5.3.2",
  {
    TimeToLive: timeToLive,
    SpecialNameOffset: u16({ text: "dfs.specialName", filter: "smb.dfs.referral.domain_offset" }),
    NumberOfExpandedNames: u16({ text: "dfs.expandedNames", filter: "smb.dfs.referral.number_of_expnames" }),
    ExpandedNameOffset: u16({ text: "dfs.expandedNames", filter: "smb.dfs.referral.expnames_offset" }),
    Padding: reserved(16),
  },
  {
    SpecialName: utf16z({
      atStruct: (m) => fromEntry(m.SpecialNameOffset),
      text: "dfs.specialName",
      filter: "smb.dfs.referral.domain_name",
    }),
    ExpandedNames: utf16zList({
      atStruct: (m) => fromEntry(m.ExpandedNameOffset),
      count: (m) => m.NumberOfExpandedNames,
      text: "dfs.expandedNames",
      filter: "smb.dfs.referral.expname",
    }),
  },
);

function referralOf(version: number | undefined, flags: number | undefined): Struct | undefined {
  if (version === 1) return ReferralV1;
  if (version === 2) return ReferralV2;
  if (version !== 3 && version !== 4) return undefined;
  return ((flags ?? 0) & EntryFlags.mask.NameListReferral) === 0 ? ReferralV3 : ReferralNames;
}

/** One target of the path, or one domain controller. Version 4 differs from 3 by a flag only. */
export const ReferralEntry = struct(
  "DFS_REFERRAL",
  "MS-DFSC 2.2.5",
  {
    VersionNumber: u16({ text: "dfs.version", filter: "smb.dfs.referral.version" }),
    Size: u16({ text: "dfs.size", filter: "smb.dfs.referral.size" }),
    ServerType: u16({ names: ServerType, text: "dfs.serverType", filter: "smb.dfs.referral.server.type" }),
    ReferralEntryFlags: u16({ flags: EntryFlags, text: "dfs.entryFlags", filter: "smb.dfs.referral.flags" }),
  },
  { Referral: inlined((m) => referralOf(m.VersionNumber, m.ReferralEntryFlags)) },
);

/** Output of FSCTL_DFS_GET_REFERRALS and FSCTL_DFS_GET_REFERRALS_EX. */
export const DfsReferralResponse = struct(
  "RESP_GET_DFS_REFERRAL",
  "MS-DFSC 2.2.4",
  {
    PathConsumed: u16({ text: "dfs.pathConsumed", filter: "smb.dfs.path_consumed" }),
    NumberOfReferrals: u16({ text: "dfs.number", filter: "smb.dfs.num_referrals" }),
    ReferralHeaderFlags: u32({ flags: HeaderFlags, text: "dfs.headerFlags", filter: "smb.dfs.flags" }),
  },
  { ReferralEntries: stepped(ReferralEntry, { count: (m) => m.NumberOfReferrals, step: (entry) => entry.Size, text: "dfs.number" }) },
);
