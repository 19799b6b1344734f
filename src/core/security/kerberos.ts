import { escapeForDisplay } from "../bytes/text.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import { flagSet } from "../struct/flagSet.ts";
import { u16, u32 } from "../struct/integers.ts";
import { nameSet } from "../struct/nameSet.ts";
import { reserved } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { walkStruct } from "../struct/walkStruct.ts";
import { type DerInner, derFlags, derInteger, derOctets, derText, derTime } from "./derPrimitives.ts";
import { derChoice, derExplicit, derSequence, derSequenceOf } from "./derSequence.ts";
import { walkDer } from "./derType.ts";
import { EncryptionType, KerberosErrorCode, KerberosMessageType, PrincipalNameType } from "./kerberosNames.ts";

/** Identifier octets of the messages ([RFC4120] 5.10). */
export const KERBEROS_TAGS = { AP_REQ: 0x6e, AP_REP: 0x6f, KRB_ERROR: 0x7e } as const;

/** APOptions ([RFC4120] 5.5.1): bit 0 is the highest. */
const ApOptions = flagSet("", { "use-session-key": 0x40000000, "mutual-required": 0x20000000 });

const realm = derText({ text: "krb.realm", filter: "kerberos.realm" });
const protocolVersion = derInteger({ filter: "kerberos.pvno" });
const messageType = derInteger({ names: KerberosMessageType, text: "krb.msgType", filter: "kerberos.msg_type" });

function principalName(filter: string) {
  const fields = {
    "name-type": [0, derInteger({ names: PrincipalNameType, filter: "kerberos.name_type" })],
    "name-string": [1, derSequenceOf(derText({ filter }))],
  } as const;
  return derSequence("PrincipalName", "RFC4120 5.2.2", fields, (values) => joinedName(values["name-string"]));
}

/** `cifs/server.example.org`. */
function joinedName(parts: unknown): string {
  return Array.isArray(parts) ? escapeForDisplay(parts.filter((part) => typeof part === "string").join("/")) : "";
}

const EncryptedData = derSequence("EncryptedData", "RFC4120 5.2.9", {
  etype: [0, derInteger({ names: EncryptionType, text: "krb.etype", filter: "kerberos.etype" })],
  kvno: [1, derInteger({ text: "krb.kvno", filter: "kerberos.kvno" })],
  cipher: [2, derOctets({ text: "krb.cipher", filter: "kerberos.cipher" })],
});

const Ticket = derExplicit(
  0x61,
  derSequence("Ticket", "RFC4120 5.3", {
    "tkt-vno": [0, derInteger({ filter: "kerberos.tkt_vno" })],
    realm: [1, realm],
    sname: [2, principalName("kerberos.SNameString"), { text: "krb.sname", filter: "kerberos.sname_element" }],
    "enc-part": [3, EncryptedData, { text: "krb.ticketPart", filter: "kerberos.enc_part_element" }],
  }),
);

/** The client's ticket for the server, and the proof that the ticket is its own. */
export const ApReq = derSequence("KRB_AP_REQ", "RFC4120 5.5.1", {
  pvno: [0, protocolVersion],
  "msg-type": [1, messageType],
  "ap-options": [2, derFlags({ flags: ApOptions, text: "krb.apOptions", filter: "kerberos.ap_options" })],
  ticket: [3, Ticket, { text: "krb.ticket", filter: "kerberos.ticket_element" }],
  authenticator: [4, EncryptedData, { text: "krb.authenticator", filter: "kerberos.authenticator_element" }],
});

/** The server's proof that it could read the ticket. */
export const ApRep = derSequence("KRB_AP_REP", "RFC4120 5.5.2", {
  pvno: [0, protocolVersion],
  "msg-type": [1, messageType],
  "enc-part": [2, EncryptedData, { text: "krb.repPart", filter: "kerberos.enc_part_element" }],
});

