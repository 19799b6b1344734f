import type { Language } from "../spec/language.ts";
import type { Side } from "./connectionFacts.ts";

/*
 * What products say of themselves without meaning to: data, no code. Each entry needs all of its traits. Of products other than Windows
 * nothing stands here that was not seen in a capture of the named product, or is written in its source; what several products share is left out: no guess is better than a
 * wrong one.
 */

/** Traits of one side of a connection; each that is given must fit. */
export interface PeerTraits {
  /** Of the 16 wire bytes of ClientGuid or ServerGuid, one character a byte. */
  readonly guid?: RegExp;
  readonly capabilities?: number;
  /** A client's: a dialect that it must not offer, and the highest that it may. */
  readonly withoutDialect?: number;
  readonly highestDialect?: number;
  /** A client's: one that it must offer at least. */
  readonly leastDialect?: number;
  /** VERSION of its NTLMSSP message, a build of a Windows release apart. */
  readonly version?: readonly [major: number, minor: number, build: number];
}

/** `certain`: constants that no other product is known to use. `likely`: habits. */
export type PeerCertainty = "certain" | "likely";

export interface PeerProduct {
  readonly side: Side;
  /** `likely` where it is absent. */
  readonly certainty?: PeerCertainty;
  readonly name: Readonly<Record<Language, string>>;
  readonly traits: PeerTraits;
}

const same = (name: string) => ({ en: name, ja: name });

/** Products other than Windows, the most telling first. */
export const PEER_PRODUCTS: readonly PeerProduct[] = [
  // impacket's smbserver answers with constants: 16 times "A".
  { side: "server", certainty: "certain", name: same("impacket"), traits: { guid: /^A{16}$/ } },
  // smbd makes ServerGuid of its NetBIOS name: up to 15 characters, filled up with zero bytes.
  { side: "server", name: same("Samba (smbd)"), traits: { guid: /^[A-Za-z0-9][A-Za-z0-9_-]{0,14}\0+$/ } },
  // The scripts of nmap always say the same ClientGuid.
  { side: "client", certainty: "certain", name: same("nmap"), traits: { guid: /^1234567890123456$/ } },
  // impacket makes ClientGuid of 16 random letters.
  { side: "client", name: same("impacket"), traits: { guid: /^[A-Za-z]{16}$/ } },
  // fs/smb/client: all capabilities of 3.x but multichannel, and never 2.0.2 together with them.
  {
    side: "client",
    name: { en: "Linux kernel client", ja: "Linux カーネルのクライアント" },
    traits: { capabilities: 0x77, withoutDialect: 0x0202, leastDialect: 0x0300 },
  },
  { side: "client", name: same("go-smb2"), traits: { capabilities: 0x44, version: [10, 0, 0] } },
  // Samba's client library says Windows 7 without a build.
  {
    side: "client",
    name: { en: "Samba client (smbclient, libsmbclient)", ja: "Samba のクライアント (smbclient、libsmbclient)" },
    traits: { version: [6, 1, 0], capabilities: 0x7f },
  },
  {
    side: "client",
    name: { en: "Samba client (smbclient, libsmbclient)", ja: "Samba のクライアント (smbclient、libsmbclient)" },
    traits: { version: [6, 1, 0], capabilities: 0, highestDialect: 0x0210 },
  },
];

/**
 * Windows by the version that its NTLMSSP messages carry (builds and names: Microsoft's pages on the releases of Windows),
 * major version, minor version and build, with the highest dialect of the release ([MS-SMB2] 2.2.3). macOS says 6.1.7600 too: there only a dialect list that ends at 2.1 tells Windows.
 */
export const WINDOWS_RELEASES: readonly (readonly [version: readonly [number, number, number], dialect: number, name: string])[] = [
  [[6, 1, 7600], 0x0210, "Windows 7 or Server 2008 R2"],
  [[6, 1, 7601], 0x0210, "Windows 7 or Server 2008 R2"],
  [[6, 2, 9200], 0x0300, "Windows 8 or Server 2012"],
  [[6, 3, 9600], 0x0302, "Windows 8.1 or Server 2012 R2"],
  [[10, 0, 10240], 0x0311, "Windows 10 1507"],
  [[10, 0, 10586], 0x0311, "Windows 10 1511"],
  [[10, 0, 14393], 0x0311, "Windows 10 1607 or Server 2016"],
  [[10, 0, 15063], 0x0311, "Windows 10 1703"],
  [[10, 0, 16299], 0x0311, "Windows 10 1709"],
  [[10, 0, 17134], 0x0311, "Windows 10 1803"],
  [[10, 0, 17763], 0x0311, "Windows 10 1809 or Server 2019"],
  [[10, 0, 18362], 0x0311, "Windows 10 1903 or 1909"],
  [[10, 0, 19041], 0x0311, "Windows 10 2004 to 22H2"],
  [[10, 0, 20348], 0x0311, "Windows Server 2022"],
  [[10, 0, 22000], 0x0311, "Windows 11 21H2"],
  [[10, 0, 22621], 0x0311, "Windows 11 22H2 or 23H2"],
  [[10, 0, 26100], 0x0311, "Windows 11 24H2 or later, or Server 2025"],
];
