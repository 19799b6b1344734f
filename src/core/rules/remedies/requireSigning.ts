import { inBoth, type SnippetSource } from "./snippet.ts";

const RELOAD = "smbcontrol all reload-config";

/** Signing required, system by system. */
export const requireSigning: readonly SnippetSource[] = [
  {
    platform: "windows-client",
    language: "powershell",
    code: "Set-SmbClientConfiguration -RequireSecuritySignature $true",
    effect: {
      en: "This client signs on every connection and refuses servers that do not sign. Guest access stops: guest sessions cannot sign. From Windows 11 24H2 on, Set-SmbClientConfiguration -AuditServerDoesNotSupportSigning $true logs beforehand which servers cannot sign.",
      ja: "このクライアントはすべての接続で署名し、署名しないサーバーを拒否します。ゲスト セッションは署名できないため、ゲスト アクセスは使えなくなります。Windows 11 24H2 以降では、Set-SmbClientConfiguration -AuditServerDoesNotSupportSigning $true で、署名できないサーバーを事前にログで確認できます。",
    },
    undo: inBoth("Set-SmbClientConfiguration -RequireSecuritySignature $false"),
    check: inBoth("Get-SmbClientConfiguration | Format-List RequireSecuritySignature"),
  },
  {
    platform: "windows-server",
    language: "powershell",
    code: "Set-SmbServerConfiguration -RequireSecuritySignature $true",
    effect: {
      en: "This server refuses clients that do not sign. Guest access stops: guest sessions cannot sign. From Windows 11 24H2 and Windows Server 2025 on, Set-SmbServerConfiguration -AuditClientDoesNotSupportSigning $true logs beforehand which clients cannot sign.",
      ja: "このサーバーは署名しないクライアントを拒否します。ゲスト セッションは署名できないため、ゲスト アクセスは使えなくなります。Windows 11 24H2 と Windows Server 2025 以降では、Set-SmbServerConfiguration -AuditClientDoesNotSupportSigning $true で、署名できないクライアントを事前にログで確認できます。",
    },
    undo: inBoth("Set-SmbServerConfiguration -RequireSecuritySignature $false"),
    check: inBoth("Get-SmbServerConfiguration | Format-List RequireSecuritySignature"),
  },
  {
    platform: "registry",
    language: "powershell",
    code: [
      'reg add "HKLM\\System\\CurrentControlSet\\Services\\LanmanWorkstation\\Parameters" /v RequireSecuritySignature /t REG_DWORD /d 1 /f',
      'reg add "HKLM\\System\\CurrentControlSet\\Services\\LanmanServer\\Parameters" /v RequireSecuritySignature /t REG_DWORD /d 1 /f',
    ].join("\n"),
    effect: {
      en: "The first line requires signing as a client, the second as a server. EnableSecuritySignature beside it has no effect on SMB2 and later.",
      ja: "1 行目はクライアントとして、2 行目はサーバーとして署名を必須にします。隣にある EnableSecuritySignature は SMB2 以降では効果がありません。",
    },
    undo: {
      en: "The same lines with /d 0. Note the values from before with the check first.",
      ja: "同じ行を /d 0 で実行します。変更する前に、確認のコマンドで元の値を控えてください。",
    },
    check: inBoth(
      [
        'reg query "HKLM\\System\\CurrentControlSet\\Services\\LanmanWorkstation\\Parameters" /v RequireSecuritySignature',
        'reg query "HKLM\\System\\CurrentControlSet\\Services\\LanmanServer\\Parameters" /v RequireSecuritySignature',
      ].join("\n"),
    ),
  },
  {
    platform: "gpo",
    language: "plaintext",
    code: {
      en: [
        "Computer Configuration > Windows Settings > Security Settings > Local Policies > Security Options",
        "  Microsoft network client: Digitally sign communications (always) = Enabled",
        "  Microsoft network server: Digitally sign communications (always) = Enabled",
      ].join("\n"),
      ja: [
        "コンピューターの構成 > Windows の設定 > セキュリティの設定 > ローカル ポリシー > セキュリティ オプション",
        "  Microsoft ネットワーク クライアント: 常に通信にデジタル署名を行う = 有効",
        "  (Microsoft network client: Digitally sign communications (always))",
        "  Microsoft ネットワーク サーバー: 常に通信にデジタル署名を行う = 有効",
        "  (Microsoft network server: Digitally sign communications (always))",
      ].join("\n"),
    },
    effect: {
      en: 'The computers that get this policy sign, and refuse peers that do not. The policies "(if server agrees)" and "(if client agrees)" have no effect on SMB2 and later.',
      ja: "このポリシーを受け取るコンピューターは署名し、署名しない相手を拒否します。「サーバーが同意すれば」「クライアントが同意すれば」のポリシーは SMB2 以降では効果がありません。",
    },
    undo: { en: "Set both policies to what they were before.", ja: "2 つのポリシーを元の設定に戻します。" },
    check: {
      en: "On a computer that got the policy: Get-SmbClientConfiguration | Format-List RequireSecuritySignature, and the same with Get-SmbServerConfiguration.",
      ja: "ポリシーを受け取ったコンピューターで Get-SmbClientConfiguration | Format-List RequireSecuritySignature を実行し、Get-SmbServerConfiguration でも同じように確認します。",
    },
  },
  {
    platform: "samba",
    language: "ini",
    code: ["[global]", "server signing = mandatory", "client signing = required"].join("\n"),
    effect: {
      en: `smbd refuses clients that do not sign; Samba's own client tools refuse servers that do not. Without the first line Samba signs only when the client asks for it, except on a domain controller. It takes effect on new connections after "${RELOAD}".`,
      ja: `smbd は署名しないクライアントを拒否し、Samba のクライアント ツールは署名しないサーバーを拒否します。1 行目がない場合、ドメイン コントローラーを除き、Samba はクライアントが求めたときだけ署名します。"${RELOAD}" の後の新しい接続から有効になります。`,
    },
    undo: {
      en: `Remove the two lines, then "${RELOAD}".`,
      ja: `2 行を削除し、"${RELOAD}" を実行します。`,
    },
    check: inBoth("testparm -sv | grep -E '(server|client) signing'"),
  },
  {
    platform: "linux-cifs",
    language: "shellscript",
    code: "mount -t cifs //SERVER/SHARE /MOUNTPOINT -o sec=ntlmsspi,vers=3.1.1,username=USER",
    effect: {
      en: "sec=ntlmsspi signs every message of this mount; with Kerberos write sec=krb5i. vers=3.1.1 protects the negotiation too. In /etc/fstab the same options go into the fourth column.",
      ja: "sec=ntlmsspi で、このマウントのすべてのメッセージに署名します。Kerberos の場合は sec=krb5i とします。vers=3.1.1 でネゴシエーションも保護されます。/etc/fstab では同じオプションを 4 列目に書きます。",
    },
    undo: { en: "Unmount, and mount again without sec=.", ja: "マウントを解除し、sec= なしでマウントし直します。" },
    check: inBoth("grep cifs /proc/mounts"),
  },
  {
    platform: "ksmbd",
    language: "ini",
    code: ["[global]", "server signing = mandatory"].join("\n"),
    effect: {
      en: "The server refuses clients that do not sign. The default, auto, signs only when the client asks for it.",
      ja: "サーバーは署名しないクライアントを拒否します。既定値の auto では、クライアントが求めたときだけ署名します。",
    },
    undo: { en: "Remove the line.", ja: "この行を削除します。" },
    check: inBoth("grep -i signing /etc/ksmbd/ksmbd.conf"),
  },
  {
    platform: "macos",
    language: "ini",
    code: ["[default]", "signing_required=yes", "validate_neg_off=no"].join("\n"),
    effect: {
      en: "In /etc/nsmb.conf: the Mac refuses servers that do not sign, and validates the negotiation. Advice to make SMB faster often sets validate_neg_off=yes, which switches the validation off. Mount the share again afterwards.",
      ja: "/etc/nsmb.conf に書きます。Mac は署名しないサーバーを拒否し、ネゴシエーションを検証します。SMB を速くする方法として紹介される validate_neg_off=yes は、検証を無効にします。変更後は共有をマウントし直します。",
    },
    undo: { en: "Remove the two lines and mount again.", ja: "2 行を削除し、マウントし直します。" },
    check: inBoth("smbutil statshares -a"),
  },
  {
    platform: "ontap",
    language: "plaintext",
    code: "vserver cifs security modify -vserver SVM -is-signing-required true",
    effect: {
      en: "The storage virtual machine SVM refuses clients that do not sign, on new connections. The default is false. It costs processor time on both ends.",
      ja: "ストレージ仮想マシン SVM は、新しい接続から、署名しないクライアントを拒否します。既定値は false です。両端の CPU 時間を使います。",
    },
    undo: inBoth("vserver cifs security modify -vserver SVM -is-signing-required false"),
    check: inBoth("vserver cifs security show -vserver SVM"),
  },
];
