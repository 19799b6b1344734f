import { pcapFile } from "./captureBuilder.ts";
import { captureOf, takeApart } from "./capturesOnDisk.ts";
import { conversation } from "./conversation.ts";
import { be16, be32, zeros } from "./encode.ts";
import type { Frame } from "./encodeFrame.ts";
import {
  Command,
  emptyBody,
  errorBody,
  FSCTL_VALIDATE_NEGOTIATE_INFO,
  ioctlResponse,
  ntlmNegotiate,
  Status,
  sessionSetupRequest,
  validateOutput,
} from "./encodeMessage.ts";
import { refused, reset, retransmitted, steelHead } from "./pathCaptures.ts";

/*
 * Captures of test/captures that no laboratory gave: by the name of their folder, each built the same every time.
 */
export const builtCaptures: Readonly<Record<string, () => Uint8Array | Promise<Uint8Array>>> = {
  "built_session-setup-aborted": sessionSetupAborted,

  "built_vni-on-smb311": () =>
    conversation({ clientValues: { dialects: [0x0202, 0x0210, 0x0300, 0x0302, 0x0311] }, serverValues: { dialect: 0x0311 } })
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate({ response: null })
      .serverCloses("RST")
      .pcap(),

  "built_vni-output-too-small": () =>
    conversation()
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate({ request: { maxOutputResponse: 16 }, response: { status: Status.BUFFER_TOO_SMALL } })
      .clientCloses("FIN")
      .serverCloses("FIN")
      .pcap(),

  "built_vni-malformed-request": () =>
    conversation()
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate({ request: { fileId: zeros(16), flags: 0 } })
      .file()
      .logoff()
      .clientCloses("FIN")
      .serverCloses("FIN")
      .pcap(),

  "built_vni-malformed-response": malformedResponse,

  "built_vni-zero-signature": () =>
    conversation()
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate({ response: { signed: "zero" } })
      .clientCloses("RST")
      .pcap(),

  "built_vni-pending": () =>
    conversation()
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate({ pending: true })
      .file()
      .logoff()
      .clientCloses("FIN")
      .serverCloses("FIN")
      .pcap(),

  "built_sign-in-retried": () =>
    conversation()
      .negotiate()
      .sessionSetup({ status: Status.LOGON_FAILURE })
      .sessionSetup({ user: "tester2" })
      .treeConnect()
      .validate()
      .file()
      .logoff()
      .clientCloses("FIN")
      .serverCloses("FIN")
      .pcap(),

  "built_sign-in-unanswered": () => conversation().negotiate().sessionSetup({ final: null }).wait(60_000).serverCloses("RST").pcap(),

  "built_guest-rejected": () => conversation().negotiate().sessionSetup({ user: "nosuchuser", flags: 1 }).clientCloses("RST").pcap(),

  "built_binding-refused": () =>
    conversation()
      .negotiate()
      .request(Command.SESSION_SETUP, sessionSetupRequest({ token: ntlmNegotiate(), securityMode: 1, binding: true }), errorBody(), {
        sessionId: 0x31a8e154,
        status: Status.REQUEST_NOT_ACCEPTED,
      })
      .clientCloses("FIN")
      .serverCloses("FIN")
      .pcap(),

  "built_cluster-dialect": () =>
    conversation({
      clientValues: { dialects: [0x0202, 0x0210, 0x0300, 0x0302, 0x0311] },
      serverValues: { capabilities: 0x0e, dialect: 0x0311 },
    })
      .negotiate()
      .sessionSetup()
      .treeConnect({ path: "\\\\198.51.100.20\\sofs", status: Status.SMB_BAD_CLUSTER_DIALECT })
      .logoff()
      .clientCloses("FIN")
      .serverCloses("FIN")
      .pcap(),

  "built_encryption-required": () =>
    conversation({ serverValues: { capabilities: 0x06, dialect: 0x0210 } })
      .negotiate()
      .request(Command.SESSION_SETUP, sessionSetupRequest({ token: ntlmNegotiate(), securityMode: 1 }), errorBody(), {
        signed: false,
        status: Status.ACCESS_DENIED,
      })
      .clientCloses("FIN")
      .serverCloses("FIN")
      .pcap(),

  "built_plain-in-encrypted-session": () =>
    conversation({ signed: false })
      .negotiate()
      .sessionSetup({ flags: 4 })
      .treeConnect({ path: "\\\\198.51.100.20\\IPC$", status: Status.ACCESS_DENIED })
      .treeConnect({ status: Status.ACCESS_DENIED })
      .refused(Command.LOGOFF, emptyBody(), Status.ACCESS_DENIED)
      .clientCloses("FIN")
      .serverCloses("FIN")
      .pcap(),

  "built_signature-refused": () =>
    conversation()
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate()
      .file()
      .refused(Command.LOGOFF, emptyBody(), Status.ACCESS_DENIED)
      .clientCloses("FIN")
      .serverCloses("FIN")
      .pcap(),
  "built_path-wan-accelerator": steelHead,
  "built_path-reset-injected": () => reset({ ttl: 250, id: 0 }, true),
  "built_tcp-connect-refused": refused,
  "built_tcp-retransmit-reset": () => retransmitted(),

  "built_smb1-chosen-over-smb2": () =>
    conversation().smb1Negotiate(["NT LM 0.12", "SMB 2.002", "SMB 2.???"], { index: 0 }).clientCloses("FIN").serverCloses("FIN").pcap(),
};

