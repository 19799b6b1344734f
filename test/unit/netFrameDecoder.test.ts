import { describe, expect, test } from "vitest";
import { analyseBytes, factsOf, onlyConnection } from "../support/analyseBytes.ts";
import { pcapFile, pcapngFile } from "../support/captureBuilder.ts";
import { CLIENT, conversation, SERVER } from "../support/conversation.ts";
import { be16, be32, concat, fill, octets, zeros } from "../support/encode.ts";
import { type Frame, LINK_TYPES, type LinkLayer } from "../support/encodeFrame.ts";

const told = () => conversation().negotiate().sessionSetup().treeConnect().validate().file(3000).clientCloses("FIN");
const CLIENT6 = { address: "2001:db8:0:0:0:0:0:10", port: 49_152 };
const SERVER6 = { address: "2001:db8:0:0:1:0:0:20", port: 445 };
const told6 = () => conversation({ client: CLIENT6, server: SERVER6 }).negotiate().sessionSetup().clientCloses("FIN");

/** Messages of a conversation of 18: all are found, or the frames were not understood. */
const WHOLE = { messages: 18, lostFromClient: 0, lostFromServer: 0, validations: [{ request: { frame: 12 }, response: { frame: 13 } }] };

describe("link layers", () => {
  test.each(Object.keys(LINK_TYPES) as LinkLayer[])("%s", async (link) => {
    expect(await factsOf(told().pcap({ link }))).toMatchObject(WHOLE);
  });

  test.each([12, 228])("link type %d is IP without anything before it", async (linkType) => {
    expect(await factsOf(pcapFile(told().frames({ link: "raw" }), { linkType }))).toMatchObject(WHOLE);
  });

  test("OpenBSD loopback", async () => {
    expect(await factsOf(pcapFile(told().frames({ link: "null" }), { linkType: 108 }))).toMatchObject(WHOLE);
  });

  test("an unknown one is said, with its number and its frames", async () => {
    const { analysis } = await analyseBytes(pcapFile(told().frames(), { linkType: 248 }));
    const { issues, frames } = analysis.capture;
    expect(issues).toEqual([{ kind: "link-type-unsupported", data: { linkType: 248, frames } }]);
    expect(analysis.connections.count).toBe(0);
  });

  test.each([[[0x8100]], [[0x88a8, 0x8100]], [[0x9100, 0x8100]], [[0x88a8, 0x8100, 0x8100, 0x8100]]])("802.1Q tags %o", async (tags) => {
    expect(await factsOf(told().pcap({ tags }))).toMatchObject(WHOLE);
  });

  test("padding of small Ethernet frames is no payload", async () => {
    expect(await factsOf(told().pcap({ pad: true, segmentSize: 3 }))).toMatchObject({ messages: 18, lostFromClient: 0, lostFromServer: 0 });
  });
});

