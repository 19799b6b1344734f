import type {
  BoxedValue,
  CaptureView,
  CompareCellView,
  CompareRowView,
  ComparisonView,
  ConnectionRowView,
  OutcomeView,
  OverviewView,
  ProgressView,
  StateView,
} from "../../src/protocol/views.ts";

/*
 * One capture as the host would show it. Connection 1 has the frames, bytes and times of a real one (a cleared capability of a response);
 * connections 2 to 12, and the figures of the empty and the loading page, are made up.
 */

export type DataLanguage = "en" | "ja";

type Both = readonly [en: string, ja: string];
const pick = (language: DataLanguage, [en, ja]: Both) => (language === "ja" ? ja : en);

const ROWS: readonly [OutcomeView, string, string, string, string, string, string, string, string][] = [
  [
    "failed",
    "Validation failed: server Capabilities changed",
    "検証に失敗: サーバーの Capabilities が書き換えられた",
    "192.0.2.10:55222",
    "198.51.100.20:445",
    "3.0.2",
    "Signed",
    "WORKGROUP\\tester",
    "00:20:10.229",
  ],
  [
    "warning",
    "Guest session: no signing, no validation",
    "ゲスト セッション: 署名も検証もない",
    "192.0.2.31:49733",
    "203.0.113.8:445",
    "3.1.1",
    "Not signed",
    "guest",
    "00:20:14.902",
  ],
  [
    "warning",
    "Neither side requires signing",
    "どちらの側も署名を必須にしていない",
    "192.0.2.44:61004",
    "203.0.113.8:445",
    "2.1",
    "Not signed",
    "CORP\\scanner",
    "00:20:15.377",
  ],
  [
    "warning",
    "Share not found: \\\\fs02\\scans$",
    "共有が見つからない: \\\\fs02\\scans$",
    "192.0.2.52:50417",
    "198.51.100.21:445",
    "3.1.1",
    "Signed, AES-GMAC",
    "CORP\\h.sato",
    "00:20:21.040",
  ],
  [
    "warning",
    "SMB1 chosen although SMB2 was offered",
    "SMB2 が提示されたのに SMB1 が選ばれた",
    "192.0.2.77:1046",
    "203.0.113.9:139",
    "SMB1",
    "Not signed",
    "CORP\\cnc-4",
    "00:20:29.615",
  ],
  [
    "unknown",
    "Cannot tell: capture starts after NEGOTIATE",
    "判定できない: NEGOTIATE より後から記録されている",
    "192.0.2.12:53990",
    "198.51.100.21:445",
    "–",
    "Signed",
    "–",
    "00:20:10.001",
  ],
  ["healthy", "Healthy", "問題なし", "192.0.2.11:50112", "198.51.100.21:445", "3.1.1", "Signed, AES-GMAC", "CORP\\a.mori", "00:20:11.520"],
  [
    "healthy",
    "Healthy",
    "問題なし",
    "192.0.2.11:50113",
    "198.51.100.21:445",
    "3.1.1",
    "Encrypted, AES-GCM",
    "CORP\\a.mori",
    "00:20:11.533",
  ],
  [
    "healthy",
    "Healthy",
    "問題なし",
    "[2001:db8::1f]:49822",
    "[2001:db8:20::15]:445",
    "3.1.1",
    "Signed, AES-CMAC",
    "CORP\\backup$",
    "00:20:12.118",
  ],
  [
    "validated",
    "Healthy, validated",
    "問題なし、検証済み",
    "192.0.2.18:51200",
    "198.51.100.22:445",
    "3.0.2",
    "Signed",
    "CORP\\j.weber",
    "00:20:17.846",
  ],
  [
    "validated",
    "Healthy, validated",
    "問題なし、検証済み",
    "192.0.2.19:40022",
    "198.51.100.22:445",
    "3.0",
    "Signed",
    "CORP\\svc-print",
    "00:20:18.090",
  ],
  [
    "validated",
    "Healthy, validated",
    "問題なし、検証済み",
    "192.0.2.23:49671",
    "198.51.100.23:445",
    "2.0.2",
    "Signed",
    "CORP\\k.ito",
    "00:20:33.254",
  ],
];

function signingIn(language: DataLanguage, signing: string): string {
  if (language === "en") return signing;
  return signing.replace("Not signed", "署名なし").replace("Signed", "署名あり").replace("Encrypted", "暗号化").replace(", ", "、");
}

