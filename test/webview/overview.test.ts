import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { OverviewView } from "../../src/protocol/views.ts";
import { captureOf, failedOverview, rowsOf } from "./captureData.ts";
import { closeBrowser, type OpenPage, openPage, type PageOptions } from "./openPage.ts";

let opened: OpenPage;

async function open(options: PageOptions = {}): Promise<OpenPage> {
  opened = await openPage(options);
  return opened;
}

afterEach(async () => {
  expect(opened.troubles).toEqual([]);
  await opened.close();
});
afterAll(closeBrowser);

describe("the verdict", () => {
  test("is an article named by its sentence, with severity and certainty as words", async () => {
    const { page } = await open();
    const verdict = page.getByRole("article", { name: /The server’s NEGOTIATE response was changed/ });
    await verdict.getByRole("img", { name: "Failed" }).waitFor();
    expect(await verdict.locator(".certainty").textContent()).toBe("Proved");
    expect(await verdict.locator(".certainty").getAttribute("title")).toContain("the second one is signed");
    expect(await verdict.locator(".subject").allTextContents()).toEqual([
      "192.0.2.10:55222 → 198.51.100.20:445",
      "SMB 3.0.2",
      "WORKGROUP\\tester",
      "\\\\198.51.100.20\\share",
    ]);
  });

  test("stands in the language that the host sent", async () => {
    const { page } = await open({ language: "ja" });
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("途中で書き換えられた");
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
    await page.getByRole("tab", { name: "概要" }).waitFor();
    await page.getByRole("region", { name: "対処方法" }).waitFor();
  });

  test("of a healthy connection leaves out proof and remedies", async () => {
    const { page } = await open();
    await page.getByRole("row", { name: /192\.0\.2\.11:50112/ }).click();
    await page.getByRole("heading", { name: "No problem on this connection." }).waitFor();
    expect(await page.getByRole("region", { name: "Proof" }).count()).toBe(0);
    expect(await page.getByRole("region", { name: "What to do" }).count()).toBe(0);
    expect(await page.locator(".certainty").count()).toBe(0);
    await page.getByRole("grid", { name: "Connections" }).waitFor();
  });
});

describe("the story", () => {
  test("goes step by step, and each frame leads to its message", async () => {
    const { page } = await open();
    const steps = page.locator(".story li");
    expect(await steps.count()).toBe(3);
    expect(await steps.nth(2).textContent()).toBe("The client ends the connection with FIN [16].");
    await steps.nth(1).getByRole("link", { name: "[15]" }).click();
    await page.getByRole("tab", { name: "Messages", selected: true }).waitFor();
  });

  test("shows how to take the capture that would prove the rest, one platform at a time", async () => {
    const { page, host } = await open();
    expect(await page.getByText("pktmon filter add").count()).toBe(0);
    await page.getByRole("button", { name: "How to take this capture" }).click();
    await page.getByText("pktmon filter add -t TCP -i 192.0.2.10 -p 445").waitFor();
    await page.getByRole("tab", { name: "Linux, or a NAS over SSH" }).click();
    await page.getByText("tcpdump -i any -s 0 -w smb.pcap 'tcp port 445 and host 192.0.2.10'").waitFor();
    expect(await page.getByText("pktmon filter add").count()).toBe(0);
    await page.getByRole("region", { name: "What happened" }).getByRole("button", { name: "Copy" }).click();
    await expect
      .poll(() => host.all("copy").map(({ text }) => text))
      .toEqual(["tcpdump -i any -s 0 -w smb.pcap 'tcp port 445 and host 192.0.2.10'"]);
  });
});