describe("IP and TCP", () => {
  test("IPv6, its addresses written as RFC 5952 does", async () => {
    const facts = await factsOf(told6().pcap());
    expect(facts.client).toEqual({ address: "2001:db8::10", port: 49_152 });
    expect(facts.server).toEqual({ address: "2001:db8::1:0:0:20", port: 445 });
    expect(facts.messages).toBe(6);
  });

  test.each([[[0]], [[60]], [[43]], [[44]], [[0, 60, 43, 44, 60]]])("IPv6 extension headers %o", async (extensionHeaders) => {
    expect((await factsOf(told6().pcap({ extensionHeaders }))).messages).toBe(6);
  });

  test("too many IPv6 extension headers are given up", async () => {
    const { analysis } = await analyseBytes(told6().pcap({ extensionHeaders: fill9() }));
    expect(analysis.connections.count).toBe(0);
  });

  test.each([
    ["IPv4", told, 18],
    ["IPv6", told6, 6],
  ] as const)("%s with total length 0, as offload leaves it", async (_, make, messages) => {
    const facts = await factsOf(make().pcap({ zeroLength: true, segmentSize: 100_000 }));
    expect(facts).toMatchObject({ messages, lostFromClient: 0, lostFromServer: 0 });
  });

  test("a segment of more than 64 KiB with total length 0", async () => {
    const facts = await factsOf(
      conversation().negotiate().sessionSetup().treeConnect().file(200_000).pcap({ zeroLength: true, segmentSize: 300_000 }),
    );
    expect(facts).toMatchObject({ messages: 16, lostFromClient: 0, lostFromServer: 0, truncatedMessages: 0 });
  });

  test("TCP options are no payload", async () => {
    expect(await factsOf(told().pcap({ tcpOptions: 12 }))).toMatchObject(WHOLE);
  });

  test("fragments but the first, and headers that cannot be right, are passed over", async () => {
    const good = told().frames();
    const broken = [
      patched(good[3], 14 + 6, be16(0x0010)),
      patched(good[3], 14, octets(0x44)),
      patched(good[3], 14 + 20 + 12, octets(0x40)),
      patched(good[3], 14 + 20 + 12, octets(0xf0)),
      patched(good[3], 12, be16(0x0806)),
      { ...(good[3] as Frame), bytes: (good[3] as Frame).bytes.slice(0, 33) },
      { ...(good[3] as Frame), bytes: new Uint8Array(0) },
    ];
    // Only the last piece of the file is cut short: the record says so itself.
    expect(await factsOf(pcapFile([...broken, ...good]))).toMatchObject({ ...WHOLE, validations: [{ request: { frame: 19 } }] });
  });

  test("a first fragment gives its part of the segment, the rest is missing", async () => {
    const frames = told().frames({ segmentSize: 20_000 });
    const cut = frames.map((frame) => (frame.bytes.length > 2000 ? fragment(frame, 1000) : frame));
    const facts = await factsOf(pcapFile(cut));
    expect(facts.messages).toBe(18);
    expect(facts.lostFromClient).toBeGreaterThan(2000);
  });
});

