import type { Language } from "../core/index.ts";
import { NOT_A_FILE } from "../host/fileByteSource.node.ts";

const REASONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ENOENT: { en: "there is no such file", ja: "ファイルがありません" },
  ENOTDIR: { en: "there is no such file", ja: "ファイルがありません" },
  EACCES: { en: "you may not read it", ja: "読み取る権限がありません" },
  EPERM: { en: "you may not read it", ja: "読み取る権限がありません" },
  EISDIR: { en: "it is a folder", ja: "フォルダーです" },
  [NOT_A_FILE]: {
    en: "it is no regular file but a folder, device or pipe",
    ja: "通常のファイルではなく、フォルダー、デバイス、パイプです",
  },
  EMFILE: { en: "too many files are open", ja: "開いているファイルが多すぎます" },
  EIO: { en: "the disk or the network drive does not answer", ja: "ディスクまたはネットワーク ドライブが応答しません" },
};

/** Why a file could not be opened, without a full stop; what the system said where it is nothing usual. */
export function openFailure(error: unknown, language: Language): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const known = code !== undefined && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return known?.[language] ?? (error instanceof Error ? error.message : String(error));
}
