import { escapeForDisplay } from "../bytes/text.ts";
import { channelsOf } from "../model/channels.ts";
import type { CommandStatistics, Exchange, UseStatistics } from "../model/exchange.ts";
import { checkMessageIds, type MessageIdTrouble } from "../model/exchanges/checkMessageIds.ts";
import { exchangeStatistics } from "../model/exchanges/exchangeStatistics.ts";
import type { Analysis, ConnectionDetail } from "../rules/analysis.ts";
import { enumeration } from "../rules/enumeration.ts";
import { inFrame } from "../rules/frameText.ts";
import { commandName } from "../smb2/constants/commands.ts";
import type { Language } from "../spec/language.ts";
import { writeLine } from "./prose.ts";
import { formatCount, formatSpan } from "./quantities.ts";
import type { ReportTexts } from "./reportTexts.ts";
import { padColumns } from "./textWidth.ts";
import type { TraceWriter } from "./traceWriter.ts";

/** Lines of each kind; a connection of many shares, or a capture that goes wrong all along, has more than anybody reads. */
const MOST_LINES = 20;
const NAME_COLUMNS = 24;

interface UseTexts {
  readonly heading: string;
  /** Of a long connection only a page of messages is at hand. */
  readonly ofThese: string;
  exchanges(count: number): string;
  errors(count: number): string;
  unanswered(count: number): string;
  times(median: string, longest: string): string;
  moved(read: string, written: string): string;
  tree(id: string): string;
  usedTwice(frame: string, first: string): string;
  outsideWindow(frame: string, granted: string): string;
  noCredits(frame: string, span: string): string;
  channels(session: string, connections: readonly string[]): string;
}

/**
 * Writes how a connection was used, as far as its messages are at hand: shares, commands with their response times, what is odd about its
 * MessageIds, and the other connections that its sessions were bound to. Nothing where no exchange can be read.
 */
export function writeUse(
  writer: TraceWriter,
  detail: ConnectionDetail,
  exchanges: readonly Exchange[],
  { connections }: Analysis,
  texts: ReportTexts,
): void {
  const { language } = texts;
  const words = USE_TEXTS[language];
  const { commands, trees } = exchangeStatistics(exchanges, detail);
  if (commands.length === 0) return;
  writer.text(`  ${words.heading}${detail.omittedMessages > 0 ? `   ${words.ofThese}` : ""}`).endLine();
  const lines = [
    ...trees.slice(0, MOST_LINES).map((tree) => treeLine(tree, words, texts)),
    ...commands.slice(0, MOST_LINES).map((command) => commandLine(command, words, texts)),
    ...troublesOf(detail, exchanges)
      .slice(0, MOST_LINES)
      .map((trouble) => troubleText(trouble, detail, exchanges, language)),
    ...channelLines(detail, connections, language).slice(0, MOST_LINES),
  ];
  for (const line of lines) {
    writeLine(writer.text("    "), line, detail.connection.id);
    writer.endLine();
  }
  writer.endLine();
}

function treeLine({ share, treeId, exchanges, errors, read, written }: UseStatistics, words: UseTexts, { comma }: ReportTexts): string {
  const name = share === null ? words.tree(String(treeId)) : escapeForDisplay(share);
  const moved = read + written > 0 ? [words.moved(formatCount(read), formatCount(written))] : [];
  return `${padColumns(name, NAME_COLUMNS)}  ${[words.exchanges(exchanges), ...errorsOf(errors, words), ...moved].join(comma)}`;
}

function commandLine(one: CommandStatistics, words: UseTexts, { comma, language }: ReportTexts): string {
  const { command, exchanges, errors, unanswered, median, longest } = one;
  const parts = [words.exchanges(exchanges), ...errorsOf(errors, words)];
  if (unanswered > 0) parts.push(words.unanswered(unanswered));
  if (median !== null && longest !== null) parts.push(words.times(formatSpan(median, language), formatSpan(longest, language)));
  return `${padColumns(commandName(command), NAME_COLUMNS)}  ${parts.join(comma)}`;
}

