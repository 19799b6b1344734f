import type { Language } from "../core/index.ts";

const HELP: Readonly<Record<Language, string>> = {
  en: `SMB Lens reads network captures and says, with proof, why SMB connections were negotiated, signed or aborted as they were.

Usage
  smb-lens analyze [--format text|json|sarif|markdown] [--lang en|ja] [--port N]... [--no-settings] FILE...
      What the captures show: pcap, pcapng, snoop, iptrace or Network Monitor, also packed by gzip, zstd or LZ4.
  smb-lens messages [--format tsv] [--port N]... FILE
      Every SMB2 message as a line.
  smb-lens show [--format text|json] [--lang en|ja] [--port N]... --frame N FILE
      The fields of the messages that end in frame N, with the bytes they lie in.
  smb-lens compare [--format text|json] [--lang en|ja] [--port N]... CLIENT_SIDE SERVER_SIDE
      Two captures of the same traffic: what a device between the two places changed, and what only one of them holds.
  smb-lens rules [--format text|json] [--lang en|ja] [ID]
      All rules, or one explained.
  smb-lens --help | --version

  --port N  a server's TCP port that carries SMB, beside 445 and 139. Connections whose first bytes are SMB are found
            on any port; it is needed where the capture starts in the middle of one.
  --no-settings  passes over the file .smb-lens.json. Without it the nearest one, in a capture's folder or above, says
            which rules are off or have another severity: { "rules": { "ID": "off" },
            "captures": { "trace.pcapng": { "rules": { "ID": "warning" } } } }.
            Findings that are off are counted in every report and do not change the exit code.

Exit code
  0   no finding of severity error; of compare, nothing was changed
  1   at least one
  2   a file could not be read, or so little of it that no SMB was found (also when there are findings)
  64  wrong usage`,
  ja: `SMB Lens はネットワーク キャプチャを読み取り、SMB の接続がなぜそのようにネゴシエート、署名、切断されたかを証拠とともに示します。

使い方
  smb-lens analyze [--format text|json|sarif|markdown] [--lang en|ja] [--port N]... [--no-settings] ファイル...
      キャプチャから分かること (pcap、pcapng、snoop、iptrace、ネットワーク モニター。gzip、zstd、LZ4 の圧縮も可)
  smb-lens messages [--format tsv] [--port N]... ファイル
      すべての SMB2 メッセージを 1 行ずつ
  smb-lens show [--format text|json] [--lang en|ja] [--port N]... --frame N ファイル
      フレーム N で終わるメッセージのフィールドと、そのバイト範囲
  smb-lens compare [--format text|json] [--lang en|ja] [--port N]... クライアント側 サーバー側
      同じ通信の 2 つのキャプチャの比較。途中の機器が変えたものと、片方だけにあるもの
  smb-lens rules [--format text|json] [--lang en|ja] [ID]
      すべてのルール、または 1 つのルールの説明
  smb-lens --help | --version

  --port N  445 と 139 のほかに SMB を使うサーバーの TCP ポート。SMB で始まる接続はどのポートでも見つかります。接続の途中から
            始まるキャプチャで必要です。
  --no-settings  ファイル .smb-lens.json を使いません。指定しない場合は、キャプチャのフォルダーから上に向かって最初に見つかる
            ファイルで、ルールを off にしたり重大度を変えたりできます: { "rules": { "ID": "off" },
            "captures": { "trace.pcapng": { "rules": { "ID": "warning" } } } }
            off にした検出の件数は、どのレポートにも示します。終了コードには影響しません。

終了コード
  0   重大度 error の検出なし (compare では変更なし)
  1   1 件以上あり
  2   読み取れないファイル、またはわずかしか読み取れず SMB が見つからないファイルあり (検出があっても)
  64  使い方の誤り`,
};

export function helpText(language: Language): string {
  return HELP[language];
}
