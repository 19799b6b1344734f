import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConnectionDetail } from "../../src/core/rules/analysis.ts";
import { analyseBytes, messageLines, onlyConnection } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { type Conversation, conversation } from "../support/conversation.ts";
import { fill } from "../support/encode.ts";
import type { TcpSegment } from "../support/encodeFrame.ts";
import * as smb from "../support/encodeMessage.ts";
import { Command } from "../support/encodeMessage.ts";

/*
 * However a conversation is cut into segments, and in whatever order, how often and how much overlapping they were captured: the
 * messages and facts are those of the plain capture. Only frames and times differ.
 */

const failing = (sequences: readonly [number, number]) =>
  conversation({ sequences })
    .negotiate()
    .sessionSetup()
    .treeConnect()
    .validate({ response: { capabilities: 0x4f } })
    .clientCloses("FIN");

const CONVERSATIONS: Readonly<Record<string, (sequences: readonly [number, number]) => Conversation>> = {
  failing,
  busy: (sequences) =>
    conversation({ sequences })
      .smb1Negotiate(["NT LM 0.12", "SMB 2.???"], { dialect: 0x02ff })
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate({ pending: true })
      .compounded([
        [Command.CREATE, smb.createRequest("a"), smb.createResponse()],
        [Command.WRITE, smb.writeRequest(fill(200, 1)), smb.writeResponse(200)],
        [Command.CLOSE, smb.closeRequest(), smb.closeResponse()],
      ])
      .file(300)
      .encrypted("client")
      .encrypted("server")
      .logoff()
      .clientCloses("FIN")
      .serverCloses("FIN"),
};

const sequences = fc.tuple(
  fc.constantFrom(1_000_000, 0xffff_fff0, 0xffff_ff00, 0xffff_fc00, 0x7fff_ff80, 0),
  fc.constantFrom(2_000_000, 0xffff_fffe, 0x7fff_fe00),
);
const names = fc.constantFrom(...Object.keys(CONVERSATIONS));

/** Cuts every stretch of data at places that a generator chose. */
function cut(segments: readonly TcpSegment[], sizes: readonly number[]): TcpSegment[] {
  let place = 0;
  return segments.flatMap((segment) => {
    const pieces: TcpSegment[] = [];
    for (let at = 0; at < segment.payload.length; ) {
      const size = sizes[place++ % sizes.length] ?? 1;
      pieces.push({ ...segment, sequence: (segment.sequence + at) >>> 0, payload: segment.payload.subarray(at, at + size) });
      at += size;
    }
    return pieces.length > 0 ? pieces : [segment];
  });
}

/** The runs of segments that one side sends before the other one answers. */
function turns(segments: readonly TcpSegment[]): TcpSegment[][] {
  const runs: TcpSegment[][] = [];
  for (const segment of segments) {
    const run = runs.at(-1);
    if (run !== undefined && run[0]?.from === segment.from && segment.payload.length > 0 && (run[0]?.payload.length ?? 0) > 0)
      run.push(segment);
    else runs.push([segment]);
  }
  return runs;
}

/** Numbers from 0 to 1, as many as are asked for; the same for the same seed, so that a failure can be shrunk. */
function dice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b1) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 0x1_0000_0000;
  };
}