/**
 * From the healthy connection `ok_302_default.client`: DialectRevision of the NEGOTIATE response rewritten from 3.0.2 to 2.1, and after
 * the server's signed success the client's FIN, as the laboratory measured it. The FINs are those that end the healthy connection.
 */
async function sessionSetupAborted(): Promise<Uint8Array> {
  const { frames } = await takeApart(captureOf("ok_302_default.client"));
  const negotiated = frames.slice(0, 11).map((frame, index) => (index === NEGOTIATE_RESPONSE - 1 ? withDialect210(frame) : frame));
  const last = readTcp(negotiated.at(-1));
  const [clientFin, serverFin, lastAck] = frames.slice(-3);
  const sequence = { client: last.acknowledgment, server: last.sequence + last.payload };
  const begin = frames[0]?.time ?? 0;
  const end = (negotiated.at(-1)?.time ?? 0) + 0.25;
  const closing = [
    withNumbers(clientFin, sequence.client, sequence.server, end),
    withNumbers(serverFin, sequence.server, sequence.client + 1, end + 0.2),
    withNumbers(lastAck, sequence.client + 1, sequence.server + 1, end + 0.3),
  ];
  return pcapFile([...negotiated, ...closing].map((frame) => ({ ...frame, time: frame.time - begin })));
}

const NEGOTIATE_RESPONSE = 6;
const IP = 14;
const TCP = IP + 20;

function withDialect210(frame: Frame): Frame {
  const { payloadAt } = readTcp(frame);
  const bytes = frame.bytes.slice();
  // The 4-byte length, the header, StructureSize and SecurityMode stand before DialectRevision ([MS-SMB2] 2.2.4).
  bytes.set([0x10, 0x02], payloadAt + 4 + 64 + 4);
  return { ...frame, bytes: withChecksum(bytes) };
}

function withNumbers(frame: Frame | undefined, sequence: number, acknowledgment: number, time: number): Frame {
  const bytes = (frame?.bytes ?? zeros(60)).slice();
  bytes.set(be32(sequence), TCP + 4);
  bytes.set(be32(acknowledgment), TCP + 8);
  return { bytes: withChecksum(bytes), time };
}

function readTcp(frame: Frame | undefined) {
  const bytes = frame?.bytes ?? zeros(60);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const header = (view.getUint8(TCP + 12) >> 4) * 4;
  const payload = view.getUint16(IP + 2) - 20 - header;
  return { sequence: view.getUint32(TCP + 4), acknowledgment: view.getUint32(TCP + 8), payload, payloadAt: TCP + header };
}

/** The TCP checksum over what was changed (RFC 9293 3.1). */
function withChecksum(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getUint16(IP + 2) - 20;
  bytes.set(be16(0), TCP + 16);
  let sum = 6 + length;
  for (let at = IP + 12; at < TCP + length; at += 2) sum += at + 1 < TCP + length ? view.getUint16(at) : view.getUint8(at) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  bytes.set(be16(~sum & 0xffff), TCP + 16);
  return bytes;
}

/** OutputCount says 28 where VALIDATE_NEGOTIATE_INFO has 24 bytes ([MS-SMB2] 2.2.32.6). */
function malformedResponse(): Uint8Array {
  const values = { capabilities: 0x4e, guid: "7362616c-7672-0000-0000-000000000000", securityMode: 1, dialect: 0x0302 };
  const output = new Uint8Array([...validateOutput(values), 0, 0, 0, 0]);
  return conversation()
    .negotiate()
    .sessionSetup()
    .treeConnect()
    .validate({ response: null })
    .answerLast(Command.IOCTL, ioctlResponse(FSCTL_VALIDATE_NEGOTIATE_INFO, output))
    .file()
    .request(Command.LOGOFF, emptyBody(), emptyBody())
    .clientCloses("FIN")
    .serverCloses("FIN")
    .pcap();
}
