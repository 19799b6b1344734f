import type { Endpoint } from "../net/endpoint.ts";
import type { Guid } from "./guid.ts";
import type { OtherView } from "./otherView.ts";
import type { PathFacts } from "./pathFacts.ts";

/*
 * What one pass over the capture knows of one SMB connection: the operands of the rules, in the words of [MS-SMB2] 3.2.1 and 3.3.1.
 * Frames count from 1; a message's frame is the one that holds the last of its own bytes. Times are nanoseconds since
 * `Capture.baseSeconds`. `null` means "not in this capture", never "zero".
 */

export type Side = "client" | "server";

/** A message as far as every rule needs it. */
export interface MessageFacts {
  readonly frame: number;
  readonly time: number;
  /** SMB2_FLAGS_SIGNED is set. Means nothing inside encryption. */
  readonly signed: boolean;
  /** The Signature field is all zero although SIGNED is set. */
  readonly signatureZero: boolean;
  /** Arrived inside a TRANSFORM_HEADER. Without keys such a message is never seen, so false today. */
  readonly encrypted: boolean;
  /** The snap length (or a gap) cut the message before the last field that its facts need; fields after the cut are 0 or empty. */
  readonly truncated: boolean;
}

export interface ResponseFacts extends MessageFacts {
  readonly status: number;
}

/** The fields that [MS-SMB2] 2.2.3 and 2.2.31.4 share: what the client says of itself. */
export interface ClientValues {
  readonly capabilities: number;
  readonly guid: Guid;
  readonly securityMode: number;
  readonly dialects: readonly number[];
}

/** The fields that [MS-SMB2] 2.2.4 and 2.2.32.6 share: what the server says of itself. */
export interface ServerValues {
  readonly capabilities: number;
  readonly guid: Guid;
  readonly securityMode: number;
  readonly dialect: number;
}

export interface NegotiateRequestFacts extends MessageFacts, ClientValues {
  /** Number of SMB2_PREAUTH_INTEGRITY_CAPABILITIES contexts; 0 when the request offers no 3.1.1, null where the list of contexts is cut. */
  readonly preauthContexts: number | null;
}

export interface NegotiateResponseFacts extends ResponseFacts, ServerValues {
  readonly maxTransactSize: number;
  readonly maxReadSize: number;
  readonly maxWriteSize: number;
  /** As in the request; 0 when the response says another dialect than 3.1.1. */
  readonly preauthContexts: number | null;
}

export interface NegotiateFacts {
  readonly request: NegotiateRequestFacts | null;
  response: NegotiateResponseFacts | null;
  /** The capture lacks bytes of the server that may have been the answer, or that the client acknowledged. */
  readonly answerLost?: boolean;
}

/** What another connection of the capture, whose NEGOTIATE came earlier, negotiated with the same server. */
export interface EarlierNegotiation {
  /** Id of that connection. */
  readonly connection: number;
  readonly client: Endpoint;
  readonly request: NegotiateRequestFacts;
  readonly response: NegotiateResponseFacts;
}

/** SMB_COM_NEGOTIATE, multi-protocol or plain ([MS-SMB2] 3.3.5.3). */
export interface Smb1NegotiateFacts {
  readonly requestFrame: number | null;
  readonly dialects: readonly string[];
  responseFrame: number | null;
  /** The protocol of the answer: an SMB1 response, an SMB2 NEGOTIATE response, or none in the capture. */
  answeredBy: "SMB1" | "SMB2" | null;
  /** DialectIndex of the SMB1 answer; 0xFFFF: none accepted. */
  selected: number | null;
}

/** Counts of requests and responses by how they were protected; the exempt ones ([MS-SMB2] 3.2.5.1.3, 5.1) are not counted. */
export interface ProtectionCounts {
  signed: number;
  unsigned: number;
  encrypted: number;
}

/** The first of the counted messages that was neither signed nor encrypted, each way: its frame, 0 when there is none, and its Command. */
export interface FirstUnsignedFacts {
  requestFrame: number;
  requestCommand: number;
  responseFrame: number;
  responseCommand: number;
}

/** An error status in answer to SESSION_SETUP. */
export interface SetupRefusalFacts extends ResponseFacts {
  /** Null: the request is not in the capture. */
  readonly requestFrame: number | null;
  /** The refused request began an NTLM sign-in and named nobody: what was refused is no user. */
  readonly beforeUser: boolean;
  /** The session was signed in already ([MS-SMB2] 3.3.5.5.2). */
  readonly reauthentication: boolean;
  /** As the refused request names them by NTLM; hostile text. */
  readonly user: string | null;
  readonly domain: string | null;
}

