import { beforeAll, describe, expect, it } from "vitest";
import { MESSAGE_LIMIT } from "../../src/core/index.ts";
import type { CopyForm, MessageChoice, MessageView } from "../../src/protocol/messageViews.ts";
import { CLIENT, conversation } from "../support/conversation.ts";
import { captureBytes, type OpenedSession, openSession } from "../support/openSession.ts";

const ALL: MessageChoice = { page: 0, command: "", status: "all", matters: false, text: "" };

async function list(
  { session }: OpenedSession,
  choice: Partial<MessageChoice> = {},
  range: { start?: number; count?: number; find?: number } = {},
) {
  return session.answer("messages", { connection: 1, ...ALL, ...choice, start: 0, count: 200, ...range });
}

async function message({ session }: OpenedSession, index: number, page = 0): Promise<MessageView> {
  const { message: view } = await session.answer("message", { connection: 1, page, index });
  if (view === null) throw new Error(`no message ${index}`);
  return view;
}

describe("the messages of a connection whose NEGOTIATE response was changed", () => {
  let opened: OpenedSession;
  beforeAll(async () => {
    opened = await openSession(captureBytes("tn_302_resp_caps_clear_dfs.client"), "en");
  });

  it("are rows in the order of their frames, with the ends of the connection", async () => {
    const { rows, total, list: told } = await list(opened);
    expect(total).toBe(12);
    expect(rows.map(({ frame }) => frame)).toEqual([4, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
    expect(rows[9]).toEqual({
      index: 9,
      frame: 15,
      time: "0.009916",
      from: "server",
      command: "IOCTL response VALIDATE_NEGOTIATE_INFO",
      about: "\\\\198.51.100.20\\share",
      path: "\\\\198.51.100.20\\share",
      status: "STATUS_SUCCESS",
      isError: false,
      protection: "signed",
      responseTime: "133 µs",
      mark: "failed",
      markText: expect.stringContaining("NEGOTIATE response was changed"),
    });
    expect(rows[1]?.mark).toBe("differs");
    expect(rows.slice(6, 8).map(({ about }) => about)).toEqual(["\\\\198.51.100.20\\share", "\\\\198.51.100.20\\share"]);
    expect(rows[10]).toMatchObject({ index: -1, command: "TCP FIN", from: "client" });
    expect(told).toMatchObject({ summary: "10 messages", pages: 1, limit: "", marked: [1, 9] });
    expect(told.commands.map(({ label }) => label)).toEqual(["NEGOTIATE 2", "SESSION_SETUP 4", "TREE_CONNECT 2", "IOCTL 2"]);
  });

  it("come by range, and a frame is found in the list as it is narrowed", async () => {
    expect((await list(opened, {}, { start: 3, count: 2 })).rows.map(({ frame }) => frame)).toEqual([9, 10]);
    expect((await list(opened, {}, { start: 99 })).rows).toEqual([]);
    expect((await list(opened, {}, { find: 15 })).found).toBe(9);
    expect((await list(opened, { command: "11" }, { find: 15 })).found).toBe(1);
    expect((await list(opened, { command: "11" }, { find: 6 })).found).toBe(-1);
  });

  it("are narrowed by every word of a text", async () => {
    expect((await list(opened, { text: "session_setup MORE" })).rows.map(({ frame }) => frame)).toEqual([9]);
    expect((await list(opened, { text: "198.51.100.20 tree" })).total).toBe(2);
    expect((await list(opened, { status: "errors" })).total).toBe(0);
  });

  it("have fields over all their bytes, the finding's named first", async () => {
    const view = await message(opened, 9);
    expect(view).toMatchObject({
      frame: 15,
      title: "IOCTL response VALIDATE_NEGOTIATE_INFO",
      size: "frame 15, 136 bytes",
      notes: [],
      parts: [],
    });
    expect(view.bytes).toHaveLength(272);
    expect(view.partner).toEqual({ index: 8, frame: 14, label: "Request in frame 14" });
    const first = view.fields.find(({ path }) => path === view.first);
    expect(first).toMatchObject({ name: "Capabilities", value: "0x0000004f", start: 112, end: 116, open: true });
    expect(first?.relation).toEqual({
      kind: "differs",
      frame: 6,
      value: expect.stringContaining("0x0000004e"),
      text: "They must be equal. They are not.",
    });
    expect(first?.filter).toMatch(/^smb2\..* == 0x0000004f$/);
    expect(view.texts[first?.texts[0] ?? -1]?.sections.map(({ id }) => id)).toContain("MS-SMB2 2.2.32.6");
    const covered = new Set<number>();
    for (const { start, end, kind } of view.fields) if (kind !== "structure") for (let at = start; at < end; at++) covered.add(at);
    expect(covered.size).toBe(136);
    for (const { texts } of view.fields) for (const index of texts) expect(view.texts[index]).toBeDefined();
    expect(new Set(view.fields.map(({ path }) => path)).size).toBe(view.fields.length);
  });

  it("are copied in every form, field by field and whole", async () => {
    const copy = async (path: string, form: CopyForm) =>
      (await opened.session.answer("copy", { connection: 1, page: 0, index: 9, path, form })).text;
    const view = await message(opened, 9);
    const { path } = view.fields.find((field) => field.path === view.first) ?? { path: "" };
    expect(await copy(path, "hex")).toBe("4f 00 00 00");
    expect(await copy(path, "text")).toContain("Capabilities  0x0000004f  DFS LEASING");
    expect(JSON.parse(await copy(path, "json"))).toMatchObject({ path, raw: 0x4f });
    expect(await copy(`${path}/SMB2_GLOBAL_CAP_DFS`, "filter")).toMatch(/^smb2\.\S+ & 0x1$/);
    expect(await copy(`${path}/SMB2_GLOBAL_CAP_DIRECTORY_LEASING`, "filter")).toMatch(/^!\(smb2\.\S+ & 0x20\)$/);
    expect(await copy("", "filter")).toBe("frame.number == 15");
    expect((await copy("", "hex")).split("\n")[0]).toBe("0000  fe 53 4d 42 40 00 01 00 00 00 00 00 0b 00 01 00");
    expect(await copy("", "text")).toMatch(/^\[15\] SMB2 IOCTL Response/);
    expect(JSON.parse(await copy("", "json"))).toMatchObject({ messages: [{ frame: 15, connection: 1 }] });
    expect(await copy("NoSuchField", "text")).toBe("");
  });

  it("that do not exist have no view", async () => {
    expect(await opened.session.answer("message", { connection: 1, page: 0, index: 99 })).toEqual({ message: null });
    await expect(opened.session.answer("message", { connection: 9, page: 0, index: 0 })).rejects.toThrow("does not exist");
  });
});

it("names the file that a message concerns, and the share with it", async () => {
  const opened = await openSession(captureBytes("ok_302_default.client"), "en");
  const { rows } = await list(opened, { text: "create" });
  const named = rows.filter(({ about }) => about !== "" && !about.startsWith("\\\\"));
  expect(named.length).toBeGreaterThan(0);
  for (const { path } of named) expect(path).toMatch(/^\\\\[^\\]+\\[^\\]+\\/);
  for (const { about, path } of named) expect(path.endsWith(`\\${about}`)).toBe(true);
});

describe("a long connection", () => {
  let opened: OpenedSession;
  beforeAll(async () => {
    const told = conversation({ client: { ...CLIENT, port: 50_000 } })
      .negotiate()
      .sessionSetup()
      .treeConnect();
    for (let count = 0; count < 700; count++) told.file(10);
    opened = await openSession(told.clientCloses("RST").pcap(), "en");
  });

  it("is shown page by page, and says so", async () => {
    const first = await list(opened);
    expect(first.list.limit).toMatch(/^Messages 1 to 2,000 of [\d,]+\. The filter looks at these only\.$/);
    expect(first.list.pages).toBeGreaterThan(1);
    const last = await list(opened, { page: first.list.pages - 1 }, { start: 0, count: 1000 });
    expect(last.rows[0]?.frame).toBeGreaterThan((await list(opened, {}, { start: MESSAGE_LIMIT - 1, count: 1 })).rows[0]?.frame ?? 0);
    expect(last.rows.some(({ command }) => command === "TCP RST") || last.total > 1000).toBe(true);
    expect(first.rows.some(({ command }) => command === "TCP RST")).toBe(false);
  });

  it("finds a frame on the page that holds it", async () => {
    const { page, found } = await list(opened, { page: 1 }, { start: 7, count: 1 });
    expect([page, found]).toEqual([1, undefined]);
    const { rows } = await list(opened, { page: 1 }, { start: 7, count: 1 });
    const wanted = rows[0];
    const answer = await list(opened, {}, { find: wanted?.frame ?? 0 });
    expect(answer).toMatchObject({ page: 1, found: 7 });
    expect((await message(opened, wanted?.index ?? -1, 1)).frame).toBe(wanted?.frame);
  });
});

it("says in Japanese what it shows", async () => {
  const opened = await openSession(captureBytes("tn_302_resp_caps_clear_dfs.client"), "ja");
  const { rows, list: told } = await list(opened);
  expect(rows[1]?.command).toBe("NEGOTIATE 応答");
  expect(told.summary).toBe("10 メッセージ");
  expect((await message(opened, 1)).size).toBe("フレーム 6、202 バイト");
});

it("says of an encrypted message that it cannot be read", async () => {
  const opened = await openSession(captureBytes("ok_impacket_enc.client"), "en");
  const { rows } = await list(opened, { command: "encrypted" });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows[0]).toMatchObject({ command: "Encrypted message", protection: "encrypted", status: "" });
  const view = await message(opened, rows[0]?.index ?? -1);
  expect(view.notes.join(" ")).toContain("cannot be read without the session's keys");
  expect(view.fields[0]).toMatchObject({ path: "", depth: 0 });
});
