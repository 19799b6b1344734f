import type { OidNames } from "./oid.ts";

export const SPNEGO = "1.3.6.1.5.5.2";
export const KERBEROS = "1.2.840.113554.1.2.2";
export const MS_KERBEROS = "1.2.840.48018.1.2.2";
export const NTLMSSP = "1.3.6.1.4.1.311.2.2.10";
export const NEGOEX = "1.3.6.1.4.1.311.2.2.30";

/** GSS-API mechanisms that are offered for SMB ([RFC4178], [MS-SPNG] 3.1.5, [RFC4121], [MS-NEGOEX]). */
export const mechanismNames: OidNames = {
  [SPNEGO]: "SPNEGO",
  [KERBEROS]: "Kerberos 5",
  [MS_KERBEROS]: "MS Kerberos 5",
  "1.2.840.113554.1.2.2.3": "Kerberos 5 user to user",
  [NTLMSSP]: "NTLMSSP",
  [NEGOEX]: "NEGOEX",
  "1.3.6.1.5.2.5": "IAKERB",
  "1.3.5.1.5.2": "Kerberos 5 (obsolete)",
  "1.3.6.1.5.2": "Kerberos 5 (draft)",
  "1.3.6.1.5.2.7": "Kerberos 5 peer to peer",
};