describe("which connections are followed", () => {
  const onPort = (port: number) =>
    conversation({ server: { ...SERVER, port } })
      .negotiate()
      .sessionSetup()
      .pcap();

  test("SMB on any port, found by its content: as if the port had been named", async () => {
    const found = await analyseBytes(onPort(4450));
    expect(found.details).toMatchObject([{ facts: { server: { port: 4450 }, messages: 6, synSeen: true, firstFrame: 1 } }]);
    const named = await analyseBytes(onPort(4450), { ports: [4450] });
    expect(found.details.map(({ messages, findings }) => [messages, findings])).toEqual(
      named.details.map(({ messages, findings }) => [messages, findings]),
    );
  });

  test("on more ports than are looked after: the rest is named", async () => {
    const frames = Array.from({ length: 65 }, (_, index) =>
      conversation({ server: { ...SERVER, port: 20_000 + index } })
        .negotiate()
        .frames(),
    );
    const { analysis } = await analyseBytes(pcapFile(frames.flat()));
    expect(analysis.connections.count).toBe(64);
    expect(analysis.capture.issues).toEqual([{ kind: "table-full", data: { table: "ports", limit: 64 } }]);
  });

  test("of IPv6 and by the answer alone too", async () => {
    const of = conversation({ client: CLIENT6, server: { ...SERVER6, port: 40_000 } })
      .negotiate()
      .sessionSetup();
    expect(await factsOf(of.pcap())).toMatchObject({ server: { port: 40_000 }, messages: 6, synSeen: true });
    const answers = of.frames().filter((_, index) => of.segments()[index]?.from === "server");
    expect(await factsOf(pcapFile(answers))).toMatchObject({ server: { port: 40_000 }, messages: 3, synSeen: false, lostFromServer: 0 });
  });

  test("not what only looks like it somewhere in a segment, nor another protocol", async () => {
    const later = conversation({ server: { ...SERVER, port: 4450 } })
      .bytes("client", concat(octets(1, 0, 0, 64, 0xfe, 0x53, 0x4d, 0x42), zeros(60)))
      .bytes("client", concat(octets(0, 0, 0, 64, 0x41, 0x53, 0x4d, 0x42), zeros(60)))
      .bytes("server", concat(zeros(4), octets(0, 0, 0, 64, 0xfe, 0x53, 0x4d, 0x42), zeros(60)));
    expect((await analyseBytes(later.pcap())).analysis.connections.count).toBe(0);
  });

  test("a capture full of ports with SMB is followed on a bounded number of them", async () => {
    const frames = Array.from({ length: 80 }, (_, index) =>
      conversation({ server: { ...SERVER, port: 2000 + index } })
        .negotiate()
        .frames(),
    );
    expect((await analyseBytes(pcapFile(frames.flat()))).analysis.connections.count).toBe(64);
  });

  test("connections are counted by server port, SMB or not", async () => {
    const frames = [80, 443, 443].flatMap((port, index) =>
      conversation({ client: { ...CLIENT, port: 50_000 + index }, server: { ...SERVER, port } }).frames(),
    );
    const { analysis } = await analyseBytes(pcapFile(frames));
    expect(analysis.capture).toMatchObject({
      tcpConnections: 3,
      tcpPorts: [
        { port: 443, connections: 2 },
        { port: 80, connections: 1 },
      ],
    });
  });

  test("another protocol on port 445 is no SMB connection", async () => {
    const { analysis } = await analyseBytes(conversation().bytes("client", fill(300, 0x47)).bytes("server", fill(3000, 0x48)).pcap());
    expect(analysis.connections.count).toBe(0);
    expect(analysis.capture.tcpConnections).toBe(1);
  });

  test("QUIC on UDP port 443 is counted", async () => {
    const udp = concat(be16(50_000), be16(443), be16(28), be16(0), octets(0xc0), be32(1), zeros(15));
    const ip = concat(octets(0x45, 0), be16(48), be32(0), octets(64, 17, 0, 0), octets(192, 0, 2, 1, 192, 0, 2, 2), udp);
    const { analysis } = await analyseBytes(pcapFile([{ bytes: ip, time: 0 }], { linkType: 101 }));
    expect(analysis.capture.quicFrames).toBe(1);
  });
});

describe("one 4-tuple on several interfaces", () => {
  test("both directions on both: two connections, the second an equal copy of the first", async () => {
    const frames = told()
      .frames()
      .flatMap((frame) => [
        { ...frame, interfaceId: 0 },
        { ...frame, interfaceId: 1 },
      ]);
    const { analysis } = await analyseBytes(pcapngFile({ interfaces: [{}, {}], frames }));
    expect(analysis.connections.count).toBe(2);
    expect([1, 2].map((id) => analysis.connections.copyOf(id))).toEqual([0, 1]);
  });

  test("both directions on both, one changed in between: two connections of which none is a copy", async () => {
    const outside = told().frames();
    const inside = conversation({ serverValues: { capabilities: 0x4f } })
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate()
      .file(3000)
      .clientCloses("FIN");
    const frames = outside.flatMap((frame, index) => [
      { ...frame, interfaceId: 0 },
      { ...(inside.frames()[index] as Frame), interfaceId: 1 },
    ]);
    const { analysis } = await analyseBytes(pcapngFile({ interfaces: [{}, {}], frames }));
    expect([1, 2].map((id) => analysis.connections.copyOf(id))).toEqual([0, 0]);
  });

  test("one direction on each: one connection", async () => {
    const segments = told().segments();
    const frames = told()
      .frames()
      .map((frame, index) => ({ ...frame, interfaceId: segments[index]?.from === "client" ? 0 : 1 }));
    expect(await factsOf(pcapngFile({ interfaces: [{}, {}], frames }))).toMatchObject(WHOLE);
  });
});

