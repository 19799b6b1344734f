import type { Language } from "../spec/language.ts";

/** What Windows writes into its own logs where a rule finds something: the same event seen from the other side. */
export interface WindowsEvent {
  /** Channel as Event Viewer and `Get-WinEvent -LogName` name it. */
  readonly log: string;
  readonly ids: readonly number[];
  /** When it is written and what it says. */
  readonly texts: Readonly<Record<Language, string>>;
  /** Microsoft's page that names the event; null where only an older revision of one does. */
  readonly source: string | null;
  /** Ids of the rules whose findings go with it. */
  readonly rules: readonly string[];
}

const learn = "https://learn.microsoft.com/windows-server/storage/file-server/";
const SIGNING_OVERVIEW = `${learn}smb-signing-overview`;
const INSECURE_GUEST = `${learn}enable-insecure-guest-logons-smb2-and-smb3`;
const SMB1_NOT_INSTALLED = `${learn}troubleshoot/smbv1-not-installed-by-default-in-windows`;
const SMB1_DETECT = `${learn}troubleshoot/detect-enable-and-disable-smbv1-v2-v3`;

/** Rules that see a peer which does not sign, or need not. */
const UNSIGNED = [
  "signing-not-required",
  "signing-missing",
  "negotiate-signing-not-enabled",
  "preauth-response-unsigned",
  "tree-connect-unprotected",
  "vni-request-unprotected",
  "vni-response-unprotected",
];
/** Rules that see the server end the connection over a value of the client's validation, or see that value. */
const REFUSED_BY_SERVER = [
  "vni-client-capabilities-differ",
  "vni-client-guid-differs",
  "vni-client-security-mode-differs",
  "vni-client-dialects-differ",
  "vni-request-aborted",
];

/** Every event that a documented source names. One that no source bears out is not in here. */
export const WINDOWS_EVENTS: readonly WindowsEvent[] = [
  {
    log: "Microsoft-Windows-SmbServer/Operational",
    ids: [1005],
    texts: {
      en: "Written by a server on Windows Server 2012 and 2012 R2 whose check of a client's validation failed. Later versions are not documented to write it.",
      ja: "Windows Server 2012 と 2012 R2 のサーバーが、クライアントの検証の確認に失敗したときに記録します。以降のバージョンで記録されるという文書はありません。",
    },
    source: null,
    rules: REFUSED_BY_SERVER,
  },
  {
    log: "Microsoft-Windows-SMBClient/Audit",
    ids: [31998, 31999],
    texts: {
      en: "The client met a server that does not support signing or encryption. Windows 11 24H2 and later write them once auditing is on: Set-SmbClientConfiguration -AuditServerDoesNotSupportSigning $true, and -AuditServerDoesNotSupportEncryption $true.",
      ja: "クライアントが、署名または暗号化に対応しないサーバーに接続しました。Windows 11 24H2 以降で、監査を有効にした場合に記録します: Set-SmbClientConfiguration -AuditServerDoesNotSupportSigning $true、および -AuditServerDoesNotSupportEncryption $true。",
    },
    source: SIGNING_OVERVIEW,
    rules: UNSIGNED,
  },
  {
    log: "Microsoft-Windows-SMBServer/Audit",
    ids: [3021, 3022],
    texts: {
      en: "The server met a client that does not support signing or encryption. Windows 11 24H2 and later write them once auditing is on: Set-SmbServerConfiguration -AuditClientDoesNotSupportSigning $true, and -AuditClientDoesNotSupportEncryption $true.",
      ja: "サーバーに、署名または暗号化に対応しないクライアントが接続しました。Windows 11 24H2 以降で、監査を有効にした場合に記録します: Set-SmbServerConfiguration -AuditClientDoesNotSupportSigning $true、および -AuditClientDoesNotSupportEncryption $true。",
    },
    source: SIGNING_OVERVIEW,
    rules: UNSIGNED,
  },
  {
    log: "Microsoft-Windows-SmbClient/Security",
    ids: [31017],
    texts: {
      en: "The client rejected an insecure guest logon; the event names the user and the server.",
      ja: "クライアントが安全でないゲスト ログオンを拒否しました。イベントにユーザー名とサーバー名があります。",
    },
    source: INSECURE_GUEST,
    rules: ["session-guest-rejected"],
  },
  {
    log: "Microsoft-Windows-SmbClient/Security",
    ids: [31018, 31022],
    texts: {
      en: "Insecure guest logons are enabled on the client (31018), or one was allowed (31022).",
      ja: "クライアントで安全でないゲスト ログオンが有効になっている (31018) か、許可されました (31022)。",
    },
    source: INSECURE_GUEST,
    rules: ["session-guest"],
  },
  {
    log: "Microsoft-Windows-SmbClient/Security",
    ids: [32000],
    texts: {
      en: "A server answered with SMB1, which is disabled or not installed on this client.",
      ja: "サーバーが SMB1 で応答しましたが、このクライアントでは SMB1 が無効か、インストールされていません。",
    },
    source: SMB1_NOT_INSTALLED,
    rules: ["smb1-negotiated"],
  },
  {
    log: "Microsoft-Windows-SmbClient/Security",
    ids: [32002],
    texts: {
      en: "The client received a NEGOTIATE response of SMB1; the event names the server.",
      ja: "クライアントが SMB1 の NEGOTIATE 応答を受信しました。イベントにサーバー名があります。",
    },
    source: SMB1_NOT_INSTALLED,
    rules: ["smb1-negotiated"],
  },
  {
    log: "Microsoft-Windows-SMBServer/Audit",
    ids: [3000],
    texts: {
      en: "A client tried to connect with SMB1; the event names the client. Written once auditing is on: Set-SmbServerConfiguration -AuditSmb1Access $true.",
      ja: "クライアントが SMB1 で接続しようとしました。イベントにクライアント名があります。監査を有効にした場合に記録します: Set-SmbServerConfiguration -AuditSmb1Access $true。",
    },
    source: SMB1_DETECT,
    rules: ["smb1-negotiated"],
  },
];

/** The events that go with the findings of a rule; most rules have none. */
export function windowsEventsOf(rule: string): readonly WindowsEvent[] {
  return WINDOWS_EVENTS.filter(({ rules }) => rules.includes(rule));
}
