import { describe, expect, test } from "vitest";
import { analyseBytes, factsOf, messageLines, onlyConnection } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { CLIENT, type Conversation, conversation } from "../support/conversation.ts";
import type { TcpSegment } from "../support/encodeFrame.ts";

const told = (sequences?: readonly [number, number]) =>
  conversation(sequences === undefined ? {} : { sequences })
    .negotiate()
    .sessionSetup()
    .treeConnect()
    .validate()
    .file(3000)
    .clientCloses("FIN")
    .serverCloses("FIN");

const MESSAGES = 18;

/** The capture of a conversation whose segments were changed. */
function changed(of: Conversation, change: (segments: TcpSegment[]) => readonly TcpSegment[], segmentSize = 1460): Uint8Array {
  return pcapFile(of.framesOf(change(of.segments({ segmentSize }))));
}

const indexOf = (segments: readonly TcpSegment[], fits: (segment: TcpSegment) => boolean) => segments.findIndex(fits);
const isData = (segment: TcpSegment) => segment.payload.length > 0;
const WHOLE = { messages: MESSAGES, lostFromClient: 0, lostFromServer: 0, synSeen: true };

async function plainLines() {
  return messageLines(await onlyConnection(told().pcap()));
}

describe("order, repetition and overlap", () => {
  test("two segments of one message swapped: the message is whole, in the frame that holds its last byte", async () => {
    const capture = changed(
      told(),
      (segments) => {
        const first = indexOf(segments, isData);
        return [...segments.slice(0, first), segments[first + 1], segments[first], ...segments.slice(first + 2)].filter(
          (one) => one !== undefined,
        );
      },
      100,
    );
    const detail = await onlyConnection(capture);
    expect(detail.facts).toMatchObject(WHOLE);
    expect(messageLines(detail)).toEqual(await plainLines());
    expect(detail.facts.negotiates[0]?.request?.frame).toBe(4);
  });

  test("every segment twice", async () => {
    const detail = await onlyConnection(changed(told(), (segments) => segments.flatMap((segment) => [segment, segment])));
    expect(detail.facts).toMatchObject(WHOLE);
    expect(messageLines(detail)).toEqual(await plainLines());
    expect(detail.facts.ends).toHaveLength(2);
  });

  test("a retransmission that starts earlier and ends later gives only its new bytes", async () => {
    const detail = await onlyConnection(
      changed(
        told(),
        (segments) =>
          segments.flatMap((segment, index) => {
            const next = segments[index + 1];
            if (!isData(segment) || next?.from !== segment.from || !isData(next)) return [segment];
            return [segment, { ...segment, payload: Uint8Array.from([...segment.payload, ...next.payload.subarray(0, 30)]) }];
          }),
        64,
      ),
    );
    expect(detail.facts).toMatchObject(WHOLE);
    expect(messageLines(detail)).toEqual(await plainLines());
  });

  test("sequence numbers wrap around in both directions", async () => {
    const detail = await onlyConnection(told([0xffff_ff00, 0xffff_fff0]).pcap({ segmentSize: 50 }));
    expect(detail.facts).toMatchObject(WHOLE);
    expect(messageLines(detail)).toEqual(await plainLines());
  });

  test("swapped segments at the place of the wrap", async () => {
    const capture = changed(
      told([0xffff_ffd0, 5]),
      (segments) => {
        const first = indexOf(segments, isData);
        const [a, b] = [segments[first] as TcpSegment, segments[first + 1] as TcpSegment];
        return segments.with(first, b).with(first + 1, a);
      },
      60,
    );
    expect(await factsOf(capture)).toMatchObject(WHOLE);
  });

  test("a request that was captured behind its answer is a half of its own, and nobody left it without an answer", async () => {
    const capture = changed(told(), (segments) => {
      const request = segments[11] as TcpSegment;
      const others = segments.toSpliced(11, 1);
      return others.toSpliced(13, 0, request);
    });
    const facts = await factsOf(capture);
    expect(facts).toMatchObject({ ...WHOLE, lostFromClient: 0 });
    expect(facts.validations).toMatchObject([
      { request: null, response: { frame: 12 } },
      { request: { frame: 14 }, response: null, answerLost: true },
    ]);
  });
});