describe("one 4-tuple on more interfaces than a machine has", () => {
  test("is told apart on some of them only: looking through all for every frame took minutes", async () => {
    const once = conversation().negotiate().frames();
    const interfaces = Array.from({ length: 100 }, () => ({}));
    const frames = interfaces.flatMap((_, interfaceId) => once.map((frame) => ({ ...frame, interfaceId })));
    const { analysis } = await analyseBytes(pcapngFile({ interfaces, frames }));
    expect(analysis.connections.count).toBe(64);
    expect(analysis.capture.frames).toBe(frames.length);
  });
});

describe('one 4-tuple on several interfaces of an "any" capture', () => {
  /** A "cooked" frame as it comes in at one interface of the machine. */
  const at = (frame: Frame, place: number, later = 0) => ({ ...patched(frame, 4, be32(place)), time: frame.time + later });
  const changedValues = { serverValues: { capabilities: 0x4f } };
  const tellIn = (options: Parameters<typeof conversation>[0]) =>
    conversation(options).negotiate().sessionSetup().treeConnect().validate().file(3000).clientCloses("FIN").frames({ link: "sll2" });

  test("a forwarding router: one connection, each message in the frame where it came in", async () => {
    const frames = tellIn({}).flatMap((frame) => [at(frame, 2), at(frame, 3, 0.02)]);
    const detail = await onlyConnection(pcapFile(frames, { linkType: 276 }));
    expect(detail.facts).toMatchObject({
      messages: 18,
      lostFromClient: 0,
      lostFromServer: 0,
      dataSegments: 22,
      repeatedSegments: 22,
      ends: [{}],
    });
    expect(detail.facts.validations).toMatchObject([{ request: { frame: 23 }, response: { frame: 25 } }]);
    expect(detail.findings.map(({ rule }) => rule)).toContain("capture-duplicates");
  });

  test("a proxy in between, with sequence numbers of its own: two connections", async () => {
    const outside = tellIn({});
    const inside = tellIn({ ...changedValues, sequences: [77_000_000, 88_000_000] });
    const frames = outside.flatMap((frame, index) => [at(frame, 2), at(inside[index] as Frame, 3)]);
    const { analysis, details } = await analyseBytes(pcapFile(frames, { linkType: 276 }));
    expect(analysis.connections.count).toBe(2);
    expect(details.map(({ facts }) => facts.messages)).toEqual([18, 18]);
    expect(details.map(({ facts }) => facts.negotiates[0]?.response?.capabilities)).toEqual([0x4e, 0x4f]);
  });

  test("a device in between that changes single packets: two connections from there on, one on each side of it", async () => {
    const numbered = (frame: Frame, index: number) => patched(frame, 20 + 4, be16(index + 1));
    const frames = tellIn({}).flatMap((frame, index) => {
      const [outside, inside] = index % 2 === 1 ? [2, 3] : [3, 2];
      const before = { ...numbered(frame, index), time: frame.time };
      const isAnswer = frame.bytes.length > 200 && index === 4;
      // Capabilities of the NEGOTIATE response, and the checksum that goes with them.
      const after = isAnswer ? patched(patched(before, 20 + 20 + 20 + 4 + 64 + 24, octets(0x4f)), 20 + 20 + 16, octets(1, 2)) : before;
      return [at({ ...before, time: frame.time }, outside), at({ ...after, time: frame.time }, inside, 0.01)];
    });
    const { details } = await analyseBytes(pcapFile(frames, { linkType: 276 }));
    expect(details.map(({ facts }) => facts.negotiates[0]?.response?.capabilities)).toEqual([0x4e, 0x4f]);
    expect(details.map(({ facts }) => facts.messages)).toEqual([18, 17]);
    expect(details.map(({ findings }) => findings.some(({ rule }) => rule === "vni-server-capabilities-differ"))).toEqual([false, true]);
  });

  test("a packet that is another at every one of a hundred places: told apart at some of them only", async () => {
    const frames = tellIn({}).flatMap((frame, index) => {
      const before = { ...patched(frame, 20 + 4, be16(index + 1)), time: frame.time };
      if (index !== 4) return [at(before, 2)];
      return Array.from({ length: 100 }, (_, place) =>
        at({ ...patched(before, 20 + 20 + 16, be16(place + 1)), time: frame.time }, place + 2, place / 1000),
      );
    });
    const { analysis } = await analyseBytes(pcapFile(frames, { linkType: 276 }));
    expect(analysis.connections.count).toBe(64);
  });

  test("a checksum that is filled in on the way changes nothing", async () => {
    const frames = tellIn({}).flatMap((frame, index) => {
      const filled = patched(frame, 20 + 4, be16(index + 1));
      const [view, tcp] = [new DataView(filled.bytes.buffer), filled.bytes.length - 40];
      let sum = 6 + tcp;
      for (let at = 20 + 12; at < 20 + 20; at += 2) sum += view.getUint16(at);
      const unfilled = patched(filled, 20 + 20 + 16, be16((sum & 0xffff) + (sum >>> 16)));
      return [at({ ...unfilled, time: frame.time }, 2), at({ ...filled, time: frame.time }, 3, 0.01)];
    });
    expect(await factsOf(pcapFile(frames, { linkType: 276 }))).toMatchObject({ messages: 18, lostFromClient: 0, lostFromServer: 0 });
  });

  test("the 4-tuple used again later: two connections, one after the other", async () => {
    const first = tellIn({}).flatMap((frame) => [at(frame, 2), at(frame, 3)]);
    const again = tellIn({ sequences: [5, 6] }).flatMap((frame) => [at(frame, 2, 60_000), at(frame, 3, 60_000)]);
    const { details } = await analyseBytes(pcapFile([...first, ...again], { linkType: 276 }));
    expect(details.map(({ facts }) => [facts.messages, facts.synSeen])).toEqual([
      [18, true],
      [18, true],
    ]);
  });
});

