import assert from "node:assert/strict";
import {
  captureFile,
  clipboard,
  cursor,
  editorLine,
  eventually,
  hasCommand,
  hover,
  inVsCode,
  openCapture,
  openProblems,
  problem,
  problemFixes,
  problemLink,
  putCursor,
  quickPick,
  quickPickEntries,
  takeProblemFix,
  waitForTab,
} from "./lib.mjs";

/** The row of a problem in the text trace; that of the capture itself stands at its line 1, and a related place begins with its file. */
const IN_TRACE = /(?<!\.smb-trace)\[Ln (?!1, )\d+/;
const RULE = "vni-server-capabilities-differ";

describe("Problems of a capture with a changed NEGOTIATE response", () => {
  const vscode = inVsCode({ files: { "trace.pcap": captureFile("tn_302_resp_caps_clear_dfs.client") } });

  it("stand in the Problems view with the rule linked to its section", async () => {
    await openCapture(vscode.page, "trace.pcap");
    await openProblems(vscode.page);
    const { text, href } = await problemLink(vscode.page, RULE);
    assert.equal(text, RULE);
    assert.match(href, /^https:\/\/learn\.microsoft\.com\/openspecs\/windows_protocols\/ms-smb2\//);
  });

  it("are fixed from the light bulb: commands are copied", async () => {
    await traceProblem(vscode.page).waitFor();
    const titles = await problemFixes(vscode.page, IN_TRACE);
    assert.ok(
      titles.some((title) => title.startsWith("Copy: ")),
      titles.join("\n"),
    );
    assert.match(titles.at(-1), /^Weakens security: /);
    await vscode.page.keyboard.press("Escape");
    await takeProblemFix(
      vscode.page,
      IN_TRACE,
      titles.find((title) => /^Copy: .*PowerShell/.test(title)),
    );
    await eventually("the commands on the clipboard", 10_000, async () =>
      /RequireSecuritySignature \$true/.test(await clipboard(vscode.page)),
    );
  });

  it("lead to the line of the text trace", async () => {
    await traceProblem(vscode.page).dblclick();
    await waitForTab(vscode.page, "trace.pcap.smb-trace");
    await editorLine(vscode.page, "0x0000004f").waitFor();
    const { line } = await cursor(vscode.page);
    assert.ok(line > 5, `the cursor is in line ${line}`);
  });

  it("explain the field under the mouse, with a link to its section", async () => {
    const shown = await hover(vscode.page, "Capabilities", "<> [6]");
    assert.match(
      await shown
        .locator("a[data-href^='https://learn.microsoft.com/openspecs/'], a[href^='https://learn.microsoft.com/']")
        .first()
        .innerText(),
      /\[MS-SMB2\]/,
    );
    await vscode.page.mouse.move(0, 0);
  });

  it("offer the same on Ctrl+. in the text trace, although it cannot be changed", async () => {
    await putCursor(vscode.page, "0x0000004f", "<> [6]");
    await vscode.page.keyboard.press("Control+Period");
    const entries = await quickPickEntries(vscode.page);
    assert.ok(
      entries.some((entry) => entry.includes("Copy: ")),
      entries.join("\n"),
    );
    await quickPick(vscode.page, `Explain ${RULE}`);
    await waitForTab(vscode.page, RULE);
  });
});

describe("With Japanese as VS Code's display language", () => {
  const vscode = inVsCode({ language: "ja", files: { "trace.pcap": captureFile("tn_302_resp_caps_clear_dfs.client") } });

  it("problems, their fixes and commands are in Japanese", async () => {
    await openCapture(vscode.page, "trace.pcap");
    await openProblems(vscode.page);
    await traceProblem(vscode.page).waitFor();
    assert.match(await traceProblem(vscode.page).innerText(), /\p{Script=Hiragana}/u);
    const titles = await problemFixes(vscode.page, IN_TRACE);
    assert.ok(
      titles.some((title) => title.startsWith("コピー: ")),
      titles.join("\n"),
    );
    await vscode.page.keyboard.press("Escape");
    assert.ok(await hasCommand(vscode.page, "SMB Lens: テキスト トレースを開く"));
  });
});

const traceProblem = (page) => problem(page, IN_TRACE);
