import { describe, expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { readConnections } from "../../src/core/readConnections.ts";
import { onlyConnection } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { CLIENT, conversation } from "../support/conversation.ts";
import type { Frame } from "../support/encodeFrame.ts";
import * as smb from "../support/encodeMessage.ts";
import { Command } from "../support/encodeMessage.ts";

const told = (port: number, capabilities = 0x4e) =>
  conversation({ client: { ...CLIENT, port } })
    .negotiate()
    .sessionSetup()
    .treeConnect()
    .validate({ response: { capabilities } })
    .file(3000)
    .clientCloses("FIN");

/** Three connections whose frames alternate; the second one fails. */
function woven(): Uint8Array {
  const all = [told(50_000), told(50_001, 0x4f), told(50_002)].map((of) => of.frames());
  const frames = (all[0] ?? []).flatMap((_, index) => all.map((one) => one[index] as Frame));
  return pcapFile(frames);
}

async function read(bytes: Uint8Array, ids: readonly number[], options = {}) {
  const source = memorySource(bytes);
  const analysis = await analyse(source, { ports: [4450] });
  return { analysis, details: await readConnections(source, analysis, ids, { ports: [4450], ...options }) };
}

describe("which connections", () => {
  test("those that are asked for, in that order", async () => {
    const { analysis, details } = await read(woven(), [3, 1]);
    expect(details.map(({ connection }) => connection.client.port)).toEqual([50_002, 50_000]);
    expect(details[0]?.connection).toEqual(analysis.connections.get(2));
  });

  test("those that do not exist are left out", async () => {
    expect((await read(woven(), [0, -1, 4, 2.5, 2])).details.map(({ connection }) => connection.id)).toEqual([2]);
    expect((await read(woven(), [])).details).toEqual([]);
  });

  test("both passes say the same", async () => {
    const { analysis, details } = await read(woven(), [1, 2, 3]);
    expect(details.flatMap(({ findings }) => findings)).toEqual(analysis.findings);
    for (const { connection, facts } of details) {
      expect(facts).toMatchObject({
        id: connection.id,
        messages: connection.messages,
        firstFrame: connection.firstFrame,
        lastFrame: connection.lastFrame,
      });
    }
    expect(details[1]?.verdicts).toContainEqual({
      rule: "vni-server-capabilities-differ",
      verdict: expect.objectContaining({ verdict: "fails" }),
    });
  });

  test("on the ports of the analysis", async () => {
    const bytes = conversation({ server: { address: "198.51.100.20", port: 4450 } })
      .negotiate()
      .pcap();
    expect((await read(bytes, [1])).details).toHaveLength(1);
  });
});

describe("messages", () => {
  test("each with its own bytes, as they stand in the capture", async () => {
    const detail = await onlyConnection(told(50_000).pcap());
    const [request] = detail.messages;
    const expected = smb.message(
      { command: Command.NEGOTIATE },
      smb.negotiateRequest({
        capabilities: 0x7f,
        guid: "1c319d42-1234-5678-9abc-def012345678",
        securityMode: 1,
        dialects: [0x0202, 0x0210, 0x0300, 0x0302],
      }),
    );
    expect(request?.bytes).toEqual(expected);
    expect(request).toMatchObject({
      frame: 4,
      time: 5e9 + 3e6,
      fromClient: true,
      kind: "SMB2",
      command: 0,
      response: false,
      length: expected.length,
      messageId: "0",
      treeId: 0,
    });
    expect(detail.messages[9]).toMatchObject({
      frame: 13,
      fromClient: false,
      command: 11,
      response: true,
      status: 0,
      signed: true,
      messageId: "4",
      sessionId: "0x0000000031a8e154",
      treeId: 7,
    });
  });

  test("however they were cut into segments", async () => {
    const whole = await onlyConnection(told(50_000).pcap());
    const cut = await onlyConnection(told(50_000).pcap({ segmentSize: 37 }));
    // Of READ and WRITE the header is enough, and how much more there is depends on the segments.
    const control = (messages: typeof cut.messages) =>
      messages.filter(({ command }) => command !== Command.READ && command !== Command.WRITE).map(({ bytes }) => bytes);
    expect(control(cut.messages)).toEqual(control(whole.messages));
    for (const { bytes, length } of cut.messages) expect(bytes.length).toBeLessThanOrEqual(length);
  });

  test("of READ and WRITE the first 128 bytes, and how long they are on the wire", async () => {
    for (const segmentSize of [100, 1460, 5000]) {
      const { messages } = await onlyConnection(told(50_000).pcap({ segmentSize }));
      const write = messages.find(({ command, response }) => command === Command.WRITE && !response);
      expect(write?.length).toBe(64 + 48 + 3000);
      expect(write?.bytes).toHaveLength(128);
    }
  });

  test("no more than the limit, and the rest counted", async () => {
    const { details } = await read(woven(), [1, 2], { messageLimit: 5 });
    expect(details.map(({ messages, omittedMessages }) => [messages.length, omittedMessages])).toEqual([
      [5, 13],
      [5, 13],
    ]);
  });

  test("page by page, with the frame at which each begins", async () => {
    const whole = (await read(woven(), [1], {})).details[0];
    for (const page of [0, 1, 3]) {
      const { details } = await read(woven(), [1], { messageLimit: 5, page });
      expect(details[0]?.messages).toEqual(whole?.messages.slice(page * 5, page * 5 + 5));
      expect(details[0]?.omittedMessages).toBe(18 - (details[0]?.messages.length ?? 0));
      expect(details[0]?.pageFrames).toEqual([0, 5, 10, 15].map((index) => whole?.messages[index]?.frame));
    }
    expect((await read(woven(), [1], { messageLimit: 5, page: 9 })).details[0]?.messages).toEqual([]);
  });

  test("which frames brought the bytes of one that lies in several", async () => {
    const [first] = (await onlyConnection(told(50_000).pcap())).messages;
    expect(first?.parts).toBeUndefined();
    const { messages } = await onlyConnection(told(50_000).pcap({ segmentSize: 60 }));
    const negotiate = messages.find(({ command }) => command === Command.NEGOTIATE);
    // The packet's own four bytes come before the message.
    expect(negotiate?.parts?.map(({ start }) => start)).toEqual([0, 56]);
    expect(negotiate?.parts?.at(-1)?.frame).toBe(negotiate?.frame);
    for (const { parts = [], frame, length } of messages) {
      expect(parts.map(({ start }) => start)).toEqual(parts.map(({ start }) => start).toSorted((one, other) => one - other));
      if (parts.length > 0 && parts.length <= 32) expect(parts.at(-1)?.frame).toBe(frame);
      for (const { start } of parts) expect(start).toBeLessThan(length);
    }
    const write = messages.find(({ command, response }) => command === Command.WRITE && !response);
    expect(write?.parts?.length).toBe(33);
  });

  test("bytes that the capture lacks belong to no frame", async () => {
    const of = told(50_000);
    const segments = of.segments({ segmentSize: 100 });
    const longest = segments.findIndex(
      ({ payload }, index) =>
        segments.slice(index, index + 9).every((one) => one.payload.length === 100 && one.from === "client") && payload.length === 100,
    );
    segments.splice(longest + 4, 1);
    const { messages } = await onlyConnection(pcapFile(of.framesOf(segments)));
    expect(messages.flatMap(({ parts = [] }) => parts).some(({ frame }) => frame === null)).toBe(true);
  });

  test("in the order of their frames, whichever stream they came on", async () => {
    const of = told(50_000);
    const segments = of.segments({ segmentSize: 60 });
    // The client's validate request is held up behind a hole until later.
    const at = segments.findIndex(({ payload, from }, index) => index > 20 && from === "client" && payload.length === 60);
    const [held] = segments.splice(at, 1);
    if (held !== undefined) segments.splice(at + 2, 0, held);
    const { messages } = await onlyConnection(pcapFile(of.framesOf(segments)));
    const frames = messages.map(({ frame }) => frame);
    expect(frames).toEqual(frames.toSorted((one, other) => one - other));
    expect(messages).toHaveLength(18);
  });

  test("asynchronous ones have no TreeId, 64-bit ids are whole", async () => {
    const sessionId = 0xfedc_ba98_7654_3210n;
    const header = { command: Command.IOCTL, response: true, status: 0x103, messageId: 0xffff_ffff_ffff_fffen, asyncId: 77, sessionId };
    const { messages } = await onlyConnection(conversation().negotiate().send("server", smb.message(header, smb.errorBody())).pcap());
    expect(messages.at(-1)).toMatchObject({ treeId: 0, messageId: "18446744073709551614", sessionId: "0xfedcba9876543210" });
  });

  test("SMB1 ones with their own command and status", async () => {
    const { messages } = await onlyConnection(
      conversation().smb1Negotiate(["NT LM 0.12"], { index: 0 }).send("server", smb.smb1Message(0x73, true)).pcap(),
    );
    expect(messages.map(({ kind, command, response }) => [kind, command, response])).toEqual([
      ["SMB1", 0x72, false],
      ["SMB1", 0x72, true],
      ["SMB1", 0x73, true],
    ]);
  });

  test("longer than 64 KiB are cut", async () => {
    const huge = smb.message({ command: Command.CREATE, messageId: 1 }, new Uint8Array(100_000));
    for (const segmentSize of [1000, 200_000]) {
      const { messages } = await onlyConnection(conversation().negotiate().send("client", huge).pcap({ segmentSize, zeroLength: true }));
      expect(messages.at(-1)).toMatchObject({ length: 100_064 });
      expect(messages.at(-1)?.bytes.length).toBe(65_536);
    }
  });
});

describe("ends", () => {
  test("are those of the facts", async () => {
    const detail = await onlyConnection(told(50_000).serverCloses("RST").pcap());
    expect(detail.ends).toEqual(detail.facts.ends);
    expect(detail.ends).toHaveLength(2);
  });
});