describe("loss", () => {
  const without = (of: Conversation, place: number) => changed(of, (segments) => segments.toSpliced(place, 1));

  test("a lost answer that the client acknowledged is said to be lost, not missing", async () => {
    const facts = await factsOf(without(told(), 12));
    expect(facts.lostFromServer).toBeGreaterThan(0);
    expect(facts.messages).toBe(MESSAGES - 1);
    expect(facts.validations).toMatchObject([{ response: null, answerLost: true, nextRequest: { command: 5 } }]);
  });

  test("an answer that was never sent is not said to be lost", async () => {
    const facts = await factsOf(
      conversation().negotiate().sessionSetup().treeConnect().validate({ response: null }).wait(20_000).clientCloses("FIN").pcap(),
    );
    expect(facts).toMatchObject({ lostFromServer: 0, validations: [{ response: null, answerLost: false }] });
  });

  test("the last answer lost before the server's FIN is found missing at the FIN", async () => {
    const of = conversation().negotiate().sessionSetup().treeConnect().validate().serverCloses("FIN");
    const facts = await factsOf(without(of, 12));
    expect(facts.validations).toMatchObject([{ response: null, answerLost: true }]);
  });

  test("a lost request leaves its answer", async () => {
    const facts = await factsOf(without(told(), 11));
    expect(facts.lostFromClient).toBeGreaterThan(0);
    expect(facts.validations).toMatchObject([{ request: null, response: { frame: 12, status: 0 } }]);
  });

  test("a hole inside a WRITE costs that message's bytes and no other message", async () => {
    const of = told();
    const place = indexOf(of.segments(), ({ payload }) => payload.length === 1460) + 1;
    const facts = await factsOf(without(of, place));
    expect(facts).toMatchObject({ messages: MESSAGES, lostFromClient: 1460 });
  });

  test("what waits behind a hole is handed on when the capture ends, without any acknowledgment", async () => {
    const of = conversation().negotiate().sessionSetup().bytes("client", new Uint8Array(100)).treeConnect({ response: null });
    const capture = changed(of, (segments) => segments.toSpliced(9, 1));
    const facts = await factsOf(capture);
    expect(facts).toMatchObject({ lostFromClient: 100, messages: 7 });
    expect(facts.trees[0]?.path).toBe("\\\\198.51.100.20\\share");
  });

  test("thousands of segments behind one hole are not kept for ever", async () => {
    const of = conversation().negotiate().bytes("client", new Uint8Array(10)).file(3_000_000).sessionSetup();
    const capture = changed(of, (segments) => segments.toSpliced(5, 1));
    const facts = await factsOf(capture);
    expect(facts).toMatchObject({ lostFromClient: 10, messages: 14 });
  });

  test("a FIN far outside of any window says nothing of lost bytes", async () => {
    const of = told();
    const capture = changed(of, (segments) => segments.map((one) => (one.fin ? { ...one, sequence: one.sequence + 0x4000_0000 } : one)));
    expect(await factsOf(capture)).toMatchObject({ lostFromClient: 0, lostFromServer: 0 });
  });
});

describe("beginning", () => {
  test("mid-stream: the server is the side with the SMB port, and its frames are the first that carry data", async () => {
    const capture = changed(told(), (segments) => segments.slice(9));
    const facts = await factsOf(capture);
    expect(facts).toMatchObject({ synSeen: false, firstFrame: 1, client: CLIENT, dialect: null, messages: MESSAGES - 6 });
    expect(facts.sessions).toMatchObject([{ startsLate: true, final: null, user: null }]);
  });

  test("mid-stream, in the middle of a message: the rest of it is no message", async () => {
    const capture = changed(told(), (segments) => segments.slice(indexOf(segments, isData) + 1), 40);
    expect(await factsOf(capture)).toMatchObject({ messages: MESSAGES - 1, negotiates: [{ request: null }] });
  });

  test("mid-stream beginning with the server", async () => {
    const capture = changed(told(), (segments) => segments.slice(10));
    expect(await factsOf(capture)).toMatchObject({ client: CLIENT, server: { port: 445 }, messages: MESSAGES - 7 });
  });

  test("a SYN and a SYN-ACK sent again change nothing", async () => {
    const capture = changed(told(), ([syn, answer, ...rest]) =>
      [syn, syn, answer, syn, answer, ...rest].filter((one) => one !== undefined),
    );
    expect(await factsOf(capture)).toMatchObject({ ...WHOLE, firstFrame: 1 });
  });

  test("a SYN sent again in the middle of the connection changes nothing", async () => {
    const capture = changed(told(), (segments) => segments.toSpliced(10, 0, segments[0] as TcpSegment));
    expect(await factsOf(capture)).toMatchObject(WHOLE);
  });

  test("only the client's side of a connection", async () => {
    const capture = changed(told(), (segments) => segments.filter(({ from }) => from === "client"));
    expect(await factsOf(capture)).toMatchObject({ messages: 9, lostFromClient: 0, dialect: null });
  });

  test("the same ports again are another connection", async () => {
    const frames = [...told().frames(), ...told([77_000, 88_000]).frames()];
    const { details } = await analyseBytes(pcapFile(frames));
    expect(details.map(({ facts }) => [facts.messages, facts.firstFrame, facts.ends.length])).toEqual([
      [MESSAGES, 1, 2],
      [MESSAGES, told().frames().length + 1, 2],
    ]);
  });

  test("the same ports again, although the first connection never ended", async () => {
    const open = conversation().negotiate().sessionSetup();
    const { details } = await analyseBytes(pcapFile([...open.frames(), ...told([77_000, 88_000]).frames()]));
    expect(details.map(({ facts }) => [facts.messages, facts.ended?.how ?? null])).toEqual([
      [6, null],
      [MESSAGES, "FIN"],
    ]);
  });

  test("many connections at once", async () => {
    const all = Array.from({ length: 1500 }, (_, index) =>
      conversation({ client: { ...CLIENT, port: 10_000 + index } })
        .negotiate()
        .frames(),
    );
    const woven = Array.from({ length: 5 }, (_, at) => all.flatMap((frames) => frames[at] ?? [])).flat();
    const { analysis, details } = await analyseBytes(pcapFile(woven));
    expect(analysis.connections.count).toBe(1500);
    expect(details.every(({ facts }, index) => facts.messages === 2 && facts.id === index + 1)).toBe(true);
  });
});

