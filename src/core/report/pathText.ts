import type { TcpCounts } from "../model/connection.ts";
import type { PathFacts } from "../model/pathFacts.ts";
import type { OpeningHeader, TcpOption } from "../net/keptHeader.ts";
import type { SenderCounts } from "../net/tcpSender.ts";
import { sideText } from "../rules/sideText.ts";
import type { ReportTexts } from "./reportTexts.ts";

const NO_OPERATION = 1;
const COUNTED = ["retransmissions", "keepAlives", "zeroWindows", "urgent"] as const satisfies readonly (keyof SenderCounts)[];

/** `client: 5 retransmissions; server: 1 closed window`; empty where nothing was counted. */
export function tcpCountsText(counts: TcpCounts, texts: ReportTexts): string {
  const ends = (["client", "server"] as const).map((side) => {
    const parts = COUNTED.filter((name) => counts[side][name] > 0).map((name) => texts.tcpCount[name](counts[side][name]));
    return parts.length === 0 ? "" : `${sideText(side, texts.language)}: ${parts.join(texts.comma)}`;
  });
  return ends.filter((text) => text !== "").join("; ");
}

/** How both ends opened the connection, options in the order of the header and in the words of the wire; empty where neither is known. */
export function openingText({ client, server }: PathFacts, texts: ReportTexts): string {
  const ends = [
    ["client", client.opening],
    ["server", server.opening],
  ] as const;
  return ends
    .flatMap(([side, opening]) => (opening === null ? [] : `${sideText(side, texts.language)} [${opening.frame}]: ${headerText(opening)}`))
    .join("; ");
}

function headerText(opening: OpeningHeader): string {
  const ttl = opening.ttl === null ? [] : [`TTL ${opening.ttl}`];
  const options = opening.options.filter(({ kind }) => kind !== NO_OPERATION).map((option) => optionText(option, opening));
  return [...ttl, `window ${opening.window}`, ...options].join(" ");
}

function optionText({ kind }: TcpOption, { mss, windowScale }: OpeningHeader): string {
  switch (kind) {
    case 2:
      return `MSS ${mss ?? "?"}`;
    case 3:
      return `WS ${windowScale ?? "?"}`;
    case 4:
      return "SACK";
    case 8:
      return "TS";
    default:
      return `option ${kind}`;
  }
}
