import type { PathFacts } from "../../src/core/model/pathFacts.ts";
import type { EndHeader, SenderLook } from "../../src/core/net/endHeaders.ts";
import type { OpeningHeader, TcpOption } from "../../src/core/net/keptHeader.ts";
import type { SenderFacts } from "../../src/core/net/tcpSender.ts";

/* What hand-made connections show of the path: unless told otherwise, two Windows machines on one network. */

const WINDOWS_OPTIONS: readonly TcpOption[] = [
  { kind: 2, value: [0x05, 0xb4] },
  { kind: 1, value: [] },
  { kind: 3, value: [8] },
  { kind: 1, value: [] },
  { kind: 1, value: [] },
  { kind: 4, value: [] },
];

export function openingHeader(over: Partial<OpeningHeader> = {}): OpeningHeader {
  return {
    frame: 1,
    ttl: 128,
    id: 100,
    window: 64_240,
    options: WINDOWS_OPTIONS,
    mss: 1460,
    windowScale: 8,
    sackPermitted: true,
    timestamps: false,
    ...over,
  };
}

/** The usual options of Windows and one more. */
export function openingWith(kind: number, value: readonly number[], frame: number): OpeningHeader {
  return openingHeader({ frame, options: [...WINDOWS_OPTIONS, { kind, value }] });
}

export function senderFacts(over: Partial<SenderFacts> = {}): SenderFacts {
  return {
    retransmissions: 0,
    keepAlives: 0,
    zeroWindows: 0,
    urgent: 0,
    opening: openingHeader(),
    hasUnusualOption: false,
    samples: 12,
    ttlLow: 128,
    ttlHigh: 128,
    stamped: 0,
    identifications: "counts",
    window: 8192,
    repetition: null,
    wentOn: null,
    ...over,
  };
}

export function endHeader(over: Partial<Omit<EndHeader, "sender">> & { readonly sender?: Partial<SenderLook> } = {}): EndHeader {
  return {
    ttl: 128,
    id: 130,
    window: 0,
    ack: true,
    timestamps: false,
    sequenceOffset: 0,
    acknowledgmentOffset: 0,
    ...over,
    sender: { samples: 12, ttl: 128, identifications: "counts", lastId: 128, sinceLast: 1000, timestamps: false, ...over.sender },
  };
}

export function pathFacts(over: Partial<PathFacts> = {}): PathFacts {
  return {
    client: senderFacts(),
    server: senderFacts({ opening: openingHeader({ frame: 2, window: 65_535 }) }),
    ends: [endHeader()],
    unopened: null,
    synRepeats: 0,
    isPlain: true,
    ...over,
  };
}
