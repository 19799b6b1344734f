import { formatCount } from "../../core/index.ts";
import type { CapabilityKey, ComparisonTexts, HostTexts, Peer } from "./texts.ts";

const peers: Readonly<Record<Peer, string>> = { client: "クライアント", server: "サーバー" };
const others: Readonly<Record<Peer, string>> = { client: "サーバー", server: "クライアント" };

/** All eight, or those that both messages hold. */
function values(count: number): string {
  return count === 8 ? "8 つの値" : `比べられる ${count} つの値`;
}

function join(names: readonly string[]): string {
  return names.join("、");
}

const capabilities: ComparisonTexts["capabilities"] = {
  DFS: {
    means: "DFS 名前空間のパスを解決できる",
    lost: {
      server: "クライアントが参照先を問い合わせないため、DFS 名前空間のパスを解決できません。",
      client: "サーバーはクライアントが DFS に対応しないと見なします。",
    },
  },
  LEASING: {
    means: "クライアントがファイルをキャッシュできる",
    lost: {
      server: "クライアントのキャッシュが減り、通信が増えて遅くなります。",
      client: "サーバーがリースを与えないため、アクセスが遅くなります。",
    },
  },
  LARGE_MTU: {
    means: "64 KiB を超える読み書き",
    lost: { server: "読み書きが 64 KiB までになり、転送が遅くなります。", client: "読み書きが 64 KiB までになり、転送が遅くなります。" },
  },
  MULTI_CHANNEL: {
    means: "1 つのセッションで複数の接続",
    lost: {
      server: "クライアントは 1 つのセッションで 1 つの接続しか使いません。",
      client: "サーバーは 1 つのセッションに 1 つの接続しか認めません。",
    },
  },
  PERSISTENT_HANDLES: {
    means: "開いたファイルがフェールオーバー後も有効",
    lost: { server: "開いたファイルがフェールオーバーで失われます。", client: "開いたファイルがフェールオーバーで失われます。" },
  },
  DIRECTORY_LEASING: {
    means: "クライアントがディレクトリをキャッシュできる",
    lost: {
      server: "クライアントはディレクトリをキャッシュしません。",
      client: "サーバーはディレクトリのリースを与えません。",
    },
  },
  ENCRYPTION: {
    means: "SMB 3.0 と 3.0.2 の暗号化",
    lost: {
      server: "クライアントは暗号化できず、データが平文で流れます。",
      client: "サーバーはクライアントが暗号化に対応しないと見なします。",
    },
  },
  NOTIFICATIONS: {
    means: "サーバーからクライアントへの通知",
    lost: { server: "クライアントは通知を待ちません。", client: "サーバーは通知を送りません。" },
  },
} satisfies Record<CapabilityKey, unknown>;

