import { describe, expect, it } from "vitest";
import { isRemedyId, REMEDIES, type RemedyId, remedyText, snippets } from "../../src/core/index.ts";

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const UNSPACED =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}][A-Za-z0-9]|[A-Za-z0-9][\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
/** Settings that weaken: none of them may stand in the commands of a safe remedy. */
const WEAKENS =
  /RequireSecureNegotiate|RequireSecuritySignature \$false|EnableInsecureGuestLogons \$true|validate_neg_off=yes|signing = disabled|is-signing-required false|EnableSMB1Protocol \$true|vers=1\.0/;

const ids = REMEDIES.map(({ id }) => id);
const workaround: RemedyId = "workaround-require-secure-negotiate";

describe("the remedies", () => {
  it("are known by their ids, each once", () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(isRemedyId(id)).toBe(true);
    expect(isRemedyId("toString")).toBe(false);
  });

  it("have one workaround, which comes last", () => {
    expect(REMEDIES.filter(({ kind }) => kind === "workaround").map(({ id }) => id)).toEqual([workaround]);
    expect(ids.at(-1)).toBe(workaround);
  });
});

describe.each(ids)("%s", (id) => {
  it("says in both languages what to do and why", () => {
    const english = remedyText(id, "en");
    const japanese = remedyText(id, "ja");
    expect(english.kind).toBe(japanese.kind);
    for (const text of [english.title, english.text]) expect(text).not.toMatch(JAPANESE);
    for (const text of [japanese.title, japanese.text]) {
      expect(text).toMatch(JAPANESE);
      expect(text).not.toMatch(UNSPACED);
    }
    expect(english.title).not.toMatch(/[.!]$/);
    expect(english.text).toMatch(/\.$/);
    expect(japanese.text).toMatch(/。$/);
  });

  it("gives the same commands for the same systems in both languages", () => {
    const platforms = (language: "en" | "ja") => snippets(id, language).map(({ platform }) => platform);
    expect(platforms("ja")).toEqual(platforms("en"));
    expect(new Set(platforms("en")).size).toBe(platforms("en").length);
  });

  it.each(["en", "ja"] as const)("has tabs that are short and differ (%s)", (language) => {
    const tabs = snippets(id, language).map(({ tab }) => tab);
    expect(new Set(tabs).size).toBe(tabs.length);
    for (const tab of tabs) {
      expect(tab).toMatch(/^.{2,20}$/u);
      expect(tab).not.toMatch(UNSPACED);
    }
  });

  it("says of every command what it changes", () => {
    for (const { effect, label, code, language } of [...snippets(id, "en"), ...snippets(id, "ja")]) {
      for (const text of [effect, label, code, language]) expect(text).not.toBe("");
      expect(code).not.toMatch(/\n$/);
    }
    for (const { effect, label } of snippets(id, "ja")) {
      expect(effect).toMatch(JAPANESE);
      expect(`${effect}\n${label}`).not.toMatch(UNSPACED);
    }
  });

  it("says how to undo and check what it changes", () => {
    const changing = snippets(id, "en").filter(({ platform }) => platform !== "pktmon" && platform !== "tcpdump");
    for (const { undo, check, platform } of changing) {
      expect(undo, platform).not.toBe("");
      expect(check, platform).not.toBe("");
    }
  });

  it("weakens nothing unless it says so", () => {
    if (id === workaround) return;
    for (const { code } of snippets(id, "en")) expect(code).not.toMatch(WEAKENS);
  });
});

describe("requiring signing", () => {
  it("is told for every system that has commands for it", () => {
    expect(snippets("require-signing", "en").map(({ platform }) => platform)).toEqual([
      "windows-client",
      "windows-server",
      "registry",
      "gpo",
      "samba",
      "linux-cifs",
      "ksmbd",
      "macos",
      "ontap",
    ]);
  });

  it("uses the setting of each system", () => {
    const code = Object.fromEntries(snippets("require-signing", "en").map((snippet) => [snippet.platform, snippet.code]));
    expect(code["windows-client"]).toBe("Set-SmbClientConfiguration -RequireSecuritySignature $true");
    expect(code["windows-server"]).toBe("Set-SmbServerConfiguration -RequireSecuritySignature $true");
    expect(code["samba"]).toContain("server signing = mandatory");
    expect(code["linux-cifs"]).toMatch(/sec=ntlmsspi/);
    expect(code["macos"]).toContain("signing_required=yes");
    expect(code["ontap"]).toContain("-is-signing-required true");
  });
});

describe("the workaround", () => {
  it("begins with where it does not exist", () => {
    expect(remedyText(workaround, "en").text).toMatch(/^Not available on Windows 10, Windows Server 2016 and later\./);
    expect(remedyText(workaround, "ja").text).toMatch(/^Windows 10、Windows Server 2016 以降では使えません。/);
  });

  it("names in each command the only systems that have it, and that it weakens", () => {
    for (const { label, effect } of snippets(workaround, "en")) {
      expect(label).toMatch(/Windows 8, 8\.1, Server 2012, 2012 R2 only/);
      expect(effect).toMatch(/^Weakens security/);
    }
  });

  it("sets the registry value and takes it away again", () => {
    for (const { code, undo } of snippets(workaround, "en")) {
      expect(code).toMatch(/RequireSecureNegotiate .*\b0\b/);
      expect(code).not.toMatch(/Set-SmbClientConfiguration/);
      expect(undo).toMatch(/Remove-ItemProperty|reg delete/);
    }
  });
});