export function rowsOf(language: DataLanguage): readonly ConnectionRowView[] {
  return ROWS.map(([outcome, en, ja, client, server, dialect, signing, user, start], index) => ({
    id: index + 1,
    outcome,
    text: pick(language, [en, ja]),
    client,
    server,
    dialect,
    signing: signingIn(language, signing),
    user,
    start,
  }));
}

export function captureOf(language: DataLanguage, total = ROWS.length): CaptureView {
  const chips: readonly [CaptureView["list"]["chips"][number]["id"], Both, number][] = [
    ["all", ["All", "すべて"], total],
    ["failed", ["Failed", "失敗"], 1],
    ["warnings", ["Warnings", "警告"], 4],
    ["unknown", ["Cannot tell", "判定不能"], 1],
    ["healthy", ["Healthy", "問題なし"], total - 6],
  ];
  return {
    name: "tn_302_resp_caps_clear_dfs.client.pcap",
    summary: "pcap, Ethernet, 18 frames, 12.7 ms",
    banners: [],
    list: { chips: chips.map(([id, label, count]) => ({ id, label: pick(language, label), count })), total },
    about: aboutOf(language),
    first: 1,
    announcement: pick(language, ["1 failed connection, 4 warnings", "失敗した接続 1 件、警告 4 件"]),
  };
}

function aboutOf(language: DataLanguage): CaptureView["about"] {
  const row = (label: Both, ...values: readonly Both[]) => ({
    label: pick(language, label),
    values: values.map((value) => pick(language, value)),
  });
  const same = (text: string): Both => [text, text];
  return [
    row(["Program", "プログラム"], same("Dumpcap (Wireshark) 4.2.2")),
    row(["System", "システム"], same("Windows Server 2022 (21H2), build 20348")),
    row(["Capture filter", "キャプチャ フィルター"], same("tcp port 445 or tcp port 139")),
    row(
      ["Comments", "コメント"],
      same("Ticket 4711: net use fails after the WAN accelerator was replaced"),
      ["frame 15: the client resets right after this answer", "フレーム 15: この応答の直後にクライアントがリセット"],
      ["and 12 more", "ほか 12 件"],
    ),
    row(["Not captured", "取りこぼし"], ["12 frames, as the capturing program counted", "12 フレーム (キャプチャしたプログラムの集計)"]),
    row(["Names", "名前"], same("198.51.100.20 fs02.corp.example"), same("192.0.2.10 pc-17.corp.example")),
    row(
      ["Keys", "鍵"],
      ["TLS key log (1). Remove it before you give the file away.", "TLS key log (1 個)。ファイルを人に渡す前に取り除いてください。"],
    ),
  ];
}

export function damagedCaptureOf(language: DataLanguage): CaptureView {
  const bold = pick(language, [
    "This file is damaged at byte 3,188: shown up to frame 16.",
    "このファイルは 3,188 バイト目で壊れています。フレーム 16 まで表示しています。",
  ]);
  const text = pick(language, [
    "The last 164 bytes could not be read. What follows rests on the 16 frames before them; the verdict needs no later frame.",
    "最後の 164 バイトは読み取れませんでした。以下は、その前の 16 フレームによるものです。判定に、これより後のフレームは要りません。",
  ]);
  const label = pick(language, ["Show details", "詳細を表示"]);
  return { ...captureOf(language), banners: [{ bold, text, action: { action: "show-log", label } }] };
}

const plain = (before: string): BoxedValue => ({ before, marked: "", after: "", side: "none" });
const boxed = (before: string, marked: string, side: "was" | "now"): BoxedValue => ({ before, marked, after: "", side });

const SNIPPETS: readonly [platform: string, label: Both, code: string, language: string][] = [
  [
    "windows",
    ["Windows", "Windows"],
    "Set-SmbClientConfiguration -RequireSecuritySignature $true\nSet-SmbServerConfiguration -RequireSecuritySignature $true",
    "powershell",
  ],
  [
    "gpo",
    ["Group Policy", "グループ ポリシー"],
    "Microsoft network client: Digitally sign communications (always)\nMicrosoft network server: Digitally sign communications (always)",
    "plaintext",
  ],
  ["samba", ["Samba", "Samba"], "client signing = required\nserver signing = mandatory", "ini"],
];

