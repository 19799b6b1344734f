import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { Fsctl } from "../../src/core/smb2/constants/fsctl.ts";
import { fsctlPayloads } from "../../src/core/smb2/fsctlPayloads.ts";
import { infoClasses } from "../../src/core/smb2/infoClasses.ts";

/**
 * Where tshark's number is not that of [MS-FSCC] 2.3: it has another access or method in its bits. It also gives the number of
 * FSCTL_SET_REPARSE_POINT twice.
 */
const elsewhere = new Set([
  "FSCTL_SET_ENCRYPTION",
  "FSCTL_SET_OBJECT_ID",
  "FSCTL_DELETE_OBJECT_ID",
  "FSCTL_SET_REPARSE_POINT",
  "FSCTL_DELETE_REPARSE_POINT",
  "FSCTL_SET_OBJECT_ID_EXTENDED",
  "FSCTL_READ_FILE_USN_DATA",
  "FSCTL_WRITE_USN_CLOSE_RECORD",
]);

/** Names of control codes as tshark prints them, or undefined where it is not installed. */
function tsharkNames(): ReadonlyMap<number, string> | undefined {
  try {
    const text = execFileSync("tshark", ["-G", "values"], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
    const rows = text.split("\n").map((line) => line.split("\t"));
    const named = rows.filter(([kind, field, , name]) => kind === "V" && field === "smb2.ioctl.function" && name);
    return new Map(named.map(([, , value, name]) => [Number(value), name ?? ""]));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

test("control codes have tshark's names, where it is installed", { timeout: 60_000 }, () => {
  const known = tsharkNames();
  if (known === undefined) return;
  expect(known.size).toBeGreaterThan(80);
  const wrong = [...known].filter(([value, name]) => !elsewhere.has(name) && Fsctl.find(value)?.short !== name);
  expect(wrong).toEqual([]);
});

test("control codes are named once, and those that carry structures are among them", () => {
  expect(new Set(Fsctl.list.map(({ value }) => value)).size).toBe(Fsctl.list.length);
  expect(Fsctl.list.length).toBeGreaterThan(90);
  const codes = Object.keys(fsctlPayloads).map(Number);
  expect(codes.length).toBeGreaterThan(30);
  expect(codes.filter((code) => Fsctl.find(code) === undefined)).toEqual([]);
});

test("every information class of SMB2 has a structure", () => {
  const classes = Object.values(infoClasses);
  expect(classes.length).toBeGreaterThan(60);
  expect(classes.filter(({ query, response, set }) => (query ?? response ?? set) === undefined)).toEqual([]);
});
