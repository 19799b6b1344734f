import type { AnalyseProgress, Language } from "../core/index.ts";

/** Files below this many bytes are read before anybody would read the progress. */
const SHOWN_FROM = 64 * 1024 * 1024;
const EVERY = 200;

/** One line on the terminal that says how far reading is; silent where standard error is no terminal. */
export class ProgressLine {
  private readonly language: Language;
  private shownAt = 0;
  private shown = false;

  constructor(language: Language) {
    this.language = language;
  }

  /** What to call while reading; undefined where nothing would be shown. */
  reporter(size: number): ((progress: AnalyseProgress) => void) | undefined {
    return process.stderr.isTTY && size >= SHOWN_FROM ? (progress) => this.show(progress) : undefined;
  }

  clear(): void {
    if (this.shown) process.stderr.write("\r\x1b[K");
    this.shown = false;
  }

  private show({ bytesRead, size, connections }: AnalyseProgress): void {
    const now = performance.now();
    if (now - this.shownAt < EVERY) return;
    this.shownAt = now;
    this.shown = true;
    const percent = Math.floor((bytesRead / Math.max(1, size)) * 100);
    const text = this.language === "ja" ? `${percent}%、SMB 接続 ${connections} 件` : `${percent}%, ${connections} SMB connections`;
    process.stderr.write(`\r\x1b[K${text}`);
  }
}