export const textsJa: HostTexts = {
  language: "ja",
  common: {
    none: "–",
    comma: "、",
    frames: (count) => `${count} フレーム`,
    peer: peers,
    protection: { signed: "署名あり", notSigned: "署名なし", emptySignature: "署名がすべて 0", encrypted: "暗号化" },
    message: (name, response) => `${name} ${response ? "応答" : "要求"}`,
    set: "あり",
    notSet: "なし",
    signingBits: (mode) => ((mode & 2) !== 0 ? "署名必須" : (mode & 1) !== 0 ? "署名有効" : "署名無効"),
  },
  list: {
    chips: { all: "すべて", failed: "失敗", warnings: "警告", unknown: "判定不能", healthy: "問題なし" },
    healthy: "問題なし",
    validated: "問題なし、検証済み",
    cannotTell: (reason) => `判定できない: ${reason}`,
    seenAgain: " (別のインターフェイスで再度記録)",
    signed: "署名あり",
    partlySigned: "一部のみ署名",
    notSigned: "署名なし",
    encrypted: "暗号化",
    guest: "ゲスト",
    anonymous: "匿名",
    announcement: (failed, warnings) =>
      failed + warnings === 0
        ? "失敗した接続は見つかりませんでした"
        : `失敗した接続が ${failed} 件、警告のある接続が ${warnings} 件見つかりました`,
  },
  banners: {
    notShown: (count) => `設定により ${count} 件の検出を表示していません`,
    turnedOff: (rules, origin) => `${origin} で off になっているルール: ${rules.join("、")}`,
    settingsTrouble: "設定ファイルを使えないため、その内容は適用していません",
    ruleSettings: "設定を開く",
    damaged: (byte, frame) => `このファイルは ${byte} バイト目で壊れています。フレーム ${frame} まで表示しています。`,
    damagedAtStart: (byte) => `このファイルは ${byte} バイト目で壊れています。フレームを 1 つも読み取れませんでした。`,
    damagedMeans: (lost, frames) => `最後の ${lost} バイトを読み取れませんでした。以下はその前の ${frames} フレームに基づきます。`,
    provedStands: "「確定」の判定に、後のフレームは要りません。",
    cut: (byte, frame) => `このファイルは ${byte} バイト目でフレームの途中で終わっています。フレーム ${frame} まで表示しています。`,
    cutMeans: (have, need) =>
      `最後のレコードは ${need} バイトのうち ${have} バイトしかありません。キャプチャの停止かコピーが早すぎたため、その後は含まれていません。`,
    stopped: (percent, frame) => `${percent}% で停止しました。フレーム ${frame} まで表示しています。`,
    stoppedMeans: "その後の接続は含まれていません。その時点で開いていた接続の終わり方も分かりません。",
    readAll: "すべて読み取る",
    readFailed: (byte, frame) => `${byte} バイト目より先を読み取れませんでした。フレーム ${frame} まで表示しています。`,
    readFailedMeans: (reason) => `システムのメッセージ: ${reason}。ディスクまたはネットワーク ドライブを確認してから、読み直してください。`,
  },
  overview: {
    turnedOff: (name) => `設定により表示していない検出: ${name}`,
    noFailure: "失敗した接続はありません",
    noProblem: "この接続に問題はありません",
    noProblemValidated: "この接続に問題はなく、ネゴシエーションは検証済みです",
    unknownTitle: (reason) => `この接続は判定できません: ${reason}。`,
    certainty: { proved: "確定", suspected: "疑い", unknown: "判定不能" },
    provedBySigned: "確定: 両方の値がこのキャプチャにあり、2 つ目は署名されています。",
    provedByBoth: "確定: 両方の値がこのキャプチャにあり、互いに矛盾します。",
    provedByFrames: "確定: 根拠となるフレームはすべてこのキャプチャにあります。",
    suspectedBecause: "疑い: 動きは当てはまり、これに反するものはキャプチャにありませんが、証明となるものもありません。",
    unknownBecause: (reason) => `判定不能: ${reason}`,
    received: (field, by) => `${peers[by]}が受け取った ${field}`,
    sent: (field, by) => `${peers[by]}が送った ${field}`,
    repeated: (field) => `検証で繰り返された ${field}`,
    fieldIn: (field, message) => `${message}の ${field}`,
    told: {
      NEGOTIATE: { request: "クライアントがダイアレクトを提示した", response: "サーバーがダイアレクトを選んだ" },
      SESSION_SETUP: { request: "クライアントがサインインを求めた", response: "サーバーがサインインに応答した" },
      LOGOFF: { request: "クライアントがログオフした", response: "サーバーがログオフを確認した" },
      TREE_CONNECT: { request: "クライアントが共有を求めた", response: "サーバーが共有の要求に応答した" },
      VALIDATE: { request: "クライアントが検証を求めた", response: "サーバーが検証に応答した" },
    },
    closed: (by) => `${peers[by]}が接続を閉じた`,
    reset: (by) => `${peers[by]}が接続をリセットした`,
    tcpFrame: "TCP フレーム",
    endDetail: (how, beforeFiles) => (beforeFiles ? `${how}。ファイルは一つも開かれていない` : how),
    afterFrame: (frame) => `フレーム ${frame} から`,
    flagsSet: (names, more) => `${join(names)}${more > 0 ? ` ほか ${more} 個` : ""} あり`,
    flagsNotSet: (names, more) => `${join(names)}${more > 0 ? ` ほか ${more} 個` : ""} なし`,
    cannotCheck: (reason, rules) => `${rules} 個の検査ができない: ${reason}`,
    signingNow: (required, modes) => {
      if (required === "neither")
        return `今はどちらも署名を必須にしていないため (SecurityMode ${modes})、署名なしのセッションになることがあります。`;
      if (required === "both") return `両端とも署名を必須としています (SecurityMode ${modes})。`;
      return `今は${peers[required]}だけが署名を必須にしています (SecurityMode ${modes})。`;
    },
    safe: "安全",
    weakens: "セキュリティが低下",
    noteLabel: "ネットワーク担当者への説明をコピー",
  },
  comparison: {
    titleEqual: (values, here) => `${here ? "このキャプチャでは、" : ""}${values} つの値はすべて等しいです。`,
    titleAllowed: (values) => `${values} つの値は矛盾しません。検証の方がダイアレクトを多く挙げていますが、許される動作です。`,
    titleDiffers: (count, of, names) =>
      `${values(of)}のうち ${count} つが異なります: ${join(names.map(({ peer, field }) => `${peers[peer]}の ${field}`))}。`,
    titleFlags: (of, peer, field, lost, gained, onTheWay) => {
      const way = onTheWay ? "途中で " : " ";
      const how = [
        ...(lost.length > 0 ? [`${field} から${way}${join(lost)} が失われました`] : []),
        ...(gained.length > 0 ? [`${field} に${way}${join(gained)} が加わりました`] : []),
      ].join("。また、");
      return `${values(of)}のうち 1 つが異なります: ${peers[peer]}の ${how}。`;
    },
    titleSome: (compared) => `8 つの値のうち比べられるのは ${compared} つだけで、それらは等しいです。`,
    titleNone: "値を比べられません。",
    subtitle: "NEGOTIATE は署名されません。サインインの後、両端がその値を署名付きで繰り返して比べます。",
    exchange: (number, frame) => `検証 ${number}${frame === null ? "" : ` (フレーム ${frame})`}`,
    groups: { client: "クライアントからサーバーへ", server: "サーバーからクライアントへ" },
    missing: "このキャプチャにない",
    cut: (protection) => `${protection}、キャプチャ時に切り詰め`,
    errorStatus: (protection, status) => `${protection}、${status}`,
    clientPassed: "すべて等しく、サーバー自身の検査も通りました。",
    clientAgreed: "提示したものは欠けておらず、サーバー自身の検査も通りました。",
    equalHere: "このキャプチャではすべて等しいです。",
    agreeHere: "このキャプチャでは、提示したものは欠けていません。",
    serverEqual: "すべて等しく、クライアントの検査も通ります。",
    differ: (count, peer) => `${count} つが異なるため、${others[peer]}は接続を切断しなければなりません。`,
    cannotCompare: (reason) => `比べられません: ${reason}。`,
    changedOnWay: (to) => `${peers[to]}に届く途中で書き換えられた`,
    disagree: "2 つのメッセージが矛盾する",
    dialectsSuperset: "NEGOTIATE の提示より多いが、最高は同じ: 許される",
    flagCount: (count, of) =>
      count === of ? `${of} 個のビットがすべて立つ` : count === 0 ? "立つビットはない" : `${of} 個のビットのうち ${count} 個が立つ`,
    unknownBit: "[MS-SMB2] に名前のないビット",
    names: { client: "クライアント コンピューターの識別子", server: "サーバーの識別子" },
    securityMode: (mode) => ((mode & 2) !== 0 ? "必須" : (mode & 1) !== 0 ? "有効だが必須ではない" : "有効でも必須でもない"),
    dialect311NotOffered: "3.1.1 は提示されていない",
    highestDialect: (name) => `最高: ${name}`,
    dialectHighest: "クライアントが提示した中で最高",
    dialectLower: "クライアントが提示した中で最高ではない",
    dialectNotOffered: "クライアントは提示していない",
    capabilities,
    gained: (by) => `${peers[by]}は示していません。相手が、存在しない機能を使うおそれがあります。`,
    note: "この検査が扱わない値: MaxTransactSize、MaxReadSize、MaxWriteSize、SystemTime、セキュリティ バッファー。SMB 3.1.1 より前では、機器がこれらを書き換えても気付けません。",
    operands: {
      negotiateMissing: { request: "NEGOTIATE 要求がこのキャプチャにない", response: "NEGOTIATE 応答がこのキャプチャにない" },
      validateMissing: { request: "検証の要求がこのキャプチャにない", response: "このキャプチャでは検証に応答がない" },
      answerLost: "応答がこのキャプチャから失われている",
      errorAnswer: (status) => `サーバーが ${status} で応答し、値を返していない`,
      cut: "メッセージが切り詰められているか、読み取れる値がない",
    },
    markdown: { field: "フィールド", meaning: "意味", frame: (frame) => `フレーム ${frame}` },
    reasons: {
      dialect311: "SMB 3.1.1 にこの検査はありません。NEGOTIATE は事前認証の整合性で保護されます。",
      cut: "メッセージがキャプチャ時に切り詰められているため、比べる値がありません。フレーム全体をキャプチャしてください。",
      smb1: "この接続は SMB1 で、この検査がありません。",
      guest: "ゲスト セッションには署名の鍵がないため、検証は行われません。",
      anonymous: "匿名セッションには署名の鍵がないため、検証は行われません。",
      encrypted: "検証は暗号化されたメッセージの中にあるはずで、鍵がないと読み取れません。",
      noSession: "この接続では誰もサインインしていないため、検証は行われていません。",
      notSent: "この接続でクライアントは検証を送っていません。",
      noNegotiate: "このキャプチャには、この接続の NEGOTIATE も検証もありません。",
    },
  },
  state: {
    titles: {
      noSmb: "このキャプチャに SMB の通信はありません。",
      noSmbInPart: "このキャプチャの読み取れた部分に SMB の通信はありません。",
      closedFrames: "このキャプチャのフレームのほとんどを読み取れません。",
      notACapture: "このファイルはネットワーク キャプチャではありません。",
      empty: "このファイルは空です。",
      noFrames: "このキャプチャにフレームはありません。",
      linkType: "このキャプチャのリンク タイプは読み取れません。",
    },
    unsupportedTitle: (format) => `このファイルは ${format} で、読み取れません。`,
    unreadableTitle: "このファイルを読み取れませんでした。",
    readToEnd: "ファイルを最後まで読みました。",
    readPart: (frame) => `ファイルをフレーム ${frame} まで読みました。`,
    closedFramesText: "SMB の通信があるかどうかは分かりません。",
    noSmbAmongTcp: "SMB2、SMB3、SMB1 を使う TCP 接続はありません。",
    emptyText: "0 バイトです。キャプチャが書き込まれなかったか、コピーが終わっていません。",
    noFramesText:
      "キャプチャのヘッダーだけがあり、その後に何もありません。最初のフレームの前に停止されたか、フィルターがすべて除外しています。",
    notACaptureText: (magic) => `先頭のバイトは ${magic} で、読み取れるどの形式でもありません。名前ではなく内容で判断しています。`,
    linkTypeText: (linkType) =>
      `フレームのリンク タイプは ${linkType} です。読み取れるのは Ethernet、Linux cooked、ループバック、raw IP です。`,
    unreadableText: (reason) => `システムのメッセージ: ${reason}`,
    unsupported: {
      unpack: "圧縮されています。展開してから、中のキャプチャを開いてください。",
      convert: "Wireshark の editcap で pcapng に変換できます。変換したファイルを開いてください。",
      trace: "Windows のイベント トレースです。pktmon で pcapng に変換できます。変換したファイルを開いてください。",
      origin: "Message Analyzer でしか開けません。.cap 形式にエクスポートするか、元のイベント トレース (.etl) を変換してください。",
      recapture: "変換できるツールはありません。pcap または pcapng 形式でキャプチャし直してください。",
      none: "フレームを含まないファイルです。キャプチャ自体を開いてください。",
    },
    whatWasRead: "読み取った内容",
    rowFrames: "フレーム",
    framesFromTo: (frames, from, to) => `${frames}、${from} から ${to} まで (UTC)`,
    rowTcp: "TCP 接続",
    tcpOnPorts: (count, ports, more) => `${count}、ポート ${ports}${more ? " など" : ""}`,
    rowPorts: (ports) => `ポート ${ports}`,
    noAttempt: "なし。接続の試みもありません。",
    attempts: (ports) => `ポート ${ports} への接続はあるが、SMB のメッセージはない`,
    fewAttempts: "多く使われたポートの中にはない",
    rowQuic: "UDP ポート 443 の QUIC",
    quic: (frames) => `${frames} フレーム。SMB over QUIC は暗号化されていて見分けられません。`,
    noQuic: "なし",
    ifExpected: "SMB があるはずの場合",
    startBefore: "共有をマウントする前に、クライアントで、フレーム全体のキャプチャを始めてください。",
    howToCapture: "キャプチャの方法",
    howToConvert: "変換の方法",
    convertText: "ファイルのある場所で、実際の名前に置き換えて実行してください。",
    size: "サイズ",
    bytes: "バイト",
    buttons: {
      openAnother: "別のキャプチャを開く",
      otherPort: "SMB が別のポートを使う",
      retry: "読み直す",
      showLog: "ログを表示",
      openAsText: "テキストとして開く",
    },
  },
  messages: {
    count: (shown, all) => (shown === all ? `${formatCount(all)} メッセージ` : `${formatCount(all)} メッセージ中 ${formatCount(shown)} 件`),
    limit: (first, last, all) =>
      `全 ${formatCount(all)} メッセージのうち ${formatCount(first)} から ${formatCount(last)} まで。フィルターの対象もこの範囲だけです。`,
    hidden: { encrypted: "暗号化されたメッセージ", compressed: "圧縮されたメッセージ", cut: "ヘッダーが欠けたメッセージ" },
    encryptedNote: "暗号化されているため、セッションの鍵がなければコマンドもフィールドも読み取れません。",
    compressedNote: "圧縮されているため、コマンドとフィールドは表示していません。",
    size: (frame, bytes) => `フレーム ${frame}、${bytes} バイト`,
    cutNote: (have, length) => `${length} バイトのうち、最初の ${have} バイトだけがあります。`,
    fieldsCut: (most) => `最初の ${most} フィールドだけを表示しています。`,
    exchange: (note) => {
      switch (note.kind) {
        case "reauthentication":
          return "認証済みのセッションで認証をやり直しています。";
        case "binding":
          return "ほかの接続のセッションをこの接続に結び付けています。";
        case "reconnect":
          return `以前のセッション ${note.previousSessionId} を置き換えています。`;
        case "durable":
          return `durable ハンドルを求めて${note.granted === null ? "います" : note.granted ? "おり、認められました" : "いますが、認められませんでした"}。`;
        case "durable-reconnect":
          return `durable ハンドル ${note.fileId} を再び使っています。`;
      }
    },
    severalFrames: (frames, more) =>
      `フレーム ${frames.join("、")}${more ? " など" : ""}にまたがっています。バイト位置はメッセージの先頭から数えます。`,
    part: (frame) => (frame === null ? "キャプチャに含まれない" : `フレーム ${frame}`),
    partner: (response, frame) => (response ? `応答はフレーム ${frame}` : `要求はフレーム ${frame}`),
    differs: "一致しなければなりませんが、異なります。",
    allowed: "こちらのほうがダイアレクトが多いものの、許されています。",
    equal: "両方の値は一致しています。",
  },
  progress: {
    text: (percent, part, whole, rate) => `${percent}%、${whole} 中 ${part}${rate === null ? "" : `、${rate} MB/秒`}。`,
    left: (seconds) => (seconds < 90 ? `残り約 ${seconds} 秒。` : `残り約 ${Math.round(seconds / 60)} 分。`),
    beingRead: "継続中",
  },
};
