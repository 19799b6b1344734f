import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyse, memorySource, toMessagesTsv } from "../../src/core/index.ts";
import { MessageTable, RESPONSE, SIGNED } from "../../src/core/smb2/messageTable.ts";
import { capturePath } from "../support/caseCapture.ts";

const COLUMNS = ["frame", "stream", "command", "response", "messageId", "sessionId", "treeId", "status", "signed"];
const NO_COPIES = { count: 1, get: () => undefined as never, copyOf: () => 0, eachSession: () => {} };

async function linesOf(name: string): Promise<readonly string[][]> {
  const messages = new MessageTable();
  const { connections } = await analyse(memorySource(readFileSync(capturePath(name))), { messages });
  const text = [...toMessagesTsv(messages, connections)].join("");
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
}

describe("toMessagesTsv", () => {
  it("begins with exactly the agreed header", async () => {
    const [head] = await linesOf("tn_302_resp_caps_clear_dfs.client");
    expect(head).toEqual(COLUMNS);
  });

  it("has one line a message", async () => {
    const [, ...lines] = await linesOf("tn_302_resp_caps_clear_dfs.client");
    expect(lines).toHaveLength(10);
    expect(lines[0]).toEqual(["4", "1", "0", "0", "0", "0x0000000000000000", "0", "", "0"]);
    expect(lines[3]).toEqual(["9", "1", "1", "1", "1", "0x00000000792c8778", "0", "0xc0000016", "0"]);
    expect(lines[9]).toEqual(["15", "1", "11", "1", "4", "0x00000000792c8778", "439059833", "0x00000000", "1"]);
    for (const line of lines) expect(line).toHaveLength(COLUMNS.length);
  });

  it("says of an encrypted message no more than its header does", async () => {
    const [, ...lines] = await linesOf("ok_302_enc_server_samba413.client");
    const encrypted = lines.filter(([, , command]) => command === "");
    expect(encrypted).toHaveLength(36);
    for (const [, , , response, messageId, sessionId, treeId, status, signed] of encrypted) {
      expect(response).toMatch(/^[01]$/);
      expect([messageId, treeId, status, signed]).toEqual(["", "", "", "0"]);
      expect(sessionId).toMatch(/^0x[0-9a-f]{16}$/);
    }
  });

  it("writes ids of 64 bits without loss, and pieces of many lines", () => {
    const messages = new MessageTable();
    messages.append(1, 7, 0, 64, 18, RESPONSE | SIGNED, 0, 0xffffffff, 0xffffffff, 1, 0x80000000, 5);
    messages.append(1, 8, 0, 64, 18, RESPONSE, 0xc0000022, 0xffffffff, 0x001fffff, 0, 0, 5);
    for (let row = 0; row < 5000; row++) messages.append(1, 9 + row, 0, 64, 8, 0, 0, row, 0, 0, 0, 0);
    const pieces = [...toMessagesTsv(messages, NO_COPIES)];
    const lines = pieces.join("").split("\n");
    expect(lines[1]).toBe("7\t1\t18\t1\t18446744073709551615\t0x8000000000000001\t5\t0x00000000\t1");
    expect(lines[2]?.split("\t")[4]).toBe("9007199254740991");
    expect(lines[2]?.split("\t")[7]).toBe("0xc0000022");
    expect(pieces.length).toBeLessThan(10);
    expect(lines).toHaveLength(5004);
  });

  it("leaves out the second view of a connection", () => {
    const messages = new MessageTable();
    messages.append(1, 4, 0, 64, 0, 0, 0, 0, 0, 0, 0, 0);
    messages.append(2, 5, 0, 64, 0, 0, 0, 0, 0, 0, 0, 0);
    const connections = { ...NO_COPIES, count: 2, copyOf: (id: number) => (id === 2 ? 1 : 0) };
    expect([...toMessagesTsv(messages, connections)].join("").trimEnd().split("\n")).toHaveLength(2);
  });
});
