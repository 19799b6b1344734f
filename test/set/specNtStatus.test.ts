import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { isErrorStatus, ntStatusMeaning, ntStatusName } from "../../src/core/spec/ntStatus.ts";
import { NtStatus, type NtStatusName } from "../../src/core/spec/ntStatusValues.ts";

const names = Object.keys(NtStatus) as NtStatusName[];

/** From [MS-ERREF] 2.3.1 and [MS-SMB2] 2.2.2; the last ones are newer than most tools. */
const published: Record<string, number> = {
  STATUS_SUCCESS: 0,
  STATUS_PENDING: 0x103,
  STATUS_BUFFER_OVERFLOW: 0x80000005,
  STATUS_NO_MORE_FILES: 0x80000006,
  STATUS_STOPPED_ON_SYMLINK: 0x8000002d,
  STATUS_INVALID_PARAMETER: 0xc000000d,
  STATUS_INVALID_DEVICE_REQUEST: 0xc0000010,
  STATUS_END_OF_FILE: 0xc0000011,
  STATUS_MORE_PROCESSING_REQUIRED: 0xc0000016,
  STATUS_ACCESS_DENIED: 0xc0000022,
  STATUS_BUFFER_TOO_SMALL: 0xc0000023,
  STATUS_OBJECT_NAME_NOT_FOUND: 0xc0000034,
  STATUS_SHARING_VIOLATION: 0xc0000043,
  STATUS_LOGON_FAILURE: 0xc000006d,
  STATUS_NOT_SUPPORTED: 0xc00000bb,
  STATUS_NETWORK_NAME_DELETED: 0xc00000c9,
  STATUS_BAD_NETWORK_NAME: 0xc00000cc,
  STATUS_REQUEST_NOT_ACCEPTED: 0xc00000d0,
  STATUS_FILE_CLOSED: 0xc0000128,
  STATUS_FS_DRIVER_REQUIRED: 0xc000019c,
  STATUS_USER_SESSION_DELETED: 0xc0000203,
  STATUS_ACCOUNT_LOCKED_OUT: 0xc0000234,
  STATUS_PATH_NOT_COVERED: 0xc0000257,
  STATUS_NETWORK_SESSION_EXPIRED: 0xc000035c,
  STATUS_DOWNGRADE_DETECTED: 0xc0000388,
  STATUS_AUTHENTICATION_FIREWALL_FAILED: 0xc0000413,
  STATUS_NTLM_BLOCKED: 0xc0000418,
  STATUS_SERVER_UNAVAILABLE: 0xc0000466,
  STATUS_FILE_NOT_AVAILABLE: 0xc0000467,
  STATUS_SHARE_UNAVAILABLE: 0xc0000480,
  STATUS_OBJECTID_NOT_FOUND: 0xc00002f0,
  STATUS_FILE_SYSTEM_LIMITATION: 0xc0000427,
  STATUS_ELEVATION_REQUIRED: 0xc000042c,
  STATUS_BLOCK_TOO_MANY_REFERENCES: 0xc000048c,
  STATUS_DISK_QUOTA_EXCEEDED: 0xc0000802,
  STATUS_VIRUS_INFECTED: 0xc0000906,
  STATUS_VIRUS_DELETED: 0xc0000907,
  STATUS_CANNOT_BREAK_OPLOCK: 0xc0000909,
  STATUS_OFFLOAD_READ_FLT_NOT_SUPPORTED: 0xc000a2a1,
  STATUS_OFFLOAD_WRITE_FLT_NOT_SUPPORTED: 0xc000a2a2,
  STATUS_OFFLOAD_READ_FILE_NOT_SUPPORTED: 0xc000a2a3,
  STATUS_OFFLOAD_WRITE_FILE_NOT_SUPPORTED: 0xc000a2a4,
  STATUS_HANDLE_NO_LONGER_VALID: 0xc0190028,
  STATUS_INVALID_SIGNATURE: 0xc000a000,
  STATUS_HASH_NOT_SUPPORTED: 0xc000a100,
  STATUS_HASH_NOT_PRESENT: 0xc000a101,
  STATUS_SMB_NO_PREAUTH_INTEGRITY_HASH_OVERLAP: 0xc05d0000,
  STATUS_SMB_BAD_CLUSTER_DIALECT: 0xc05d0001,
};

/** Names by value as tshark prints them, or undefined where tshark is not installed. */
function tsharkNames(): Map<number, string> | undefined {
  try {
    const text = execFileSync("tshark", ["-G", "values"], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
    const rows = text.split("\n").map((line) => line.split("\t"));
    return new Map(
      rows.flatMap(([kind, field, value, name]) => (kind === "V" && field === "smb2.nt_status" && name ? [[Number(value), name]] : [])),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

test("values are those of [MS-ERREF]", () => {
  expect(NtStatus).toMatchObject(published);
});

test("values are those that tshark knows, where it is installed", { timeout: 60_000 }, () => {
  const known = tsharkNames();
  if (known === undefined) return;
  expect(known.size).toBeGreaterThan(500);
  const unknown = names.filter((name) => !known.has(NtStatus[name]));
  for (const name of names) expect(known.get(NtStatus[name]) ?? name, name).toBe(name);
  expect(unknown.filter((name) => !(name in published))).toEqual([]);
});

test("every value has one name, and a meaning in both languages", () => {
  expect(new Set(Object.values(NtStatus)).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(250);
  for (const name of names) {
    expect(ntStatusName(NtStatus[name])).toBe(name);
    expect(ntStatusMeaning(NtStatus[name], "en"), name).toMatch(/^[A-Z][ -~]{8,160}\.$/);
    expect(ntStatusMeaning(NtStatus[name], "ja"), name).toMatch(/[\p{sc=Hiragana}\p{sc=Katakana}].*。$/u);
  }
});

test("Japanese meanings keep a blank between Japanese and Latin words", () => {
  const tight = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}][A-Za-z0-9]|[A-Za-z0-9][\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;
  expect(names.filter((name) => tight.test(ntStatusMeaning(NtStatus[name], "ja") ?? ""))).toEqual([]);
});

test("an unknown value keeps its number", () => {
  expect(ntStatusName(0xc0001234)).toBe("0xC0001234");
  expect(ntStatusName(0x1ff)).toBe("0x000001FF");
  expect(ntStatusMeaning(0xc0001234, "en")).toBeUndefined();
});

test("severity is in the two highest bits", () => {
  expect(isErrorStatus(NtStatus.STATUS_ACCESS_DENIED)).toBe(true);
  expect(isErrorStatus(NtStatus.STATUS_BUFFER_OVERFLOW)).toBe(false);
  expect(isErrorStatus(NtStatus.STATUS_OBJECT_NAME_EXISTS)).toBe(false);
  expect(isErrorStatus(NtStatus.STATUS_PENDING)).toBe(false);
});
