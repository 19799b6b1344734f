import { spacedHex } from "../bytes/hex.ts";
import { escapeForDisplay } from "../bytes/text.ts";
import type { Issue, IssueKind } from "../capture/issue.ts";
import type { Capture } from "../model/capture.ts";
import type { Language } from "../spec/language.ts";
import { type KnownFormat, knownFormat } from "./knownFormats.ts";
import { linkTypeName } from "./linkTypeName.ts";
import { packedIssueTextsEn, packedIssueTextsJa } from "./packedIssueTexts.ts";
import { formatCount, percentRead } from "./quantities.ts";

/** Trouble with a capture in words. */
export interface IssueText {
  /** What happened, where. */
  readonly what: string;
  /** What it means and what to do. */
  readonly todo: string;
}

/** What the text of an issue needs of its capture. */
type IssueCapture = Pick<Capture, "frames" | "bytesRead" | "size"> & Partial<Pick<Capture, "packing">>;

/** Says what was wrong with a capture, where in it, and what to do about it. */
export function issueText(issue: Issue, capture: IssueCapture, language: Language): IssueText {
  const texts = language === "ja" ? japanese : english;
  const { what, todo } = texts[issue.kind](placeOf(issue, capture, language));
  return { what: escapeForDisplay(what), todo: escapeForDisplay(todo) };
}

/** Both parts as one text. */
export function issueSentence(issue: Issue, capture: IssueCapture, language: Language): string {
  const { what, todo } = issueText(issue, capture, language);
  return language === "ja" ? what + todo : `${what} ${todo}`;
}

/** Numbers and names of an issue as they stand in a sentence. */
interface IssueWords {
  readonly byte: string;
  readonly frame: string;
  readonly percent: string;
  /** Value of the issue's data as text. */
  text(key: string): string;
  count(key: string): string;
  /** `1 frame`, `42 frames`, for English. */
  readonly frames: string;
  readonly format: KnownFormat;
  readonly linkType: string;
  /** The byte at the place, counted from 1. */
  readonly behind: string;
  /** Snap length where the file names one that cuts. */
  readonly snapLength: string | null;
  /** Commands or switches that capture whole frames. */
  readonly wholeFrames: readonly string[];
}

type IssueTexts = Readonly<Record<IssueKind, (words: IssueWords) => IssueText>>;

/** A snap length of this many bytes cuts nothing. */
const WHOLE_FRAME = 65_535;

function placeOf(issue: Issue, capture: IssueCapture, language: Language): IssueWords {
  const text = (key: string) => String(issue.data?.[key] ?? "");
  const snapLength = Number(issue.data?.["snapLength"] ?? 0);
  return {
    byte: placeInFile(issue, capture, language),
    frame: formatCount(issue.frame ?? capture.frames),
    percent: String(percentRead(capture)),
    text,
    count: (key) => formatCount(Number(issue.data?.[key] ?? 0)),
    frames: `${formatCount(Number(issue.data?.["frames"] ?? 0))} ${text("frames") === "1" ? "frame" : "frames"}`,
    format: knownFormat(text("format")),
    behind: String((issue.offset ?? 0) + 1),
    linkType: linkTypeName(Number(issue.data?.["linkType"] ?? -1)),
    wholeFrames: text("program") === "pktmon" ? ["pktmon start -c --pkt-size 0"] : ["tcpdump -s 0", "pktmon --pkt-size 0"],
    snapLength: snapLength > 0 && snapLength < WHOLE_FRAME ? formatCount(snapLength) : null,
  };
}

/** Places in a compressed capture are counted as in the unpacked one, but for the trouble with the compression itself. */
function placeInFile(issue: Issue, capture: IssueCapture, language: Language): string {
  const place = formatCount(issue.offset ?? capture.bytesRead);
  const unpacked = Boolean(capture.packing) && issue.offset !== undefined && !issue.kind.startsWith("packed-");
  return unpacked ? `${place}${language === "ja" ? " (展開後)" : " (unpacked)"}` : place;
}

