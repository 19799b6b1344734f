import { inBoth, type SnippetSource } from "./snippet.ts";

const WHERE = {
  en: "Windows 8, 8.1, Server 2012, 2012 R2 only",
  ja: "Windows 8、8.1、Server 2012、2012 R2 のみ",
};
const EFFECT = {
  en: "Weakens security: this client no longer checks whether NEGOTIATE was changed. Windows 10, Windows Server 2016 and later do not have this setting. Undo it as soon as the cause is removed.",
  ja: "セキュリティが弱くなります。このクライアントは NEGOTIATE の書き換えを確認しなくなります。Windows 10、Windows Server 2016 以降にはこの設定がありません。原因を取り除いたら、すぐに元に戻してください。",
};
const KEY = "SYSTEM\\CurrentControlSet\\Services\\LanmanWorkstation\\Parameters";
const NAME = "RequireSecureNegotiate";

/** The check switched off on old Windows clients: the last resort. A missing value means that the check is required. */
export const secureNegotiateWorkaround: readonly SnippetSource[] = [
  {
    platform: "windows-client",
    label: { en: `PowerShell, ${WHERE.en}`, ja: `PowerShell、${WHERE.ja}` },
    language: "powershell",
    code: `Set-ItemProperty -Path "HKLM:\\${KEY}" -Name ${NAME} -Value 0 -Type DWord -Force`,
    effect: EFFECT,
    undo: inBoth(`Remove-ItemProperty -Path "HKLM:\\${KEY}" -Name ${NAME}`),
    check: inBoth(`Get-ItemProperty -Path "HKLM:\\${KEY}" -Name ${NAME}`),
  },
  {
    platform: "registry",
    label: { en: `registry, ${WHERE.en}`, ja: `レジストリ、${WHERE.ja}` },
    language: "powershell",
    code: `reg add "HKLM\\${KEY}" /v ${NAME} /t REG_DWORD /d 0 /f`,
    effect: EFFECT,
    undo: inBoth(`reg delete "HKLM\\${KEY}" /v ${NAME} /f`),
    check: inBoth(`reg query "HKLM\\${KEY}" /v ${NAME}`),
  },
];
