import { inBoth, type SnippetSource } from "./snippet.ts";

const NOTHING = inBoth("");

/** How to record with pktmon, as lines to run one after another. @param filter options of `pktmon filter add` */
export function pktmonLines(filter: string): readonly string[] {
  return [
    `pktmon filter add ${filter}`,
    "pktmon start --capture --pkt-size 0 --file-name smb.etl",
    "pktmon stop",
    "pktmon etl2pcap smb.etl --out smb.pcapng",
  ];
}

/** How to record with tcpdump. @param filter as the shell gets it, in quotation marks where it needs them */
export function tcpdumpLine(filter: string): string {
  return `tcpdump -i any -s 0 -w smb.pcap ${filter}`;
}

/** How to take a capture that can be judged: from before the share is opened, with whole frames. */
export const captureCommands: readonly SnippetSource[] = [
  {
    platform: "pktmon",
    language: "powershell",
    code: pktmonLines("-p 445").join("\n"),
    effect: {
      en: "Start it, open the share until it fails, then stop it. --pkt-size 0 keeps whole frames; without it only 128 bytes of each are kept. The last line gives a file for SMB Lens.",
      ja: "開始してから共有を開き、失敗したら停止します。--pkt-size 0 を指定するとフレーム全体が残ります。指定しないと 128 バイトだけになります。最後の行で SMB Lens 用のファイルができます。",
    },
    undo: inBoth("pktmon filter remove"),
    check: NOTHING,
  },
  {
    platform: "tcpdump",
    language: "shellscript",
    code: tcpdumpLine("tcp port 445"),
    effect: {
      en: "Start it, open the share until it fails, then stop it with Ctrl+C. -s 0 keeps whole frames.",
      ja: "開始してから共有を開き、失敗したら Ctrl+C で停止します。-s 0 を指定するとフレーム全体が残ります。",
    },
    undo: NOTHING,
    check: NOTHING,
  },
];

/** How to record each packet in one place only. */
export const captureOnceCommands: readonly SnippetSource[] = [
  {
    platform: "pktmon",
    language: "powershell",
    code: "pktmon start --capture --comp nics --pkt-size 0 --file-name smb.etl",
    effect: {
      en: "--comp nics records at the network cards only, not at every component that a packet passes.",
      ja: "--comp nics を指定すると、パケットが通るすべてのコンポーネントではなく、ネットワーク カードだけで記録します。",
    },
    undo: inBoth("pktmon stop"),
    check: inBoth("pktmon list"),
  },
  {
    platform: "tcpdump",
    language: "shellscript",
    code: "tcpdump -i eth0 -s 0 -w smb.pcap tcp port 445",
    effect: {
      en: "Names one interface instead of “any”: that to the client or that to the server. tcpdump -D lists them.",
      ja: "any ではなく 1 つのインターフェイス (クライアント側またはサーバー側) を指定します。tcpdump -D で一覧を表示できます。",
    },
    undo: NOTHING,
    check: inBoth("tcpdump -D"),
  },
];

/** How to record without losing frames: only SMB, and with room to wait. */
export const captureWithoutLossCommands: readonly SnippetSource[] = [
  {
    platform: "pktmon",
    language: "powershell",
    code: ["pktmon filter add -p 445", "pktmon start --capture --comp nics --pkt-size 0 --file-name smb.etl"].join("\n"),
    effect: {
      en: "Records SMB only, and each packet once: the rest no longer takes room.",
      ja: "SMB だけを、各パケットを 1 回ずつ記録します。ほかのパケットに容量を取られません。",
    },
    undo: inBoth("pktmon stop; pktmon filter remove"),
    check: inBoth("pktmon counters"),
  },
  {
    platform: "tcpdump",
    language: "shellscript",
    code: "tcpdump -i eth0 -B 65536 -s 0 -w smb.pcap tcp port 445",
    effect: {
      en: "-B 65536 gives the capture a buffer of 64 MiB. When it stops, tcpdump says how many packets the kernel dropped.",
      ja: "-B 65536 で 64 MiB のバッファーを使います。終了時に、カーネルが取りこぼしたパケットの数が表示されます。",
    },
    undo: NOTHING,
    check: NOTHING,
  },
];
