import { NtStatus } from "../spec/ntStatusValues.ts";
import { type StatusAdvices, statusAdvices } from "./statusAdvice.ts";

const CREDENTIALS = {
  en: {
    todo: [
      "Check the user name, its domain and the password; delete a stored password for this server on the client and enter it again.",
      "For a local account name the server as domain, e.g. SERVER\\user, or the client sends the name of its own domain.",
      "Look at the failed logon in the security log of the server (on Windows event 4625): its sub status tells a wrong name from a wrong password.",
    ],
  },
  ja: {
    todo: [
      "ユーザー名、ドメイン、パスワードを確認します。クライアントに保存されたこのサーバーのパスワードを削除し、入力し直します。",
      "ローカル アカウントでは、SERVER\\user のようにサーバー名をドメインとして指定します。指定しないと、クライアント自身のドメイン名が送られます。",
      "サーバーのセキュリティ ログ (Windows ではイベント 4625) でログオンの失敗を確認します。サブ ステータスから、名前とパスワードのどちらが誤っているかが分かります。",
    ],
  },
} as const;

const LOGON_FAILURE = {
  en: {
    why: "The name or the password is wrong, or the server does not take this kind of authentication. Servers often say no more than this on purpose.",
    todo: [
      ...CREDENTIALS.en.todo,
      "Where the password is right, compare what both ends allow: NTLMv2 only on one side and NTLMv1 on the other fails like this, and so does a Kerberos ticket for another name of the server.",
    ],
  },
  ja: {
    why: "名前かパスワードが誤っているか、サーバーがこの認証方式を受け入れません。サーバーは意図してこれ以上のことを答えないことがよくあります。",
    todo: [
      ...CREDENTIALS.ja.todo,
      "パスワードが正しければ、両端で許可されている方式を比べます。一方が NTLMv2 だけを許可してもう一方が NTLMv1 を使うときや、サーバーの別の名前に対する Kerberos チケットでも、このように失敗します。",
    ],
  },
} as const;

const ACCOUNT = {
  en: {
    todo: [
      "Look at the account on the server or in the domain: whether it is enabled, until when it is valid, when and from which computers it may log on.",
      "Sign in with another account to see whether it is this account only.",
    ],
  },
  ja: {
    todo: [
      "サーバーまたはドメインで、アカウントが有効か、有効期限、ログオンできる時間帯とコンピューターを確認します。",
      "別のアカウントでサインインし、このアカウントだけの問題かどうかを確認します。",
    ],
  },
} as const;

const PASSWORD = {
  en: { todo: ["Change the password on a computer of the domain, or let the administrator reset it, and sign in again."] },
  ja: { todo: ["ドメインのコンピューターでパスワードを変更するか、管理者に再設定してもらい、サインインし直します。"] },
} as const;

const DOMAIN = {
  en: {
    todo: [
      "Check on the server that it reaches a domain controller: DNS, network, clock, the Netlogon service.",
      "Test the trust of the server to its domain (on Windows Test-ComputerSecureChannel, in Samba wbinfo -t), and join it again where the test fails.",
    ],
  },
  ja: {
    todo: [
      "サーバーからドメイン コントローラーに到達できるかどうか (DNS、ネットワーク、時計、Netlogon サービス) を確認します。",
      "サーバーとドメインの信頼関係を調べ (Windows では Test-ComputerSecureChannel、Samba では wbinfo -t)、失敗するならドメインに参加し直します。",
    ],
  },
} as const;

const USER_ACCOUNT = {
  en: { todo: ["Sign in with the account of a user, not with that of a computer or of a trust."] },
  ja: { todo: ["コンピューターや信頼関係のアカウントではなく、ユーザーのアカウントでサインインします。"] },
} as const;

const RESOURCES = {
  en: {
    todo: [
      "Look at the number of sessions and connections of the server and at its limit; close what is not used.",
      "Try again later; where it happens again and again, look at memory and load of the server.",
    ],
  },
  ja: {
    todo: [
      "サーバーのセッション数と接続数、その上限を確認し、使われていないものを閉じます。",
      "後でもう一度試します。繰り返し起きるなら、サーバーのメモリと負荷を確認します。",
    ],
  },
} as const;

const CLOCK = {
  en: {
    todo: [
      "Set the clocks of client, server and domain controller by the same time source; Kerberos takes five minutes of difference by default.",
    ],
  },
  ja: { todo: ["クライアント、サーバー、ドメイン コントローラーの時計を同じ時刻源に合わせます。Kerberos が既定で許容する差は 5 分です。"] },
} as const;

const EXPIRED = {
  en: { todo: ["Nothing, where the client signs in again and goes on; otherwise disconnect the share and connect it again."] },
  ja: { todo: ["クライアントがサインインし直して通信を続けていれば、対処は要りません。続けていなければ、共有を切断して接続し直します。"] },
} as const;