const english: IssueTexts = {
  ...packedIssueTextsEn,
  "file-cut": ({ byte, frame, count }) => ({
    what: `The file ends inside a record at byte ${byte}: ${count("have")} of its ${count("need")} bytes are there.`,
    todo: `Everything up to frame ${frame} was read. The capture was stopped or copied too early: copy it again, or take a new one.`,
  }),
  "bad-record": ({ byte, frame }) => ({
    what: `The file is damaged at byte ${byte}: the record there cannot be right.`,
    todo: `Everything up to frame ${frame} was read, nothing after it. Copy the file again from where it was made, in binary mode.`,
  }),
  "bad-block": ({ byte, frame }) => ({
    what: `The file is damaged at byte ${byte}: the block there cannot be right.`,
    todo: `Everything up to frame ${frame} was read, nothing after it. Copy the file again from where it was made, in binary mode.`,
  }),
  "bytes-skipped": ({ byte, frame, count, text }) => ({
    what:
      text("places") === "1"
        ? `The file is damaged at byte ${byte}: ${count("bytes")} bytes there were skipped.`
        : `The file is damaged from byte ${byte} on, at ${count("places")} places: ${count("bytes")} bytes there were skipped.`,
    todo: `Frames behind frame ${frame} are missing. Copy the file again from where it was made, in binary mode.`,
  }),
  "another-capture": ({ byte, frame, text, behind }) => ({
    what: `At byte ${byte} another capture begins (${text("format")}): files of different formats were joined into one.`,
    todo: `Everything up to frame ${frame} was read, nothing after it. Split the file there and read the rest by itself: tail -c +${behind} FILE > rest. To join captures, use mergecap.`,
  }),
  "zeros-at-end": ({ byte, frame, count }) => ({
    what: `From byte ${byte} on the file holds nothing but zeros (${count("bytes")} bytes).`,
    todo: `Everything up to frame ${frame} was read. The capture was not closed, or its disk was full: what came later is missing.`,
  }),
  "wrong-block-length": ({ count, text }) => ({
    what: `${count("blocks")} ${text("blocks") === "1" ? "block has a wrong length" : "blocks have a wrong length"} at the end.`,
    todo: "They were read by the length at their beginning. The program that wrote the file has a fault, or the file is damaged.",
  }),
  "interface-missing": ({ frames }) => ({
    what: `The file does not describe the interface of some frames (${frames}): they are not read.`,
    todo: "Connections that run only there are missing. The file’s beginning was lost, or the program that wrote it has a fault: copy it again whole, or capture again.",
  }),
  "frames-dropped": ({ frames, text }) => ({
    what: `The capturing program dropped ${frames}: ${text("frames") === "1" ? "it is" : "they are"} not in the file.`,
    todo: "Messages that seem to be missing may have been sent. Capture TCP port 445 only, to a fast disk, with a larger buffer (tcpdump -B).",
  }),
  "link-type-unsupported": ({ linkType, frames }) => ({
    what: `Frames with the link type ${linkType} (${frames}) are not read.`,
    todo: "Connections that run only there are missing. Capture on an Ethernet, loopback or IP interface.",
  }),
  "encrypted-frames": ({ text, frames }) => ({
    what: `Frames encrypted by ${encryption[text("layer")] ?? text("layer")} (${frames}) cannot be read.`,
    todo: "Connections that run only there are missing. Capture on the client or the server itself, or on the wire behind the encryption.",
  }),
  "fragments-incomplete": ({ text, count }) => ({
    what: `Of ${count("datagrams")} fragmented IP ${text("datagrams") === "1" ? "datagram" : "datagrams"} fragments are missing.`,
    todo: "Their bytes count as lost, and what needs them is “cannot tell”. Capture without a filter on ports: only the first fragment has them.",
  }),
  "snap-length": ({ frames, snapLength, wholeFrames }) => ({
    what: `Frames were cut${snapLength === null ? "" : ` at ${snapLength} bytes`} when captured (${frames}).`,
    todo: `Where a cut message is needed, the verdict is “cannot tell”. Capture whole frames: ${wholeFrames.join(", ")}.`,
  }),
  "unsupported-format": ({ format }) => ({ what: `This file is ${format.name}, which is not read.`, todo: adviceEn(format) }),
  "empty-file": () => ({
    what: "This file is empty.",
    todo: "The capture was not written, or the copy was not finished. Capture or copy it again.",
  }),
  "not-a-capture": ({ text }) => ({
    what: `This file is no network capture: it begins with the bytes ${spacedHex(text("magic"))}, which no format does that can be read.`,
    todo: "Give a capture in the format pcap or pcapng; snoop, iptrace and Network Monitor are read, too.",
  }),
  "read-failed": ({ byte, text }) => ({
    what: `The file could not be read${byte === "0" ? "" : ` beyond byte ${byte}`}: ${text("reason")}.`,
    todo: "Check its name, the disk or the network drive, then read it again.",
  }),
  "internal-error": ({ frame, text }) => ({
    what: `SMB Lens has a fault: it stopped after frame ${frame} (${text("reason")}).`,
    todo: "Everything before is shown. Please report it to the makers of SMB Lens with this text, the frame number and, where possible, the capture.",
  }),
  cancelled: ({ percent, frame }) => ({
    what: `Reading was stopped at ${percent}%, after frame ${frame}.`,
    todo: "Connections that come later are missing, and how those that were open then went on is not known. Read it again to its end.",
  }),
  "table-full": ({ text, count }) => ({
    what: `The limit of ${count("limit")} ${tablesEn[text("table")] ?? "entries"} was reached.`,
    todo: "What came later is not shown. Cut the capture with editcap, or capture TCP port 445 only.",
  }),
  "connections-ended-early": ({ count, text }) => ({
    what: `More than ${count("limit")} TCP connections were open at a time: ${count("connections")} ${text("connections") === "1" ? "was" : "were"} judged as if the capture ended while ${text("connections") === "1" ? "it was" : "they were"} idle.`,
    todo: "Where one of them goes on later, it is shown as another connection that was open before the capture. Cut the capture by time (editcap -A, -B), or by host.",
  }),
  "holes-given-up": ({ count, text }) => ({
    what: `More than ${count("limit")} MiB were out of order at a time: in ${count("streams")} ${text("streams") === "1" ? "direction" : "directions"} of connections bytes that did not come soon enough count as lost.`,
    todo: "What needs them is “cannot tell”. Sort the frames by time (reordercap in.pcap out.pcap) and read the result.",
  }),
  "file-changed": ({ byte }) => ({
    what: `The file changed while it was read: it ended at byte ${byte}.`,
    todo: "What is shown may mix old and new content. Read it again once it is written.",
  }),
};

