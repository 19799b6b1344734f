import type { ConnectionFacts, EndEvent, Side } from "../model/connectionFacts.ts";
import type { EndHeader } from "../net/endHeaders.ts";
import type { WentOn } from "../net/tcpSender.ts";
import type { Language } from "../spec/language.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { sideText } from "./sideText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

/** Below so many packets of an end nobody knows what its packets look like. */
const FEWEST_SAMPLES = 3;
/** One hop more or less is a route that changed. */
const LEAST_HOPS = 2;
/** Steps of an identification that still fit a counter, and the time (microseconds) in which it can be followed. */
const LARGEST_STEP = 8192;
const FOLLOWED = 2_000_000;
/** Nanoseconds between resets in the names of both ends that one device sends at once. */
const AT_ONCE = 1e6;

/** Nanoseconds by which packets overtake each other at most. */
const OVERTAKEN = 5e7;

/** Besides the TTL: no time stamps although all else has them, an identification out of the count, a like reset to the other end at once. */
type Sign = "timestamps" | "identification" | "both-ends";

type InjectedData = {
  /** In whose name the RST was sent. */
  side: Side;
  frame: number;
  /** Data of that end that goes on behind the RST; null: the RST merely looks like none of its packets. */
  wentOnFrame: number | null;
  answeredFrame: number | null;
  /** TTL of the RST, and of all packets of that end before; 0 where it does not matter. */
  ttl: number;
  usualTtl: number;
  signs: readonly Sign[];
};

