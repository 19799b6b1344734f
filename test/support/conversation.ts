import { type NgInterface, type PcapOptions, pcapFile, pcapngFile } from "./captureBuilder.ts";
import { type Frame, type FrameOptions, frameBytes, type Host, LINK_TYPES, type Side, type TcpSegment } from "./encodeFrame.ts";
import * as smb from "./encodeMessage.ts";
import { type ClientValues, Command, type ServerValues, Status } from "./encodeMessage.ts";

/*
 * Conversations of an SMB client with a server, told step by step:
 *
 *   conversation().negotiate().sessionSetup().treeConnect().validate({ response: { capabilities: 0x4f } }).clientCloses("FIN").pcap()
 *
 * Without further words everything is a healthy SMB 3.0.2 connection of a real user, and each step takes a millisecond.
 */

export const CLIENT: Host = { address: "192.0.2.10", port: 49_152 };
export const SERVER: Host = { address: "198.51.100.20", port: 445 };
export const CLIENT_GUID = "1c319d42-1234-5678-9abc-def012345678";
export const SERVER_GUID = "7362616c-7672-0000-0000-000000000000";
export const OTHER_GUID = "00000001-0002-0003-0405-060708090a0b";

const CLIENT_VALUES: ClientValues = { capabilities: 0x7f, guid: CLIENT_GUID, securityMode: 1, dialects: [0x0202, 0x0210, 0x0300, 0x0302] };
const SERVER_VALUES: ServerValues = { capabilities: 0x4e, guid: SERVER_GUID, securityMode: 1, dialect: 0x0302 };

type Signing = boolean | "zero";

export interface ConversationOptions {
  readonly client?: Host;
  readonly server?: Host;
  /** What the client says of itself in NEGOTIATE and, unless a step says otherwise, in the validate request. */
  readonly clientValues?: Partial<ClientValues>;
  readonly serverValues?: Partial<ServerValues>;
  /** Sequence numbers of the two SYNs. */
  readonly sequences?: readonly [client: number, server: number];
  /** The handshake is in the capture. Default true. */
  readonly handshake?: boolean;
  /** Whether requests and responses after the sign-in are signed. Default true. */
  readonly signed?: boolean;
}

export interface NegotiateStep {
  readonly request?: Partial<ClientValues> | null;
  readonly response?: (Partial<ServerValues> & { readonly status?: number }) | null;
}

export interface SessionSetupStep {
  readonly user?: string;
  readonly domain?: string;
  readonly workstation?: string;
  readonly binding?: boolean;
  /** SessionFlags of the final response: 1 guest, 2 null, 4 encrypt. */
  readonly flags?: number;
  readonly status?: number;
  /** Of the final response. */
  readonly signed?: Signing;
  /** null: the final response is not in the capture. */
  readonly final?: null;
}

export interface TreeConnectStep {
  readonly path?: string;
  readonly status?: number;
  readonly shareFlags?: number;
  readonly response?: null;
}

export interface ValidateStep {
  readonly request?: Partial<ClientValues> &
    Partial<Pick<smb.IoctlRequestFields, "maxOutputResponse" | "fileId" | "flags" | "inputOffset" | "inputCount">> & {
      readonly signed?: Signing;
      readonly dialectCount?: number;
    };
  /** An interim STATUS_PENDING before the answer. */
  readonly pending?: boolean;
  /** null: no answer. A status other than success gives an ERROR response. */
  readonly response?:
    | (Partial<ServerValues> & { readonly status?: number; readonly signed?: Signing; readonly outputCount?: number })
    | null;
}

interface Step {
  readonly from: Side;
  readonly payload: Uint8Array;
  readonly end?: "FIN" | "RST";
  readonly time: number;
}

export interface SegmentOptions {
  /** Most payload bytes of a segment. */
  readonly segmentSize?: number;
}