const japanese: IssueTexts = {
  ...packedIssueTextsJa,
  "file-cut": ({ byte, frame, count }) => ({
    what: `このファイルは ${byte} バイト目でレコードの途中で終わっています (${count("need")} バイトのうち ${count("have")} バイト)。`,
    todo: `フレーム ${frame} までを読み取りました。キャプチャの停止またはコピーが早すぎたようです。コピーし直すか、キャプチャし直してください。`,
  }),
  "bad-record": ({ byte, frame }) => ({
    what: `このファイルは ${byte} バイト目で壊れています。そこのレコードは正しくありません。`,
    todo: `フレーム ${frame} までを読み取り、その後は読み取っていません。元の場所からバイナリ モードでコピーし直してください。`,
  }),
  "bad-block": ({ byte, frame }) => ({
    what: `このファイルは ${byte} バイト目で壊れています。そこのブロックは正しくありません。`,
    todo: `フレーム ${frame} までを読み取り、その後は読み取っていません。元の場所からバイナリ モードでコピーし直してください。`,
  }),
  "bytes-skipped": ({ byte, frame, count, text }) => ({
    what:
      text("places") === "1"
        ? `このファイルは ${byte} バイト目で壊れています。${count("bytes")} バイトを読み飛ばしました。`
        : `このファイルは ${byte} バイト目以降の ${count("places")} か所で壊れています。合計 ${count("bytes")} バイトを読み飛ばしました。`,
    todo: `フレーム ${frame} の後のフレームが欠けています。元の場所からバイナリ モードでコピーし直してください。`,
  }),
  "another-capture": ({ byte, frame, text, behind }) => ({
    what: `${byte} バイト目から別のキャプチャ (${text("format")}) が始まっています。形式の異なるファイルが 1 つにつながれています。`,
    todo: `フレーム ${frame} までを読み取り、その後は読み取っていません。そこで分割し (tail -c +${behind} ファイル > 残り)、残りを別に読み取ってください。キャプチャをつなぐときは mergecap を使います。`,
  }),
  "zeros-at-end": ({ byte, frame, count }) => ({
    what: `このファイルは ${byte} バイト目から先がすべて 0 です (${count("bytes")} バイト)。`,
    todo: `フレーム ${frame} までを読み取りました。キャプチャが正常に終了しなかったか、ディスクがいっぱいだったため、その後は記録されていません。`,
  }),
  "wrong-block-length": ({ count }) => ({
    what: `末尾の長さが正しくないブロックが ${count("blocks")} 個あります。`,
    todo: "先頭の長さを使って読み取りました。書き込んだプログラムに問題があるか、ファイルが壊れています。",
  }),
  "interface-missing": ({ count }) => ({
    what: `インターフェイスの説明がファイルにないフレーム (${count("frames")} 個) は読み取れません。`,
    todo: "そこだけを通る接続は表示されません。ファイルの先頭が失われたか、書き込んだプログラムに問題があります。ファイル全体をコピーし直すか、キャプチャし直してください。",
  }),
  "frames-dropped": ({ count }) => ({
    what: `キャプチャしたプログラムが ${count("frames")} 個のフレームを取りこぼしています。これらはファイルに含まれていません。`,
    todo: "見当たらないメッセージも、実際には送信された可能性があります。TCP ポート 445 だけを、速いディスクに、大きいバッファー (tcpdump -B) でキャプチャしてください。",
  }),
  "link-type-unsupported": ({ linkType, count }) => ({
    what: `リンク タイプ ${linkType} のフレーム (${count("frames")} 個) は読み取れません。`,
    todo: "そこだけを通る接続は表示されません。Ethernet、ループバック、IP のインターフェイスでキャプチャしてください。",
  }),
  "encrypted-frames": ({ text, count }) => ({
    what: `${encryption[text("layer")] ?? text("layer")} で暗号化されたフレーム (${count("frames")} 個) は読み取れません。`,
    todo: "そこだけを通る接続は表示されません。クライアントまたはサーバー自身か、暗号化されていない区間でキャプチャしてください。",
  }),
  "fragments-incomplete": ({ count }) => ({
    what: `フラグメント化された IP データグラム ${count("datagrams")} 個で、フラグメントが欠けています。`,
    todo: "そのバイトは失われたものとして扱い、必要な場合は「判定不能」になります。ポートがあるのは先頭のフラグメントだけなので、ポートのフィルターを付けずにキャプチャしてください。",
  }),
  "snap-length": ({ count, snapLength, wholeFrames }) => ({
    what: `フレームがキャプチャ時に${snapLength === null ? "" : ` ${snapLength} バイトで`}切り詰められています (${count("frames")} 個)。`,
    todo: `切り詰められたメッセージが必要な場合は「判定不能」になります。${wholeFrames.join("、")} でフレーム全体をキャプチャしてください。`,
  }),
  "unsupported-format": ({ format }) => ({ what: `このファイルの形式 (${format.name}) は読み取れません。`, todo: adviceJa(format) }),
  "empty-file": () => ({
    what: "このファイルは空です。",
    todo: "キャプチャが書き込まれていないか、コピーが終わっていません。キャプチャまたはコピーをやり直してください。",
  }),
  "not-a-capture": ({ text }) => ({
    what: `このファイルはネットワーク キャプチャではありません。先頭のバイト ${spacedHex(text("magic"))} は、読み取れるどの形式のものでもありません。`,
    todo: "pcap または pcapng 形式のキャプチャを指定してください (snoop、iptrace、ネットワーク モニターも読み取れます)。",
  }),
  "read-failed": ({ byte, text }) => ({
    what: `${byte === "0" ? "ファイル" : `${byte} バイト目から先`}を読み取れませんでした (${text("reason")})。`,
    todo: "ファイル名、ディスク、ネットワーク ドライブを確認し、もう一度読み取ってください。",
  }),
  "internal-error": ({ frame, text }) => ({
    what: `SMB Lens の不具合により、フレーム ${frame} の後で止まりました (${text("reason")})。`,
    todo: "それより前は表示されています。この文、フレーム番号、可能であればキャプチャを添えて、SMB Lens の開発元に報告してください。",
  }),
  cancelled: ({ percent, frame }) => ({
    what: `読み取りを ${percent}% (フレーム ${frame}) で中止しました。`,
    todo: "その後の接続は表示されず、その時点で開いていた接続のその後も分かりません。最後まで読み取り直してください。",
  }),
  "table-full": ({ text, count }) => ({
    what: `${tablesJa[text("table")] ?? "項目"}の上限 (${count("limit")}) に達しました。`,
    todo: "その後のものは表示されません。editcap でキャプチャを分割するか、TCP ポート 445 だけをキャプチャしてください。",
  }),
  "connections-ended-early": ({ count }) => ({
    what: `同時に開いている TCP 接続が ${count("limit")} を超えました。${count("connections")} 個は、通信のない間にキャプチャが終わったものとして判定しました。`,
    todo: "その後に続きがある場合は、キャプチャの前から開いていた別の接続として表示します。キャプチャを時刻 (editcap -A、-B) またはホストで絞ってください。",
  }),
  "holes-given-up": ({ count }) => ({
    what: `順序の入れ替わったデータが ${count("limit")} MiB を超えました。接続の ${count("streams")} 方向で、間に合わなかったバイトを失われたものとして扱いました。`,
    todo: "それが必要な場合は「判定不能」になります。フレームを時刻順に並べ替え (reordercap in.pcap out.pcap)、その結果を読み取ってください。",
  }),
  "file-changed": ({ byte }) => ({
    what: `読み取り中にファイルが変わりました (${byte} バイト目で終わりました)。`,
    todo: "新旧の内容が混ざっている可能性があります。書き込みが終わってから読み取り直してください。",
  }),
};

