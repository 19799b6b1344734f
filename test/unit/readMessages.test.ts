import { describe, expect, it } from "vitest";
import { type CapturedMessage, memorySource, readMessages, toMessageTree } from "../../src/core/index.ts";
import { Command } from "../../src/core/smb2/constants/commands.ts";
import { conversation } from "../support/conversation.ts";
import { fromHex } from "../support/labMessages.ts";

const { QUERY_INFO, QUERY_DIRECTORY, ECHO } = Command.value;
const fileId = "22".repeat(16);
const queryInfo = fromHex(`2900 02 05 00100000 0000 0000 00000000 00000000 00000000 ${fileId}`);
const queryDirectory = fromHex(`2100 25 00 00000000 ${fileId} 6000 0200 00100000 2a00`);
const answer = fromHex("0900 4800 04000000 01020304");
const capture = conversation()
  .negotiate()
  .sessionSetup()
  .treeConnect()
  .request(QUERY_INFO, queryInfo, answer)
  .request(QUERY_DIRECTORY, queryDirectory, answer)
  .compounded([
    [ECHO, fromHex("0400 0000"), fromHex("0400 0000")],
    [QUERY_INFO, queryInfo, answer],
  ])
  .pcap();

async function messagesOf(frame?: number): Promise<readonly CapturedMessage[]> {
  const found: CapturedMessage[] = [];
  await readMessages(memorySource(capture), { frame, onMessage: (message) => found.push(message) });
  return found;
}

const commandOf = ({ bytes }: CapturedMessage): number => (bytes[12] ?? 0) | ((bytes[13] ?? 0) << 8);

describe("readMessages", () => {
  it("gives every message with its bytes", async () => {
    const messages = await messagesOf();
    expect(messages.every(({ bytes, length, connection }) => bytes.length === length && connection === 1)).toBe(true);
    expect(messages.filter(({ fromClient }) => fromClient).map(commandOf)).toEqual(
      messages.filter(({ fromClient }) => !fromClient).map(commandOf),
    );
  });

  it("says of a response what its request asked for, by MessageId", async () => {
    const messages = await messagesOf();
    const responses = messages.filter(({ fromClient }) => !fromClient);
    expect(responses.filter((message) => commandOf(message) === QUERY_INFO).map(({ asked }) => asked)).toEqual([
      { infoType: 2, infoClass: 5 },
      { infoType: 2, infoClass: 5 },
    ]);
    expect(responses.filter((message) => commandOf(message) === QUERY_DIRECTORY).map(({ asked }) => asked)).toEqual([
      { infoType: 1, infoClass: 0x25 },
    ]);
    expect(messages.filter((message) => commandOf(message) === ECHO || message.fromClient).every(({ asked }) => asked === undefined)).toBe(
      true,
    );
  });

  it("gives only those that a frame completes, of a compound all", async () => {
    const all = await messagesOf();
    const last = Math.max(...all.map(({ frame }) => frame));
    const messages = await messagesOf(last);
    expect(messages.map(commandOf)).toEqual([ECHO, QUERY_INFO]);
    expect(toMessageTree(messages, "en").match(/^\[\d+\] SMB2 \w+ Response/gm)).toHaveLength(2);
  });
});

describe("toMessageTree", () => {
  const cut = fromHex(`fe534d42 4000 0000 00000000 0f00 0000 00000000 00000000 ${"00".repeat(40)} 2100 0100 00100000`);
  const message: CapturedMessage = { connection: 3, frame: 7, fromClient: true, kind: "SMB2", bytes: cut, length: 96, asked: undefined };

  it("puts issues below their fields", () => {
    const lines = toMessageTree([message], "en").split("\n");
    expect(lines[0]).toBe("[7] SMB2 CHANGE_NOTIFY Request  ->  connection 3, 96 bytes (the first 72 shown)");
    expect(lines.find((line) => line.includes("! must be 32"))).toContain("[MS-SMB2] 2.2.35");
    expect(lines.find((line) => line.includes("only 0 of 16 bytes are at hand"))).toBeDefined();
    expect(lines).toContain("  66-68  Flags               0x0001  WATCH_TREE");
  });

  it("says so in Japanese", () => {
    const text = toMessageTree([message], "ja");
    expect(text).toContain("接続 3、96 バイト (最初の 72 バイトを表示)");
    expect(text).toContain("! 32 でなければなりません");
  });
});
