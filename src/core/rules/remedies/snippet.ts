import type { Language } from "../../spec/language.ts";

/** Where a snippet belongs; several for one system where it has several ways. */
export type PlatformId =
  | "windows-client"
  | "windows-server"
  | "registry"
  | "gpo"
  | "samba"
  | "linux-cifs"
  | "ksmbd"
  | "macos"
  | "ontap"
  | "pktmon"
  | "tcpdump";

/** Commands or settings to copy. They are shown, never run. */
export interface Snippet {
  readonly platform: PlatformId;
  /** `Windows client, PowerShell`. */
  readonly label: string;
  /** `Windows client`: the platform alone, for a narrow place such as a tab. */
  readonly tab: string;
  /** Language id for an editor. */
  readonly language: string;
  readonly code: string;
  /** What it changes. */
  readonly effect: string;
  /** How to take it back; empty where nothing is changed. */
  readonly undo: string;
  /** How to see whether it holds; empty where the effect shows by itself. */
  readonly check: string;
}

export type Localized = Readonly<Record<Language, string>>;

/** A snippet in both languages; code that is the same in both is written once. */
export interface SnippetSource {
  readonly platform: PlatformId;
  readonly label?: Localized;
  readonly language: string;
  readonly code: string | Localized;
  readonly effect: Localized;
  readonly undo: Localized;
  readonly check: Localized;
}

export const PLATFORM_LABELS: Readonly<Record<PlatformId, Localized>> = {
  "windows-client": { en: "Windows client, PowerShell", ja: "Windows クライアント、PowerShell" },
  "windows-server": { en: "Windows server, PowerShell", ja: "Windows サーバー、PowerShell" },
  registry: { en: "Windows, registry", ja: "Windows、レジストリ" },
  gpo: { en: "Windows, group policy", ja: "Windows、グループ ポリシー" },
  samba: { en: "Samba, smb.conf", ja: "Samba、smb.conf" },
  "linux-cifs": { en: "Linux client, mount options", ja: "Linux クライアント、マウント オプション" },
  ksmbd: { en: "ksmbd, ksmbd.conf", ja: "ksmbd、ksmbd.conf" },
  macos: { en: "macOS client, nsmb.conf", ja: "macOS クライアント、nsmb.conf" },
  ontap: { en: "NetApp ONTAP", ja: "NetApp ONTAP" },
  pktmon: { en: "Windows, pktmon", ja: "Windows、pktmon" },
  tcpdump: { en: "Linux, tcpdump", ja: "Linux、tcpdump" },
};

/** One or two words for each platform. */
export const PLATFORM_TABS: Readonly<Record<PlatformId, Localized>> = {
  "windows-client": { en: "Windows client", ja: "Windows クライアント" },
  "windows-server": { en: "Windows server", ja: "Windows サーバー" },
  registry: { en: "Registry", ja: "レジストリ" },
  gpo: { en: "Group Policy", ja: "グループ ポリシー" },
  samba: inBoth("Samba"),
  "linux-cifs": inBoth("Linux"),
  ksmbd: inBoth("ksmbd"),
  macos: inBoth("macOS"),
  ontap: inBoth("ONTAP"),
  pktmon: inBoth("pktmon"),
  tcpdump: inBoth("tcpdump"),
};

/** The same text in both languages: commands. */
export function inBoth(text: string): Localized {
  return { en: text, ja: text };
}