/** A refusal that can only be about the signature of the request: that it does not verify, or that there is none. */
export interface SignatureRefusalFacts extends ResponseFacts {
  readonly command: number;
  readonly requestSigned: boolean;
}

/** A SESSION_SETUP request whose final answer the capture lacks. */
export interface OpenSetupFacts {
  readonly frame: number;
  readonly time: number;
  readonly binding: boolean;
  /** Frame of STATUS_PENDING in answer to it. */
  readonly interimFrame: number | null;
  /** The capture lacks bytes of the server among which the answer may have been. */
  readonly answerLost: boolean;
}

export interface SessionFacts {
  /** 64-bit SessionId as `0x` + 16 hex digits. */
  readonly id: string;
  readonly user: string | null;
  readonly domain: string | null;
  readonly workstation: string | null;
  /** SESSION_SETUP without NEGOTIATE-style start in this capture: the session is older than the capture. */
  readonly startsLate: boolean;
  readonly setupRequestFrame: number | null;
  /** SecurityMode of the last SESSION_SETUP request of the sign-in. */
  readonly securityMode: number | null;
  /** Anonymous by NTLMSSP (empty user), whatever the server's flag says. */
  readonly anonymousLogon: boolean;
  /** Final answer; MORE_PROCESSING_REQUIRED is not final. */
  readonly final: ResponseFacts | null;
  /** The capture holds the request that it answers with its whole security buffer: an anonymous sign-in would have been seen. */
  readonly logonSeen: boolean;
  /** SessionFlags of the final successful response: 1 guest, 2 null, 4 encrypt ([MS-SMB2] 2.2.6). */
  readonly flags: number;
  readonly binding: boolean;
  readonly loggedOff: boolean;
  /** Client requests of this session that were completed after the final response, by protection; SESSION_SETUP and the validate requests are not counted. */
  readonly requests: ProtectionCounts;
  readonly responses: ProtectionCounts;
  readonly firstUnsigned: FirstUnsignedFacts;
  /** Requests after the final response that got an answer, and those that were answered STATUS_ACCESS_DENIED. */
  readonly answered: number;
  readonly denied: number;
  readonly deniedFrames: readonly number[];
  /** First error answer to a SESSION_SETUP of this session, whatever a later attempt got; and how many there were. */
  readonly refusal: SetupRefusalFacts | null;
  readonly refusals: number;
  /**
   * First answer that refuses a signature, or the lack of one: STATUS_INVALID_SIGNATURE; or STATUS_ACCESS_DENIED to LOGOFF, TREE_DISCONNECT
   * or ECHO, which no permission guards ([MS-SMB2] 3.3.5.2.4).
   */
  readonly signatureRefusal: SignatureRefusalFacts | null;
  /** First client request on the connection after the final response. */
  readonly nextRequest: NextRequest | null;
}

export interface NextRequest {
  readonly frame: number;
  readonly time: number;
  /** Command of the header; -1 for an encrypted message. */
  readonly command: number;
}

export interface TreeConnectFacts {
  readonly request: MessageFacts | null;
  readonly response: ResponseFacts | null;
  /** UNC path as the client sent it; hostile text. */
  readonly path: string | null;
  readonly sessionId: string;
  readonly treeId: number | null;
  readonly shareFlags: number;
}

export interface ValidateRequestFacts extends MessageFacts, ClientValues {
  readonly fileIdAllOnes: boolean;
  readonly ioctlFlags: number;
  readonly maxOutputResponse: number;
  readonly inputOffset: number;
  readonly inputCount: number;
  readonly dialectCount: number;
}

export interface ValidateResponseFacts extends ResponseFacts {
  /** Present on success with a readable output buffer of at least 24 bytes. */
  readonly values: ServerValues | null;
  readonly outputOffset: number;
  readonly outputCount: number;
}

/** One FSCTL_VALIDATE_NEGOTIATE_INFO exchange. */
export interface ValidationFacts {
  readonly request: ValidateRequestFacts | null;
  readonly response: ValidateResponseFacts | null;
  /** STATUS_PENDING seen before (or instead of) the final response. */
  readonly interim: ResponseFacts | null;
  readonly sessionId: string;
  readonly treeId: number;
  /** The client's TCP acknowledged bytes beyond the place where the answer must have been although the capture lacks it. */
  readonly answerLost: boolean;
  /** First client request completed after the response (or after the request, when no response is there). */
  readonly nextRequest: NextRequest | null;
}

