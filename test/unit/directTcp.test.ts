import { describe, expect, test } from "vitest";
import { analyseBytes, factsOf, messageLines, onlyConnection } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { conversation, SERVER } from "../support/conversation.ts";
import { ascii, be16, be32, concat, fill, octets, zeros } from "../support/encode.ts";
import type { TcpSegment } from "../support/encodeFrame.ts";
import * as smb from "../support/encodeMessage.ts";
import { Command } from "../support/encodeMessage.ts";

const told = () => conversation().negotiate().sessionSetup().treeConnect().validate().file(2000).logoff().clientCloses("FIN");
const plain = async () => messageLines(await onlyConnection(told().pcap()));

describe("segmentation", () => {
  test.each([1, 2, 3, 4, 5, 7, 63, 64, 65, 67, 68, 69, 132, 1000, 100_000])("segments of %d bytes", async (segmentSize) => {
    const detail = await onlyConnection(told().pcap({ segmentSize }));
    expect(messageLines(detail)).toEqual(await plain());
    expect(detail.facts).toMatchObject({ truncatedMessages: 0, dialect: 0x0302, sessions: [{ user: "tester" }] });
    expect(detail.facts.validations[0]).toMatchObject({ request: { dialects: [0x0202, 0x0210, 0x0300, 0x0302] }, response: { status: 0 } });
  });

  test("a message has the frame that holds its last byte", async () => {
    const of = told();
    const segments = of.segments({ segmentSize: 50 });
    const facts = await factsOf(of.pcap({ segmentSize: 50 }));
    const lastOfRequest = segments.findIndex(({ from }, index) => index > 3 && from === "server");
    expect(facts.negotiates[0]?.request?.frame).toBe(lastOfRequest);
  });

  test("several packets in one segment", async () => {
    const echo = (messageId: number) => smb.packet(smb.message({ command: Command.ECHO, messageId }, smb.emptyBody()));
    const detail = await onlyConnection(
      conversation()
        .negotiate()
        .bytes("client", concat(echo(1), echo(2), echo(3)))
        .pcap(),
    );
    expect(messageLines(detail).slice(2)).toEqual(["SMB2 13 request 1", "SMB2 13 request 2", "SMB2 13 request 3"]);
  });
});

describe("compounds", () => {
  const compounded = () =>
    conversation()
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .compounded([
        [Command.CREATE, smb.createRequest("a"), smb.createResponse()],
        [Command.READ, smb.readRequest(100), smb.readResponse(fill(100, 1))],
        [Command.CLOSE, smb.closeRequest(), smb.closeResponse()],
      ])
      .logoff();

  const LINES = [
    "SMB2 5 request 4",
    "SMB2 8 request 5",
    "SMB2 6 request 6",
    "SMB2 5 response 0 4",
    "SMB2 8 response 0 5",
    "SMB2 6 response 0 6",
    "SMB2 2 request 7",
    "SMB2 2 response 0 7",
  ];

  test.each([1, 10, 64, 120, 150, 2000])("in segments of %d bytes", async (segmentSize) => {
    expect(messageLines(await onlyConnection(compounded().pcap({ segmentSize }))).slice(8)).toEqual(LINES);
  });

  test("each message of a compound has the frame of its own last byte", async () => {
    const detail = await onlyConnection(compounded().pcap({ segmentSize: 100 }));
    const [create, read, close] = detail.messages.slice(8, 11);
    expect((create?.frame ?? 0) < (read?.frame ?? 0)).toBe(true);
    expect(read?.frame).toBeLessThanOrEqual(close?.frame ?? 0);
  });

  test.each([0xffff_fff8, 60, 65, 4096])("a NextCommand of %d that leads nowhere leaves one message", async (next) => {
    const one = smb.message({ command: Command.ECHO, messageId: 1, nextCommand: next }, smb.emptyBody());
    const two = smb.message({ command: Command.ECHO, messageId: 2 }, smb.emptyBody());
    const detail = await onlyConnection(
      conversation()
        .negotiate()
        .bytes("client", smb.packet(one, zeros(4), two))
        .pcap(),
    );
    expect(messageLines(detail).slice(2)).toEqual(["SMB2 13 request 1"]);
  });

  test("thousands of messages in one compound are told apart up to a limit, in any segmentation", async () => {
    const echo = smb.message({ command: Command.ECHO, messageId: 1 }, smb.emptyBody());
    const chain = smb.compound(...Array.from({ length: 3000 }, () => echo.slice()));
    const after = smb.packet(smb.message({ command: Command.LOGOFF, messageId: 2 }, smb.emptyBody()));
    const of = conversation().negotiate().bytes("client", chain).bytes("client", after);
    expect((await factsOf(of.pcap())).messages).toBe(2 + 1024 + 1);
    expect((await factsOf(of.pcap({ segmentSize: 60_000 }))).messages).toBe(2 + 1024 + 1);
  });
});

