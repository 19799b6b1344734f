import { inBoth, type SnippetSource } from "./snippet.ts";

/** SMB 3.1.1, system by system. */
export const raiseDialect: readonly SnippetSource[] = [
  {
    platform: "windows-client",
    language: "powershell",
    code: "Set-SmbClientConfiguration -Smb2DialectMin SMB311",
    effect: {
      en: "This client refuses servers without SMB 3.1.1. Only Windows 11 24H2, Windows Server 2025 and later have this setting; Windows 10 and Windows Server 2016 and later use 3.1.1 by themselves where the server has it.",
      ja: "このクライアントは SMB 3.1.1 に対応しないサーバーを拒否します。この設定は Windows 11 24H2、Windows Server 2025 以降にだけあります。Windows 10 と Windows Server 2016 以降は、サーバーが対応していれば自動的に 3.1.1 を使います。",
    },
    undo: inBoth("Set-SmbClientConfiguration -Smb2DialectMin None"),
    check: inBoth("Get-SmbClientConfiguration | Format-List Smb2DialectMin, Smb2DialectMax"),
  },
  {
    platform: "windows-server",
    language: "powershell",
    code: "Set-SmbServerConfiguration -Smb2DialectMin SMB311",
    effect: {
      en: "This server refuses clients without SMB 3.1.1. Only Windows 11 24H2, Windows Server 2025 and later have this setting.",
      ja: "このサーバーは SMB 3.1.1 に対応しないクライアントを拒否します。この設定は Windows 11 24H2、Windows Server 2025 以降にだけあります。",
    },
    undo: inBoth("Set-SmbServerConfiguration -Smb2DialectMin None"),
    check: inBoth("Get-SmbServerConfiguration | Format-List Smb2DialectMin, Smb2DialectMax"),
  },
  {
    platform: "samba",
    language: "ini",
    code: ["[global]", "server max protocol = SMB3_11", "client max protocol = SMB3_11"].join("\n"),
    effect: {
      en: "Samba offers up to SMB 3.1.1, which is its default: this takes back a lower limit. Look also for server smb3 signing algorithms: without AES-128-CMAC in it, 3.0 and 3.0.2 cannot be used.",
      ja: "Samba は SMB 3.1.1 まで提示します。これは既定の動作で、低く設定された上限を元に戻します。server smb3 signing algorithms も確認してください。AES-128-CMAC がないと、3.0 と 3.0.2 は使えません。",
    },
    undo: { en: "Remove the two lines.", ja: "2 行を削除します。" },
    check: inBoth("testparm -sv | grep -E '(min|max) protocol'"),
  },
  {
    platform: "linux-cifs",
    language: "shellscript",
    code: "mount -t cifs //SERVER/SHARE /MOUNTPOINT -o vers=3.1.1,username=USER",
    effect: {
      en: "This mount uses SMB 3.1.1 and fails where the server does not have it.",
      ja: "このマウントは SMB 3.1.1 を使います。サーバーが対応していなければ失敗します。",
    },
    undo: { en: "Unmount, and mount again without vers=.", ja: "マウントを解除し、vers= なしでマウントし直します。" },
    check: inBoth("grep cifs /proc/mounts"),
  },
  {
    platform: "ksmbd",
    language: "ini",
    code: ["[global]", "server max protocol = SMB3_11"].join("\n"),
    effect: {
      en: "The server offers up to SMB 3.1.1: this takes back a lower limit.",
      ja: "サーバーは SMB 3.1.1 まで提示します。低く設定された上限を元に戻します。",
    },
    undo: { en: "Remove the line.", ja: "この行を削除します。" },
    check: inBoth("grep -i protocol /etc/ksmbd/ksmbd.conf"),
  },
  {
    platform: "macos",
    language: "ini",
    code: ["[default]", "protocol_vers_map=4"].join("\n"),
    effect: {
      en: "In /etc/nsmb.conf: the Mac uses SMB 3 only, and no longer reaches servers with SMB 2 only. Mount the share again afterwards.",
      ja: "/etc/nsmb.conf に書きます。Mac は SMB 3 だけを使い、SMB 2 までのサーバーには接続できなくなります。変更後は共有をマウントし直します。",
    },
    undo: { en: "Remove the line and mount again.", ja: "この行を削除し、マウントし直します。" },
    check: inBoth("smbutil statshares -a"),
  },
];
