import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { FileAccessMask } from "../../src/core/smb2/constants/accessMasks.ts";
import { Command } from "../../src/core/smb2/constants/commands.ts";
import * as create from "../../src/core/smb2/constants/createFlags.ts";
import { Dialect } from "../../src/core/smb2/constants/dialects.ts";
import { FileAttributes } from "../../src/core/smb2/constants/fileAttributes.ts";
import * as file from "../../src/core/smb2/constants/fileFlags.ts";
import { Fsctl } from "../../src/core/smb2/constants/fsctl.ts";
import { HeaderFlags } from "../../src/core/smb2/constants/headerFlags.ts";
import { FileInformationClass, FsInformationClass, InfoType } from "../../src/core/smb2/constants/informationClasses.ts";
import * as algorithms from "../../src/core/smb2/constants/negotiateAlgorithms.ts";
import { GlobalCapabilities, SecurityMode } from "../../src/core/smb2/constants/negotiateFlags.ts";
import { SessionFlags, SessionSetupFlags } from "../../src/core/smb2/constants/sessionFlags.ts";
import { ShareCapabilities, ShareFlags, ShareType, TreeConnectFlags } from "../../src/core/smb2/constants/shareFlags.ts";
import { Smb1Command } from "../../src/core/smb2/constants/smb1Commands.ts";
import { Smb1Capabilities, Smb1Flags, Smb1Flags2, Smb1SecurityMode } from "../../src/core/smb2/constants/smb1Flags.ts";
import type { FlagSet } from "../../src/core/struct/flagSet.ts";
import type { NameSet } from "../../src/core/struct/nameSet.ts";

/** What `tshark -G topic` prints, one row a line; no rows where tshark is not installed. */
function tshark(topic: string): readonly (readonly string[])[] {
  try {
    const text = execFileSync("tshark", ["-G", topic], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
    return text.split("\n").map((line) => line.split("\t"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

const valueRows = tshark("values").filter(([kind]) => kind === "V");
const fieldRows = tshark("fields").filter(([kind]) => kind === "F");

/** The values that tshark names for a field. */
function valuesOf(field: string): ReadonlyMap<number, string> {
  return new Map(valueRows.filter((row) => row[1] === field).map((row) => [Number(row[2]), row[3] ?? ""]));
}

/** Masks of the bits that tshark shows below a field. Below `smb.access` stand those of an old 16-bit field, too. */
function masksBelow(prefix: string): readonly number[] {
  const bits = fieldRows.filter((row) => row[2]?.startsWith(`${prefix}.`) && row[3] === "FT_BOOLEAN");
  return bits.filter((row) => prefix !== "smb.access" || row[5] === "32").map((row) => Number(row[6]));
}

/** A name without its remarks, its case, and the signs between its words. */
const plainName = (name: string) => (name.split(" (")[0] ?? "").toUpperCase().replaceAll(/[^A-Z0-9]/g, "");

/** Access bits that these codes have in older Windows headers; [MS-FSCC] 2.3 gives the others. */
const olderFsctls = [0x900d4, 0x940eb, 0x940ef, 0x98098, 0x980a0, 0x980a4, 0x980ac, 0x980bc];
/** Flags of CreateAction that no specification has. */
const oplockActions = [0x8001, 0x8002, 0x8003];
/** Messages between users, which [MS-CIFS] does not have. */
const messaging = [0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7];

/** Rows where both use the specification's names. */
const sameNames: readonly (readonly [field: string, names: NameSet, except: readonly number[]])[] = [
  ["smb2.ioctl.function", Fsctl, olderFsctls],
  ["smb2.negotiate_context.hash_algorithm", algorithms.HashAlgorithm, []],
  ["smb2.negotiate_context.signing_id", algorithms.SigningAlgorithm, []],
  ["smb2.negotiate_context.cipher_id", algorithms.Cipher, []],
  ["smb2.negotiate_context.comp_alg_id", algorithms.CompressionAlgorithm, []],
  ["smb2.negotiate_context.rdma_transform_id", algorithms.RdmaTransform, []],
  ["smb2.fs_info.infolevel", FsInformationClass, []],
  ["smb2.create.disposition", create.CreateDisposition, []],
];

/** Rows where tshark has words of its own: the values count. */
const sameValues: readonly (readonly [field: string, names: NameSet, except: readonly number[]])[] = [
  ["smb2.cmd", Command, []],
  ["smb2.dialect", Dialect, []],
  ["smb2.negotiate_context.type", algorithms.NegotiateContextType, []],
  ["smb2.class", InfoType, []],
  ["smb2.file_info.infolevel", FileInformationClass, []],
  ["smb2.create.oplock", create.OplockLevel, []],
  ["smb2.create.action", create.CreateAction, oplockActions],
  ["smb2.impersonation.level", create.ImpersonationLevel, []],
  ["smb2.channel", file.Channel, []],
  ["smb2.share_type", ShareType, []],
  ["smb2.notify.action", file.NotifyAction, []],
  ["smb2.header.comp_transform.comp_alg", algorithms.CompressionAlgorithm, []],
  ["smb.cmd", Smb1Command, messaging],
];

const sameFlags: readonly (readonly [field: string, flags: FlagSet])[] = [
  ["smb2.flags", HeaderFlags],
  ["smb2.capabilities", GlobalCapabilities],
  ["smb2.sec_mode", SecurityMode],
  ["smb2.ses_req_flags", SessionSetupFlags],
  ["smb2.ses_flags", SessionFlags],
  ["smb2.share_flags", ShareFlags],
  ["smb2.share_caps", ShareCapabilities],
  ["smb2.tc", TreeConnectFlags],
  ["smb2.file_attribute", FileAttributes],
  ["smb2.create.rep_flags", create.CreateResponseFlags],
  ["smb2.lock_flags", file.LockFlags],
  ["smb2.write.flags", file.WriteFlags],
  ["smb2.read_flags", file.ReadFlags],
  ["smb2.dh2x.flags", create.DurableHandleFlags],
  ["smb2.getsetinfo_additional_secinfo", file.SecurityInformation],
  ["smb2.find", file.QueryDirectoryFlags],
  ["smb.nt.notify", file.CompletionFilter],
  ["smb.nt.create_options", create.CreateOptions],
  ["smb.share.access", create.ShareAccess],
  ["smb.access", FileAccessMask],
  ["smb.flags", Smb1Flags],
  ["smb.flags2", Smb1Flags2],
  ["smb.sm", Smb1SecurityMode],
  ["smb.server_cap", Smb1Capabilities],
  ["smb2.negotiate_context.comp_alg_flags", algorithms.CompressionFlags],
];

describe.runIf(valueRows.length > 0)("what tshark names, we name", () => {
  it.each(sameNames)("%s, by the same name", (field, names, except) => {
    const found = [...valuesOf(field)].filter(([value]) => !except.includes(value));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(([value, name]) => plainName(names.find(value)?.short ?? "") !== plainName(name))).toEqual([]);
  });

  it.each(sameValues)("%s", (field, names, except) => {
    const found = [...valuesOf(field)].filter(([value, name]) => !except.includes(value) && !(/^unknown-/i.test(name) && value > 0x13));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(([value]) => names.find(value) === undefined)).toEqual([]);
  });

  it.each(sameFlags)("%s", (field, flags) => {
    const masks = masksBelow(field).filter((mask) => mask !== 0);
    const known = flags.list.map(({ mask }) => mask);
    expect(masks.length).toBeGreaterThan(0);
    expect(masks.filter((mask) => !known.includes(mask))).toEqual([]);
  });
});
