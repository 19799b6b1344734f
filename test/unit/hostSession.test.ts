import { beforeAll, describe, expect, it } from "vitest";
import { captureBytes, type OpenedSession, openSession } from "../support/openSession.ts";

const CLIENT_SIDE = "tn_302_resp_caps_clear_dfs.client";
const SERVER_SIDE = "tn_302_resp_caps_clear_dfs.server";

describe("a response that was changed on its way, captured at the client", () => {
  let opened: OpenedSession;
  beforeAll(async () => {
    opened = await openSession(captureBytes(CLIENT_SIDE), "en", `${CLIENT_SIDE}.pcap`);
  });

  it("opens with summary, chips and the connection to look at", () => {
    expect(opened.answer.state).toBeNull();
    expect(opened.answer.capture).toMatchObject({
      name: "tn_302_resp_caps_clear_dfs.client.pcap",
      summary: "pcap, Ethernet, 18 frames, 12.7 ms",
      banners: [],
      first: 1,
    });
    expect(opened.answer.capture?.list.chips.map(({ label, count }) => `${label} ${count}`)).toEqual([
      "All 1",
      "Failed 1",
      "Warnings 0",
      "Cannot tell 0",
      "Healthy 0",
    ]);
    expect(opened.answer.statistics).toMatchObject({ frames: 18, bytes: 3352, connections: 1 });
  });

  it("tells the incident for Problems", () => {
    expect(opened.answer.incidents).toHaveLength(1);
    expect(opened.answer.incidents[0]).toMatchObject({
      rule: "vni-server-capabilities-differ",
      severity: "error",
      count: 1,
      connection: 1,
      frame: 15,
    });
    expect(opened.answer.incidents[0]?.sectionUrl).toMatch(/^https:\/\/learn\.microsoft\.com\/openspecs\/windows_protocols\/ms-smb2\//);
  });

  it("has the row of the design", async () => {
    const { total, rows } = await opened.session.answer("rows", { chip: "all", filter: "", start: 0, count: 50 });
    expect(total).toBe(1);
    expect(rows[0]).toEqual({
      id: 1,
      outcome: "failed",
      text: "Validation failed: server Capabilities changed",
      client: "192.0.2.10:55222",
      server: "198.51.100.20:445",
      dialect: "3.0.2",
      signing: "Signed",
      user: "WORKGROUP\\tester",
      start: "00:20:10.229",
    });
  });

  it("filters rows", async () => {
    const count = async (filter: string) => (await opened.session.answer("rows", { chip: "all", filter, start: 0, count: 5 })).total;
    expect([await count("rule:vni-server"), await count("dialect:3.0"), await count("tester")]).toEqual([1, 0, 1]);
  });

  it("gives the verdict with its proof", async () => {
    const view = await opened.session.answer("overview", { connection: 1 });
    expect(view.title).toMatch(
      /^The server['’]s NEGOTIATE response was changed on its way to the client, so the client closed the connection\.$/,
    );
    expect(view.certainty).toEqual({
      kind: "proved",
      text: "Proved",
      tooltip: "Proved: both values are in this capture, and the second one is signed.",
    });
    expect(view.subject).toEqual(["192.0.2.10:55222 → 198.51.100.20:445", "SMB 3.0.2", "WORKGROUP\\tester", "\\\\198.51.100.20\\share"]);
    expect(view.facts).toEqual([
      {
        frame: 6,
        title: "Capabilities that the client received",
        detail: "NEGOTIATE response, not signed",
        value: { before: "0x0000004", marked: "E", after: "", side: "was" },
        note: "DFS not set",
        contradictsPrevious: false,
      },
      {
        frame: 15,
        title: "Capabilities that the server sent",
        detail: "VALIDATE_NEGOTIATE_INFO response, signed",
        value: { before: "0x0000004", marked: "F", after: "", side: "now" },
        note: "DFS set",
        contradictsPrevious: true,
      },
      {
        frame: 16,
        title: "The client closed the connection",
        detail: "FIN, before any file was opened",
        value: { before: "+49 µs", marked: "", after: "", side: "none" },
        note: "after frame 15",
        contradictsPrevious: false,
      },
    ]);
    expect(view.limit).toMatch(/^Not in this capture: which device changed/);
  });

  it("leads toward signing, with the workaround last and marked", async () => {
    const { remedies } = await opened.session.answer("overview", { connection: 1 });
    expect(remedies.slice(0, 2).map(({ id, pill }) => [id, pill])).toEqual([
      ["stop-rewriting", "Safe"],
      ["require-signing", "Safe"],
    ]);
    expect(remedies.at(-1)).toMatchObject({ kind: "workaround", pill: "Weakens security" });
    expect(remedies.filter(({ kind }) => kind === "workaround")).toHaveLength(1);
    expect(remedies[1]?.text).toMatch(/^Neither end requires it now \(SecurityMode 0x0001\), so sessions may run unsigned\. /);
    expect(remedies[1]?.snippets.map(({ code }) => code).join("\n")).toContain("RequireSecuritySignature $true");
    expect(remedies[1]?.snippets.slice(0, 3).map(({ tab }) => tab)).toEqual(["Windows client", "Windows server", "Registry"]);
  });

  it("writes a note for the network team", async () => {
    const { remedies } = await opened.session.answer("overview", { connection: 1 });
    const note = remedies[0]?.note;
    expect(note?.label).toBe("Copy a note for the network team");
    expect(note?.text).toContain("192.0.2.10 -> 198.51.100.20, TCP 445");
    expect(note?.text).toContain("[6] says Capabilities 0x0000004e");
    expect(note?.text).toContain("[MS-SMB2] 3.2.5.14.12 https://");
  });

  it("compares the eight values", async () => {
    const { comparison } = await opened.session.answer("comparison", { connection: 1, exchange: 0 });
    expect(comparison?.title).toBe("One of eight values differs: the server’s Capabilities lost SMB2_GLOBAL_CAP_DFS on the way.");
    expect(comparison?.section).toEqual({ id: "MS-SMB2 3.2.5.5", label: "[MS-SMB2] 3.2.5.5" });
    expect(comparison?.differences).toBe(1);
    const groups = comparison?.groups.map(({ title, negotiate, validate, summary, section, rows }) => ({
      head: [
        title,
        negotiate.frame,
        negotiate.note,
        negotiate.section.label,
        validate.frame,
        validate.note,
        validate.section.label,
        summary,
        section.label,
      ],
      rows: rows.map(({ name, left, mark, right, meaning }) => [
        name,
        left && `${left.value.before}${left.value.marked} ${left.text}`.trim(),
        mark,
        right && `${right.value.before}${right.value.marked} ${right.text}`.trim(),
        meaning,
      ]),
    }));
    const clientGuid = "930d91ab-a593-43da-a78d-0982e0e2dda0";
    const serverGuid = "7362616c-7672-0000-0000-000000000000";
    const dialects = "2.0.2, 2.1, 3.0, 3.0.2";
    expect(groups).toEqual([
      {
        head: [
          "Client to server",
          4,
          "not signed",
          "2.2.3",
          14,
          "signed",
          "2.2.31.4",
          "All equal: the server’s own check passed.",
          "3.3.5.15.12",
        ],
        rows: [
          ["Capabilities", "0x0000007F", "equal", "0x0000007F", "All seven bits set"],
          ["Guid", clientGuid, "equal", clientGuid, "Names the client machine"],
          ["SecurityMode", "0x0001 signing enabled", "equal", "0x0001 signing enabled", "Enabled, but not required"],
          ["Dialects", dialects, "equal", dialects, "3.1.1 is not offered"],
        ],
      },
      {
        head: [
          "Server to client",
          6,
          "not signed",
          "2.2.4",
          15,
          "signed",
          "2.2.32.6",
          "One differs: the client must end the connection.",
          "3.2.5.14.12",
        ],
        rows: [
          ["Capabilities", "0x0000004E", "differs", "0x0000004F", "Changed on the way to the client"],
          ["Guid", serverGuid, "equal", serverGuid, "Names the server"],
          ["SecurityMode", "0x0001 signing enabled", "equal", "0x0001 signing enabled", "Enabled, but not required"],
          ["Dialect", "0x0302 3.0.2", "equal", "0x0302 3.0.2", "Highest that the client offered"],
        ],
      },
    ]);
    const bits = comparison?.groups[1]?.rows[0]?.children.map(({ prefix, name, left, mark, right, meaning }) => [
      prefix + name,
      `${left?.value.before}${left?.value.marked} ${left?.text}`,
      mark,
      `${right?.value.before}${right?.value.marked} ${right?.text}`,
      meaning,
    ]);
    expect(bits).toEqual([
      [
        "SMB2_GLOBAL_CAP_DFS",
        "0 not set",
        "differs",
        "1 set",
        "The client asks for no referrals: paths in a DFS namespace do not resolve.",
      ],
      ["SMB2_GLOBAL_CAP_LEASING", "1 set", "equal", "1 set", "Clients may cache files"],
      ["SMB2_GLOBAL_CAP_LARGE_MTU", "1 set", "equal", "1 set", "Reads and writes above 64 KiB"],
      ["SMB2_GLOBAL_CAP_MULTI_CHANNEL", "1 set", "equal", "1 set", "Several connections per session"],
      ["SMB2_GLOBAL_CAP_PERSISTENT_HANDLES", "0 not set", "equal", "0 not set", "Open files survive a failover"],
      ["SMB2_GLOBAL_CAP_DIRECTORY_LEASING", "0 not set", "equal", "0 not set", "Clients may cache directories"],
      ["SMB2_GLOBAL_CAP_ENCRYPTION", "1 set", "equal", "1 set", "Encryption in SMB 3.0 and 3.0.2"],
    ]);
  });

  it("reports progress to the end", () => {
    expect(opened.progress.at(-1)?.percent).toBe(100);
  });

  it("refuses a connection that does not exist", async () => {
    await expect(opened.session.answer("overview", { connection: 2 })).rejects.toThrow("Connection 2 does not exist");
    await expect(opened.session.answer("overview", { connection: -1 })).rejects.toThrow("Connection -1 does not exist");
  });
});

describe("the place of a connection in the list", () => {
  let session: OpenedSession["session"];
  beforeAll(async () => {
    session = (await openSession(captureBytes("ok_nmap_scripts.client"))).session;
  });
  const list = (chip: "all" | "healthy", filter: string, start: number, find?: number) =>
    session.answer("rows", { chip, filter, start, count: 3, ...(find === undefined ? {} : { find }) });

  it("is told beside the rows, whether it is among them or not", async () => {
    const ids = (await session.answer("rows", { chip: "all", filter: "", start: 0, count: 50 })).rows.map(({ id }) => id);
    expect(ids).toHaveLength(14);
    const places = await Promise.all(ids.map((id) => list("all", "", 6, id)));
    expect(places.map(({ found }) => found)).toEqual([...ids.keys()]);
    expect(places[0]?.rows.map(({ id }) => id)).toEqual(ids.slice(6, 9));
  });

  it("counts only what the chip and the filter leave", async () => {
    const [first, second] = (await list("all", "", 0)).rows;
    if (first === undefined || second === undefined) throw new Error("The capture has too few connections.");
    expect([(await list("healthy", "", 0, first.id)).found, (await list("healthy", "", 0, second.id)).found]).toEqual([-1, 0]);
    expect([(await list("all", second.client, 0, second.id)).found, (await list("all", second.client, 0, first.id)).found]).toEqual([
      0, -1,
    ]);
    expect((await list("all", "", 0, 999)).found).toBe(-1);
  });

  it("is not told where nobody asked", async () => {
    expect(await list("all", "", 0)).not.toHaveProperty("found");
  });
});

describe("a connection with several validations", () => {
  it("shows the one asked for, and the one that says most where none was chosen", async () => {
    const { session } = await openSession(captureBytes("ln_302_two_shares.client"));
    const shown = async (which: { exchange: number; best?: true }) =>
      (await session.answer("comparison", { connection: 1, ...which })).comparison?.exchange;
    expect([await shown({ exchange: 1 }), await shown({ exchange: 1, best: true })]).toEqual([1, 0]);
  });
});

/** The records of a little-endian pcap, so many seconds later: at the same time they would be packets that were recorded twice. */
function later(file: Uint8Array, seconds: number): Uint8Array {
  const records = file.slice(24);
  const view = new DataView(records.buffer);
  for (let at = 0; at < records.length; at += 16 + view.getUint32(at + 8, true))
    view.setUint32(at, view.getUint32(at, true) + seconds, true);
  return records;
}

describe("many connections with the same failure", () => {
  it("exports every finding for programs although few are kept for the screen", async () => {
    const one = captureBytes(CLIENT_SIDE);
    const times = 40;
    const many = new Uint8Array(24 + (one.length - 24) * times);
    many.set(one.subarray(0, 24));
    for (let time = 0; time < times; time++) many.set(later(one, time * 10), 24 + time * (one.length - 24));
    const { session, answer } = await openSession(many);
    expect(answer.incidents).toMatchObject([{ count: times }]);
    const { text } = await session.answer("export", { format: "json" });
    expect(JSON.parse(text).captures[0].findings).toHaveLength(times);
    const { total, rows } = await session.answer("rows", { chip: "failed", filter: "rule:vni", start: 38, count: 50 });
    expect([total, rows.map(({ id, text: outcome }) => [id, outcome])]).toEqual([
      times,
      [39, 40].map((id) => [id, "Validation failed: server Capabilities changed"]),
    ]);
  });
});

describe("the same in Japanese", () => {
  it("has the design's words", async () => {
    const { session, answer } = await openSession(captureBytes(CLIENT_SIDE), "ja");
    const view = await session.answer("overview", { connection: 1 });
    expect(view.title).toBe("サーバーの NEGOTIATE 応答が途中で書き換えられたため、クライアントが接続を切断しました。");
    expect(view.certainty.text).toBe("確定");
    expect(view.facts.map(({ title, detail, note }) => [title, detail, note])).toEqual([
      ["クライアントが受け取った Capabilities", "NEGOTIATE 応答、署名なし", "DFS なし"],
      ["サーバーが送った Capabilities", "VALIDATE_NEGOTIATE_INFO 応答、署名あり", "DFS あり"],
      ["クライアントが接続を閉じた", "FIN。ファイルは一つも開かれていない", "フレーム 15 から"],
    ]);
    expect(answer.capture?.list.chips.map(({ label }) => label)).toEqual(["すべて", "失敗", "警告", "判定不能", "問題なし"]);
    const { rows } = await session.answer("rows", { chip: "failed", filter: "", start: 0, count: 1 });
    expect(rows[0]).toMatchObject({ text: "検証に失敗: サーバーの Capabilities が書き換えられた", signing: "署名あり" });
    expect((await session.answer("comparison", { connection: 1, exchange: 0 })).comparison?.title).toBe(
      "8 つの値のうち 1 つが異なります: サーバーの Capabilities から途中で SMB2_GLOBAL_CAP_DFS が失われました。",
    );
  });
});

describe("the same connection captured at the server", () => {
  it("suspects and does not accuse", async () => {
    const { session, answer } = await openSession(captureBytes(SERVER_SIDE));
    expect(answer.capture?.list.chips.find(({ id }) => id === "failed")?.count).toBe(0);
    const view = await session.answer("overview", { connection: 1 });
    expect(view.certainty.kind).toBe("suspected");
    expect(view.facts.some(({ contradictsPrevious }) => contradictsPrevious)).toBe(false);
    const { comparison } = await session.answer("comparison", { connection: 1, exchange: 0 });
    expect(comparison?.title).toBe("All eight values are equal as captured here.");
  });
});

describe("files in trouble", () => {
  it("shows what stands before the damage", async () => {
    const bytes = captureBytes(CLIENT_SIDE);
    new DataView(bytes.buffer).setUint32(3188 + 8, 0x7fffffff, true);
    const { session, answer } = await openSession(bytes);
    expect(answer.capture?.banners).toEqual([
      {
        bold: "The file is damaged at byte 3,188: 82 bytes there were skipped.",
        text: "Frames behind frame 16 are missing. Copy the file again from where it was made, in binary mode.",
      },
    ]);
    expect((await session.answer("overview", { connection: 1 })).certainty.kind).toBe("proved");
  });

  it("shows what a cut file holds", async () => {
    const { answer } = await openSession(captureBytes(CLIENT_SIDE).subarray(0, 3300));
    expect(answer.capture?.banners[0]?.bold).toMatch(/^This file ends inside a frame at byte [\d,]+: shown up to frame 17\.$/);
  });

  it("says that a file is empty, or no capture", async () => {
    expect((await openSession(new Uint8Array())).answer.state?.title).toBe("This file is empty.");
    const text = await openSession(new TextEncoder().encode("This is a shopping list, and nothing else."));
    expect(text.answer.state?.title).toBe("This file is no network capture.");
    expect(text.answer.capture).toBeNull();
    expect(text.log[0]).toMatch(/^warn not-a-capture /);
  });

  it("says why a file cannot be opened, as a page", async () => {
    const { session } = await openSession(new Uint8Array());
    const answer = await session.answer("open", { path: "/nowhere", bytes: null, name: "nowhere", language: "en", ports: [] });
    expect(answer.state).toMatchObject({ title: "This file could not be read.", text: "The system said: This host has no files." });
  });

  it("keeps what was read when it is stopped", async () => {
    const { session } = await openSession(new Uint8Array());
    const reading = session.answer("open", { path: null, bytes: captureBytes(CLIENT_SIDE), name: "x", language: "en", ports: [] });
    session.stop();
    const answer = await reading;
    expect(answer.capture ?? answer.state).not.toBeNull();
  });

  it("answers nothing before a capture is open or after it was closed", async () => {
    const { session } = await openSession(captureBytes(CLIENT_SIDE));
    await session.close();
    await expect(session.answer("overview", { connection: 1 })).rejects.toThrow("No capture has been read yet.");
  });
});