describe("the proof", () => {
  test("is a list of facts, and says which two contradict", async () => {
    const { page } = await open();
    const proof = page.getByRole("region", { name: "Proof" });
    const facts = proof.getByRole("listitem");
    expect(await facts.count()).toBe(3);
    expect(await facts.nth(1).getByRole("img", { name: "differs from" }).count()).toBe(1);
    expect(await proof.getByRole("img", { name: "differs from" }).count()).toBe(1);
    expect(await facts.nth(0).locator(".was").textContent()).toBe("E");
    expect(await facts.nth(1).locator(".now").textContent()).toBe("F");
  });

  test("leads to the frame, to the comparison, to the specification and to the page of the rule", async () => {
    const { page, host } = await open();
    await page.getByRole("link", { name: "Frame 15" }).click();
    await expect.poll(() => host.all("messages").map(({ connection, find }) => [connection, find])).toEqual([[1, 15]]);
    await page.keyboard.press("Alt+1");
    const section = page.getByRole("link", { name: "[MS-SMB2] 3.2.5.14.12" });
    expect(await section.getAttribute("title")).toContain("vni-server-capabilities-differ");
    await section.click();
    expect(host.all("open-section")).toEqual([{ type: "open-section", section: "MS-SMB2 3.2.5.14.12" }]);
    await page.getByRole("link", { name: "Explain the rule" }).click();
    expect(host.all("open-rule")).toEqual([{ type: "open-rule", rule: "vni-server-capabilities-differ" }]);
    await page.getByRole("link", { name: "Compare all eight values" }).click();
    await page.getByRole("treegrid").waitFor();
    expect(await page.getByRole("tab", { name: /^Comparison/ }).getAttribute("aria-selected")).toBe("true");
  });

  test("shows further facts and other findings when there are some", async () => {
    const more: OverviewView = {
      ...failedOverview("en"),
      moreFacts: [{ frame: 4, title: "What the client offered", detail: "", value: null, note: "", contradictsPrevious: false }],
      others: [{ rule: "signing-not-required", outcome: "warning", title: "Neither side requires signing", frame: 11 }],
    };
    const { page, host } = await open({ overview: () => more });
    expect(await page.getByText("What the client offered").count()).toBe(0);
    await page.getByRole("button", { name: "All evidence", expanded: false }).click();
    await page.getByText("What the client offered").waitFor();
    await page.getByRole("button", { name: "Less evidence", expanded: true }).waitFor();
    await page.getByRole("link", { name: "Frame 11" }).click();
    await expect.poll(() => host.all("messages").at(-1)?.find).toBe(11);
  });

  test("is one stop of the Tab key, in which arrows move and Enter opens", async () => {
    const { page, host } = await open();
    await page.getByRole("link", { name: "Frame 6" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => host.all("messages").at(-1)?.find).toBe(16);
    await page.keyboard.press("Alt+1");
    expect(await page.locator("ol").first().locator("[tabindex='0']").count()).toBe(1);
  });

  test("marks the fact of the frame that the text trace points at", async () => {
    const { page, host, post } = await open();
    await post({ type: "reveal", connection: 1, view: "overview", frame: 15 });
    await page.locator(".fact.revealed", { hasText: "Frame 15" }).waitFor();
    expect(host.all("selected")).toEqual([]);
  });
});

describe("what to do", () => {
  test("puts the safe remedies first with a number, the workaround last without one and its setting hidden", async () => {
    const { page } = await open();
    const items = page.getByRole("region", { name: "What to do" }).locator("li.remedy");
    expect(await items.locator("h3").allTextContents()).toEqual([
      "Stop the device that rewrites NEGOTIATE",
      "Require signing on both ends",
      "Workaround: turn the check off on the client",
    ]);
    expect(await items.locator(".number").allTextContents()).toEqual(["1", "2"]);
    expect(await items.nth(2).textContent()).toContain("Weakens security");
    expect(await page.getByText("RequireSecureNegotiate").count()).toBe(0);
    await page.getByRole("button", { name: "Show setting" }).click();
    expect(await page.getByText("RequireSecureNegotiate").count()).toBe(1);
  });

  test("shows the commands of the first remedy that has some, those of the others on request", async () => {
    const base = failedOverview("en");
    const signing = base.remedies[1];
    if (signing === undefined) throw new Error("no remedy to copy");
    const { page } = await open({
      overview: () => ({ ...base, remedies: [signing, { ...signing, id: "other", title: "Another remedy" }] }),
    });
    expect(await page.locator(".code").count()).toBe(1);
    await page.getByRole("button", { name: "Show how" }).click();
    expect(await page.locator(".code").count()).toBe(2);
    await page.getByRole("button", { name: "Hide how", expanded: true }).click();
    expect(await page.locator(".code").count()).toBe(1);
  });

  test("copies and opens commands, and never more", async () => {
    const { page, host } = await open();
    await page.getByRole("link", { name: "Copy a note for the network team" }).click();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("link", { name: "Open in an editor" }).click();
    expect(host.all("copy").map((message) => message.text)).toEqual([
      "Frame 6 was changed on its way.",
      "Set-SmbClientConfiguration -RequireSecuritySignature $true\nSet-SmbServerConfiguration -RequireSecuritySignature $true",
    ]);
    expect(host.all("open-snippet")).toEqual([{ type: "open-snippet", remedy: "require-signing", platform: "windows", connection: 1 }]);
    await page.locator("[aria-live=polite]", { hasText: "Copied" }).waitFor({ state: "attached" });
  });

  test("shows one platform at a time, with what it changes and how to undo it on request", async () => {
    const { page, host } = await open();
    await page.getByRole("tab", { name: "Windows" }).focus();
    await page.keyboard.press("ArrowLeft");
    const samba = page.getByRole("tab", { name: "Samba" });
    expect(await samba.getAttribute("aria-selected")).toBe("true");
    expect(await samba.evaluate((tab) => tab === document.activeElement)).toBe(true);
    await page.getByRole("tabpanel", { name: "Samba" }).getByText("server signing = mandatory").waitFor();
    await page.getByRole("button", { name: "What it changes, how to undo it" }).click();
    await page.getByText("Both ends refuse sessions that are not signed.").waitFor();
    await page.getByRole("link", { name: "Open in an editor" }).click();
    expect(host.all("open-snippet").at(-1)?.platform).toBe("samba");
  });
});

test("text of a capture stays text", async () => {
  const evil = "<img src=x onerror=alert(1)>";
  const overview: OverviewView = {
    ...failedOverview("en"),
    title: evil,
    subject: [evil, `\\\\server\\${evil}`],
    limit: evil,
    facts: [
      {
        frame: 1,
        title: evil,
        detail: evil,
        value: { before: evil, marked: evil, after: evil, side: "was" },
        note: evil,
        contradictsPrevious: false,
      },
    ],
  };
  const rows = rowsOf("en").map((row) => ({ ...row, text: evil, client: evil, user: evil }));
  const capture = { ...captureOf("en"), banners: [{ bold: evil, text: evil }] };
  const { page } = await open({ overview: () => overview, rows, capture });
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(evil);
  expect(await page.locator(".rows .row").first().getByRole("gridcell").nth(1).textContent()).toBe(evil);
  expect(await page.locator("img").count()).toBe(0);
});

test("an answer that is no longer wanted is not shown", async () => {
  const { page, host, post } = await open();
  await page.getByRole("row", { name: /192\.0\.2\.31:49733/ }).click();
  await page.getByRole("heading", { level: 1, name: "Guest session: no signing, no validation" }).waitFor();
  const [first] = host.all("overview");
  await post({ type: "overview", request: first?.request ?? 0, overview: failedOverview("en") });
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Guest session: no signing, no validation");
});
