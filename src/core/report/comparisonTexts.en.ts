import type { CaptureSide, PairMark } from "../compare/captureComparison.ts";
import type { ComparisonTexts } from "./comparisonTexts.ts";
import { formatCount, formatSpan } from "./quantities.ts";

const MARKS: Partial<Readonly<Record<PairMark, string>>> = { messages: "order of messages" };
const name = (side: CaptureSide) => side.toUpperCase();
const several = (count: number, one: string, many: string) => `${formatCount(count)} ${count === 1 ? one : many}`;

export const comparisonTextsEn: ComparisonTexts = {
  language: "en",
  capture: (side, isClientSide) => `${name(side)}  ${isClientSide ? "client's side" : "server's side"}`,
  verdict: (pairs, changed) =>
    changed === 0
      ? `Nothing was changed: ${several(pairs, "connection is", "connections are")} in both captures, and every message that both hold is the same.`
      : `${changed === pairs && pairs > 1 ? "All " : ""}${several(changed, "connection was", "connections were")} changed between the two places${changed === pairs ? "" : `, of ${formatCount(pairs)} that are in both captures`}.`,
  noPairs:
    "No connection is in both captures. Take them at the same time and without a filter on addresses that a device on the path translates, and start both before the client connects.",
  clock: ({ nanoseconds, uncertainty, messages }) => {
    const size = formatSpan(Math.abs(nanoseconds), "en");
    const exact = uncertainty === null ? "" : `, give or take ${formatSpan(uncertainty, "en")}`;
    return `B's clock is ${size} ${nanoseconds < 0 ? "behind" : "ahead of"} A's${exact} (${several(messages, "common message", "common messages")}).`;
  },
  noClock: "The offset between the two clocks cannot be told: the captures have no message in common.",
  clientSide: ({ side, by, longerInA, longerInB }) =>
    by === "response-times"
      ? `${name(side)} was taken nearer to the client: ${side === "a" ? longerInA : longerInB} of ${longerInA + longerInB} answers take longer there.`
      : "Which capture was taken nearer to the client cannot be told from their times, so A is taken for it, as the first one given.",
  pair: (a, b) => `Connection ${a} in A, ${b} in B`,
  matchedBy: (marks) => `the same by ${marks.map((mark) => MARKS[mark] ?? mark).join(", ")}`,
  unchanged: (messages) => `${several(messages, "message", "messages")} in both, all the same.`,
  changedBetween: (from, to) => `changed between ${name(from)} and ${name(to)}`,
  changedOnly: "its bytes differ",
  sent: (side) => `in ${name(side)}, as sent`,
  arrived: (side) => `in ${name(side)}, as arrived`,
  absent: "not there",
  bytes: "(bytes)",
  cut: (side) =>
    `not comparable: ${side === "both" ? "both captures hold" : `${name(side)} holds`} only a part of it. Capture again without a length limit.`,
  onlyIn: (side) => `Only in ${name(side)}`,
  oneSided: ({ certain }, other, arrived) => {
    const place = `where ${name(other)} was taken`;
    if (!certain) return `not in ${name(other)}, which may have missed it: it begins or ends there, or lacks packets`;
    return arrived ? `never came by ${place}: something between the two places sent it` : `never came through to ${place}`;
  },
  message: (text) => text,
  direction: (fromClient) => (fromClient ? "client -> server" : "server -> client"),
  equalPairs: (count) => `${several(count, "more connection is", "more connections are")} in both captures without any difference.`,
  unpaired: (side, ids, count) =>
    `Only in ${name(side)}: ${count === 1 ? "connection" : "connections"} ${ids.join(", ")}${count > ids.length ? ` and ${formatCount(count - ids.length)} more` : ""}.`,
  omitted: (count) => `${several(count, "connection was", "connections were")} not compared: there are too many.`,
  more: (count) => `... and ${formatCount(count)} more`,
  meaning: (client) =>
    `A device on the path between where ${name(client)} and where ${name(client === "a" ? "b" : "a")} was taken changes SMB messages. Client and server each see what the other never said, and end the connection as soon as one of them can prove it.`,
  todo: [
    "Find the device between the two places that touches TCP port 445 (WAN accelerator, SMB proxy, inspecting firewall): take a capture on each side of a suspect and compare again.",
    "Let it pass this traffic untouched, or use its mode for signed SMB. Require SMB signing at both ends, so that every such change is noticed.",
  ],
  labels: { so: "So", todo: "To do" },
};
