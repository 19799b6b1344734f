import type { Language } from "../../spec/language.ts";
import type { RemedyId } from "../remedyId.ts";

interface RemedyWords {
  /** What to do, as a heading. */
  readonly title: string;
  /** Why it helps and what to mind. */
  readonly text: string;
}

/** Every remedy in words. */
export const remedyTexts: Readonly<Record<RemedyId, Readonly<Record<Language, RemedyWords>>>> = {
  "stop-rewriting": {
    en: {
      title: "Stop the device that rewrites NEGOTIATE",
      text: "A device between the two ends changes SMB: a WAN accelerator, an SMB proxy or a firewall that inspects SMB. Let TCP port 445 between these two ends bypass it and try again: if it works then, the device is found. To keep it in the path, use its mode for signed SMB (it usually has to join the domain for that), update it so that it knows SMB 3.1.1, or stop it from editing SecurityMode and dialects.",
    },
    ja: {
      title: "機器による NEGOTIATE の書き換えを止める",
      text: "両端の間にある機器 (WAN アクセラレーター、SMB プロキシ、SMB を検査するファイアウォール) が SMB を書き換えています。この両端の間の TCP ポート 445 をバイパスさせて、もう一度試してください。成功すれば、その機器が原因です。経路に残す場合は、署名付き SMB 用のモードを使う (多くの場合、ドメインへの参加が必要)、SMB 3.1.1 に対応するよう更新する、SecurityMode とダイアレクトの書き換えを無効にする、のいずれかを行います。",
    },
  },
  "require-signing": {
    en: {
      title: "Require signing on both ends",
      text: "A signed message cannot be changed on its way without being noticed, and signing is the way out that Microsoft names where one end cannot validate the negotiation. Guest sessions cannot sign, so guest access ends. Signing costs processor time on both ends.",
    },
    ja: {
      title: "両端で署名を必須にする",
      text: "署名されたメッセージは、気付かれずに途中で書き換えることができません。一方がネゴシエーションを検証できない場合の対処として、Microsoft も署名を挙げています。ゲスト セッションは署名できないため、ゲスト アクセスは使えなくなります。署名は両端の CPU 時間を使います。",
    },
  },
  "capture-both-sides": {
    en: {
      title: "Capture on both ends and compare",
      text: "Record the same failure at the client and at the server. Compare the NEGOTIATE messages byte by byte: what differs was changed between the two places. Two captures, one on each side of a device, show whether it is that device.",
    },
    ja: {
      title: "両端でキャプチャして比べる",
      text: "同じ失敗をクライアントとサーバーの両方で記録し、NEGOTIATE のメッセージをバイト単位で比べます。異なる部分は、その 2 か所の間で書き換えられています。機器の両側でキャプチャすれば、その機器が原因かどうか分かります。",
    },
  },
  "update-server": {
    en: {
      title: "Update the server",
      text: "Install the current updates of the server or NAS. It must sign its answer to a signed request, also when it answers with an error. A version with SMB 3.1.1 protects the whole negotiation.",
    },
    ja: {
      title: "サーバーを更新する",
      text: "サーバーや NAS に最新の更新プログラムを適用します。署名付きの要求には、エラーの場合も署名付きで応答する必要があります。SMB 3.1.1 に対応したバージョンでは、ネゴシエーション全体が保護されます。",
    },
  },
  "update-client": {
    en: {
      title: "Update the client",
      text: "Install the current updates of the client. Linux kernels sign the validation since 2017 and TREE_CONNECT on SMB 3.1.1 since 2018; since 2019 they accept a server that answers “not supported”.",
    },
    ja: {
      title: "クライアントを更新する",
      text: "クライアントに最新の更新プログラムを適用します。Linux カーネルは、2017 年から検証に、2018 年から SMB 3.1.1 の TREE_CONNECT に署名し、2019 年から「サポートされない」という応答を受け入れます。",
    },
  },
  "disable-smb1": {
    en: {
      title: "Switch SMB1 off",
      text: "SMB1 has no validation and no pre-authentication integrity: nothing on it shows that the negotiation was changed. Switch it off on both ends, and replace what knows nothing else.",
    },
    ja: {
      title: "SMB1 を無効にする",
      text: "SMB1 には検証も事前認証の整合性もなく、ネゴシエーションが書き換えられても分かりません。両端で無効にし、SMB1 しか使えない機器は置き換えます。",
    },
  },
  "raise-dialect": {
    en: {
      title: "Use SMB 3.1.1",
      text: "In SMB 3.1.1 the keys depend on every byte of the negotiation, so a device cannot change it unnoticed and no separate validation is needed. Remove limits that keep one end below 3.1.1.",
    },
    ja: {
      title: "SMB 3.1.1 を使う",
      text: "SMB 3.1.1 では、鍵がネゴシエーションのすべてのバイトから作られるため、機器が気付かれずに書き換えることはできず、別の検証も必要ありません。どちらかを 3.1.1 より低く抑えている設定を取り除きます。",
    },
  },
  "check-device-reset": {
    en: {
      title: "Find who really ended the connection",
      text: "A device on the path can end a connection in the name of either end. Capture at both ends: if each of them received the FIN or RST and neither sent it, a device did. A TTL unlike that of the other frames from the same end is a hint.",
    },
    ja: {
      title: "接続を実際に終了した相手を確かめる",
      text: "経路上の機器は、どちらかの端になりすまして接続を終了できます。両端でキャプチャし、どちらも FIN や RST を受け取り、どちらも送っていなければ、機器が送っています。同じ端からの他のフレームと TTL が異なることも手がかりになります。",
    },
  },
  "bypass-accelerator": {
    en: {
      title: "Let SMB bypass the accelerator",
      text: "Exempt TCP port 445 between these two ends on the device and try again: if the failure is gone, the device is found. To keep it in the path, use its mode for signed SMB (it usually has to join the domain for that) and update it so that it knows SMB 3.1.1. Do not switch signing off to make it work.",
    },
    ja: {
      title: "SMB をアクセラレーターからバイパスさせる",
      text: "この両端の間の TCP ポート 445 を機器の対象から外して、もう一度試してください。失敗しなくなれば、その機器が原因です。経路に残す場合は、署名付き SMB 用のモードを使い (多くの場合、ドメインへの参加が必要)、SMB 3.1.1 に対応するよう更新します。機器を動作させるために署名を無効にしないでください。",
    },
  },
  "open-smb-port": {
    en: {
      title: "Let the server take connections on its SMB port",
      text: "The SMB service must run and listen on TCP port 445, and every firewall between client and server, those on the two hosts included, must let the port pass. On Windows the service is “Server” (LanmanServer).",
    },
    ja: {
      title: "サーバーの SMB ポートで接続を受け付ける",
      text: "SMB のサービスが動作し、TCP ポート 445 で待ち受けている必要があります。また、両端のホスト自身を含め、クライアントとサーバーの間のすべてのファイアウォールがこのポートを通す必要があります。Windows のサービス名は Server (LanmanServer) です。",
    },
  },
  "find-lost-packets": {
    en: {
      title: "Find where packets are lost",
      text: "Record the same failure at the client and at the server. A packet that one end sent and the other did not receive was lost between them: halve the path, hop by hop, until the device is found. One that arrives and gets no answer was dropped on the host, by its firewall or security software, or by a service that hangs.",
    },
    ja: {
      title: "パケットが失われる場所を見つける",
      text: "同じ失敗をクライアントとサーバーの両方で記録します。一方が送り、もう一方が受け取っていないパケットは、その間で失われています。経路を少しずつ絞り込み、機器を特定します。届いているのに応答がないパケットは、ホストのファイアウォールやセキュリティ ソフトウェアが破棄しているか、サービスが停止しています。",
    },
  },
  "capture-from-start": {
    en: {
      title: "Start the capture before the client connects",
      text: "The values of the connection are settled in its first messages. Start the capture, then disconnect the share and open it again; a connection that is already open is used again without a new NEGOTIATE.",
    },
    ja: {
      title: "クライアントが接続する前にキャプチャを始める",
      text: "接続の値は最初のメッセージで決まります。キャプチャを始めてから、共有を切断して開き直してください。すでに開いている接続は、新しい NEGOTIATE なしで使い続けられます。",
    },
  },
  "capture-whole-frames": {
    en: {
      title: "Capture whole frames",
      text: "Frames were cut when they were captured, so fields are missing. Capture again without a length limit.",
    },
    ja: {
      title: "フレーム全体をキャプチャする",
      text: "フレームがキャプチャ時に切り詰められたため、フィールドが欠けています。長さの制限なしでキャプチャし直してください。",
    },
  },
  "capture-once": {
    en: {
      title: "Record each packet once",
      text: "pktmon records a packet at every component that it passes, tcpdump on “any” interface where it comes in and where it goes out, a mirrored port with both directions of both ends. Record in one place only.",
    },
    ja: {
      title: "各パケットを 1 回だけ記録する",
      text: "pktmon はパケットが通るすべてのコンポーネントで、any を指定した tcpdump は入るインターフェイスと出るインターフェイスで、両方向を対象にしたミラー ポートは両端で記録します。1 か所だけで記録してください。",
    },
  },
  "capture-without-loss": {
    en: {
      title: "Capture without losing frames",
      text: "The capturing program could not keep up, or the mirrored port could not carry all. Filter on TCP port 445 while capturing, give it a larger buffer, write to a fast local disk, and record at one of the ends instead of a mirrored port.",
    },
    ja: {
      title: "フレームを取りこぼさずにキャプチャする",
      text: "キャプチャ プログラムの処理が追いつかなかったか、ミラー ポートの容量が足りていません。キャプチャ時に TCP ポート 445 に絞り、バッファーを大きくし、高速なローカル ディスクに書き込みます。ミラー ポートではなく、どちらかの端で記録する方法もあります。",
    },
  },
  "allow-validation-on-server": {
    en: {
      title: "Let the validation reach the server",
      text: "A firewall, intrusion prevention system or proxy in front of the server may drop FSCTL_VALIDATE_NEGOTIATE_INFO (0x00140204) or its answer. Let both pass unchanged. Whether the request arrives shows in a capture at the server.",
    },
    ja: {
      title: "検証がサーバーに届くようにする",
      text: "サーバーの手前のファイアウォール、侵入防止システム、プロキシが FSCTL_VALIDATE_NEGOTIATE_INFO (0x00140204) やその応答を捨てている可能性があります。どちらも変更せずに通過させます。要求が届いているかどうかは、サーバー側のキャプチャで分かります。",
    },
  },
  "disable-guest": {
    en: {
      title: "Stop using guest access",
      text: "A guest session has no key: it can be neither signed nor encrypted, and its negotiation is not validated. Give each user an account on the server.",
    },
    ja: {
      title: "ゲスト アクセスをやめる",
      text: "ゲスト セッションには鍵がないため、署名も暗号化もできず、ネゴシエーションも検証されません。各ユーザーにサーバーのアカウントを用意します。",
    },
  },
  "check-sign-in": {
    en: {
      title: "Find out why the sign-in does not succeed",
      text: "Read the reason in the logs of the server, and of the domain controller where it asks one. Check the account and its password there, and that client, server and domain controller reach each other and have the same time. Do not loosen authentication to get in: NTLMv1 or guest access only hide the cause.",
    },
    ja: {
      title: "サインインできない理由を調べる",
      text: "サーバーと、問い合わせ先のドメイン コントローラーのログで理由を確認します。そこでアカウントとパスワードを確認し、クライアント、サーバー、ドメイン コントローラーが互いに到達でき、時刻が合っていることも確認します。NTLMv1 やゲスト アクセスなど、認証を緩めて接続してはいけません。原因が隠れるだけです。",
    },
  },
  "check-share": {
    en: {
      title: "Check the share and its permissions",
      text: "On the server, see that the share exists under this name, that its permissions and those of the folder behind it let the user in, and whether it requires encryption. A name of a DFS namespace leads to a share with another name.",
    },
    ja: {
      title: "共有とそのアクセス権を確認する",
      text: "サーバーで、この名前の共有があること、共有とその背後のフォルダーのアクセス権がユーザーを許可していること、暗号化が必須かどうかを確認します。DFS 名前空間の名前は、別の名前の共有を指しています。",
    },
  },
  "enable-encryption": {
    en: {
      title: "Let the client encrypt",
      text: "Encryption needs SMB 3.0 or later at both ends. Raise the highest dialect of the client, switch its encryption on, or replace a client that has none. Where a device on the path lowers the dialect, take it out of the path of TCP port 445.",
    },
    ja: {
      title: "クライアントで暗号化を使えるようにする",
      text: "暗号化には、両端で SMB 3.0 以降が必要です。クライアントの最高のダイアレクトを上げ、暗号化を有効にするか、暗号化できないクライアントを置き換えます。経路上の機器がダイアレクトを下げているなら、TCP ポート 445 の経路から外します。",
    },
  },
  "workaround-require-secure-negotiate": {
    en: {
      title: "Switch the check off on the client (RequireSecureNegotiate = 0)",
      text: "Not available on Windows 10, Windows Server 2016 and later. On Windows 8, 8.1, Server 2012 and 2012 R2 it makes the client accept a changed negotiation: a device or an attacker can then switch off signing and encryption unnoticed. Use it only until the cause is removed, and undo it then.",
    },
    ja: {
      title: "クライアントの確認を無効にする (RequireSecureNegotiate = 0)",
      text: "Windows 10、Windows Server 2016 以降では使えません。Windows 8、8.1、Server 2012、2012 R2 では、クライアントが書き換えられたネゴシエーションを受け入れるようになり、機器や攻撃者が署名や暗号化を気付かれずに無効にできます。原因を取り除くまでの間だけ使い、その後は元に戻してください。",
    },
  },
};
