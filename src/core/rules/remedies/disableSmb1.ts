import { inBoth, type SnippetSource } from "./snippet.ts";

/** SMB1 switched off, system by system. */
export const disableSmb1: readonly SnippetSource[] = [
  {
    platform: "windows-server",
    language: "powershell",
    code: "Set-SmbServerConfiguration -EnableSMB1Protocol $false",
    effect: {
      en: "This server no longer speaks SMB1. Devices that know nothing else, such as old scanners, lose access.",
      ja: "このサーバーは SMB1 を使わなくなります。古いスキャナーなど、SMB1 しか使えない機器は接続できなくなります。",
    },
    undo: inBoth("Set-SmbServerConfiguration -EnableSMB1Protocol $true"),
    check: inBoth("Get-SmbServerConfiguration | Format-List EnableSMB1Protocol"),
  },
  {
    platform: "samba",
    language: "ini",
    code: ["[global]", "server min protocol = SMB2_02", "client min protocol = SMB2_02"].join("\n"),
    effect: {
      en: "Samba no longer speaks SMB1, neither as server nor as client. This is the default of current versions.",
      ja: "Samba はサーバーとしてもクライアントとしても SMB1 を使わなくなります。現在のバージョンでは既定の動作です。",
    },
    undo: { en: "Set the two lines to what they were before.", ja: "2 行を元の値に戻します。" },
    check: inBoth("testparm -sv | grep 'min protocol'"),
  },
  {
    platform: "linux-cifs",
    language: "shellscript",
    code: "mount -t cifs //SERVER/SHARE /MOUNTPOINT -o vers=3.1.1,username=USER",
    effect: {
      en: "This mount uses SMB 3.1.1 in place of vers=1.0, and fails where the server does not have it.",
      ja: "このマウントは vers=1.0 の代わりに SMB 3.1.1 を使います。サーバーが対応していなければ失敗します。",
    },
    undo: { en: "Mount again with the options from before.", ja: "元のオプションでマウントし直します。" },
    check: inBoth("grep cifs /proc/mounts"),
  },
  {
    platform: "macos",
    language: "ini",
    code: ["[default]", "protocol_vers_map=6"].join("\n"),
    effect: {
      en: "In /etc/nsmb.conf: the Mac uses SMB 2 and SMB 3, not SMB1. Mount the share again afterwards.",
      ja: "/etc/nsmb.conf に書きます。Mac は SMB 2 と SMB 3 を使い、SMB1 を使いません。変更後は共有をマウントし直します。",
    },
    undo: { en: "Remove the line and mount again.", ja: "この行を削除し、マウントし直します。" },
    check: inBoth("smbutil statshares -a"),
  },
];
