import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildCliProgram } from "../support/cliProgram.ts";
import { sidePath } from "../support/sidesOnDisk.ts";

const { folder, program, remove } = await buildCliProgram();
const changed = [sidePath("tp_311_req_salt", "client"), sidePath("tp_311_req_salt", "server")] as const;
const same = [sidePath("ok_win_302_relay", "client"), sidePath("ok_win_302_relay", "server")] as const;

afterAll(remove);

function compare(...args: readonly string[]) {
  const env = { PATH: process.env["PATH"], LANG: "C" };
  return spawnSync(process.execPath, [program, "compare", ...args], { encoding: "utf8", env });
}

describe("smb-lens compare", () => {
  it("says by exit code 1 that something was changed", () => {
    const { status, stdout, stderr } = compare(...changed);
    expect(stdout).toContain("NegotiateContextList[0].Salt");
    expect(stderr).toBe("");
    expect(status).toBe(1);
  });

  it("says by exit code 0 that nothing was", () => {
    const { status, stdout } = compare(...same);
    expect(stdout).toContain("Nothing was changed: 1 connection is in both captures");
    expect(status).toBe(0);
  });

  it("gives JSON", () => {
    const { status, stdout } = compare("--format", "json", ...changed);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).pairs[0].differences[0]).toMatchObject({ message: "NEGOTIATE request", direction: "client->server" });
  });

  it("speaks Japanese", () => {
    expect(compare("--lang", "ja", ...changed).stdout).toContain("NEGOTIATE 要求 [A 4] [B 4]: A から B へ向かう途中で変更");
  });

  it("says which file it cannot read", () => {
    const { status, stderr, stdout } = compare(changed[0], join(folder, "missing.pcap"));
    expect(stderr).toContain("missing.pcap");
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it("wants two files", () => {
    for (const args of [[], [changed[0]], [...changed, same[0]], ["--format", "sarif", ...changed]])
      expect(compare(...args).status, args.join(" ")).toBe(64);
    expect(compare().stderr).toContain("compare needs exactly two files");
  });
});