const DELETED = {
  en: {
    why: "The server does not know the session: it was restarted, it removed the session, or it takes this client for another one, because the same ClientGuid came with another dialect over another connection ([MS-SMB2] 3.3.5.5.3).",
    todo: [
      "Disconnect the share on the client and connect it again.",
      "Where it happens again, compare the dialects of all connections of this client to the server: a device that changes only some of them causes it.",
    ],
  },
  ja: {
    why: "サーバーがこのセッションを知りません。再起動したか、セッションを削除したか、同じ ClientGuid が別の接続で別のダイアレクトを使ったため、別のクライアントとみなしています ([MS-SMB2] 3.3.5.5.3)。",
    todo: [
      "クライアントで共有を切断し、接続し直します。",
      "繰り返し起きるなら、このクライアントとサーバーの間のすべての接続のダイアレクトを比べます。一部の接続だけを書き換える機器があると、このようになります。",
    ],
  },
} as const;

const DENIED = {
  en: {
    why: "The server refused the sign-in itself, not a share. It does so where it requires encryption that this client or dialect does not have, where it checks the name of itself in the sign-in (SmbServerNameHardeningLevel), or where a policy keeps the user out ([MS-SMB2] 3.3.5.5).",
    todo: [
      "Look in the log of the server (on Windows SMBServer/Security and the security log) for the reason at this time.",
      "Check whether the server requires encryption (RejectUnencryptedAccess with EncryptData; Azure Files requires it by default) and the client speaks SMB 3.x with it.",
      "Use the real name of the server instead of an alias or an address, or register the service name of the alias.",
    ],
  },
  ja: {
    why: "サーバーは共有ではなく、サインインそのものを拒否しました。このクライアントやダイアレクトにない暗号化を必須にしているとき、サインインに含まれるサーバー名を確認しているとき (SmbServerNameHardeningLevel)、ポリシーがユーザーを拒むときに、このようになります ([MS-SMB2] 3.3.5.5)。",
    todo: [
      "サーバーのログ (Windows では SMBServer/Security とセキュリティ ログ) で、この時刻の理由を確認します。",
      "サーバーが暗号化を必須にしているか (EncryptData と RejectUnencryptedAccess。Azure Files では既定で必須)、クライアントが SMB 3.x の暗号化を使えるかを確認します。",
      "別名やアドレスではなくサーバーの本来の名前を使うか、別名のサービス プリンシパル名を登録します。",
    ],
  },
} as const;

const LOCKED = {
  en: {
    todo: [
      "Unlock the account, or wait until the lock ends.",
      "Find what keeps trying an old password: stored credentials, mapped drives, services, scheduled tasks, telephones and scanners.",
    ],
  },
  ja: {
    todo: [
      "アカウントのロックを解除するか、ロックが終わるまで待ちます。",
      "古いパスワードを使い続けているものを探します。保存された資格情報、割り当てたドライブ、サービス、スケジュールされたタスク、電話、スキャナーなどです。",
    ],
  },
} as const;

const NETWORK_LOGON = {
  en: {
    todo: [
      "Give the user the right to access the server from the network, and see that no policy denies it (User Rights Assignment).",
      "For a local account: Windows policies may deny the logon over the network to all local accounts.",
    ],
  },
  ja: {
    todo: [
      "ネットワーク経由でサーバーにアクセスする権利をユーザーに与え、それを拒否するポリシーがないことを確認します (ユーザー権利の割り当て)。",
      "ローカル アカウントの場合、Windows のポリシーが、すべてのローカル アカウントのネットワーク経由のログオンを拒否していることがあります。",
    ],
  },
} as const;

const RESTRICTED = {
  en: {
    todo: ["Give the account a password: by default Windows lets accounts without one log on at the console only.", ...ACCOUNT.en.todo],
  },
  ja: {
    todo: [
      "アカウントにパスワードを設定します。Windows の既定では、パスワードのないアカウントはコンソールでしかログオンできません。",
      ...ACCOUNT.ja.todo,
    ],
  },
} as const;

const NTLM = {
  en: {
    todo: [
      "Connect by the real name of the server, not by an address or an alias, so that Kerberos is used; check that the client reaches a domain controller on TCP 88.",
      "Where Kerberos is not possible, add the server to the exceptions of the policy that blocks NTLM.",
    ],
  },
  ja: {
    todo: [
      "Kerberos が使われるように、アドレスや別名ではなくサーバーの本来の名前で接続します。クライアントが TCP 88 でドメイン コントローラーに到達できることも確認します。",
      "Kerberos を使えないなら、NTLM をブロックするポリシーの例外にサーバーを追加します。",
    ],
  },
} as const;