export function failedOverview(language: DataLanguage): OverviewView {
  const say = (en: string, ja: string) => pick(language, [en, ja]);
  return {
    id: 1,
    outcome: "failed",
    title: say(
      "The server’s NEGOTIATE response was changed on its way to the client, so the client closed the connection.",
      "サーバーの NEGOTIATE 応答が途中で書き換えられたため、クライアントが接続を切断しました。",
    ),
    certainty: {
      kind: "proved",
      text: say("Proved", "確定"),
      tooltip: say(
        "Proved: both values are in this capture, and the second one is signed.",
        "確定: どちらの値もこのキャプチャにあり、後の値は署名されています。",
      ),
    },
    subject: ["192.0.2.10:55222 → 198.51.100.20:445", "SMB 3.0.2", "WORKGROUP\\tester", "\\\\198.51.100.20\\share"],
    rule: "vni-server-capabilities-differ",
    ruleSection: { id: "MS-SMB2 3.2.5.14.12", label: "[MS-SMB2] 3.2.5.14.12" },
    facts: [
      {
        frame: 6,
        title: say("Capabilities that the client received", "クライアントが受け取った Capabilities"),
        detail: say("NEGOTIATE response, not signed", "NEGOTIATE 応答、署名なし"),
        value: boxed("0x0000004", "E", "was"),
        note: say("DFS not set", "DFS なし"),
        contradictsPrevious: false,
      },
      {
        frame: 15,
        title: say("Capabilities that the server sent", "サーバーが送った Capabilities"),
        detail: say("VALIDATE_NEGOTIATE_INFO response, signed", "VALIDATE_NEGOTIATE_INFO 応答、署名あり"),
        value: boxed("0x0000004", "F", "now"),
        note: say("DFS set", "DFS あり"),
        contradictsPrevious: true,
      },
      {
        frame: 16,
        title: say("The client closed the connection", "クライアントが接続を閉じた"),
        detail: say("FIN, before any file was opened", "FIN。ファイルは一つも開かれていない"),
        value: plain("+49 µs"),
        note: say("after frame 15", "フレーム 15 から"),
        contradictsPrevious: false,
      },
    ],
    moreFacts: [],
    limit: say(
      "Not in this capture: which device changed it. A capture taken next to the server shows the response as it was sent.",
      "このキャプチャから分からないこと: どの機器が書き換えたか。サーバーのそばで取ったキャプチャには、書き換え前の応答が残ります。",
    ),
    story: {
      steps: [
        {
          frame: 6,
          text: say(
            "The NEGOTIATE response [6] says that SMB2_GLOBAL_CAP_DFS is off (Capabilities 0x0000004e).",
            "NEGOTIATE 応答 [6] では SMB2_GLOBAL_CAP_DFS がオフです (Capabilities 0x0000004e)。",
          ),
        },
        {
          frame: 15,
          text: say(
            "The protected VALIDATE_NEGOTIATE_INFO response [15] says that SMB2_GLOBAL_CAP_DFS is on (Capabilities 0x0000004f).",
            "保護された VALIDATE_NEGOTIATE_INFO 応答 [15] では SMB2_GLOBAL_CAP_DFS がオンです (Capabilities 0x0000004f)。",
          ),
        },
        { frame: 16, text: say("The client ends the connection with FIN [16].", "クライアントが FIN で接続を終了します [16]。") },
      ],
      further: say(
        "A capture taken at the server would show the messages as the server receives and sends them. Leave the address out where addresses are translated on the way.",
        "サーバーのそばでキャプチャを取れば、サーバーが送受信したままのメッセージが分かります。途中でアドレスが変換される場合は、フィルターからアドレスを除きます。",
      ),
      captures: [
        { platform: "windows", label: "Windows", code: "pktmon filter add -t TCP -i 192.0.2.10 -p 445" },
        {
          platform: "linux",
          label: say("Linux, or a NAS over SSH", "Linux、または NAS (SSH)"),
          code: "tcpdump -i any -s 0 -w smb.pcap 'tcp port 445 and host 192.0.2.10'",
        },
      ],
    },
    remedies: [
      {
        id: "stop-rewriting",
        kind: "safe",
        title: say("Stop the device that rewrites NEGOTIATE", "機器による NEGOTIATE の書き換えを止める"),
        text: say(
          "Usually a WAN accelerator. Bypass TCP port 445 on it for these two hosts and try again. If that works, keep the bypass or use its mode for signed SMB.",
          "多くは WAN アクセラレータです。この 2 台の間の TCP ポート 445 をバイパスして試してください。つながれば、バイパスを続けるか、機器の署名付き SMB モードを使います。",
        ),
        pill: say("Safe", "安全"),
        note: {
          label: say("Copy a note for the network team", "ネットワーク担当者への説明をコピー"),
          text: "Frame 6 was changed on its way.",
        },
        snippets: [],
      },
      {
        id: "require-signing",
        kind: "safe",
        title: say("Require signing on both ends", "両端で署名を必須にする"),
        text: say(
          "Do this too. Neither end requires it now (SecurityMode 0x0001), so sessions may run unsigned.",
          "1 と併せて行います。今はどちらも署名を必須にしていません (SecurityMode 0x0001)。",
        ),
        pill: say("Safe", "安全"),
        note: null,
        snippets: SNIPPETS.map(([platform, label, code, id]) => ({
          platform,
          label: pick(language, label),
          code,
          language: id,
          effect: say("Both ends refuse sessions that are not signed.", "署名のないセッションを両端で拒否します。"),
          undo: say("Set both values to $false.", "どちらの値も $false に戻します。"),
          check: say("Get-SmbConnection | Select-Object Signed", "Get-SmbConnection | Select-Object Signed"),
        })),
      },
      {
        id: "disable-validation",
        kind: "workaround",
        title: say("Workaround: turn the check off on the client", "回避策: クライアントの検証を無効にする"),
        text: say(
          "Not available on Windows 10, Windows Server 2016 and later. Elsewhere only until the device is fixed: changes on the path then go unnoticed.",
          "Windows 10、Windows Server 2016 以降では使えません。それ以前でも、機器を直すまでの一時的な手段です。途中の書き換えに気付けなくなります。",
        ),
        pill: say("Weakens security", "セキュリティが低下"),
        note: null,
        snippets: [
          {
            platform: "registry",
            label: say("Registry", "レジストリ"),
            code: "reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanWorkstation\\Parameters /v RequireSecureNegotiate /t REG_DWORD /d 0",
            language: "bat",
            effect: say("The client no longer validates.", "クライアントは検証しなくなります。"),
            undo: say("Delete the value.", "値を削除します。"),
            check: "",
          },
        ],
      },
    ],
    others: [],
  };
}

