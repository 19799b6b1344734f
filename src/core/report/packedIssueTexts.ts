import type { PackedTrouble } from "../bytes/packing.ts";
import { knownFormat } from "./knownFormats.ts";

/** What the texts need of an issue; see the words of every issue. */
interface PackedWords {
  readonly byte: string;
  readonly frame: string;
  text(key: string): string;
  count(key: string): string;
}

type Kind = Exclude<PackedTrouble["kind"], "file-changed"> | "packed-twice";
type PackedTexts = Readonly<Record<Kind, (words: PackedWords) => { readonly what: string; readonly todo: string }>>;

/** Trouble with the compression of a capture. Offsets are those of the compressed file. */
export const packedIssueTextsEn: PackedTexts = {
  "packed-cut": ({ byte, frame, text }) => ({
    what: `The compressed file (${knownFormat(text("format")).name}) ends at byte ${byte} before its compressed data do.`,
    todo: `Everything up to frame ${frame} was read. The capture was stopped or copied too early: copy it again, or take a new one.`,
  }),
  "packed-damaged": ({ byte, frame, text }) => ({
    what: `The compressed file (${knownFormat(text("format")).name}) is damaged at byte ${byte}: ${damageEn(text("reason"))}.`,
    todo: `Everything up to frame ${frame} was read, nothing after it. Copy the file again from where it was made, in binary mode.`,
  }),
  "packed-trailing": ({ byte, text, count }) => ({
    what: `After the compressed data (${knownFormat(text("format")).name}), ${count("bytes")} bytes follow from byte ${byte} on that are no compressed data.`,
    todo: "Everything before them was read. If something is missing, copy the file again from where it was made, in binary mode.",
  }),
  "packed-limit": ({ byte, frame, text }) => ({
    what: `The compressed file (${knownFormat(text("format")).name}) ${limitEn(text("reason"))}; reading stopped at byte ${byte}.`,
    todo: `Everything up to frame ${frame} was read. No usual capture is like that. If it is one, unpack it and read the result: ${knownFormat(text("format")).command}`,
  }),
  "packed-unsupported": ({ byte, text }) => ({
    what: `The compressed file (${knownFormat(text("format")).name}) needs ${text("reason") === "window" ? "more than 128 MiB of memory for looking back" : "a dictionary that is not in it"}, at byte ${byte}.`,
    todo:
      text("reason") === "window"
        ? "Unpack it and read the result: zstd -d --long=31 capture.pcapng.zst"
        : "Unpack it with that dictionary (option -D) and read the result.",
  }),
  "packed-twice": ({ text }) => ({
    what: `This ${knownFormat(text("outer")).name} file holds another compressed file (${knownFormat(text("inner")).name}), not a capture.`,
    todo: `Unpack it once and read the result: ${knownFormat(text("outer")).command}`,
  }),
};

export const packedIssueTextsJa: PackedTexts = {
  "packed-cut": ({ byte, frame, text }) => ({
    what: `圧縮ファイル (${knownFormat(text("format")).name}) が、圧縮データの途中、${byte} バイト目で終わっています。`,
    todo: `フレーム ${frame} までを読み取りました。キャプチャの停止またはコピーが早すぎたようです。コピーし直すか、キャプチャし直してください。`,
  }),
  "packed-damaged": ({ byte, frame, text }) => ({
    what: `圧縮ファイル (${knownFormat(text("format")).name}) が ${byte} バイト目で壊れています。${damageJa(text("reason"))}。`,
    todo: `フレーム ${frame} までを読み取り、その後は読み取っていません。元の場所からバイナリ モードでコピーし直してください。`,
  }),
  "packed-trailing": ({ byte, text, count }) => ({
    what: `圧縮データ (${knownFormat(text("format")).name}) の後、${byte} バイト目から、圧縮データではない ${count("bytes")} バイトが続いています。`,
    todo: "その前はすべて読み取りました。足りないものがあれば、元の場所からバイナリ モードでコピーし直してください。",
  }),
  "packed-limit": ({ byte, frame, text }) => ({
    what: `圧縮ファイル (${knownFormat(text("format")).name}) ${limitJa(text("reason"))}ため、${byte} バイト目で読み取りを中止しました。`,
    todo: `フレーム ${frame} までを読み取りました。通常のキャプチャではありません。キャプチャに間違いなければ、展開し、その結果を読み取ってください: ${knownFormat(text("format")).command}`,
  }),
  "packed-unsupported": ({ byte, text }) => ({
    what: `圧縮ファイル (${knownFormat(text("format")).name}) の ${byte} バイト目からの展開には、${text("reason") === "window" ? "さかのぼるための 128 MiB を超えるメモリ" : "このファイルにない辞書"}が必要です。`,
    todo:
      text("reason") === "window"
        ? "展開し、その結果を読み取ってください: zstd -d --long=31 capture.pcapng.zst"
        : "その辞書で展開し (オプション -D)、その結果を読み取ってください。",
  }),
  "packed-twice": ({ text }) => ({
    what: `この ${knownFormat(text("outer")).name} ファイルの中身は、キャプチャではなく、別の圧縮ファイル (${knownFormat(text("inner")).name}) です。`,
    todo: `1 回展開し、その結果を読み取ってください: ${knownFormat(text("outer")).command}`,
  }),
};

function damageEn(reason: string): string {
  if (reason === "checksum") return "its checksum does not match what was unpacked";
  if (reason === "size") return "its length does not match what was unpacked";
  return "what is compressed there cannot be right";
}

function damageJa(reason: string): string {
  if (reason === "checksum") return "チェックサムが、展開した内容と一致しません";
  if (reason === "size") return "長さが、展開した内容と一致しません";
  return "そこの圧縮データは正しくありません";
}

function limitEn(reason: string): string {
  if (reason === "empty") return "goes on and on without content";
  return `unpacks to ${reason === "ratio" ? "over 1,000 times its size" : "over 1 TiB"}`;
}

function limitJa(reason: string): string {
  if (reason === "empty") return "に内容のない部分が続く";
  return `の展開後のサイズが ${reason === "ratio" ? "元の 1,000 倍" : "1 TiB"} を超える`;
}