/** A RST that the end in whose name it came did not send: it went on sending, or its packets look otherwise. */
export const pathResetInjected = defineRule<InjectedData>({
  id: "path-reset-injected",
  severity: "warning",
  subject: "connection",
  sections: ["RFC9293 3.5.2", "RFC9293 3.5.3"],
  remedies: ["check-device-reset"],
  proofAt: "both",
  identity: ["side"],
  check,
  texts: {
    en: () => ({
      name: "Reset sent by a device on the path",
      recognises:
        "A RST in the name of one end after which that end goes on sending, or whose TTL and at least one more mark fit none of its packets.",
      outcome: ({ side }) => `A RST in the ${side}'s name is not the ${side}'s`,
      title: ({ side, wentOnFrame }) =>
        wentOnFrame === null
          ? `The RST in the ${side}'s name does not look like the ${side}'s packets: a device on the path may have sent it.`
          : `The RST in the ${side}'s name was not sent by the ${side}'s TCP, which went on sending.`,
      what: (data) => whatEn(data),
      why: () =>
        "Who resets a connection in another's name ends it without either end having a reason: firewalls, intrusion prevention, load balancers that lost the connection, security software on the host itself. Server and client only see that the other side hung up.",
      todo: () => [
        "Look into the logs of firewalls, intrusion prevention and load balancers between the two ends, and of security software on both, for that time and these addresses.",
        "Capture at both ends: if neither of them sent the RST that the other received, a device did.",
      ],
      limit: ({ wentOnFrame }) =>
        wentOnFrame === null
          ? "Some systems send resets that look unlike their other packets. A capture at that end proves it: it holds the RST only if the end sent it."
          : "Which device or program sent it.",
    }),
    ja: () => ({
      name: "経路上の機器が送った RST",
      recognises:
        "一方の名前で RST が送られた後もその端が送信を続けているか、RST の TTL とほかの特徴の 1 つ以上がその端のどのパケットとも合いません。",
      outcome: ({ side }) => `${sideText(side, "ja")}の名前の RST は${sideText(side, "ja")}のものではない`,
      title: ({ side, wentOnFrame }) =>
        wentOnFrame === null
          ? `${sideText(side, "ja")}の名前の RST は${sideText(side, "ja")}のパケットと特徴が異なり、経路上の機器が送った可能性があります。`
          : `${sideText(side, "ja")}の名前の RST は、${sideText(side, "ja")}の TCP が送ったものではありません。${sideText(side, "ja")}はその後も送信を続けています。`,
      what: (data) => whatJa(data),
      why: () =>
        "他者の名前で RST を送るものがあると、どちらの端にも理由がないまま接続が切れます。ファイアウォール、侵入防止システム、接続の状態を失ったロード バランサー、ホスト自身のセキュリティ ソフトウェアなどです。サーバーとクライアントには、相手が切断したようにしか見えません。",
      todo: () => [
        "両端の間のファイアウォール、侵入防止システム、ロード バランサー、および両端のセキュリティ ソフトウェアのログを、その時刻とアドレスで調べます。",
        "両端でキャプチャします。一方が受け取った RST をもう一方が送っていなければ、機器が送っています。",
      ],
      limit: ({ wentOnFrame }) =>
        wentOnFrame === null
          ? "RST だけ特徴が異なるシステムもあります。その端のキャプチャで確かめられます。その端が送ったものであれば、そこに RST が記録されます。"
          : "どの機器またはプログラムが送ったかは分かりません。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<InjectedData> | undefined {
  if (facts.messages === 0 && facts.smb1Messages === 0) return undefined;
  for (const side of ["client", "server"] as const) {
    const { wentOn } = facts.path[side];
    if (wentOn !== null && isLater(facts, wentOn)) return fromWentOn(side, wentOn);
  }
  return fromLooks(facts);
}

/**
 * A RST without ACK, for a socket that was closed before, stands where the other end's acknowledgment did: data that was sent before it may
 * come behind it, if they overtook each other. Data that the other end answers, or that comes long after, is no such.
 */
function isLater({ ends, path }: ConnectionFacts, { resetFrame, after, answeredFrame }: WentOn): boolean {
  if (answeredFrame !== null || after >= OVERTAKEN) return true;
  return path.ends[ends.findIndex(({ frame }) => frame === resetFrame)]?.ack === true;
}

/** A TCP that reset the connection has forgotten it: it cannot send the byte that comes next (RFC 9293 3.5.2, 3.5.3). */
function fromWentOn(side: Side, { resetFrame, frame, answeredFrame }: WentOn): Verdict<InjectedData> {
  return {
    verdict: "fails",
    certainty: answeredFrame === null ? "suspected" : "proved",
    data: { side, frame: resetFrame, wentOnFrame: frame, answeredFrame, ttl: 0, usualTtl: 0, signs: [] },
    evidence: [
      { frame: resetFrame, role: "observed", value: "RST" },
      { frame, role: "context" },
      ...(answeredFrame === null ? [] : [{ frame: answeredFrame, role: "context" as const }]),
    ],
  };
}

function fromLooks(facts: ConnectionFacts): Verdict<InjectedData> {
  const { ends, path } = facts;
  let left: Verdict<InjectedData> = HOLDS;
  // The headers of the ends are made when they are asked for.
  const headers = ends.some(({ how }) => how === "RST") ? path.ends : [];
  for (const [index, header] of headers.entries()) {
    const end = ends[index];
    if (end?.how !== "RST") continue;
    // What a TCP sends in answer to data for a socket that it closed before is built apart from the connection.
    if (ends.slice(0, index).some(({ by }) => by === end.by)) continue;
    const { sender } = header;
    if (sender === null || sender.ttl === null || sender.samples < FEWEST_SAMPLES) {
      left = undetermined("sender-unknown");
      continue;
    }
    if (!isForeign(header)) continue;
    const signs = signsOf(header, end, ends, headers);
    if (signs.length === 0) left = undetermined("ttl-alone");
    else return unlike(facts, end, header, signs);
  }
  return left;
}

function isForeign({ ttl, sender }: EndHeader): boolean {
  if (ttl === null || sender === null || sender.ttl === null || sender.samples < FEWEST_SAMPLES) return false;
  return Math.abs(ttl - sender.ttl) >= LEAST_HOPS;
}

function signsOf(header: EndHeader, end: EndEvent, ends: readonly EndEvent[], headers: readonly EndHeader[]): readonly Sign[] {
  const signs: Sign[] = [];
  if (header.ack && header.sender?.timestamps === true && !header.timestamps) signs.push("timestamps");
  if (isOutOfCount(header)) signs.push("identification");
  const other = ends.findIndex(({ by, how, time }) => how === "RST" && by !== end.by && Math.abs(time - end.time) <= AT_ONCE);
  const otherHeader = headers[other];
  if (otherHeader !== undefined && isForeign(otherHeader)) signs.push("both-ends");
  return signs;
}

/** Identification 0 is what many systems give packets that belong to no connection. */
function isOutOfCount({ id, sender }: EndHeader): boolean {
  if (id === null || id === 0 || sender === null || sender.identifications !== "counts" || sender.sinceLast > FOLLOWED) return false;
  const step = (id - sender.lastId) & 0xffff;
  return step > LARGEST_STEP && step < 0x1_0000 - LARGEST_STEP;
}

function unlike(facts: ConnectionFacts, end: EndEvent, header: EndHeader, signs: readonly Sign[]): Verdict<InjectedData> {
  const opening = facts.path[end.by].opening?.frame;
  const usualTtl = header.sender?.ttl ?? 0;
  return {
    verdict: "fails",
    certainty: "suspected",
    data: { side: end.by, frame: end.frame, wentOnFrame: null, answeredFrame: null, ttl: header.ttl ?? 0, usualTtl, signs },
    evidence: [
      { frame: end.frame, role: "observed", value: `RST, TTL ${header.ttl}` },
      ...(opening === undefined ? [] : [{ frame: opening, role: "expected" as const, value: `TTL ${usualTtl}` }]),
    ],
  };
}

function whatEn({ side, frame, wentOnFrame, answeredFrame, ttl, usualTtl, signs }: InjectedData): string {
  if (wentOnFrame !== null) {
    const answered = answeredFrame === null ? "" : ` The other end acknowledged it and answered ${inFrame(answeredFrame)}.`;
    return `After the RST ${inFrame(frame)} the ${side} sent ${inFrame(wentOnFrame)}, which goes on exactly where its data stood.${answered} A TCP that has reset a connection has forgotten it.`;
  }
  return `The RST ${inFrame(frame)} arrived with TTL ${ttl}, all packets of the ${side} before with ${usualTtl}. ${signs.map((sign) => signTexts.en[sign]).join(" ")}`;
}

function whatJa({ side, frame, wentOnFrame, answeredFrame, ttl, usualTtl, signs }: InjectedData): string {
  if (wentOnFrame !== null) {
    const answered = answeredFrame === null ? "" : `相手はこれを確認応答し、${inFrame(answeredFrame)} で応答しています。`;
    return `RST ${inFrame(frame)} の後に、${sideText(side, "ja")}が ${inFrame(wentOnFrame)} を送っており、それまでのデータの続きになっています。${answered}接続をリセットした TCP は、その接続を続けることができません。`;
  }
  return `RST ${inFrame(frame)} の TTL は ${ttl} ですが、それまでの${sideText(side, "ja")}のパケットの TTL はすべて ${usualTtl} です。${signs.map((sign) => signTexts.ja[sign]).join("")}`;
}

const signTexts: Readonly<Record<Language, Readonly<Record<Sign, string>>>> = {
  en: {
    timestamps: "It belongs to the connection by its ACK, yet lacks the time stamps that all the others carry.",
    identification: "Its IP identification is far from the count of the others.",
    "both-ends": "Within a millisecond a RST with a foreign TTL came in the other end's name too.",
  },
  ja: {
    timestamps: "ACK があり接続に属していますが、ほかのすべてのパケットにあるタイム スタンプがありません。",
    identification: "IP の識別子が、ほかのパケットの連番から大きく外れています。",
    "both-ends": "1 ミリ秒以内に、相手の名前でも TTL の異なる RST が送られています。",
  },
};
