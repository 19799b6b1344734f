import { describe, expect, test } from "vitest";
import { analyseBytes, factsOf, messageLines, onlyConnection } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { CLIENT, type Conversation, conversation } from "../support/conversation.ts";
import { octets } from "../support/encode.ts";
import type { Frame, TcpSegment } from "../support/encodeFrame.ts";

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

describe("damaged copies", () => {
  const isAnswer = (segment: TcpSegment) => segment.from === "server" && isData(segment);
  /** Ethernet, IPv4 and TCP headers, direct TCP and SMB2 headers: the Capabilities of the NEGOTIATE response. */
  const CAPABILITIES = 14 + 20 + 20 + 4 + 64 + 24;
  const FRAMING = 14 + 20 + 20 + 1;
  const CHECKSUM = 14 + 20 + 16;

  const damaged = (frame: Frame, ...places: readonly number[]) => {
    const bytes = frame.bytes.slice();
    for (const at of places) bytes[at] = (bytes[at] ?? 0) ^ 0x40;
    return { ...frame, bytes };
  };

  /** The first answer damaged, and its good copy so many milliseconds later. */
  function repaired(places: readonly number[], copies: (good: Frame) => readonly Frame[] = (good) => [good]): Uint8Array {
    const frames = told().frames();
    const at = told().segments().findIndex(isAnswer);
    const good = frames[at] as Frame;
    const later = copies(good).map((frame, index) => ({ ...frame, time: good.time + 0.3 * (index + 1) }));
    return pcapFile([...frames.slice(0, at), damaged(good, ...places), ...later, ...frames.slice(at + 1)]);
  }

  test.each([
    ["a value", CAPABILITIES],
    ["the length of the message", FRAMING],
    ["the ProtocolId", FRAMING + 4],
  ])("%s changed on the way, the good copy follows: the good one counts", async (_, place) => {
    const detail = await onlyConnection(repaired([place]));
    expect(detail.facts).toMatchObject({ ...WHOLE, negotiates: [{ response: { capabilities: 0x4e, frame: 6 } }] });
    expect(messageLines(detail)).toEqual(await plainLines());
    expect(detail.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("of two copies that are both wrong the first counts: the network card fills their checksums in", async () => {
    const detail = await onlyConnection(repaired([CHECKSUM], (good) => [damaged(good, CHECKSUM + 1, CAPABILITIES + 1)]));
    expect(detail.facts.negotiates).toMatchObject([{ response: { capabilities: 0x4e, frame: 5 } }]);
    expect(detail.facts).toMatchObject(WHOLE);
  });

  test.each(["client", "server"])("all checksums of the %s wrong, as offload leaves them: nothing changes", async (side) => {
    const segments = told().segments();
    const frames = told()
      .frames()
      .map((frame, index) => (segments[index]?.from === side ? damaged(frame, CHECKSUM) : frame));
    const detail = await onlyConnection(pcapFile(frames));
    expect(detail.messages).toEqual((await onlyConnection(told().pcap())).messages);
    expect(detail.facts).toMatchObject(WHOLE);
  });

  test("of a host whose checksums are always wrong nothing waits: a later connection is told as it comes", async () => {
    const connections = Array.from({ length: 6 }, (_, index) => {
      const of = conversation({ client: { ...CLIENT, port: 50_000 + index } })
        .negotiate()
        .sessionSetup();
      const segments = of.segments();
      return of.frames().map((frame, place) => (segments[place]?.from === "client" ? damaged(frame, CHECKSUM) : frame));
    });
    // The last one ends before its first answer: nothing would show that its request was accepted.
    const { details } = await analyseBytes(pcapFile([...connections.slice(0, 5).flat(), ...(connections[5] ?? []).slice(0, 4)]));
    expect(details.map(({ facts }) => facts.messages)).toEqual([6, 6, 6, 6, 6, 1]);
  });

  test("a single wrong one at the end of the capture is not thrown away", async () => {
    const of = conversation().negotiate();
    const frames = of.frames();
    const facts = await factsOf(pcapFile([...frames.slice(0, -1), damaged(frames.at(-1) as Frame, CHECKSUM)]));
    expect(facts).toMatchObject({ messages: 2, negotiates: [{ response: { capabilities: 0x4e } }] });
  });
});

describe("what TCP sends besides", () => {
  const around = (make: (segment: TcpSegment) => readonly TcpSegment[]) =>
    changed(told(), (segments) => segments.flatMap((segment) => (isData(segment) ? make(segment) : [segment])));

  test("keep-alive probes repeat the last byte with another value", async () => {
    const probe = (after: TcpSegment): TcpSegment => ({
      ...after,
      sequence: (after.sequence + after.payload.length - 1) >>> 0,
      payload: Uint8Array.of(0),
      time: after.time + 0.4,
    });
    const detail = await onlyConnection(around((segment) => [segment, probe(segment)]));
    expect(detail.facts).toMatchObject(WHOLE);
    expect(messageLines(detail)).toEqual(await plainLines());
  });

  test("a window of zero is probed with the next byte, which comes again with the rest", async () => {
    const detail = await onlyConnection(
      around((segment) => [
        { ...segment, payload: segment.payload.subarray(0, 1) },
        { ...segment, time: segment.time + 0.4 },
      ]),
    );
    expect(detail.facts).toMatchObject(WHOLE);
    expect(messageLines(detail)).toEqual(await plainLines());
  });

  test("both sides close at once", async () => {
    const of = conversation().negotiate().sessionSetup().treeConnect().clientCloses("FIN").serverCloses("FIN");
    const capture = changed(of, (segments) => {
      const [first, second] = segments.slice(-2) as [TcpSegment, TcpSegment];
      return [...segments.slice(0, -2), first, { ...second, acknowledgment: (second.acknowledgment - 1) >>> 0 }];
    });
    expect(await factsOf(capture)).toMatchObject({ messages: 8, ends: [{ by: "client" }, { by: "server" }], lostFromClient: 0 });
  });

  test("a RST from outside of any window ends nothing", async () => {
    const forged: TcpSegment = {
      from: "server",
      sequence: 0x7000_0000,
      acknowledgment: 0,
      ack: false,
      rst: true,
      payload: octets(),
      time: 5,
    };
    const facts = await factsOf(changed(told(), (segments) => segments.toSpliced(8, 0, forged)));
    expect(facts).toMatchObject({
      ...WHOLE,
      ends: [
        { by: "client", how: "FIN" },
        { by: "server", how: "FIN" },
      ],
    });
  });
});

describe("one direction only", () => {
  test.each([
    ["client", 9],
    ["server", 9],
  ] as const)("of the %s: its messages, and no verdict without a reason", async (side, messages) => {
    const detail = await onlyConnection(changed(told(), (segments) => segments.filter(({ from }) => from === side)));
    expect(detail.facts.messages).toBe(messages);
    expect(detail.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const compared = detail.verdicts.filter(({ rule }) => /^vni-.*-differs?$/.test(rule));
    expect(compared.length).toBeGreaterThan(0);
    for (const { verdict } of compared) expect(["undetermined", "holds"]).toContain(verdict.verdict);
    expect(compared.some(({ verdict }) => verdict.verdict === "undetermined")).toBe(true);
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
    expect(await factsOf(of.pcap())).toMatchObject({ ended: { by, how, frame: 10, time: 5e9 + 9e6 }, ends: [{ by, how }] });
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
    expect(await factsOf(open().pcap())).toMatchObject({ ended: null, ends: [], lastFrame: 9, captureEndTime: 5e9 + 8e6 });
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