/** Overview of any other connection of the list. */
export function otherOverview(language: DataLanguage, row: ConnectionRowView): OverviewView {
  const healthy = row.outcome === "healthy" || row.outcome === "validated";
  return {
    id: row.id,
    outcome: row.outcome,
    title: healthy ? pick(language, ["No problem on this connection.", "この接続に問題はありません。"]) : row.text,
    certainty: { kind: healthy ? "none" : "unknown", text: pick(language, ["Cannot tell", "判定不能"]), tooltip: "" },
    subject: [`${row.client} → ${row.server}`, row.dialect, row.user],
    rule: null,
    ruleSection: null,
    facts: [],
    moreFacts: [],
    limit: "",
    story: null,
    remedies: [],
    others: [],
  };
}

const CAPABILITIES: readonly [mask: number, name: string, en: string, ja: string][] = [
  [
    0x01,
    "DFS",
    "The client asks for no referrals: paths in a DFS namespace do not resolve.",
    "クライアントは紹介を求めません。DFS 名前空間のパスは解決できません。",
  ],
  [0x02, "LEASING", "Clients may cache files", "ファイルのキャッシュ"],
  [0x04, "LARGE_MTU", "Reads and writes above 64 KiB", "64 KiB を超える読み書き"],
  [0x08, "MULTI_CHANNEL", "Several connections per session", "1 セッションで複数の接続"],
  [0x10, "PERSISTENT_HANDLES", "Open files survive a failover", "フェールオーバー後もファイルが開いたまま"],
  [0x20, "DIRECTORY_LEASING", "Clients may cache directories", "ディレクトリのキャッシュ"],
  [0x40, "ENCRYPTION", "Encryption in SMB 3.0 and 3.0.2", "SMB 3.0 と 3.0.2 の暗号化"],
];

const GUID_CLIENT = "930d91ab-a593-43da-a78d-0982e0e2dda0";
const GUID_SERVER = "7362616c-7672-0000-0000-000000000000";

