import { u16, u32, u32be, u64 } from "../struct/integers.ts";
import { octets } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { type Peek, variant } from "../struct/variant.ts";
import { Command } from "./constants/commands.ts";
import { HeaderFlags } from "./constants/headerFlags.ts";
import { NtStatusNames } from "./constants/ntStatusNames.ts";

/** ProtocolId of the four kinds of message, read big-endian: FE, FD, FC or FF and "SMB". */
export const PROTOCOL_SMB2 = 0xfe534d42;
export const PROTOCOL_TRANSFORM = 0xfd534d42;
export const PROTOCOL_COMPRESSION = 0xfc534d42;
export const PROTOCOL_SMB1 = 0xff534d42;

const FLAGS_OFFSET = 16;

/**
 * The 64 bytes before every SMB2 message, SYNC and ASYNC in one: requests have ChannelSequence where responses have Status, and an
 * asynchronous message has AsyncId where the others have TreeId.
 */
export const Header = struct("SMB2 Packet Header", "MS-SMB2 2.2.1.2", {
  ProtocolId: u32be({ must: PROTOCOL_SMB2, hex: true, text: "hdr.protocolId", filter: "smb2.protocol_id" }),
  StructureSize: u16({ must: 64, text: "hdr.structureSize", filter: "smb2.header_len" }),
  CreditCharge: u16({ text: "hdr.creditCharge", filter: "smb2.credit.charge" }),
  StatusOrChannel: variant(
    {
      response: { Status: u32({ names: NtStatusNames, text: "hdr.status", filter: "smb2.nt_status" }) },
      request: {
        ChannelSequence: u16({ text: "hdr.channelSequence", filter: "smb2.channel_sequence" }),
        ChannelReserved: u16({ hex: true, reserved: true, text: "hdr.reserved" }),
      },
    },
    (peek) => (hasFlag(peek, HeaderFlags.mask.SERVER_TO_REDIR) ? "response" : "request"),
  ),
  Command: u16({ names: Command, text: "hdr.command", filter: "smb2.cmd" }),
  Credits: variant(
    {
      response: { CreditResponse: u16({ text: "hdr.credits", filter: "smb2.credits.granted" }) },
      request: { CreditRequest: u16({ text: "hdr.credits", filter: "smb2.credits.requested" }) },
    },
    (peek) => (hasFlag(peek, HeaderFlags.mask.SERVER_TO_REDIR) ? "response" : "request"),
  ),
  Flags: u32({ flags: HeaderFlags, filter: "smb2.flags" }),
  NextCommand: u32({ text: "hdr.nextCommand", filter: "smb2.chain_offset" }),
  MessageId: u64({ text: "hdr.messageId", filter: "smb2.msg_id" }),
  AsyncOrTree: variant(
    {
      async: { AsyncId: u64({ hex: true, section: "MS-SMB2 2.2.1.1", text: "hdr.asyncId", filter: "smb2.aid" }) },
      sync: {
        Reserved: u32({ hex: true, reserved: true, text: "hdr.reserved", filter: "smb2.pid" }),
        TreeId: u32({ hex: true, text: "hdr.treeId", filter: "smb2.tid" }),
      },
    },
    (peek) => (hasFlag(peek, HeaderFlags.mask.ASYNC_COMMAND) ? "async" : "sync"),
  ),
  SessionId: u64({ hex: true, text: "hdr.sessionId", filter: "smb2.sesid" }),
  Signature: octets(16, { text: "hdr.signature", filter: "smb2.signature" }),
});

function hasFlag(peek: Peek, mask: number): boolean {
  return ((peek.u32(FLAGS_OFFSET) ?? 0) & mask) !== 0;
}