function errorsOf(errors: number, words: UseTexts): readonly string[] {
  return errors > 0 ? [words.errors(errors)] : [];
}

function troublesOf(detail: ConnectionDetail, exchanges: readonly Exchange[]): readonly MessageIdTrouble[] {
  return checkMessageIds(exchanges, detail).troubles;
}

function troubleText(trouble: MessageIdTrouble, detail: ConnectionDetail, exchanges: readonly Exchange[], language: Language): string {
  const words = USE_TEXTS[language];
  const frameOf = (exchange: number) => {
    const { request, response } = exchanges[exchange] ?? {};
    const message = trouble.kind === "no-credits" ? (response ?? request) : (request ?? response);
    return inFrame(detail.messages[message ?? -1]?.frame ?? 0);
  };
  switch (trouble.kind) {
    case "used-twice":
      return words.usedTwice(frameOf(trouble.exchange), frameOf(trouble.first));
    case "outside-window":
      return words.outsideWindow(frameOf(trouble.exchange), trouble.granted);
    case "no-credits":
      return words.noCredits(frameOf(trouble.exchange), formatSpan(trouble.nanoseconds, language));
  }
}

function channelLines({ connection }: ConnectionDetail, connections: Analysis["connections"], language: Language): readonly string[] {
  return channelsOf(connections)
    .filter(({ channels }) => channels.some((channel) => channel.connection === connection.id))
    .map(({ sessionId, channels }) => {
      const others = channels.filter((channel) => channel.connection !== connection.id).map((channel) => String(channel.connection));
      return USE_TEXTS[language].channels(sessionId, others);
    });
}

const USE_TEXTS: Readonly<Record<Language, UseTexts>> = {
  en: {
    heading: "Use",
    ofThese: "of the messages below",
    exchanges: (count) => `${formatCount(count)} ${count === 1 ? "exchange" : "exchanges"}`,
    errors: (count) => `${formatCount(count)} ${count === 1 ? "error" : "errors"}`,
    unanswered: (count) => `${formatCount(count)} unanswered`,
    times: (median, longest) => `answered in ${median} (median), ${longest} (longest)`,
    moved: (read, written) => `${read} bytes read, ${written} written`,
    tree: (id) => `tree ${id}`,
    usedTwice: (frame, first) => `The MessageId of ${frame} was used before, in ${first}.`,
    outsideWindow: (frame, granted) => `The server had not granted the MessageId of ${frame}: its credits end before ${granted}.`,
    noCredits: (frame, span) => `The answer ${frame} grants no credit although the client had none left; none came for ${span}.`,
    channels: (session, connections) =>
      connections.length === 0
        ? `Session ${session} was bound to this connection; the one that it began on is not in this capture.`
        : `Session ${session} runs over ${connections.length === 1 ? "connection" : "connections"} ${enumeration(connections, "en")} too.`,
  },
  ja: {
    heading: "利用状況",
    ofThese: "以下のメッセージの範囲",
    exchanges: (count) => `やり取り ${formatCount(count)} 件`,
    errors: (count) => `エラー ${formatCount(count)} 件`,
    unanswered: (count) => `応答なし ${formatCount(count)} 件`,
    times: (median, longest) => `応答時間 ${median} (中央値)、${longest} (最長)`,
    moved: (read, written) => `読み取り ${read} バイト、書き込み ${written} バイト`,
    tree: (id) => `ツリー ${id}`,
    usedTwice: (frame, first) => `${frame} の MessageId は ${first} で使われています。`,
    outsideWindow: (frame, granted) => `${frame} の MessageId をサーバーは許可していません。許可されているのは ${granted} より前です。`,
    noCredits: (frame, span) =>
      `応答 ${frame} は、クライアントに残りがないのにクレジットを許可していません。${span} の間、許可はありませんでした。`,
    channels: (session, connections) =>
      connections.length === 0
        ? `セッション ${session} はこの接続にバインドされています。最初の接続はこのキャプチャにありません。`
        : `セッション ${session} は接続 ${enumeration(connections, "ja")} も使っています。`,
  },
};