function cell(text: string, more = "", mono = true): CompareCellView {
  return { value: plain(text), mono, text: more };
}

function equal(key: string, value: CompareCellView, meaning: string, children: readonly CompareRowView[] = []): CompareRowView {
  return { key, name: key, prefix: "", left: value, mark: "equal", right: value, meaning, children };
}

function bits(language: DataLanguage, was: number, now: number): readonly CompareRowView[] {
  const said = (bit: boolean) => pick(language, bit ? ["set", "あり"] : ["not set", "なし"]);
  return CAPABILITIES.map(([mask, name, en, ja]) => {
    const left = (was & mask) !== 0;
    const right = (now & mask) !== 0;
    const differs = left !== right;
    const value = (bit: boolean, side: "was" | "now") => (differs ? boxed("", bit ? "1" : "0", side) : plain(bit ? "1" : "0"));
    return {
      key: name,
      name,
      prefix: "SMB2_GLOBAL_CAP_",
      left: { value: value(left, "was"), mono: true, text: said(left) },
      mark: differs ? "differs" : "equal",
      right: { value: value(right, "now"), mono: true, text: said(right) },
      meaning: pick(language, [en, ja]),
      children: [],
    };
  });
}

export function failedComparison(language: DataLanguage): ComparisonView {
  const say = (en: string, ja: string) => pick(language, [en, ja]);
  const section = (number: string) => ({ id: `MS-SMB2 ${number}`, label: `[MS-SMB2] ${number}` });
  const notSigned = say("not signed", "署名なし");
  const signed = say("signed", "署名あり");
  const mode = equal(
    "SecurityMode",
    cell("0x0001", say("signing enabled", "署名は有効")),
    say("Enabled, but not required", "有効だが必須ではない"),
  );
  return {
    id: 1,
    title: say(
      "One of eight values differs: the server’s Capabilities lost SMB2_GLOBAL_CAP_DFS on the way.",
      "8 つの値のうち 1 つが不一致: サーバーの Capabilities から SMB2_GLOBAL_CAP_DFS が途中で消えました。",
    ),
    subtitle: say(
      "NEGOTIATE travels unsigned. After signing in, both ends repeat it signed and compare.",
      "NEGOTIATE は署名されません。サインイン後、両端は署名付きで繰り返して照合します。",
    ),
    section: section("3.2.5.5"),
    exchanges: [{ index: 1, label: "1" }],
    exchange: 1,
    groups: [
      {
        direction: "client",
        title: say("Client to server", "クライアントからサーバー"),
        negotiate: { frame: 4, note: notSigned, section: section("2.2.3") },
        validate: { frame: 14, note: signed, section: section("2.2.31.4") },
        summary: say("All equal: the server’s own check passed.", "すべて一致: サーバー側の検証は成功しました。"),
        section: section("3.3.5.15.12"),
        rows: [
          equal("Capabilities", cell("0x0000007F"), say("All seven bits set", "7 つのビットすべて"), bits(language, 0x7f, 0x7f)),
          equal("Guid", cell(GUID_CLIENT), say("Names the client machine", "クライアントの識別子")),
          mode,
          equal("Dialects", cell("2.0.2, 2.1, 3.0, 3.0.2", "", false), say("3.1.1 is not offered", "3.1.1 は提示なし")),
        ],
      },
      {
        direction: "server",
        title: say("Server to client", "サーバーからクライアント"),
        negotiate: { frame: 6, note: notSigned, section: section("2.2.4") },
        validate: { frame: 15, note: signed, section: section("2.2.32.6") },
        summary: say("One differs: the client must end the connection.", "1 つが不一致: クライアントは接続を切断します。"),
        section: section("3.2.5.14.12"),
        rows: [
          {
            key: "Capabilities",
            name: "Capabilities",
            prefix: "",
            left: { value: boxed("0x0000004", "E", "was"), mono: true, text: "" },
            mark: "differs",
            right: { value: boxed("0x0000004", "F", "now"), mono: true, text: "" },
            meaning: say("Changed on the way to the client", "クライアントに届くまでに書き換え"),
            children: bits(language, 0x4e, 0x4f),
          },
          equal("Guid", cell(GUID_SERVER), say("Names the server", "サーバーの識別子")),
          mode,
          equal("Dialect", cell("0x0302", "3.0.2"), say("Highest that the client offered", "クライアントが提示した最上位")),
        ],
      },
    ],
    note: say(
      "Not covered by the check: MaxTransactSize, MaxReadSize, MaxWriteSize, SystemTime and the security buffer. Below SMB 3.1.1 a device can change these unnoticed.",
      "この検証の対象外: MaxTransactSize、MaxReadSize、MaxWriteSize、SystemTime、セキュリティ バッファー。SMB 3.1.1 より前では、機器がこれらを書き換えても気付けません。",
    ),
    differences: 1,
    markdown: "| Field | NEGOTIATE | | VALIDATE_NEGOTIATE_INFO |\n|---|---|---|---|\n",
  };
}