export interface EndEvent {
  readonly by: Side;
  readonly how: "RST" | "FIN";
  readonly frame: number;
  readonly time: number;
  /** It acknowledges bytes or a FIN of the other side that the capture does not hold: that side may have ended first. */
  readonly afterUnseen?: boolean;
}

/**
 * VERSION of the NTLMSSP message in the first SESSION_SETUP request and response ([MS-NLMP] 2.2.2.10): major version, minor version and
 * build in 8, 8 and 16 bits; 0: none. The frames are those of these messages; 0: not in the capture.
 */
export interface NtlmVersions {
  readonly clientVersion: number;
  readonly clientVersionFrame: number;
  readonly serverVersion: number;
  readonly serverVersionFrame: number;
}

/** One SMB connection, complete: built while the capture is read, given to the rules when the connection is over. */
export interface ConnectionFacts {
  /** From 1, in the order of first frames. */
  readonly id: number;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly netbios: boolean;
  readonly synSeen: boolean;
  readonly firstFrame: number;
  readonly firstTime: number;
  readonly lastFrame: number;
  readonly lastTime: number;
  /** The first FIN or RST, and all of them in order (at most 8). */
  readonly ended: EndEvent | null;
  readonly ends: readonly EndEvent[];
  readonly smb1: Smb1NegotiateFacts | null;
  /** SMB1 messages other than NEGOTIATE. */
  readonly smb1Messages: number;
  /** SMB2 NEGOTIATE exchanges in order (at most 8). The answer to a multi-protocol negotiate has `request` null. */
  readonly negotiates: readonly NegotiateFacts[];
  /** The same client (ClientGuid and address) got another ServerGuid, DialectRevision, SecurityMode or Capabilities there earlier. */
  readonly otherValues: EarlierNegotiation | null;
  /** The server with this ServerGuid chose a higher dialect earlier, one that this request offers too. */
  readonly higherDialect: EarlierNegotiation | null;
  /** Connection.Dialect: of the last successful NEGOTIATE response that is not 0x02FF. */
  readonly dialect: number | null;
  readonly sessions: readonly SessionFacts[];
  readonly ntlmVersions: NtlmVersions;
  /** SESSION_SETUP requests without a final answer in the capture (at most 64). */
  readonly openSetups: readonly OpenSetupFacts[];
  readonly trees: readonly TreeConnectFacts[];
  readonly validations: readonly ValidationFacts[];
  readonly messages: number;
  readonly encryptedMessages: number;
  readonly compressedMessages: number;
  /** Requests that touch files (CREATE and later, without IOCTL, ECHO, CANCEL). */
  readonly fileRequests: number;
  readonly lastMessageFrame: number | null;
  readonly lastClientMessage: NextRequest | null;
  /** Bytes of the streams that the capture does not hold. */
  readonly lostFromClient: number;
  readonly lostFromServer: number;
  /** The capture holds packets of the server, and none of them carries data. */
  readonly serverSilent: boolean;
  /** Gaps that the capture made, the other end having acknowledged the bytes, with a message or the beginning of one among them. */
  readonly hidingGaps: number;
  /** Frame behind the first of them, and whose bytes are missing. */
  readonly firstHidingGap: { readonly frame: number; readonly from: Side } | null;
  /** Messages that the snap length cut. */
  readonly truncatedMessages: number;
  readonly firstTruncatedFrame: number | null;
  /** TCP segments with data, each packet once, and how often one of them is in the capture again (recorded at several places). */
  readonly dataSegments: number;
  readonly repeatedSegments: number;
  /** Frame of the first that is there again, and of the packet that it repeats. */
  readonly firstRepeatFrame: number | null;
  readonly firstRepeatOf: number | null;
  readonly path: PathFacts;
  /** Hash of all SMB2 messages, for finding the same connection seen on another interface. */
  readonly fingerprint: number;
  /** The connection at another point of the capture, where it is not the same there: set by the pass that judges it again, else null. */
  otherView: OtherView | null;
  /** Time of the last frame of the whole capture that was read so far. */
  readonly captureEndTime: number;
}