const INVALID = {
  en: {
    why: "The server does not accept a field of the SESSION_SETUP request, or its security token.",
    todo: [
      "Capture at the other side too: where the request arrives there with other bytes, a device on the path changed it.",
      "Otherwise update the client and the server; compare the flags and lengths of the request with [MS-SMB2] 2.2.5.",
    ],
  },
  ja: {
    why: "サーバーが SESSION_SETUP 要求のフィールドか、そのセキュリティ トークンを受け入れません。",
    todo: [
      "反対側でもキャプチャを取ります。届いた要求のバイトが異なっていれば、経路上の機器が書き換えています。",
      "異なっていなければ、クライアントとサーバーを更新します。要求のフラグと長さを [MS-SMB2] 2.2.5 と比べます。",
    ],
  },
} as const;

/** What it means that a sign-in ends with an NTSTATUS, and what to do ([MS-SMB2] 3.3.5.5, [MS-ERREF] 2.3.1). */
export const SIGN_IN_ADVICES: StatusAdvices = statusAdvices([
  [NtStatus.STATUS_LOGON_FAILURE, LOGON_FAILURE],
  [NtStatus.STATUS_NO_SUCH_USER, CREDENTIALS],
  [NtStatus.STATUS_WRONG_PASSWORD, CREDENTIALS],
  [NtStatus.STATUS_ACCOUNT_RESTRICTION, RESTRICTED],
  [NtStatus.STATUS_INVALID_LOGON_HOURS, ACCOUNT],
  [NtStatus.STATUS_INVALID_WORKSTATION, ACCOUNT],
  [NtStatus.STATUS_ACCOUNT_DISABLED, ACCOUNT],
  [NtStatus.STATUS_ACCOUNT_EXPIRED, ACCOUNT],
  [NtStatus.STATUS_PASSWORD_EXPIRED, PASSWORD],
  [NtStatus.STATUS_PASSWORD_MUST_CHANGE, PASSWORD],
  [NtStatus.STATUS_ACCOUNT_LOCKED_OUT, LOCKED],
  [NtStatus.STATUS_LOGON_TYPE_NOT_GRANTED, NETWORK_LOGON],
  [NtStatus.STATUS_LOGON_NOT_GRANTED, NETWORK_LOGON],
  [NtStatus.STATUS_AUTHENTICATION_FIREWALL_FAILED, NETWORK_LOGON],
  [NtStatus.STATUS_NO_LOGON_SERVERS, DOMAIN],
  [NtStatus.STATUS_DOMAIN_CONTROLLER_NOT_FOUND, DOMAIN],
  [NtStatus.STATUS_CANT_ACCESS_DOMAIN_INFO, DOMAIN],
  [NtStatus.STATUS_NETLOGON_NOT_STARTED, DOMAIN],
  [NtStatus.STATUS_NO_TRUST_LSA_SECRET, DOMAIN],
  [NtStatus.STATUS_NO_TRUST_SAM_ACCOUNT, DOMAIN],
  [NtStatus.STATUS_TRUSTED_DOMAIN_FAILURE, DOMAIN],
  [NtStatus.STATUS_TRUSTED_RELATIONSHIP_FAILURE, DOMAIN],
  [NtStatus.STATUS_TRUST_FAILURE, DOMAIN],
  [NtStatus.STATUS_NO_SUCH_DOMAIN, DOMAIN],
  [NtStatus.STATUS_NOLOGON_INTERDOMAIN_TRUST_ACCOUNT, USER_ACCOUNT],
  [NtStatus.STATUS_NOLOGON_WORKSTATION_TRUST_ACCOUNT, USER_ACCOUNT],
  [NtStatus.STATUS_NOLOGON_SERVER_TRUST_ACCOUNT, USER_ACCOUNT],
  [NtStatus.STATUS_TIME_DIFFERENCE_AT_DC, CLOCK],
  [NtStatus.STATUS_NTLM_BLOCKED, NTLM],
  [NtStatus.STATUS_ACCESS_DENIED, DENIED],
  [NtStatus.STATUS_INVALID_PARAMETER, INVALID],
  [NtStatus.STATUS_USER_SESSION_DELETED, DELETED],
  [NtStatus.STATUS_NETWORK_SESSION_EXPIRED, EXPIRED],
  [NtStatus.STATUS_REQUEST_NOT_ACCEPTED, RESOURCES],
  [NtStatus.STATUS_TOO_MANY_SESSIONS, RESOURCES],
  [NtStatus.STATUS_REMOTE_SESSION_LIMIT, RESOURCES],
  [NtStatus.STATUS_CONNECTION_COUNT_LIMIT, RESOURCES],
  [NtStatus.STATUS_LICENSE_QUOTA_EXCEEDED, RESOURCES],
  [NtStatus.STATUS_INSUFFICIENT_RESOURCES, RESOURCES],
  [NtStatus.STATUS_INSUFF_SERVER_RESOURCES, RESOURCES],
  [NtStatus.STATUS_NO_MEMORY, RESOURCES],
]);