function shuffled<Item>(items: readonly Item[], roll: () => number): Item[] {
  return items
    .map((item) => ({ item, place: roll() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** Puts bytes of the same stream before and behind some segments of a turn, as retransmissions with other bounds do. */
function overlapping(turn: readonly TcpSegment[], roll: () => number): TcpSegment[] {
  return turn.map((segment, index) => {
    const before = turn[index - 1];
    const behind = turn[index + 1];
    const more = roll();
    if (more < 0.2 && before !== undefined) {
      const part = before.payload.subarray(before.payload.length - Math.ceil(before.payload.length * roll()));
      return { ...segment, sequence: (segment.sequence - part.length) >>> 0, payload: Uint8Array.from([...part, ...segment.payload]) };
    }
    if (more > 0.8 && behind !== undefined) {
      const part = behind.payload.subarray(0, Math.ceil(behind.payload.length * roll()));
      return { ...segment, payload: Uint8Array.from([...segment.payload, ...part]) };
    }
    return segment;
  });
}

/** Some segments again at once or much later. */
function repeated(segments: readonly TcpSegment[], roll: () => number): TcpSegment[] {
  const all: TcpSegment[] = [];
  for (const segment of segments) {
    all.push(segment);
    if (roll() < 0.2) all.push(segment);
    const old = all[Math.floor(roll() * all.length)];
    if (roll() < 0.1 && old !== undefined && old.payload.length > 0) all.push(old);
  }
  return all;
}

/** Everything of a connection that does not depend on where its frames lie. */
function essence(detail: ConnectionDetail): unknown {
  const places = new Set([
    "frame",
    "time",
    "firstFrame",
    "lastFrame",
    "firstTime",
    "lastTime",
    "captureEndTime",
    "lastMessageFrame",
    "requestFrame",
    "responseFrame",
    "setupRequestFrame",
    "firstTruncatedFrame",
    "deniedFrames",
  ]);
  const { facts } = detail;
  const plain = {
    // A message has the frame of its last byte, and is listed by it: messages that one side sent together may change places.
    messages: messageLines(detail).toSorted(),
    // That segments are there twice is what one rule tells of.
    verdicts: detail.verdicts.filter(({ rule }) => rule !== "capture-duplicates").map(({ rule, verdict }) => `${rule} ${verdict.verdict}`),
    dialect: facts.dialect,
    negotiates: facts.negotiates,
    sessions: facts.sessions,
    trees: facts.trees,
    validations: facts.validations,
    smb1: facts.smb1,
    counts: [
      facts.messages,
      facts.encryptedMessages,
      facts.fileRequests,
      facts.truncatedMessages,
      facts.lostFromClient,
      facts.lostFromServer,
    ],
    ends: facts.ends,
    lastClientMessage: facts.lastClientMessage,
    synSeen: facts.synSeen,
    fingerprint: facts.fingerprint,
  };
  return JSON.parse(JSON.stringify(plain, (key, value: unknown) => (places.has(key) ? undefined : value)));
}

const capture = (of: Conversation, segments: readonly TcpSegment[]) => onlyConnection(pcapFile(of.framesOf(segments)));

async function plainOf(name: string) {
  const of = CONVERSATIONS[name]?.([1_000_000, 2_000_000]) as Conversation;
  return essence(await capture(of, of.segments({ segmentSize: 100_000 })));
}

test("any segmentation", async () => {
  await fc.assert(
    fc.asyncProperty(
      names,
      sequences,
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }),
      async (name, start, sizes) => {
        const of = CONVERSATIONS[name]?.(start) as Conversation;
        const detail = await capture(of, cut(of.segments({ segmentSize: 100_000 }), sizes));
        expect(essence(detail)).toEqual(await plainOf(name));
      },
    ),
    { numRuns: 120 },
  );
});

test("any order within what one side sends at a time, with overlaps and repetitions", async () => {
  const sizes = fc.array(fc.integer({ min: 10, max: 200 }), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(names, sequences, sizes, fc.integer(), async (name, start, pieces, seed) => {
      const of = CONVERSATIONS[name]?.(start) as Conversation;
      const roll = dice(seed);
      const inTurns = turns(cut(of.segments({ segmentSize: 100_000 }), pieces)).flatMap((turn) => shuffled(overlapping(turn, roll), roll));
      const detail = await capture(of, repeated(inTurns, roll));
      expect(essence(detail)).toEqual(await plainOf(name));
    }),
    { numRuns: 150 },
  );
});

test("any loss: no message that was not sent, and every message of which no segment is missing", async () => {
  const sizes = fc.array(fc.integer({ min: 30, max: 400 }), { minLength: 1, maxLength: 5 });
  const lines = messageLines(await onlyConnection(failing([1, 1]).pcap()));
  await fc.assert(
    fc.asyncProperty(sequences, sizes, fc.integer(), async (start, pieces, seed) => {
      const of = failing(start);
      const roll = dice(seed);
      const all = cut(of.segments({ segmentSize: 100_000 }), pieces);
      const left = new Set(all.filter(({ payload }) => payload.length === 0 || roll() > 0.1));
      const { details } = await analyseBytes(pcapFile(of.framesOf([...left])));
      const found = details.flatMap((detail) => messageLines(detail));
      // The conversation has one message in each turn. Of a message without its whole header nothing is known but that it was there.
      const runs = turns(all).filter((run) => (run[0]?.payload.length ?? 0) > 0);
      expect(found.filter((line) => !lines.includes(line) && !line.startsWith("SMB2 -1 "))).toEqual([]);
      expect(lines.filter((line, index) => runs[index]?.every((one) => left.has(one)) && !found.includes(line))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
