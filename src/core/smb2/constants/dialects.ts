import { hex } from "../../bytes/hex.ts";
import { nameSet } from "../../struct/nameSet.ts";

/**
 * Dialect revision numbers ([MS-SMB2] 2.2.3, 2.2.4), and those of unreleased versions that old Samba clients still offer; these have no
 * other name than their number.
 */
export const Dialect = nameSet("SMB ", {
  "2.0.2": [0x0202, "dialect.0202"],
  "2.1": [0x0210, "dialect.0210"],
  "2.???": [0x02ff, "negRsp.dialect.02ff"],
  "3.0": [0x0300, "dialect.0300"],
  "3.0.2": [0x0302, "dialect.0302"],
  "3.1.1": [0x0311, "dialect.0311"],
  "0x0222": [0x0222, "dialect.0222"],
  "0x0224": [0x0224, "dialect.0224"],
  "0x0310": [0x0310, "dialect.0310"],
});

/** DialectRevision of an answer to a multi-protocol negotiate: at least 2.1, still to be negotiated ([MS-SMB2] 3.3.5.3.1). */
export const WILDCARD_DIALECT = 0x02ff;

/** The first dialect with encryption, and whose client validates the negotiation. */
export const DIALECT_30 = 0x0300;

/** The dialect whose negotiation is protected by pre-authentication integrity instead of VALIDATE_NEGOTIATE_INFO. */
export const DIALECT_311 = 0x0311;

/** `3.0.2`, `2.???` for the wildcard, an unknown dialect as `0x0224`. */
export function dialectName(value: number): string {
  return Dialect.find(value)?.short ?? hex(value, 4);
}
