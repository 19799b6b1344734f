import { describe, expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { MOST_UNOPENED } from "../../src/core/net/tcpTracker.ts";
import { toJson } from "../../src/core/report/toJson.ts";
import { toTextTrace } from "../../src/core/report/toTextTrace.ts";
import { analyseBytes, factsOf, messageLines, onlyConnection } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { CLIENT, conversation } from "../support/conversation.ts";
import { octets } from "../support/encode.ts";
import type { TcpSegment } from "../support/encodeFrame.ts";
import { refused, reset, retransmitted, steelHead, unanswered, withOptions } from "../support/pathCaptures.ts";

const NOTHING = new Uint8Array(0);
const told = () => conversation().negotiate().sessionSetup().treeConnect().validate().file().clientCloses("FIN").serverCloses("FIN");

function changed(change: (segments: TcpSegment[]) => readonly TcpSegment[]): Uint8Array {
  return pcapFile(conversation().framesOf(change(told().segments())));
}

const pathOf = async (capture: Uint8Array) => (await factsOf(capture)).path;

describe("how the ends opened the connection", () => {
  test("TTL, identification, window and every option in its order", async () => {
    const linux = octets(2, 4, 0x05, 0xb4, 4, 2, 8, 10, 1, 2, 3, 4, 0, 0, 0, 0, 1, 3, 3, 7);
    const path = await pathOf(
      changed((segments) => segments.map((one) => (one.syn ? { ...one, ttl: 57, id: 0xbeef, window: 29_200, options: linux } : one))),
    );
    expect(path.client.opening).toEqual({
      frame: 1,
      ttl: 57,
      id: 0xbeef,
      window: 29_200,
      options: [
        { kind: 2, value: [5, 0xb4] },
        { kind: 4, value: [] },
        { kind: 8, value: [1, 2, 3, 4, 0, 0, 0, 0] },
        { kind: 1, value: [] },
        { kind: 3, value: [7] },
      ],
      mss: 1460,
      windowScale: 7,
      sackPermitted: true,
      timestamps: true,
    });
    expect(path.server.opening).toMatchObject({ frame: 2, ttl: 57 });
    expect(path.client.hasUnusualOption).toBe(false);
    expect(path.isPlain).toBe(true);
  });

  test("an accelerator's options with their bytes", async () => {
    const { client, server, isPlain } = await pathOf(steelHead());
    expect(client.opening?.options.at(-1)).toEqual({ kind: 0x4c, value: [1, 0, 10, 1, 1, 5, 0, 5] });
    expect(server.opening?.options.find(({ kind }) => kind === 76)?.value.slice(6)).toEqual([10, 2, 2, 5, 0x1e, 0x78]);
    expect(isPlain).toBe(false);
  });

  test("IPv6 has a hop limit and no identification", async () => {
    const ends = { client: { address: "2001:db8:0:0:0:0:0:1", port: 50_000 }, server: { address: "2001:db8:0:0:0:0:0:2", port: 445 } };
    const path = await pathOf(conversation(ends).negotiate().pcap());
    expect(path.client.opening).toMatchObject({ ttl: 64, id: null });
  });

  test.each([
    ["length 0", octets(76, 0, 1, 1)],
    ["length 1", octets(76, 1, 1, 1)],
    ["longer than the header", octets(76, 40, 1, 1)],
    ["a kind and nothing behind it", octets(1, 1, 1, 76)],
    ["the end of the list before it", octets(0, 76, 4, 1)],
  ])("options that cannot be right are read to their end: %s", async (_name, bytes) => {
    const path = await pathOf(withOptions(bytes, NOTHING));
    for (const { value } of path.client.opening?.options ?? []) expect(value.length).toBeLessThan(40);
  });

  test("a capture that starts later has neither, also behind a connection that had them", async () => {
    const late = conversation({ client: { ...CLIENT, port: 50_001 }, handshake: false }).negotiate();
    const frames = late.framesOf(late.segments().map((one) => ({ ...one, time: one.time + 100 })));
    // More frames than a closed connection waits for, so that its objects serve the next one.
    const filling = Array.from({ length: 300 }, (_, index) => {
      const [syn] = conversation().segments();
      const port = 51_000 + index;
      return conversation({ client: { ...CLIENT, port }, server: { address: "198.51.100.9", port: 80 } }).framesOf([
        { ...(syn as TcpSegment), time: 50 },
      ]);
    }).flat();
    const { details } = await analyseBytes(pcapFile([...told().frames(), ...filling, ...frames]));
    expect(details.map(({ facts }) => facts.path.client.opening?.frame ?? null)).toEqual([1, null]);
    const source = memorySource(pcapFile([...told().frames(), ...filling, ...frames]));
    expect((await analyse(source)).connections.count).toBe(2);
  });

  test("SYNs of thousands of other connections do not mix up the handshakes", async () => {
    const [syn] = conversation().segments();
    const flood = Array.from({ length: 5000 }, (_, index) =>
      conversation({ client: { ...CLIENT, port: 10_000 + index } }).framesOf([{ ...(syn as TcpSegment), ttl: 9 }]),
    ).flat();
    const frames = told().frames();
    const { details } = await analyseBytes(pcapFile([...frames.slice(0, 2), ...flood, ...frames.slice(2)]));
    expect(details.map(({ facts }) => facts.path.client.opening)).toEqual([null]);
  });
});

describe("what the ends did later", () => {
  test("TTL, time stamps and identifications of their segments", async () => {
    const { client, server, ends } = await pathOf(reset({}));
    expect(server).toMatchObject({ ttlLow: 58, ttlHigh: 58, identifications: "counts" });
    expect(server.stamped).toBe(server.samples);
    expect(client.samples).toBe(4);
    expect(ends).toEqual([
      {
        ttl: 58,
        id: 0,
        window: 0,
        ack: true,
        timestamps: false,
        sequenceOffset: 0,
        acknowledgmentOffset: 0,
        sender: { samples: 4, ttl: 58, identifications: "counts", lastId: 5004, sinceLast: 500, timestamps: true },
      },
    ]);
  });

  test("of a long connection only some are looked at", async () => {
    const busy = conversation().negotiate().sessionSetup().treeConnect();
    for (let i = 0; i < 100; i++) busy.file(10);
    const { client } = await pathOf(busy.pcap());
    expect(client.samples).toBeGreaterThan(15);
    expect(client.samples).toBeLessThan(60);
  });

  test("retransmissions are counted, copies that the capture made are not", async () => {
    const again = changed((segments) =>
      segments.flatMap((one) => [one, { ...one, time: one.time + 0.0001 }, { ...one, time: one.time + 400 }]),
    );
    const { client, server } = await pathOf(again);
    expect([client.retransmissions, server.retransmissions]).toEqual([9, 9]);
  });

  test("a keep-alive is a byte that was sent before", async () => {
    const path = await pathOf(
      changed((segments) =>
        segments.flatMap((one, index) =>
          index === 9
            ? [one, { ...one, sequence: one.sequence + one.payload.length - 1, payload: octets(0), time: one.time + 900 }]
            : [one],
        ),
      ),
    );
    expect(path.client.keepAlives + path.server.keepAlives).toBe(1);
    expect(path.client.retransmissions + path.server.retransmissions).toBe(0);
  });

  test("a window that closes, and opens again", async () => {
    const detail = await onlyConnection(
      changed((segments) =>
        segments.flatMap((one, index) =>
          index === 9
            ? [one, { ...one, from: "server", payload: NOTHING, window: 0 }, { ...one, from: "server", payload: NOTHING, window: 512 }]
            : [one],
        ),
      ),
    );
    expect(detail.facts.path.server.zeroWindows).toBe(1);
    expect(messageLines(detail)).toHaveLength(18);
  });

  test("urgent data stands in the stream like any other", async () => {
    const plain = messageLines(await onlyConnection(told().pcap()));
    const detail = await onlyConnection(
      changed((segments) => segments.map((one) => (one.payload.length > 0 ? { ...one, urgent: true } : one))),
    );
    expect(messageLines(detail)).toEqual(plain);
    expect(detail.facts.path.client.urgent + detail.facts.path.server.urgent).toBe(18);
    expect(detail.facts.lostFromClient).toBe(0);
  });
});

describe("what reports say of it", () => {
  const subject = { name: "a.pcap", language: "en" } as const;

  test("JSON has the counts where there are any, and nothing where there are none", async () => {
    const { analysis } = await analyseBytes(retransmitted(2));
    const [connection] = JSON.parse(toJson(analysis, subject)).captures[0].connections;
    const nothing = { keepAlives: 0, zeroWindows: 0, urgent: 0 };
    expect(connection.tcp).toEqual({ client: { retransmissions: 2, ...nothing }, server: { retransmissions: 0, ...nothing } });
    const healthy = await analyseBytes(told().pcap());
    expect(JSON.parse(toJson(healthy.analysis, subject)).captures[0].connections[0]).not.toHaveProperty("tcp");
  });

  test("the counts of one connection do not show on the next", async () => {
    const other = conversation({ client: { ...CLIENT, port: 50_001 } }).negotiate();
    const first = [...told().segments(), { ...(told().segments()[5] as TcpSegment), time: 900 }];
    const later = other.framesOf(other.segments().map((one) => ({ ...one, time: one.time + 5000 })));
    const { analysis } = await analyseBytes(pcapFile([...conversation().framesOf(first), ...later]));
    const counts = [0, 1].map((index) => analysis.connections.get(index).tcp);
    expect(counts.map(({ client, server }) => client.retransmissions + server.retransmissions)).toEqual([1, 0]);
  });

  test("a connection's own trace says how the ends opened it", async () => {
    const { analysis, details } = await analyseBytes(steelHead());
    const { text } = toTextTrace(analysis, details, { ...subject, connection: 1 });
    expect(text).toContain(
      "\n  TCP: client [1]: TTL 64 window 64240 MSS 1460 WS 8 SACK option 76; server [2]: TTL 64 window 64240 MSS 1460 WS 8 SACK option 76\n",
    );
  });
});

describe("connections that nobody took", () => {
  const rowsOf = async (capture: Uint8Array) => (await analyseBytes(capture)).details.map(({ facts }) => facts);

  test("a refusal has its row, with both ends", async () => {
    const [facts] = await rowsOf(refused());
    expect(facts).toMatchObject({ id: 1, messages: 0, client: CLIENT, ended: { by: "server", how: "RST", frame: 2 } });
    expect(facts?.path).toMatchObject({ unopened: "refused", client: { opening: { frame: 1 } }, ends: [{ acknowledgmentOffset: 0 }] });
  });

  test("the same SYN, refused again and again, is one", async () => {
    const { details } = await analyseBytes(repeatedRefusal(3));
    expect(details).toHaveLength(1);
  });

  test("a RST that answers another SYN is none", async () => {
    expect(await rowsOf(refusal({ acknowledgment: 77 }))).toEqual([]);
    expect(await rowsOf(refusal({ ack: false }))).toEqual([]);
    expect(await rowsOf(refusal({ from: "client" }))).toEqual([]);
  });

  test("a connection that was opened and reset without a word is none", async () => {
    const [syn, answer] = conversation().segments() as [TcpSegment, TcpSegment];
    const rst: TcpSegment = { ...answer, rst: true, sequence: answer.sequence + 1, time: 3 };
    expect(await rowsOf(pcapFile(conversation().framesOf([syn, answer, { ...rst, syn: false }])))).toEqual([]);
  });

  test("a SYN alone is none, one that was sent again is told of when the capture is over", async () => {
    expect(await rowsOf(unanswered([0], 30_000))).toEqual([]);
    expect((await rowsOf(unanswered([0, 1000], 30_000)))[0]?.path).toMatchObject({ unopened: "unanswered", synRepeats: 1 });
    expect((await rowsOf(unanswered([0, 1000, 3000, 7000, 15_000], 30_000)))[0]?.path).toMatchObject({ synRepeats: 3 });
  });

  test("copies that the capture made of a SYN are no retransmissions", async () => {
    expect(await rowsOf(copiesOfSyn())).toEqual([]);
  });

  test("what the client sends later says that somebody answered", async () => {
    const [syn, , ack] = conversation().segments() as [TcpSegment, TcpSegment, TcpSegment];
    const again = { ...syn, id: 9, time: 1000 };
    expect(await rowsOf(pcapFile(conversation().framesOf([syn, again, { ...ack, fin: true, time: 1500 }])))).toEqual([]);
  });

  test("NetBIOS matters only where direct TCP is not tried", async () => {
    const port139 = { server: { address: "198.51.100.20", port: 139 } };
    expect(await rowsOf(refusal({}, port139))).toHaveLength(1);
    const [syn] = conversation().segments() as [TcpSegment];
    const direct = conversation().framesOf([syn]);
    const both = [...direct, ...refusalFrames({}, port139)];
    expect(await rowsOf(pcapFile(both))).toEqual([]);
  });

  test("other ports are nobody's business", async () => {
    expect(await rowsOf(refusal({}, { server: { address: "198.51.100.20", port: 80 } }))).toEqual([]);
  });

  test("a connection that comes about at the second try has a row of its own", async () => {
    const [syn] = told().segments() as [TcpSegment];
    const rst: TcpSegment = { from: "server", sequence: 0, acknowledgment: syn.sequence + 1, rst: true, payload: NOTHING, time: 0.2 };
    const facts = await rowsOf(pcapFile(told().framesOf([syn, rst, { ...syn, time: 0.5 }, ...told().segments().slice(1)])));
    expect(facts.map(({ path, messages }) => [path.unopened, messages])).toEqual([
      ["refused", 0],
      [null, 18],
    ]);
    expect(facts[1]).toMatchObject({ synSeen: true, lostFromClient: 0, lostFromServer: 0 });
  });

  test("of a scan the first ones are told of, and that there were more", async () => {
    const frames = Array.from({ length: MOST_UNOPENED + 50 }, (_, index) =>
      refusalFrames({}, { client: { ...CLIENT, port: 1024 + index } }),
    ).flat();
    const analysis = await analyse(memorySource(pcapFile(frames)));
    expect(analysis.connections.count).toBe(MOST_UNOPENED);
    expect(analysis.capture.issues).toContainEqual({ kind: "table-full", data: { table: "unopened", limit: MOST_UNOPENED } });
    expect(analysis.incidents.map(({ rule, count }) => [rule, count])).toEqual([["tcp-connect-refused", MOST_UNOPENED]]);
  });
});

function refusalFrames(over: Partial<TcpSegment>, ends: Parameters<typeof conversation>[0] = {}) {
  const [syn] = conversation().segments() as [TcpSegment];
  const rst: TcpSegment = { from: "server", sequence: 0, acknowledgment: syn.sequence + 1, rst: true, payload: NOTHING, time: 1, ...over };
  return conversation(ends).framesOf([syn, rst]);
}

function refusal(over: Partial<TcpSegment>, ends: Parameters<typeof conversation>[0] = {}): Uint8Array {
  return pcapFile(refusalFrames(over, ends));
}

function repeatedRefusal(times: number): Uint8Array {
  const pair = (index: number) => refusalFrames({ id: index }).map((frame) => ({ ...frame, time: frame.time + 500 * index }));
  return pcapFile(Array.from({ length: times }, (_, index) => pair(index)).flat());
}

function copiesOfSyn(): Uint8Array {
  const [syn] = conversation().segments() as [TcpSegment];
  return pcapFile(conversation().framesOf([0, 0.001, 0.002].map((time) => ({ ...syn, id: 7, time }))));
}
