type AboutLabel =
  | "program"
  | "system"
  | "hardware"
  | "filter"
  | "comments"
  | "lost"
  | "times"
  | "names"
  | "secrets"
  | "events"
  | "processes";

/** The words of what a capture file says of itself. */
export interface AboutTexts {
  readonly heading: string;
  readonly labels: Readonly<Record<AboutLabel, string>>;
  readonly about: Readonly<Record<"interface" | "frame", (number: string) => string>>;
  lost(frames: string, one: boolean): string;
  readonly localTime: string;
  secrets(kind: string, count: string): string;
  events(count: string, one: boolean): string;
  more(count: string): string;
}

export const aboutTextsEn: AboutTexts = {
  heading: "About this capture",
  labels: {
    program: "Program",
    system: "System",
    hardware: "Hardware",
    filter: "Capture filter",
    comments: "Comments",
    lost: "Not captured",
    times: "Times",
    names: "Names",
    secrets: "Keys",
    events: "Events",
    processes: "Processes",
  },
  about: { interface: (number) => `interface ${number}`, frame: (number) => `frame ${number}` },
  lost: (frames, one) => `${frames} ${one ? "frame" : "frames"}, as the capturing program counted`,
  localTime: "local times of the capturing machine, whose zone the file does not name; shown as if they were UTC",
  secrets: (kind, count) => `${kind} (${count}). Remove it before you give the file away.`,
  events: (count, one) => `${count} journal ${one ? "entry" : "entries"} between the frames`,
  more: (count) => `and ${count} more`,
};

export const aboutTextsJa: AboutTexts = {
  heading: "このキャプチャについて",
  labels: {
    program: "プログラム",
    system: "システム",
    hardware: "ハードウェア",
    filter: "キャプチャ フィルター",
    comments: "コメント",
    lost: "取りこぼし",
    times: "時刻",
    names: "名前",
    secrets: "鍵",
    events: "イベント",
    processes: "プロセス",
  },
  about: { interface: (number) => `インターフェイス ${number}`, frame: (number) => `フレーム ${number}` },
  lost: (frames) => `${frames} フレーム (キャプチャしたプログラムの集計)`,
  localTime: "キャプチャしたコンピューターのローカル時刻です。タイム ゾーンはファイルにないため、UTC として表示しています。",
  secrets: (kind, count) => `${kind} (${count} 個)。ファイルを人に渡す前に取り除いてください。`,
  events: (count) => `フレームの間にジャーナル エントリ ${count} 件`,
  more: (count) => `ほか ${count} 件`,
};