export function loadingProgress(language: DataLanguage, found = 4): ProgressView {
  const say = (en: string, ja: string) => pick(language, [en, ja]);
  return {
    percent: 46,
    text: say("46%, 1.1 of 2.4 GB, 65 MB/s. About 20 seconds left.", "46%、2.4 GB 中 1.1、65 MB/秒。残り約 20 秒。"),
    frames: "1,204,331",
    connections: "312",
    found: [
      {
        outcome: "failed" as const,
        text: say("Validation failed: server Capabilities changed", "検証に失敗: サーバーの Capabilities が書き換えられた"),
        endpoints: "192.0.2.10:55222",
        id: 1,
      },
      {
        outcome: "failed" as const,
        text: say("Sign-in failed: STATUS_LOGON_FAILURE", "サインインに失敗: STATUS_LOGON_FAILURE"),
        endpoints: "192.0.2.31:49733",
        id: 2,
      },
      {
        outcome: "failed" as const,
        text: say("Validation failed: client Dialects changed", "検証に失敗: クライアントの Dialects が書き換えられた"),
        endpoints: "192.0.2.44:61004",
        id: 3,
      },
      { outcome: null, text: say("Not over yet", "継続中"), endpoints: "192.0.2.45:61010", id: 4 },
    ].slice(0, found),
  };
}

export function emptyState(language: DataLanguage): StateView {
  const say = (en: string, ja: string) => pick(language, [en, ja]);
  return {
    title: say("No SMB in this capture.", "このキャプチャに SMB の通信はありません。"),
    text: say(
      "The file was read to its end. None of its TCP connections speaks SMB2, SMB3 or SMB1.",
      "ファイルは最後まで読み取りました。SMB2、SMB3、SMB1 を話す TCP 接続はありません。",
    ),
    sections: [
      {
        heading: say("What was read", "読み取った内容"),
        text: "",
        rows: [
          { name: say("Frames", "フレーム"), value: say("12,480, from 09:14:02 to 09:16:47 UTC", "12,480、09:14:02 から 09:16:47 UTC") },
          {
            name: say("TCP connections", "TCP 接続"),
            value: say("86, on ports 443 (61), 389 (14), 88 (9), 22 (2)", "86、ポート 443 (61)、389 (14)、88 (9)、22 (2)"),
          },
          {
            name: say("Ports 445 and 139", "ポート 445 と 139"),
            value: say("None. Not even a connection attempt.", "なし。接続の試みもありません。"),
          },
          {
            name: say("QUIC on UDP port 443", "UDP ポート 443 の QUIC"),
            value: say(
              "12 connections. SMB over QUIC is encrypted and looks the same.",
              "12 接続。SMB over QUIC は暗号化され、見分けがつきません。",
            ),
          },
        ],
        code: "",
      },
      {
        heading: say("If you expected SMB", "SMB があるはずの場合"),
        text: say(
          "Start the capture before the share is mounted, on the client, with whole frames:",
          "共有をマウントする前に、クライアントで、フレーム全体を記録します。",
        ),
        rows: [],
        code: "pktmon start --capture --pkt-size 0 --file-name smb.etl   # Windows\ntcpdump -i any -s 0 -w smb.pcap tcp port 445              # Linux",
      },
    ],
    buttons: [
      { action: "open-another", label: say("Open another capture", "別のキャプチャを開く"), primary: true },
      { action: "other-port", label: say("SMB uses another port", "SMB が別のポートを使う"), primary: false },
    ],
  };
}

/** What the page kept: the Messages view at frame 15 of the first connection. */
export const keptMessages = {
  view: "messages",
  connection: 1,
  chip: "all",
  filter: "",
  differencesOnly: false,
  messages: { page: 0, command: "", status: "all", matters: false, text: "", frame: 15 },
} as const;