describe("NetBIOS session service on port 139", () => {
  const server = { ...SERVER, port: 139 };
  const name = (text: string) => concat(octets(32), ascii(text.padEnd(32, "A")), octets(0));

  test("session request, its answer and keep-alives are no messages", async () => {
    const of = conversation({ server })
      .bytes("client", concat(octets(0x81), octets(0), be16(68), name("CKFDENECFDEFFC"), name("EDEMEJEFEOFE")))
      .bytes("server", octets(0x82, 0, 0, 0))
      .negotiate()
      .bytes("client", octets(0x85, 0, 0, 0))
      .sessionSetup()
      .bytes("server", octets(0x85, 0, 0, 0))
      .treeConnect()
      .validate();
    for (const segmentSize of [1, 5, 1460]) {
      const facts = await factsOf(of.pcap({ segmentSize }));
      expect(facts).toMatchObject({ netbios: true, messages: 10, server: { port: 139 }, lostFromClient: 0 });
      expect(facts.validations).toMatchObject([{ response: { status: 0 } }]);
    }
  });
});

describe("finding the way again", () => {
  test("after a gap at the next packet that begins with an SMB magic", async () => {
    const of = told();
    const segments = of.segments({ segmentSize: 100 });
    const lost = segments.findIndex(({ from, payload }, index) => index > 4 && from === "client" && payload.length === 100) + 1;
    expect(segments[lost]?.from).toBe("client");
    const facts = await factsOf(pcapFile(of.framesOf(segments.toSpliced(lost, 1))));
    expect(facts.messages).toBeGreaterThanOrEqual(19);
    expect(facts.lostFromClient).toBe(segments[lost]?.payload.length);
  });

  test("a gap over several packets, and a magic inside of the data that follows", async () => {
    const fake = concat(fill(5, 0xff), octets(0xfe, 0x53, 0x4d, 0x42), zeros(100));
    const of = conversation().negotiate().sessionSetup().bytes("client", zeros(50)).bytes("client", fake).treeConnect().validate();
    const segments = of.segments();
    const facts = await factsOf(pcapFile(of.framesOf(segments.toSpliced(9, 1))));
    expect(facts).toMatchObject({ messages: 10, lostFromClient: 50, trees: [{ request: { frame: 11 } }] });
  });

  test("bytes that are no packet are passed over", async () => {
    const of = conversation().negotiate().bytes("client", fill(77, 0x2e)).sessionSetup();
    expect(await factsOf(of.pcap())).toMatchObject({ messages: 6, sessions: [{ user: "tester" }] });
  });

  test("a packet of another protocol is passed over as a whole", async () => {
    const of = conversation()
      .negotiate()
      .bytes("client", concat(be32(40), fill(40, 0x11)))
      .sessionSetup();
    expect((await factsOf(of.pcap())).messages).toBe(6);
    expect((await factsOf(of.pcap({ segmentSize: 9 }))).messages).toBe(6);
  });

  test("a length of 16 MiB on a message that has a few bytes holds up this stream only", async () => {
    const bomb = concat(octets(0, 0xff, 0xff, 0xff), smb.message({ command: Command.ECHO, messageId: 1 }, smb.emptyBody()));
    const facts = await factsOf(conversation().negotiate().bytes("client", bomb).sessionSetup().pcap());
    expect(facts).toMatchObject({ messages: 2 + 2, sessions: [{ user: null, final: { status: 0 } }] });
  });

  describe("where a packet and its magic lie in several segments", () => {
    /** Some clients send the 4-byte length in a segment of its own. */
    const lengthsApart = (segments: readonly TcpSegment[]) =>
      segments.flatMap((one) => {
        if (one.payload.length < 5) return [one];
        const rest = { ...one, sequence: (one.sequence + 4) >>> 0, payload: one.payload.subarray(4) };
        return [{ ...one, payload: one.payload.subarray(0, 4) }, rest];
      });

    test("a lost length costs one message", async () => {
      const of = told();
      const segments = lengthsApart(of.segments({ segmentSize: 100_000 }));
      const lost = segments.findIndex(({ payload, from }, index) => index > 5 && payload.length === 4 && from === "client");
      const facts = await factsOf(pcapFile(of.framesOf(segments.toSpliced(lost, 1))));
      expect(facts).toMatchObject({ messages: 19, lostFromClient: 4 });
    });

    test("a capture that starts late", async () => {
      const of = told();
      const segments = lengthsApart(of.segments({ segmentSize: 100_000 }));
      expect((await factsOf(pcapFile(of.framesOf(segments.slice(4))))).messages).toBe(19);
    });

    test.each([1, 3, 5, 7, 9])("a capture that starts late, in segments of %d bytes", async (segmentSize) => {
      const of = told();
      const segments = of.segments({ segmentSize });
      const facts = await factsOf(pcapFile(of.framesOf(segments.slice(4))));
      expect(facts.messages).toBe(19);
    });

    test("bytes before a hole are no beginning of a packet behind it", async () => {
      const of = conversation()
        .bytes("client", octets(0, 0, 0, 0x44, 0xfe, 0x53))
        .bytes("client", zeros(20))
        .bytes("client", octets(0x4d, 0x42))
        .negotiate();
      const segments = of.segments();
      const facts = await factsOf(pcapFile(of.framesOf(segments.toSpliced(4, 1).slice(3))));
      expect(facts.messages).toBe(2);
    });
  });

  test("an empty packet is passed over", async () => {
    expect((await factsOf(conversation().negotiate().bytes("server", zeros(4)).sessionSetup().pcap())).messages).toBe(6);
  });
});

