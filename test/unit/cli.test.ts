import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { RULES, TOOL } from "../../src/core/index.ts";
import { capturePath } from "../support/caseCapture.ts";
import { buildCliProgram } from "../support/cliProgram.ts";
import { conversation } from "../support/conversation.ts";

const { folder, program, remove } = await buildCliProgram();
const failing = capturePath("tn_302_resp_caps_clear_dfs.client");
const healthy = capturePath("ok_311_sig_aes-128-cmac.client");
const warned = capturePath("ok_302_default.client");
const cut = capturePath("dv_trunc_file_respcaps");

afterAll(remove);

/** Runs the program in an English system, or in that of `environment`. */
function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const env = { PATH: process.env["PATH"], LANG: "C", ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8", env, cwd: folder });
  return { status, stdout, stderr };
}

describe("smb-lens analyze", () => {
  it("says that nothing failed by exit code 0", () => {
    const { status, stdout, stderr } = run(["analyze", healthy]);
    expect(stdout).toContain("No failed connection. 1 connection: 1 healthy");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(run(["analyze", warned]).status).toBe(0);
  });

  it("says that something failed by exit code 1", () => {
    const { status, stdout, stderr } = run(["analyze", failing]);
    expect(stdout).toContain("ERROR  vni-server-capabilities-differ");
    expect(stderr).toBe("");
    expect(status).toBe(1);
    expect(run(["analyze", healthy, failing, healthy]).status).toBe(1);
  });

  it("says that a file could not be read by exit code 2, and reads the others all the same", () => {
    const { status, stdout, stderr } = run(["analyze", "--format", "json", "missing.pcap", failing]);
    expect(status).toBe(2);
    expect(stderr).toBe(
      "missing.pcap: The file could not be read: there is no such file. Check its name, the disk or the network drive, then read it again.\n",
    );
    const { captures } = JSON.parse(stdout);
    expect(captures.map(({ path }: { path: string }) => path)).toEqual(["missing.pcap", failing]);
    expect(captures[1].findings).toHaveLength(1);
  });

  it("follows the ports it is told, where no segment shows that it is SMB", () => {
    const path = join(folder, "port4450.pcap");
    const server = { address: "198.51.100.20", port: 4450 };
    writeFileSync(path, conversation({ server }).negotiate().pcap({ segmentSize: 3 }));
    const connections = (...more: string[]) =>
      JSON.parse(run(["analyze", "--format", "json", ...more, path]).stdout).captures[0].connections;
    expect(connections()).toHaveLength(0);
    expect(connections("--port", "9", "--port", "4450")).toHaveLength(1);
    const lines = run(["messages", "--port", "4450", path]).stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
  });

  it.each(["0", "65536", "x", "-1", ""])("refuses the port %s", (port) => {
    const { status, stderr } = run(["analyze", `--port=${port}`, healthy]);
    expect(status).toBe(64);
    expect(stderr).toContain("--port");
  });

  it("refuses what is no regular file and what is no capture", () => {
    const note = join(folder, "note.txt");
    writeFileSync(note, "no capture at all");
    const empty = join(folder, "empty.pcap");
    writeFileSync(empty, "");
    expect(run(["analyze", folder])).toMatchObject({ status: 2 });
    expect(run(["analyze", folder]).stderr).toContain("it is a folder; name the captures in it");
    expect(run(["analyze", "/dev/null"])).toMatchObject({ status: 2, stderr: expect.stringContaining("it is a pipe or device") });
    expect(run(["analyze", "-"])).toMatchObject({ status: 2, stderr: expect.stringContaining("standard input is not read") });
    expect(run(["analyze", "--lang", "ja", "-"]).stderr).toContain("標準入力は");
    expect(run(["analyze", note])).toMatchObject({ status: 2 });
    expect(run(["analyze", note]).stderr).toContain("This file is no network capture");
    expect(run(["analyze", empty])).toMatchObject({ status: 2 });
    expect(run(["analyze", empty]).stderr).toContain("This file is empty.");
  });

  it("does not call a capture healthy of which it could read hardly anything", () => {
    const other = conversation({ server: { address: "198.51.100.20", port: 80 } })
      .bytes("client", new Uint8Array(900))
      .pcap();
    const damaged = other.slice();
    // The second record claims 4 GB, and nothing behind it looks like one.
    damaged.fill(0xff, 24 + 16 + 54, damaged.length);
    const unread = conversation().negotiate().pcap();
    unread[20] = 189;
    const files = { damaged, unread, other };
    const runs = Object.entries(files).map(([name, bytes]) => {
      const path = join(folder, `${name}.pcap`);
      writeFileSync(path, bytes);
      return run(["analyze", path]);
    });
    expect(runs.map(({ status }) => status)).toEqual([2, 2, 0]);
    expect(runs[0]?.stdout).toContain("Only the first 1 frame could be read, and no SMB is in them.");
    expect(runs[1]?.stdout).toContain("Whether there is SMB in this capture cannot be told: most of its frames cannot be read.");
    expect(runs[0]?.stderr).toContain("The file is damaged at byte 94");
    expect(runs[2]?.stdout).toContain("No SMB in this capture.");
  });

  it("reads a file that is cut as far as it goes", () => {
    const { status, stdout } = run(["analyze", cut]);
    expect(stdout).toContain("The file ends inside a record");
    expect(stdout).toContain("ERROR");
    expect(status).toBe(1);
  });

  it("writes every format", () => {
    expect(JSON.parse(run(["analyze", "--format", "json", failing]).stdout).captures).toHaveLength(1);
    const sarif = JSON.parse(run(["analyze", "--format=sarif", failing, warned]).stdout);
    expect(sarif).toMatchObject({ version: "2.1.0" });
    expect(sarif.runs).toHaveLength(2);
    expect(run(["analyze", "--format", "markdown", failing]).stdout).toMatch(/^# SMB Lens: /);
    expect(run(["analyze", "--format", "text", failing]).stdout).toMatch(/^SMB Lens {3}/);
  });

  it("keeps every finding in JSON", () => {
    const { captures } = JSON.parse(run(["analyze", "--format", "json", capturePath("ok_nmap_scripts.client")]).stdout);
    const kept = captures[0].incidents.flatMap(({ findings }: { findings: number[] }) => findings);
    expect(kept).toHaveLength(captures[0].findings.length);
  });

  it("speaks the language that is asked for, or the system's", () => {
    expect(run(["analyze", "--lang", "ja", failing]).stdout).toContain("接続 1 件: 失敗 1");
    expect(run(["analyze", failing], { LANG: "ja_JP.UTF-8" }).stdout).toContain("接続 1 件: 失敗 1");
    expect(run(["analyze", failing], { LANG: "ja_JP.UTF-8", LC_ALL: "C" }).stdout).toContain("1 connection: 1 failed");
    expect(run(["analyze", "--lang", "en", failing], { LC_ALL: "ja" }).stdout).toContain("1 connection: 1 failed");
    expect(run(["analyze", failing], { LANG: "jam_JM.UTF-8" }).stdout).toContain("1 connection: 1 failed");
    expect(run(["analyze", "nothing"], { LANG: "ja_JP.UTF-8" }).stderr).toContain("ファイルがありません");
  });
});

describe("smb-lens messages", () => {
  it("prints a line a message", () => {
    const { status, stdout } = run(["messages", "--format", "tsv", failing]);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("frame\tstream\tcommand\tresponse\tmessageId\tsessionId\ttreeId\tstatus\tsigned");
    expect(lines).toHaveLength(11);
    expect(run(["messages", failing]).stdout).toBe(stdout);
  });

  it("says on standard error what is wrong with the file", () => {
    const { status, stdout, stderr } = run(["messages", cut]);
    expect(status).toBe(0);
    expect(stdout.split("\n").length).toBeGreaterThan(5);
    expect(stderr).toContain("The file ends inside a record");
    expect(run(["messages", "missing.pcap"])).toMatchObject({ status: 2 });
  });

  it("takes exactly one file", () => {
    expect(run(["messages"])).toMatchObject({ status: 64, stdout: "" });
    expect(run(["messages", failing, healthy])).toMatchObject({ status: 64, stdout: "" });
  });
});

describe("smb-lens rules", () => {
  it("lists all rules", () => {
    const { status, stdout } = run(["rules"]);
    expect(status).toBe(0);
    for (const { id } of RULES) expect(stdout).toContain(id);
  });

  it("explains one, in words and as JSON", () => {
    expect(run(["rules", "signing-not-required"]).stdout).toContain("Set-SmbServerConfiguration -RequireSecuritySignature $true");
    expect(run(["rules", "signing-not-required", "--lang", "ja"]).stdout).toContain("両端で署名を必須にする");
    const [rule] = JSON.parse(run(["rules", "vni-not-sent", "--format", "json"]).stdout);
    expect(rule).toMatchObject({ id: "vni-not-sent", severity: "information" });
    expect(JSON.parse(run(["rules", "--format", "json"]).stdout)).toHaveLength(RULES.length);
  });

  it("knows no others", () => {
    const { status, stderr } = run(["rules", "toString"]);
    expect(status).toBe(64);
    expect(stderr).toContain("There is no rule toString.");
  });
});

describe("smb-lens", () => {
  it("helps", () => {
    for (const args of [["--help"], ["-h"], ["help"], ["analyze", "--help"]]) {
      const { status, stdout } = run(args);
      expect(status).toBe(0);
      expect(stdout).toContain("smb-lens analyze [--format text|json|sarif|markdown] [--lang en|ja] [--port N]... [--no-settings] FILE...");
    }
    expect(run(["--help"], { LANG: "ja_JP.UTF-8" }).stdout).toContain("終了コード");
  });

  it("tells its version", () => {
    expect(run(["--version"])).toEqual({ status: 0, stdout: `smb-lens ${TOOL.version}\n`, stderr: "" });
  });

  it.each([
    [[], "Usage"],
    [["analyse", "x"], "There is no command analyse."],
    [["toString"], "There is no command toString."],
    [["analyze"], "analyze needs at least one file."],
    [["analyze", "--format", "xml", "x"], "--format is one of text, json, sarif, markdown, not xml."],
    [["analyze", "--lang", "fr", "x"], "--lang is en or ja, not fr."],
    [["analyze", "--loud", "x"], "Unknown option '--loud'."],
    [["analyze", "x", "--format"], "'--format <value>' argument missing."],
    [["messages", "--format", "json", "x"], "--format is one of tsv, not json."],
    [["rules", "a", "b"], "rules takes one ID at most."],
  ])("refuses wrong usage with exit code 64: %j", (args, reason) => {
    const { status, stdout, stderr } = run(args);
    expect(status).toBe(64);
    expect(stdout).toBe("");
    expect(stderr).toContain(reason);
  });

  it("ends quietly when nobody reads its output any more", async () => {
    const many = Array.from({ length: 60 }, () => failing);
    const child = spawn(process.execPath, [program, "analyze", "--format", "json", ...many], { stdio: ["ignore", "pipe", "pipe"] });
    let complaints = "";
    child.stderr.on("data", (data) => {
      complaints += data;
    });
    child.stdout.destroy();
    const status = await new Promise((resolve) => child.once("close", resolve));
    expect(complaints).toBe("");
    expect(status).toBe(0);
  });

  it("loses nothing when the reader is slow", async () => {
    const many = Array.from({ length: 80 }, () => failing);
    const child = spawn(process.execPath, [program, "analyze", "--format", "json", ...many], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.pause();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (data) => {
      text += data;
    });
    child.stdout.resume();
    await new Promise((resolve) => child.once("close", resolve));
    expect(JSON.parse(text).captures).toHaveLength(80);
  });

  it("writes to a file what it writes to a pipe", () => {
    const file = join(folder, "out.json");
    const shell = `"${process.execPath}" "${program}" analyze --format json "${failing}" > "${file}"`;
    spawnSync(shell, { shell: true });
    expect(readFileSync(file, "utf8")).toBe(run(["analyze", "--format", "json", failing]).stdout);
  });
});
