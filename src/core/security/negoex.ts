import { u32 } from "../struct/integers.ts";
import { nameSet } from "../struct/nameSet.ts";
import { guid, octets } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";

/** `NEGOEXTS`, as the field below shows it. */
const SIGNATURE = "4e45474f45585453";

/** MESSAGE_TYPE ([MS-NEGOEX] 2.2.6.1). */
export const NegoexMessageType = nameSet("MESSAGE_TYPE_", {
  INITIATOR_NEGO: 0,
  ACCEPTOR_NEGO: 1,
  INITIATOR_META_DATA: 2,
  ACCEPTOR_META_DATA: 3,
  CHALLENGE: 4,
  AP_REQUEST: 5,
  VERIFY: 6,
  ALERT: 7,
});

/** Start of the first NEGOEX message of a token. */
export const NegoexMessageHeader = struct("MESSAGE_HEADER", "MS-NEGOEX 2.2.6.2", {
  Signature: octets(8, { must: SIGNATURE }),
  MessageType: u32({ names: NegoexMessageType, text: "negoex.messageType" }),
  SequenceNum: u32(),
  cbHeaderLength: u32(),
  cbMessageLength: u32(),
  ConversationId: guid(),
});