describe("snap length", () => {
  const ETHERNET_IP_TCP = 54;

  test.each([
    [54 + 4 + 64 + 400, 0],
    [256, 0],
  ])("%d bytes hold all four messages that count", async (snapLength) => {
    const facts = await factsOf(told().pcap({ snapLength }));
    expect(facts.validations[0]).toMatchObject({
      request: { truncated: false },
      response: { truncated: false, values: { capabilities: 0x4e } },
    });
    expect(facts.negotiates[0]).toMatchObject({ request: { truncated: false, dialects: [0x0202, 0x0210, 0x0300, 0x0302] } });
    expect(facts).toMatchObject({ messages: 20, lostFromClient: 0, lostFromServer: 0 });
  });

  test("200 bytes: statuses and signatures are there, the values of the validation are not", async () => {
    const facts = await factsOf(told().pcap({ snapLength: ETHERNET_IP_TCP + 4 + 64 + 50 }));
    expect(facts.validations[0]).toMatchObject({
      request: { signed: true, truncated: true, dialects: [] },
      response: { signed: true, status: 0, truncated: true, values: null },
    });
    expect(facts.truncatedMessages).toBeGreaterThan(0);
    expect(facts.firstTruncatedFrame).not.toBeNull();
  });

  test("128 bytes: headers without their signature still pair", async () => {
    const facts = await factsOf(told().pcap({ snapLength: ETHERNET_IP_TCP + 4 + 50 }));
    expect(facts.messages).toBe(20);
    expect(facts.sessions).toMatchObject([{ final: { status: 0 } }]);
    expect(facts.trees).toMatchObject([{ response: { status: 0 } }]);
  });

  test("headers cut before their MessageId are counted and not believed", async () => {
    const facts = await factsOf(told().pcap({ snapLength: ETHERNET_IP_TCP + 4 + 20 }));
    expect(facts).toMatchObject({ messages: 20, truncatedMessages: 20, negotiates: [], sessions: [], dialect: null });
  });

  test("the stream is followed past cut segments", async () => {
    const facts = await factsOf(told().pcap({ snapLength: 120, segmentSize: 500 }));
    expect(facts.messages).toBe(20);
  });

  test("the capture says that its frames were cut", async () => {
    const { analysis } = await analyseBytes(told().pcap({ snapLength: 100 }));
    const cut = told()
      .frames()
      .filter(({ bytes }) => bytes.length > 100).length;
    expect(analysis.capture.issues).toEqual([{ kind: "snap-length", data: { snapLength: 100, frames: cut, program: "" } }]);
  });
});

describe("other kinds of message", () => {
  test("encrypted and compressed ones are counted and belong to their session", async () => {
    const of = conversation()
      .negotiate()
      .sessionSetup({ flags: 4 })
      .encrypted("client")
      .encrypted("server")
      .send("client", smb.compressedMessage(80));
    const detail = await onlyConnection(of.pcap());
    expect(detail.facts).toMatchObject({ messages: 9, encryptedMessages: 2, compressedMessages: 1 });
    expect(detail.facts.sessions).toMatchObject([{ flags: 4, requests: { encrypted: 1 }, responses: { encrypted: 1 } }]);
    expect(detail.messages.slice(6).map(({ kind, command, fromClient }) => [kind, command, fromClient])).toEqual([
      ["encrypted", -1, true],
      ["encrypted", -1, false],
      ["compressed", -1, true],
    ]);
  });

  test.each([1, 30, 53, 60])("encrypted ones in segments of %d bytes", async (segmentSize) => {
    const of = conversation()
      .negotiate()
      .sessionSetup({ flags: 4 })
      .encrypted("client", 4000)
      .encrypted("server", 10)
      .encrypted("client", 10);
    const facts = await factsOf(of.pcap({ segmentSize }));
    expect(facts).toMatchObject({ messages: 9, encryptedMessages: 3 });
    expect(facts.sessions).toMatchObject([{ requests: { encrypted: 2 }, responses: { encrypted: 1 } }]);
  });

  test("a packet with less than a header is counted and not believed", async () => {
    const short = concat(octets(0xfe, 0x53, 0x4d, 0x42), fill(20, 1));
    const facts = await factsOf(conversation().negotiate().send("client", short).sessionSetup().pcap());
    expect(facts).toMatchObject({ messages: 7, truncatedMessages: 1, sessions: [{ user: "tester" }] });
  });
});

// Segments whose payload is replaced keep the rest of the connection apart from a whole one.
test("garbage instead of one segment does not stop the other direction", async () => {
  const of = told();
  const segments = of.segments().map((one: TcpSegment, index) => (index === 5 ? { ...one, payload: fill(one.payload.length, 0x99) } : one));
  const facts = await factsOf(pcapFile(of.framesOf(segments)));
  expect(facts.messages).toBeGreaterThanOrEqual(19);
});
