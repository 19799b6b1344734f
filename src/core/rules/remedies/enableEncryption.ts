import { inBoth, type SnippetSource } from "./snippet.ts";

/** Encryption at the client, system by system. */
export const enableEncryption: readonly SnippetSource[] = [
  {
    platform: "linux-cifs",
    language: "shellscript",
    code: "mount -t cifs //SERVER/SHARE /MOUNTPOINT -o vers=3.1.1,seal,username=USER",
    effect: {
      en: "This mount is encrypted, and fails where the server has no SMB 3.1.1.",
      ja: "このマウントは暗号化されます。サーバーが SMB 3.1.1 に対応していなければ失敗します。",
    },
    undo: { en: "Unmount, and mount again without seal.", ja: "マウントを解除し、seal なしでマウントし直します。" },
    check: inBoth("grep cifs /proc/mounts"),
  },
  {
    platform: "samba",
    language: "ini",
    code: ["[global]", "client max protocol = SMB3_11", "client smb encrypt = desired"].join("\n"),
    effect: {
      en: "Samba as a client offers up to SMB 3.1.1 and encrypts where the server can.",
      ja: "クライアントとしての Samba は SMB 3.1.1 まで提示し、サーバーが対応していれば暗号化します。",
    },
    undo: { en: "Remove the two lines.", ja: "2 行を削除します。" },
    check: inBoth("testparm -sv | grep -E 'client (max protocol|smb encrypt)'"),
  },
];