/** Names of the layers that `encrypted-frames` tells of. */
const encryption: Readonly<Record<string, string>> = { "802.11": "Wi-Fi (802.11)", MACsec: "MACsec (802.1AE)", ESP: "IPsec (ESP)" };

const tablesEn: Readonly<Record<string, string>> = {
  connections: "connections",
  messages: "messages",
  interfaces: "interfaces",
  ports: "ports on which SMB was found",
  unopened: "connections that nobody took",
};
const tablesJa: Readonly<Record<string, string>> = {
  connections: "接続",
  messages: "メッセージ",
  interfaces: "インターフェイス",
  ports: "SMB が見つかったポート",
  unopened: "受け付けられなかった接続",
};

function adviceEn({ advice, command }: KnownFormat): string {
  const run = command === "" ? "" : `: ${command}`;
  switch (advice) {
    case "unpack":
      return `It is compressed. Unpack it and read the capture inside${run}`;
    case "trace":
      return `It is a Windows event trace. Convert it on Windows and read the result${run}`;
    case "convert":
      return `Convert it with Wireshark’s editcap and read the result${run}`;
    case "origin":
      return `Export it there as .cap, or convert the event trace (.etl) it was made from${run}`;
    case "recapture":
      return "No tool converts it. Take a new capture in the format pcap or pcapng.";
    case "none":
      return "It holds no frames. Give the capture itself.";
  }
}

function adviceJa({ advice, command }: KnownFormat): string {
  const run = command === "" ? "" : `: ${command}`;
  switch (advice) {
    case "unpack":
      return `圧縮されています。展開し、中のキャプチャを読み取ってください${run}`;
    case "trace":
      return `Windows のイベント トレースです。Windows で変換し、その結果を読み取ってください${run}`;
    case "convert":
      return `Wireshark の editcap で変換し、その結果を読み取ってください${run}`;
    case "origin":
      return `そのプログラムで .cap 形式にエクスポートするか、元のイベント トレース (.etl) を変換してください${run}`;
    case "recapture":
      return "変換できるツールはありません。pcap または pcapng 形式でキャプチャし直してください。";
    case "none":
      return "フレームを含んでいません。キャプチャそのものを指定してください。";
  }
}
