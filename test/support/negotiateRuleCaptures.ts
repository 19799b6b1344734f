import { pcapFile } from "./captureBuilder.ts";
import { captureOf, cutCapture } from "./capturesOnDisk.ts";
import { CLIENT, type Conversation, type ConversationOptions, conversation, OTHER_GUID } from "./conversation.ts";
import { Status } from "./encodeMessage.ts";
import type { RuleCaptures } from "./ruleCaptures.ts";

/*
 * Captures of the rules on NEGOTIATE and on the pre-authentication integrity of 3.1.1. No laboratory capture shows these: they are built
 * from the rules of [MS-SMB2] that each case names.
 */

const ALL_DIALECTS = [0x0202, 0x0210, 0x0300, 0x0302, 0x0311];
const ON_311: ConversationOptions = { clientValues: { dialects: ALL_DIALECTS }, serverValues: { dialect: 0x0311, capabilities: 0x2f } };
const on311 = (options: ConversationOptions = {}) => conversation({ ...ON_311, ...options });
const HEALTHY = "ok_302_default.client";
const HEALTHY_311 = "ok_311_default.client";

/** Connections of one client one after the other, a second between them. */
function oneAfterTheOther(...conversations: readonly ((options: ConversationOptions) => Conversation)[]) {
  return pcapFile(
    conversations.flatMap((tell, index) =>
      tell({ client: { ...CLIENT, port: CLIENT.port + index } })
        .frames()
        .map((frame) => ({ ...frame, time: frame.time + 1000 * index })),
    ),
  );
}

const noResponse = () => cutCapture(captureOf(HEALTHY), { without: [6] });
const used = (options: ConversationOptions) =>
  conversation(options).negotiate().sessionSetup().treeConnect().validate().file().clientCloses("FIN");
const used311 = (options: ConversationOptions) => on311(options).negotiate().sessionSetup().treeConnect().file().clientCloses("FIN");
/** Another node behind the same address: the client closes after NEGOTIATE ([MS-SMB2] 3.2.5.2). */
const otherNode = (options: ConversationOptions) =>
  conversation({ ...options, serverValues: { guid: OTHER_GUID } })
    .negotiate()
    .clientCloses("FIN");
const lowered = (options: ConversationOptions) =>
  on311({ ...options, serverValues: { dialect: 0x0302 } })
    .negotiate()
    .sessionSetup()
    .treeConnect();

export const negotiateRuleCaptures: Readonly<Record<string, RuleCaptures>> = {
  "preauth-context-missing": {
    // [MS-SMB2] 3.3.5.4: without the context the server answers STATUS_INVALID_PARAMETER.
    fires: () =>
      on311()
        .negotiate({ request: { preauthContexts: 0 }, response: { status: Status.INVALID_PARAMETER } })
        .clientCloses("FIN")
        .pcap(),
    frames: [4],
    silent: HEALTHY_311,
    undetermined: [() => cutCapture(captureOf(HEALTHY_311), { snapLength: 66 + 4 + 64 + 50 }), "message-truncated"],
  },
  "preauth-response-unsigned": {
    fires: () => on311().negotiate().sessionSetup({ signed: false }).clientCloses("FIN").pcap(),
    frames: [9],
    // Guests have no key: their response is not signed.
    silent: () => on311({ signed: false }).negotiate().sessionSetup({ flags: 1 }).treeConnect().file().clientCloses("FIN").pcap(),
    // Without the request the sign-in may have been an anonymous one.
    undetermined: [
      () => cutCapture(on311().negotiate().sessionSetup({ signed: false }).treeConnect().pcap(), { without: [8] }),
      "session-setup-missing",
    ],
  },
  "tree-connect-unprotected": {
    fires: () => on311({ signed: false }).negotiate().sessionSetup().treeConnect({ response: null }).serverCloses("FIN").pcap(),
    frames: [10],
    silent: () => on311({ signed: false }).negotiate().sessionSetup({ user: "" }).treeConnect().file().clientCloses("FIN").pcap(),
    undetermined: [
      () => cutCapture(on311({ signed: false }).negotiate().sessionSetup().treeConnect().pcap(), { without: [9] }),
      "session-setup-missing",
    ],
  },
  "negotiate-no-common-dialect": {
    fires: () =>
      conversation()
        .negotiate({ response: { status: Status.NOT_SUPPORTED } })
        .clientCloses("FIN")
        .pcap(),
    frames: [5],
    silent: HEALTHY,
    undetermined: [noResponse, "negotiate-response-missing"],
  },
  "negotiate-refused": {
    fires: () => conversation().negotiate({ response: null }).serverCloses("RST").pcap(),
    frames: [4],
    // A program that looks whether the port answers does not wait.
    silent: () => conversation().negotiate().clientCloses("RST").pcap(),
    undetermined: [() => conversation().negotiate({ response: null }).pcap(), "capture-ends"],
  },
  "negotiate-repeated": {
    fires: () => conversation().negotiate().negotiate({ response: null }).serverCloses("FIN").pcap(),
    frames: [6],
    // The answer to SMB1 fixes no dialect yet: this second NEGOTIATE is how it has to be.
    silent: "ok_smb1multi_302.client",
    undetermined: [noResponse, "negotiate-response-missing"],
  },
  "negotiate-server-changed": {
    fires: () => oneAfterTheOther(used, otherNode),
    frames: [27],
    // The client went on with the other node: it was told, or it does not mind.
    silent: () => oneAfterTheOther(used, (options) => used({ ...options, serverValues: { guid: OTHER_GUID } })),
    undetermined: [() => cutCapture(oneAfterTheOther(used, otherNode), { to: 27 }), "capture-ends"],
  },
  "negotiate-downgraded": {
    fires: () => oneAfterTheOther(used311, (options) => lowered(options).file().clientCloses("FIN")),
    frames: [25],
    // The validation proves that the server itself chose the dialect.
    silent: () => oneAfterTheOther(used311, (options) => lowered(options).validate().file().clientCloses("FIN")),
    undetermined: [() => oneAfterTheOther(used311, lowered), "capture-ends"],
  },
  "negotiate-capability-not-offered": {
    fires: () => used({ clientValues: { capabilities: 0x2f }, serverValues: { capabilities: 0x6f } }).pcap(),
    frames: [5],
    silent: () => used({ serverValues: { capabilities: 0x6f } }).pcap(),
    undetermined: [noResponse, "negotiate-response-missing"],
  },
  "negotiate-signing-not-enabled": {
    fires: () => used({ serverValues: { securityMode: 0 } }).pcap(),
    frames: [5],
    // What the validation shows to be changed is that rule's.
    silent: "tn_302_resp_sec_zero.client",
    undetermined: [noResponse, "negotiate-response-missing"],
  },
  "negotiate-size-too-small": {
    fires: () => used({ serverValues: { maxSize: 16_384 } }).pcap(),
    frames: [5],
    silent: () => used({ serverValues: { maxSize: 65_536 } }).pcap(),
    undetermined: [noResponse, "negotiate-response-missing"],
  },
};