export class Conversation {
  private readonly steps: Step[] = [];
  private readonly options: ConversationOptions;
  private readonly clientValues: ClientValues;
  private readonly serverValues: ServerValues;
  private time = 3;
  private messageId = 0;
  private sessionId = 0n;
  private sessions = 0;
  private treeId = 0;
  private trees = 0;
  private dialect = 0;

  constructor(options: ConversationOptions) {
    this.options = options;
    this.clientValues = { ...CLIENT_VALUES, ...options.clientValues };
    this.serverValues = { ...SERVER_VALUES, ...options.serverValues };
    this.dialect = this.serverValues.dialect;
  }

  /** SMB2 NEGOTIATE; `null` leaves a half of it out of the capture. */
  negotiate(step: NegotiateStep = {}): this {
    const messageId = this.messageId++;
    const command = Command.NEGOTIATE;
    if (step.request !== null) {
      this.send("client", smb.message({ command, messageId }, smb.negotiateRequest({ ...this.clientValues, ...step.request })));
    }
    if (step.response === null) return this;
    const status = step.response?.status ?? Status.SUCCESS;
    const values = { ...this.serverValues, ...step.response };
    this.dialect = values.dialect;
    const body = status === Status.SUCCESS ? smb.negotiateResponse(values) : smb.errorBody();
    return this.send("server", smb.message({ command, response: true, status, messageId }, body));
  }

  /**
   * SMB_COM_NEGOTIATE with these dialect strings. The answer: an index into them by SMB1, a dialect by an SMB2 NEGOTIATE response
   * (0x02ff or 0x0202), or none.
   */
  smb1Negotiate(dialects: readonly string[], answer: { readonly index: number } | { readonly dialect: number } | null): this {
    this.send("client", smb.smb1NegotiateRequest(dialects));
    if (answer === null) return this;
    if ("index" in answer) return this.send("server", smb.smb1NegotiateResponse(answer.index));
    this.messageId = Math.max(this.messageId, 1);
    this.dialect = answer.dialect;
    const values = { ...this.serverValues, dialect: answer.dialect, capabilities: answer.dialect === 0x02ff ? 3 : 1 };
    return this.send("server", smb.message({ command: Command.NEGOTIATE, response: true }, smb.negotiateResponse(values)));
  }

  /** Both rounds of an NTLM sign-in. */
  sessionSetup(step: SessionSetupStep = {}): this {
    const { user = "tester", domain = "WORKGROUP", workstation = "CLIENT", binding = false, flags = 0, status = Status.SUCCESS } = step;
    const command = Command.SESSION_SETUP;
    const { securityMode } = this.clientValues;
    const request = (token: Uint8Array) => smb.sessionSetupRequest({ token, securityMode, binding });
    const first = this.messageId++;
    this.send("client", smb.message({ command, messageId: first }, request(smb.ntlmNegotiate())));
    this.sessionId = 0x31a8e154n + BigInt(this.sessions++);
    const challenge = { command, response: true, status: Status.MORE_PROCESSING_REQUIRED, messageId: first, sessionId: this.sessionId };
    this.send("server", smb.message(challenge, smb.sessionSetupResponse(0, smb.ntlmChallenge())));
    const last = { command, messageId: this.messageId++, sessionId: this.sessionId };
    this.send("client", smb.message(last, request(smb.ntlmAuthenticate({ user, domain, workstation }))));
    if (step.final === null) return this;
    const keyless = (flags & 3) !== 0 || user === "";
    const signed = step.signed ?? (status === Status.SUCCESS && !keyless);
    const body = status === Status.SUCCESS ? smb.sessionSetupResponse(flags, new Uint8Array(8)) : smb.errorBody();
    return this.send("server", smb.message({ ...last, response: true, status, signed }, body));
  }