describe("end", () => {
  const open = () => conversation().negotiate().sessionSetup();

  test.each([
    ["client", "FIN", open().clientCloses("FIN")],
    ["client", "RST", open().clientCloses("RST")],
    ["server", "FIN", open().serverCloses("FIN")],
    ["server", "RST", open().serverCloses("RST")],
  ] as const)("by the %s with %s", async (by, how, of) => {
    expect(await factsOf(of.pcap())).toMatchObject({ ended: { by, how, frame: 10, time: 9e6 }, ends: [{ by, how }] });
  });

  test("all of them, in order; the first counts", async () => {
    const facts = await factsOf(open().serverCloses("FIN").clientCloses("FIN").clientCloses("RST").pcap());
    expect(facts.ends.map(({ by, how, frame }) => [by, how, frame])).toEqual([
      ["server", "FIN", 10],
      ["client", "FIN", 11],
      ["client", "RST", 12],
    ]);
    expect(facts.ended).toEqual(facts.ends[0]);
  });

  test("an end that acknowledges a FIN which the capture lacks may not be the first", async () => {
    const of = open().clientCloses("FIN").serverCloses("FIN");
    const seen = await factsOf(of.pcap());
    expect(seen.ends.map(({ by, afterUnseen }) => [by, afterUnseen])).toEqual([
      ["client", undefined],
      ["server", undefined],
    ]);
    const unseen = await factsOf(changed(of, (segments) => segments.toSpliced(-2, 1)));
    expect(unseen.ends).toMatchObject([{ by: "server", how: "FIN", afterUnseen: true }]);
  });

  test("none: the connection is open when the capture ends", async () => {
    expect(await factsOf(open().pcap())).toMatchObject({ ended: null, ends: [], lastFrame: 9, captureEndTime: 8e6 });
  });

  test("data behind the other side's FIN still belongs to the connection", async () => {
    const facts = await factsOf(open().serverCloses("FIN").treeConnect({ response: null }).clientCloses("FIN").pcap());
    expect(facts).toMatchObject({ messages: 7, trees: [{ request: { frame: 11 } }] });
  });

  test("FIN and RST alone, of a connection before the capture, are none", async () => {
    const capture = changed(told(), (segments) => segments.filter((one) => one.fin));
    expect((await analyseBytes(capture)).analysis.connections.count).toBe(0);
  });

  test("a FIN on the last segment with data", async () => {
    const of = conversation().negotiate().sessionSetup().treeConnect();
    const capture = changed(of, (segments) => segments.with(-1, { ...(segments.at(-1) as TcpSegment), fin: true }));
    expect(await factsOf(capture)).toMatchObject({ messages: 8, lostFromServer: 0, ended: { by: "server", how: "FIN", frame: 11 } });
  });

  test("a connection without SMB after its handshake is none", async () => {
    expect((await analyseBytes(conversation().clientCloses("RST").pcap())).analysis.connections.count).toBe(0);
  });
});
