import { describe, expect, test } from "vitest";
import { type Language, toTextTrace } from "../../src/core/index.ts";
import { analyseBytes } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { CLIENT, type Conversation, conversation, type SessionSetupStep } from "../support/conversation.ts";
import * as smb from "../support/encodeMessage.ts";
import { Command, Status } from "../support/encodeMessage.ts";

const signedIn = (port = 50_000, step: SessionSetupStep = {}) =>
  conversation({ client: { ...CLIENT, port } })
    .negotiate()
    .sessionSetup(step)
    .treeConnect();

/** Lines of "Use" in the own text trace of the first connection; of the trace of the whole capture where `connection` is 0. */
async function useLines(of: readonly Conversation[], language: Language = "en", connection = 1): Promise<readonly string[]> {
  const { analysis, details } = await analyseBytes(pcapFile(of.flatMap((one) => one.frames())));
  const { text } = toTextTrace(analysis, details.slice(0, 1), { name: "a", language, connection });
  const lines = text.split("\n");
  const start = lines.findIndex((line) => /^ {2}(Use|利用状況)( |$)/.test(line));
  return start < 0 ? [] : lines.slice(start + 1, lines.indexOf("", start)).map((line) => line.trim());
}

describe("how a connection was used", () => {
  test("by share and by command", async () => {
    const of = signedIn()
      .file(3000)
      .refused(Command.WRITE, smb.writeRequest(new Uint8Array(500)), Status.ACCESS_DENIED);
    const lines = await useLines([of]);
    expect(lines[0]).toMatch(/^\\\\198\.51\.100\.20\\share +\d+ exchanges, 1 error, 3,000 bytes read, 3,000 written$/);
    expect(lines.find((line) => line.startsWith("WRITE "))).toMatch(
      /^WRITE +2 exchanges, 1 error, answered in 1 ms \(median\), 1 ms \(longest\)$/,
    );
    expect(lines.find((line) => line.startsWith("READ "))).toMatch(/^READ +1 exchange, answered in /);
  });

  test("in Japanese", async () => {
    const lines = await useLines([signedIn().file(10)], "ja");
    expect(lines.find((line) => line.startsWith("READ "))).toMatch(/^READ +やり取り 1 件、応答時間 1 ms \(中央値\)、1 ms \(最長\)$/);
  });

  test("a MessageId that was used twice, with both frames", async () => {
    const echo = () => smb.message({ command: Command.ECHO, messageId: 4 }, smb.emptyBody());
    const of = signedIn().send("client", echo()).send("client", echo());
    const lines = await useLines([of]);
    expect(lines.find((line) => line.includes("was used before"))).toMatch(/^The MessageId of \[\d+\] was used before, in \[\d+\]\.$/);
  });

  test("the other connections of its session", async () => {
    const lines = await useLines([signedIn(50_000), signedIn(50_001, { binding: true }), signedIn(50_002, { binding: true })]);
    expect(lines.at(-1)).toBe("Session 0x0000000031a8e154 runs over connections 2 and 3 too.");
  });

  test("is not in the trace of the whole capture", async () => {
    expect(await useLines([signedIn().file(10)], "en", 0)).toEqual([]);
  });
});
