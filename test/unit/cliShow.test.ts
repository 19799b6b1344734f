import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { capturePath } from "../support/caseCapture.ts";
import { buildCliProgram } from "../support/cliProgram.ts";

const { folder, program, remove } = await buildCliProgram();
const capture = capturePath("tn_302_resp_caps_clear_dfs.client");

afterAll(remove);

function show(...args: readonly string[]) {
  const env = { PATH: process.env["PATH"], LANG: "C" };
  return spawnSync(process.execPath, [program, "show", ...args], { encoding: "utf8", env });
}

describe("smb-lens show", () => {
  it("prints each field with its bytes, name and meaning", () => {
    const { status, stdout, stderr } = show("--frame", "15", capture);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const lines = stdout.split("\n").map((line) => line.trim().replaceAll(/ +/g, " "));
    expect(lines[0]).toBe("[15] SMB2 IOCTL Response <- connection 1, 136 bytes");
    expect(lines).toContain("12-14 Command 0x000b IOCTL");
    expect(lines).toContain("68-72 CtlCode 0x00140204 FSCTL_VALIDATE_NEGOTIATE_INFO");
    expect(lines).toContain("134-136 Dialect 0x0302 3.0.2");
  });

  it("gives the same as JSON", () => {
    const { status, stdout } = show("--format", "json", "--frame", "15", capture);
    expect(status).toBe(0);
    const { messages } = JSON.parse(stdout);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ frame: 15, connection: 1, fromClient: false, kind: "SMB2", length: 136, bytesAtHand: 136 });
    const code = messages[0].tree.children.find((node: { readonly name: string }) => node.name === "CtlCode");
    expect(code).toMatchObject({ raw: 0x00140204, range: { start: 68, end: 72 }, filter: "smb2.ioctl.function" });
  });

  it("speaks Japanese", () => {
    expect(show("--lang", "ja", "--frame", "15", capture).stdout).toContain("接続 1、136 バイト");
  });

  it("says where there is nothing to show", () => {
    expect(show("--frame", "1", capture).stderr).toMatch(/No SMB message ends in frame 1\. See which frames have messages/);
    expect(show("--frame", "99999", capture).stderr).toMatch(/There is no frame 99999; the last one is \d+\./);
    expect(show("--frame", "1", join(folder, "missing.pcap")).status).toBe(2);
  });

  it("wants one file and the number of a frame", () => {
    for (const args of [
      [capture],
      ["--frame", "0", capture],
      ["--frame", "x", capture],
      ["--frame", "1"],
      ["--frame", "1", capture, capture],
    ]) {
      expect(show(...args).status, args.join(" ")).toBe(64);
    }
  });
});