describe("frames that were cut although their two lengths are equal", () => {
  const hosts = { client: { address: "2001:db8:0:0:0:0:0:1", port: 49_152 }, server: { address: "2001:db8:0:0:0:0:0:2", port: 445 } };

  test.each([
    ["IPv4", {}],
    ["IPv6", hosts],
  ])("%s: by the length of the IP packet; they are no loss", async (_, options) => {
    const frames = conversation(options).negotiate().sessionSetup().treeConnect().validate().frames();
    const cut = (honest: boolean) =>
      pcapFile(frames.map((frame) => ({ ...frame, bytes: frame.bytes.slice(0, 128), ...(honest && { original: frame.bytes.length }) })));
    const [honest, lying] = [await analyseBytes(cut(true)), await analyseBytes(cut(false))];
    expect(lying.analysis.capture.issues).toEqual(honest.analysis.capture.issues);
    expect(lying.analysis.capture.issues).toMatchObject([{ kind: "snap-length", data: { snapLength: 128 } }]);
    expect(lying.analysis.findings.map(({ rule }) => rule)).toEqual(["capture-truncated"]);
    expect(lying.details[0]?.facts).toMatchObject({ lostFromClient: 0, lostFromServer: 0 });
  });
});

describe("one packet at several components of a Windows machine, as etl2pcapng numbers it", () => {
  const hosts = {
    client: { address: "2001:db8:0:0:0:0:0:1", port: 49_152 },
    server: { address: "2001:db8:0:0:0:0:0:2", port: 445 },
  };
  const interfaces = [{}, {}, {}];
  const tellIn = (options: Parameters<typeof conversation>[0] = {}) =>
    conversation(options).negotiate().sessionSetup().treeConnect().validate().file(3000).clientCloses("FIN");
  /** The frame at each component; `change` makes another one of it at the last. */
  const atAll = (frame: Frame, index: number, change?: (frame: Frame) => Frame) =>
    interfaces.map((_, interfaceId) => {
      const seen = interfaceId === 2 && change !== undefined ? change(frame) : frame;
      // Numbers of 64 bits, of which only the upper half differs.
      return { bytes: seen.bytes, time: frame.time + interfaceId * 0.05, interfaceId, packetId: (BigInt(index + 1) << 32n) | 7n };
    });

  test.each([
    ["IPv4", {}],
    ["IPv6", hosts],
  ])("%s: one connection, whose packets were recorded several times", async (_, options) => {
    for (const bigEndian of [false, true]) {
      const frames = tellIn(options)
        .frames()
        .flatMap((frame, index) => atAll(frame, index));
      const { analysis, details } = await analyseBytes(pcapngFile({ bigEndian, interfaces, frames }));
      expect(details.map(({ facts }) => [facts.messages, facts.dataSegments, facts.repeatedSegments])).toEqual([[18, 22, 44]]);
      expect(analysis.findings.map(({ rule }) => rule)).toContain("capture-duplicates");
    }
  });

  test.each([
    ["IPv4", {}, 20],
    ["IPv6", hosts, 40],
  ])(
    "%s: other content under the number of the packet: what lies between changed it, and there are two connections",
    async (_, options, ip) => {
      const tcp = 14 + ip;
      // Capabilities of the NEGOTIATE response, and the checksum that goes with them.
      const change = (frame: Frame) => patched(patched(frame, tcp + 20 + 4 + 64 + 24, octets(0x4f)), tcp + 16, octets(1, 2));
      const frames = tellIn(options)
        .frames()
        .flatMap((frame, index) => atAll(frame, index, index === 4 ? change : undefined));
      const { details } = await analyseBytes(pcapngFile({ interfaces, frames }));
      expect(details.map(({ facts }) => facts.negotiates[0]?.response?.capabilities)).toEqual([0x4e, 0x4f]);
    },
  );

  test("a large packet that the network card cuts into segments is not changed by that", async () => {
    const of = tellIn();
    const [whole, cut] = [of.frames({ segmentSize: 60_000 }), of.segments()];
    const bySequence = new Map(cut.map((segment, index) => [`${segment.from} ${segment.sequence} ${segment.payload.length}`, index]));
    const frames = of.segments({ segmentSize: 60_000 }).flatMap((segment, index) => {
      const above = { ...(whole[index] as Frame), interfaceId: 0, packetId: BigInt(index + 1) };
      const parts: Frame[] = [];
      for (let at = 0; at < segment.payload.length; at += 1460) {
        const length = Math.min(1460, segment.payload.length - at);
        const part = of.frames()[bySequence.get(`${segment.from} ${segment.sequence + at} ${length}`) ?? -1] as Frame;
        parts.push({ ...part, interfaceId: 1, packetId: BigInt(index + 1) });
      }
      return [above, ...parts];
    });
    expect(await factsOf(pcapngFile({ interfaces, frames }))).toMatchObject({ messages: 18, lostFromClient: 0, lostFromServer: 0 });
  });

  test("two sections are two captures, and so are two places of the path", async () => {
    const one = tellIn()
      .frames()
      .flatMap((frame, index) => atAll(frame, index));
    const { analysis } = await analyseBytes(pcapngFile({ interfaces, frames: one }, { interfaces, frames: one }));
    expect([1, 2].map((id) => analysis.connections.copyOf(id))).toEqual([0, 1]);
  });
});

const fill9 = () => [0, 60, 60, 60, 60, 60, 60, 60, 60];

function patched(frame: Frame | undefined, at: number, bytes: Uint8Array): Frame {
  const copy = (frame as Frame).bytes.slice();
  copy.set(bytes, at);
  return { bytes: copy, time: 0 };
}

/** The first fragment of an IPv4 frame: more to come, and only so many bytes behind the IP header. */
function fragment(frame: Frame, length: number): Frame {
  const bytes = frame.bytes.slice(0, 14 + 20 + length);
  bytes.set(be16(20 + length), 16);
  bytes.set(be16(0x2000), 20);
  return { bytes, time: frame.time };
}
