import { inBoth, type SnippetSource } from "./snippet.ts";

/** Guest access switched off, system by system. */
export const disableGuest: readonly SnippetSource[] = [
  {
    platform: "windows-client",
    language: "powershell",
    code: "Set-SmbClientConfiguration -EnableInsecureGuestLogons $false -Force",
    effect: {
      en: "This client no longer falls back to guest access, which can be neither signed nor encrypted. Give users of such shares an account on the server first.",
      ja: "このクライアントは、署名も暗号化もできないゲスト アクセスを使わなくなります。そのような共有のユーザーには、先にサーバーのアカウントを用意してください。",
    },
    undo: inBoth("Set-SmbClientConfiguration -EnableInsecureGuestLogons $true -Force"),
    check: inBoth("Get-SmbClientConfiguration | Format-List EnableInsecureGuestLogons"),
  },
  {
    platform: "gpo",
    language: "plaintext",
    code: {
      en: "Lanman Workstation\n  Enable insecure guest logons = Disabled",
      ja: "Lanman Workstation\n  安全でないゲスト ログオンを有効にする (Enable insecure guest logons) = 無効",
    },
    effect: {
      en: "The computers that get this policy no longer fall back to guest access.",
      ja: "このポリシーを受け取るコンピューターは、ゲスト アクセスを使わなくなります。",
    },
    undo: { en: "Set the policy to what it was before.", ja: "ポリシーを元の設定に戻します。" },
    check: inBoth("Get-SmbClientConfiguration | Format-List EnableInsecureGuestLogons"),
  },
  {
    platform: "ksmbd",
    language: "ini",
    code: ["[global]", "map to guest = never"].join("\n"),
    effect: {
      en: "The server refuses users it does not know and gives nobody guest access. This is its default.",
      ja: "サーバーは知らないユーザーを拒否し、ゲスト アクセスを認めません。既定の動作です。",
    },
    undo: { en: "Remove the line.", ja: "この行を削除します。" },
    check: inBoth("grep -i guest /etc/ksmbd/ksmbd.conf"),
  },
];