/** data-type of KERB-ERROR-DATA ([MS-KILE] 2.2.2). */
const KerberosErrorDataType = nameSet("", { KERB_AP_ERR_TYPE_SKEW_RECOVERY: 2, KERB_ERR_TYPE_EXTENDED: 3 });

/** The NTSTATUS behind an error, as Windows tells it ([MS-KILE] 2.2.1). */
export const KerberosExtendedError = struct("KERB-EXT-ERROR", "MS-KILE 2.2.1", {
  status: u32({ names: nameSet("", NtStatus), filter: "kerberos.smb.nt_status" }),
  reserved: reserved(4),
  flags: u32({ hex: true }),
});

const extendedError: DerInner = ({ scope, name }) =>
  scope.end - scope.start === KerberosExtendedError.size
    ? { ...walkStruct(KerberosExtendedError, scope, name), show: () => ({ value: KerberosExtendedError.name }) }
    : undefined;

const KerberosErrorData = derSequence("KERB-ERROR-DATA", "MS-KILE 2.2.2", {
  "data-type": [1, derInteger({ names: KerberosErrorDataType })],
  "data-value": [2, derOctets({ inner: extendedError })],
});

const SEQUENCE = 0x30;
const FIRST_TAG = 0xa1;

/** Other e-data, of a KDC, begin with another tag. */
const errorData: DerInner = (place) => {
  const { bytes, start } = place.scope;
  const isErrorData = bytes[start] === SEQUENCE && bytes[start + 2] === FIRST_TAG;
  return isErrorData ? walkDer(KerberosErrorData, place) : undefined;
};

/** Why a ticket was not accepted. */
export const KrbError = derSequence("KRB_ERROR", "RFC4120 5.9.1", {
  pvno: [0, protocolVersion],
  "msg-type": [1, messageType],
  ctime: [2, derTime({ filter: "kerberos.ctime" })],
  cusec: [3, derInteger({ filter: "kerberos.cusec" })],
  stime: [4, derTime({ text: "krb.stime", filter: "kerberos.stime" })],
  susec: [5, derInteger({ filter: "kerberos.susec" })],
  "error-code": [6, derInteger({ names: KerberosErrorCode, text: "krb.errorCode", filter: "kerberos.error_code" })],
  crealm: [7, derText({ text: "krb.realm", filter: "kerberos.crealm" })],
  cname: [8, principalName("kerberos.CNameString"), { text: "krb.cname", filter: "kerberos.cname_element" }],
  realm: [9, realm],
  sname: [10, principalName("kerberos.SNameString"), { text: "krb.sname", filter: "kerberos.sname_element" }],
  "e-text": [11, derText({ text: "krb.eText", filter: "kerberos.e_text" })],
  "e-data": [12, derOctets({ inner: errorData, text: "krb.eData", filter: "kerberos.e_data" })],
});

/** Any of the messages that a server and a client exchange. */
export const kerberosMessage = derChoice([
  derExplicit(KERBEROS_TAGS.AP_REQ, ApReq),
  derExplicit(KERBEROS_TAGS.AP_REP, ApRep),
  derExplicit(KERBEROS_TAGS.KRB_ERROR, KrbError),
]);

/** TOK_ID ([RFC4121] 4.1); its two octets are read as a little-endian number, as Wireshark does. */
export const KerberosTokenId = nameSet("", {
  KRB_AP_REQ: 0x0001,
  KRB_AP_REP: 0x0002,
  KRB_ERROR: 0x0003,
  KRB_TGT_REQ: 0x0004,
  KRB_TGT_REP: 0x0104,
});

/** What stands between the mechanism's identifier and the message in a GSS-API token of Kerberos. */
export const KerberosTokenHead = struct("Kerberos token", "RFC4121 4.1", {
  TOK_ID: u16({ names: KerberosTokenId, text: "krb.tokId", filter: "spnego.krb5.tok_id" }),
});
