import { type DecodeResult, decode } from "../struct/decode.ts";
import { describe, type FieldNode } from "../struct/describe.ts";
import type { Struct } from "../struct/struct.ts";
import { peekInto } from "../struct/variant.ts";
import { type AskedInformation, askedStruct } from "./askedInformation.ts";
import { compressionStruct } from "./compressionHeader.ts";
import { HeaderFlags } from "./constants/headerFlags.ts";
import { Header, PROTOCOL_COMPRESSION, PROTOCOL_SMB1, PROTOCOL_TRANSFORM } from "./header.ts";
import { requestStruct, responseStruct } from "./messageStruct.ts";
import { describeSmb1Message } from "./smb1Message.ts";
import { TransformHeader } from "./transformHeader.ts";

/** Path of the header's node; its fields are `Header.Status` and so on. */
export const HEADER_PATH = "Header";

/** Both halves of the MessageId of what a server sends unasked. */
const ALL_ONES = 0xffffffff;

/**
 * Field tree of one whole message from its ProtocolId on: SMB2 (header, body, declared FSCTL structures), SMB1, or the outside of an
 * encrypted or compressed one. The header is the node `Header`; the paths of all other fields are those of the body (`Capabilities`,
 * `NegotiateContextList[0].Salt`, `Buffer.EndOfFile`). Ranges count from `start`. Of a compound, only the first message. Never throws.
 * @param wireEnd Index at which the message ends on the wire when the bytes at hand are fewer.
 * @param asked What the request of a QUERY_INFO or QUERY_DIRECTORY response asked for; without it its buffer stays opaque.
 */
export function describeMessage(bytes: Uint8Array, start: number, end: number, wireEnd?: number, asked?: AskedInformation): FieldNode {
  const limits = wireEnd === undefined ? {} : { wireEnd };
  const protocol = protocolId(bytes, start, end);
  if (protocol === PROTOCOL_TRANSFORM) return describe(TransformHeader, bytes, start, end, limits);
  if (protocol === PROTOCOL_COMPRESSION) return describe(compressionStruct(peekInto(bytes, start, end)), bytes, start, end, limits);
  if (protocol === PROTOCOL_SMB1) return describeSmb1Message(bytes, start, end, wireEnd);
  return describeSmb2Message(bytes, start, end, wireEnd, asked);
}

/**
 * Decodes the body of the SMB2 message whose header starts at `start`, with that header as base of its offsets.
 * @param wireEnd As for {@link describeMessage}.
 */
export function decodeBody<S extends Struct>(body: S, bytes: Uint8Array, start: number, end: number, wireEnd?: number): DecodeResult<S> {
  return decode(body, bytes, start + Header.size, end, { header: start, ...(wireEnd !== undefined && { wireEnd }) });
}

/**
 * The declaration that fits the body of the SMB2 message at `start`.
 * @param asked As for {@link describeMessage}.
 */
export function structOfMessage(bytes: Uint8Array, start: number, end: number, asked?: AskedInformation): Struct {
  const peek = peekInto(bytes, start, Math.min(end, bytes.length));
  const command = peek.u16(Header.at.Command) ?? -1;
  const structureSize = peek.u16(Header.size);
  if (((peek.u32(Header.at.Flags) ?? 0) & HeaderFlags.mask.SERVER_TO_REDIR) === 0) return requestStruct(command, structureSize);
  const unsolicited = peek.u32(Header.at.MessageId) === ALL_ONES && peek.u32(Header.at.MessageId + 4) === ALL_ONES;
  const status = peek.u32(Header.at.Status) ?? 0;
  return responseStruct({ command, status, structureSize, unsolicited, buffer: askedStruct(asked) });
}

function describeSmb2Message(
  bytes: Uint8Array,
  start: number,
  end: number,
  wireEnd: number | undefined,
  asked: AskedInformation | undefined,
): FieldNode {
  const limit = messageLimit(bytes, start, end, wireEnd);
  const context = { header: start, origin: start, ...(limit.wireEnd !== undefined && { wireEnd: limit.wireEnd }) };
  const header = describe(Header, bytes, start, limit.end, { ...context, path: HEADER_PATH });
  if (limit.end < start + Header.size) return { ...header, path: "", issues: [], children: [header] };
  const body = describe(structOfMessage(bytes, start, limit.end, asked), bytes, start + Header.size, limit.end, context);
  const range = { start: 0, end: Math.max(header.range.end, body.range.end) };
  return { ...body, range, children: [header, ...body.children] };
}

/** NextCommand ends a message of a compound before the packet does. */
function messageLimit(bytes: Uint8Array, start: number, end: number, wireEnd: number | undefined) {
  const next = peekInto(bytes, start, Math.min(end, bytes.length)).u32(Header.at.NextCommand) ?? 0;
  if (next < Header.size) return { end, wireEnd };
  return { end: Math.min(end, start + next), wireEnd: Math.min(start + next, wireEnd ?? Number.POSITIVE_INFINITY) };
}

function protocolId(bytes: Uint8Array, start: number, end: number): number | undefined {
  const littleEndian = peekInto(bytes, start, Math.min(end, bytes.length)).u32(0);
  if (littleEndian === undefined) return undefined;
  return (
    ((littleEndian & 0xff) * 0x1000000 + ((littleEndian & 0xff00) << 8) + ((littleEndian >>> 8) & 0xff00) + (littleEndian >>> 24)) >>> 0
  );
}