  treeConnect(step: TreeConnectStep = {}): this {
    const { path = "\\\\198.51.100.20\\share", status = Status.SUCCESS, shareFlags = 0 } = step;
    const header = { command: Command.TREE_CONNECT, messageId: this.messageId++, sessionId: this.sessionId, signed: this.signs };
    this.send("client", smb.message(header, smb.treeConnectRequest(path)));
    if (step.response === null) return this;
    if (status !== Status.SUCCESS) return this.send("server", smb.message({ ...header, response: true, status }, smb.errorBody()));
    this.treeId = 7 + this.trees++;
    return this.send("server", smb.message({ ...header, response: true, treeId: this.treeId }, smb.treeConnectResponse(shareFlags)));
  }

  /** FSCTL_VALIDATE_NEGOTIATE_INFO, signed on both sides and equal to NEGOTIATE unless told otherwise. */
  validate(step: ValidateStep = {}): this {
    const { request = {}, response = {} } = step;
    const ctlCode = smb.FSCTL_VALIDATE_NEGOTIATE_INFO;
    const header = { ...this.exchange(Command.IOCTL), signed: request.signed ?? true };
    const input = smb.validateInput({ ...this.clientValues, ...request }, request.dialectCount);
    this.send("client", smb.message(header, smb.ioctlRequest({ ctlCode, input, maxOutputResponse: 24, ...request })));
    if (step.pending) {
      const pending = { ...header, response: true, status: Status.PENDING, asyncId: 6, signed: false };
      this.send("server", smb.message(pending, smb.errorBody()));
    }
    if (response === null) return this;
    const { status = Status.SUCCESS, signed = true } = response;
    const answer = { ...header, response: true, status, signed };
    if (status !== Status.SUCCESS) return this.send("server", smb.message(answer, smb.errorBody()));
    const output = smb.validateOutput({ ...this.serverValues, dialect: this.dialect, ...response });
    return this.send("server", smb.message(answer, smb.ioctlResponse(ctlCode, output, response.outputCount)));
  }

  /** CREATE, WRITE, READ and CLOSE of a file with so many bytes. */
  file(size = 1024): this {
    const data = new Uint8Array(size).fill(0xda);
    this.request(Command.CREATE, smb.createRequest("report.txt"), smb.createResponse());
    this.request(Command.WRITE, smb.writeRequest(data), smb.writeResponse(size));
    this.request(Command.READ, smb.readRequest(size), smb.readResponse(data));
    return this.request(Command.CLOSE, smb.closeRequest(), smb.closeResponse());
  }

  logoff(): this {
    return this.request(Command.LOGOFF, smb.emptyBody(), smb.emptyBody());
  }

  /** Any request and its successful response; without a body there is none. */
  request(command: number, body: Uint8Array, answer: Uint8Array | null, over: Partial<smb.HeaderFields> = {}): this {
    const header = { ...this.exchange(command), ...over };
    this.send("client", smb.message({ ...header, status: 0 }, body));
    return answer === null ? this : this.send("server", smb.message({ ...header, response: true }, answer));
  }

  /** A successful, signed answer with any body to the last request. */
  answerLast(command: number, body: Uint8Array): this {
    const header = { command, messageId: this.messageId - 1, sessionId: this.sessionId, treeId: this.treeId, signed: true };
    return this.send("server", smb.message({ ...header, response: true }, body));
  }

  /** A request refused with an ERROR response. */
  refused(command: number, body: Uint8Array, status: number): this {
    return this.request(command, body, smb.errorBody(), { status });
  }

  /** Requests of one compound, and their answers in another. */
  compounded(requests: readonly (readonly [command: number, body: Uint8Array, answer: Uint8Array])[]): this {
    const headers = requests.map(([command], index) => ({ ...this.exchange(command), related: index > 0 }));
    const bodies = (pick: 1 | 2) =>
      requests.map((one, index) => smb.message({ ...(headers[index] ?? { command: 0 }), response: pick === 2 }, one[pick]));
    return this.bytes("client", smb.compound(...bodies(1))).bytes("server", smb.compound(...bodies(2)));
  }

  /** An encrypted message of this side. */
  encrypted(from: Side, size = 120): this {
    return this.send(from, smb.encryptedMessage(this.sessionId, size));
  }

