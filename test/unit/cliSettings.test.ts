import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { capturePath } from "../support/caseCapture.ts";
import { buildCliProgram } from "../support/cliProgram.ts";

const CHANGED = "vni-server-capabilities-differ";
const { program, remove } = await buildCliProgram();
const folders: string[] = [];

afterAll(() => {
  remove();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with a failing capture two folders down, and settings where they are given. */
function folderWith(settings: Readonly<Record<string, unknown>>) {
  const root = mkdtempSync(join(tmpdir(), "smb-lens-settings-"));
  folders.push(root);
  const capture = join(root, "site/traces/a.pcap");
  mkdirSync(dirname(capture), { recursive: true });
  copyFileSync(capturePath("tn_302_resp_caps_clear_dfs.client"), capture);
  for (const [path, value] of Object.entries(settings)) {
    writeFileSync(join(root, path, ".smb-lens.json"), typeof value === "string" ? value : JSON.stringify(value));
  }
  return { root, capture };
}

function analyze(...args: readonly string[]) {
  const env = { PATH: process.env["PATH"], LANG: "C" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "analyze", ...args], { encoding: "utf8", env });
  return { status, stdout, stderr };
}

const off = { rules: { [CHANGED]: "off" } };

describe("smb-lens analyze beside a settings file", () => {
  it("leaves out what is off, says so, and has nothing to fail for", () => {
    const { root, capture } = folderWith({ "": off });
    const { status, stdout, stderr } = analyze(capture);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      `1 finding is not shown because of settings (${join(root, ".smb-lens.json")}): ${CHANGED}.`,
    );
    expect(stdout).not.toContain("ERROR");
    expect(stdout).not.toContain("healthy");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const [told] = JSON.parse(analyze("--format", "json", capture).stdout).captures;
    expect([told.findings, told.incidents, told.suppressed]).toEqual([[], [], [{ rule: CHANGED, findings: 1 }]]);
  });

  it("takes the nearest one alone", () => {
    const { capture } = folderWith({ "": off, site: { rules: { [CHANGED]: "warning" } } });
    const { status, stdout } = analyze(capture);
    expect(stdout).toContain(`WARNING  ${CHANGED}`);
    expect(status).toBe(0);
  });

  it("knows single captures by their path from the file", () => {
    expect(analyze(folderWith({ "": { captures: { "site/traces/a.pcap": off } } }).capture).status).toBe(0);
    expect(analyze(folderWith({ "": { captures: { "a.pcap": off } } }).capture).status).toBe(1);
    expect(analyze(folderWith({ "site/traces": { captures: { "a.pcap": off } } }).capture).status).toBe(0);
  });

  it("fails for what the settings make an error", () => {
    const { root } = folderWith({ "": { rules: { "signing-not-required": "error" } } });
    const capture = join(root, "b.pcap");
    copyFileSync(capturePath("ok_302_default.client"), capture);
    expect(analyze(capture)).toMatchObject({ status: 1 });
    expect(analyze("--no-settings", capture)).toMatchObject({ status: 0 });
  });

  it("passes over it when told to, however broken it is", () => {
    const { capture } = folderWith({ "": "{" });
    const { status, stdout } = analyze("--no-settings", capture);
    expect(stdout).toContain(`ERROR  ${CHANGED}`);
    expect(status).toBe(1);
  });

  it.each([
    ["no JSON", "{", /cannot be used: It is no JSON/],
    ["another level", { rules: { [CHANGED]: "never" } }, /is one of off, information, warning, error/],
    ["a megabyte and more", `{ "rules": {} ${" ".repeat(1024 * 1024)} }`, /longer than 1 MiB/],
  ])("refuses %s before anything is written, with exit code 64", (_name, settings, reason) => {
    const { root, capture } = folderWith({ "": settings });
    const healthy = capturePath("ok_302_anon_ipc.client");
    const { status, stdout, stderr } = analyze("--format", "json", healthy, capture);
    expect(stderr).toMatch(reason);
    expect(stderr).toContain(join(root, ".smb-lens.json"));
    expect(stderr).toContain("--no-settings");
    expect(stdout).toBe("");
    expect(status).toBe(64);
  });

  it("refuses what is no file", () => {
    const { root, capture } = folderWith({});
    mkdirSync(join(root, ".smb-lens.json"));
    expect(analyze(capture)).toMatchObject({ status: 64, stderr: expect.stringContaining("no regular file") });
  });

  it("names a rule that does not exist once, and goes on", () => {
    const { capture } = folderWith({ "": { rules: { "vni-server-capabilities-difer": "off" } } });
    const { status, stderr } = analyze(capture, capture);
    expect(stderr.match(/There is no setting rules\.vni-server-capabilities-difer/g)).toHaveLength(1);
    expect(status).toBe(1);
  });
});
