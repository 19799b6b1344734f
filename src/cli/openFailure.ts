import type { Language } from "../core/index.ts";
import { A_FOLDER, NOT_A_FILE } from "../host/fileByteSource.node.ts";

/** Code for `-` in place of a file. Spooling it to a file of our own would fill a disk without a word. */
const STANDARD_INPUT = "ESTDIN";

const REASONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ENOENT: { en: "there is no such file", ja: "ファイルがありません" },
  ENOTDIR: { en: "there is no such file", ja: "ファイルがありません" },
  EACCES: { en: "you may not read it", ja: "読み取る権限がありません" },
  EPERM: { en: "you may not read it", ja: "読み取る権限がありません" },
  [A_FOLDER]: {
    en: "it is a folder; name the captures in it, e.g. FOLDER/*.pcapng",
    ja: "フォルダーです。中のキャプチャを指定してください (例: フォルダー/*.pcapng)",
  },
  [NOT_A_FILE]: {
    en: "it is a pipe or device, of which no place can be read twice; write the capture to a file first",
    ja: "パイプまたはデバイスで、同じ場所を 2 度読み取れません。先にキャプチャをファイルに書き込んでください",
  },
  [STANDARD_INPUT]: {
    en: "standard input is not read, since no place of it can be read twice; write the capture to a file first: ... > capture.pcap",
    ja: "標準入力は同じ場所を 2 度読み取れないため、読み取りません。先にキャプチャをファイルに書き込んでください: ... > capture.pcap",
  },
  EMFILE: { en: "too many files are open", ja: "開いているファイルが多すぎます" },
  EIO: { en: "the disk or the network drive does not answer", ja: "ディスクまたはネットワーク ドライブが応答しません" },
};

/** The error of a path that names no file by the rules of the command line. */
export function refusedPath(path: string): Error | null {
  return path === "-" ? Object.assign(new Error("standard input"), { code: STANDARD_INPUT }) : null;
}

/** Why a file could not be opened, without a full stop; what the system said where it is nothing usual. */
export function openFailure(error: unknown, language: Language): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const known = code !== undefined && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return known?.[language] ?? (error instanceof Error ? error.message : String(error));
}