  /** Bytes of the stream that are no whole message, or more than one. */
  bytes(from: Side, payload: Uint8Array): this {
    this.steps.push({ from, payload, time: this.time++ });
    return this;
  }

  /** One message in a packet of its own. */
  send(from: Side, message: Uint8Array): this {
    return this.bytes(from, smb.packet(message));
  }

  wait(milliseconds: number): this {
    this.time += milliseconds;
    return this;
  }

  clientCloses(end: "FIN" | "RST"): this {
    return this.closes("client", end);
  }

  serverCloses(end: "FIN" | "RST"): this {
    return this.closes("server", end);
  }

  segments(options: SegmentOptions = {}): TcpSegment[] {
    const [clientStart, serverStart] = this.options.sequences ?? [1_000_000, 2_000_000];
    const sent = { client: clientStart + 1, server: serverStart + 1 };
    const segments: TcpSegment[] = this.options.handshake === false ? [] : handshake(clientStart, serverStart);
    for (const step of this.steps) {
      const other = step.from === "client" ? "server" : "client";
      const base = { from: step.from, acknowledgment: sent[other] >>> 0, time: step.time };
      const size = options.segmentSize ?? 1460;
      for (let at = 0; at < step.payload.length; at += size) {
        const payload = step.payload.subarray(at, at + size);
        segments.push({ ...base, sequence: (sent[step.from] + at) >>> 0, payload });
      }
      sent[step.from] += step.payload.length;
      if (step.end === undefined) continue;
      segments.push({
        ...base,
        sequence: sent[step.from] >>> 0,
        payload: NOTHING,
        ...(step.end === "FIN" ? { fin: true } : { rst: true }),
      });
      if (step.end === "FIN") sent[step.from]++;
    }
    return segments;
  }

  frames(options: FrameOptions & SegmentOptions = {}): Frame[] {
    return this.framesOf(this.segments(options), options);
  }

  /** Frames of segments that a test has put into another order, left out, cut or repeated. */
  framesOf(segments: readonly TcpSegment[], options: FrameOptions = {}): Frame[] {
    const { client = CLIENT, server = SERVER } = this.options;
    return segments.map((segment) => ({ bytes: frameBytes(segment, client, server, options), time: segment.time }));
  }

  pcap(options: PcapOptions & FrameOptions & SegmentOptions = {}): Uint8Array {
    return pcapFile(this.frames(options), { linkType: LINK_TYPES[options.link ?? "ethernet"], ...options });
  }

  pcapng(options: NgInterface & FrameOptions & SegmentOptions & { readonly bigEndian?: boolean } = {}): Uint8Array {
    const { bigEndian = false } = options;
    return pcapngFile({
      bigEndian,
      interfaces: [{ linkType: LINK_TYPES[options.link ?? "ethernet"], ...options }],
      frames: this.frames(options),
    });
  }

  private get signs(): boolean {
    return this.options.signed ?? true;
  }

  private exchange(command: number): smb.HeaderFields {
    return { command, messageId: this.messageId++, sessionId: this.sessionId, treeId: this.treeId, signed: this.signs };
  }

  private closes(from: Side, end: "FIN" | "RST"): this {
    this.steps.push({ from, payload: NOTHING, end, time: this.time++ });
    return this;
  }
}

const NOTHING = new Uint8Array(0);

function handshake(client: number, server: number): TcpSegment[] {
  const next = (client + 1) >>> 0;
  return [
    { from: "client", sequence: client >>> 0, acknowledgment: 0, syn: true, ack: false, payload: NOTHING, time: 0 },
    { from: "server", sequence: server >>> 0, acknowledgment: next, syn: true, payload: NOTHING, time: 1 },
    { from: "client", sequence: next, acknowledgment: (server + 1) >>> 0, payload: NOTHING, time: 2 },
  ];
}

export function conversation(options: ConversationOptions = {}): Conversation {
  return new Conversation(options);
}
