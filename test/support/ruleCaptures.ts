import { pcapFile, pcapngFile } from "./captureBuilder.ts";
import { captureOf, cutCapture } from "./capturesOnDisk.ts";
import { conversation } from "./conversation.ts";
import { octets } from "./encode.ts";
import { smb1Message } from "./encodeMessage.ts";
import { negotiateRuleCaptures } from "./negotiateRuleCaptures.ts";
import { reset, retransmitted, unanswered, withOptions } from "./pathCaptures.ts";
import { sideOf } from "./sidesOnDisk.ts";
import { atTwoPoints } from "./twoPoints.ts";

/*
 * Of every rule a capture on which it fires, one that comes near and leaves it silent, and one that lacks what it needs, on which it
 * says "cannot tell" with a reason. The page of a rule shows the first.
 */

/** A case of test/captures by name, or what builds one. */
export type RuleCapture = string | (() => Uint8Array | Promise<Uint8Array>);

export interface RuleCaptures {
  readonly fires: RuleCapture;
  /** Frames on which the finding stands. */
  readonly frames: readonly number[];
  readonly silent: RuleCapture;
  /** null: the rule speaks of the capture itself, and of what is in no capture it says nothing. */
  readonly undetermined: readonly [RuleCapture, reason: string] | null;
}

const HEALTHY = "ok_302_default.client";
const started = () => conversation().negotiate().sessionSetup().treeConnect();

/** A validated connection of which only this much is left. */
const cut = (name: string, part: Parameters<typeof cutCapture>[1]) => () => cutCapture(captureOf(name), part);
/** The healthy connection without its NEGOTIATE request, and without the response. */
const noNegotiateRequest = cut(HEALTHY, { without: [4] });
const noNegotiateResponse = cut(HEALTHY, { without: [6] });
const atRequest = cut(HEALTHY, { to: 14 });
const shortened = cut(HEALTHY, { snapLength: 66 + 4 + 64 + 8 });

/** One connection on two interfaces, of which the second lacks a packet: not equal, but with the same NEGOTIATE. */
function twoPoints(): Uint8Array {
  const seen = started().validate().file(300).frames();
  const again = seen.filter((_, index) => index !== seen.length - 2).map((frame) => ({ ...frame, time: frame.time + 0.2, interfaceId: 1 }));
  return pcapngFile({ interfaces: [{}, {}], frames: [...seen, ...again].sort((one, other) => one.time - other.time) });
}

export const ruleCaptures: Readonly<Record<string, RuleCaptures>> = {
  "vni-client-capabilities-differ": {
    fires: "tn_302_req_caps_clear_largemtu.server",
    frames: [14],
    silent: "tn_302_req_caps_clear_largemtu.client",
    undetermined: [noNegotiateRequest, "negotiate-request-missing"],
  },
  "vni-client-guid-differs": {
    fires: "tn_302_req_guid.server",
    frames: [14],
    silent: "tn_302_resp_guid.client",
    undetermined: ["dv_mid_after_neg_ok", "negotiate-missing"],
  },
  "vni-client-security-mode-differs": {
    fires: "tn_210_req_sec_zero.server",
    frames: [14],
    silent: "tn_302_resp_sec_zero.client",
    undetermined: [shortened, "message-truncated"],
  },
  "vni-client-dialects-differ": {
    fires: "tn_302to210_req_dialect.server",
    frames: [14],
    // A superset with the same highest dialect is what Windows sends.
    silent: () =>
      started()
        .validate({ request: { dialects: [0x0202, 0x0210, 0x0222, 0x0300, 0x0302] } })
        .file()
        .clientCloses("FIN")
        .pcap(),
    undetermined: ["ok_smb1multi_202.client", "negotiated-by-smb1"],
  },
  "vni-server-capabilities-differ": {
    fires: "tn_302_resp_caps_clear_dfs.client",
    frames: [15],
    silent: "tn_302_resp_caps_clear_dfs.server",
    undetermined: [atRequest, "capture-ends"],
  },
  "vni-server-guid-differs": {
    fires: "tn_302_resp_guid.client",
    frames: [15, 19],
    silent: "tn_302_req_guid.server",
    undetermined: [noNegotiateResponse, "negotiate-response-missing"],
  },
  "vni-server-security-mode-differs": {
    fires: "tn_302_resp_sec_zero.client",
    frames: [15, 19],
    silent: "tn_210_req_sec_zero.server",
    undetermined: [shortened, "message-truncated"],
  },
  "vni-dialect-differs": {
    fires: "tn_302_resp_dialect_300.client",
    frames: [15, 19],
    silent: "ok_smb1multi_302.client",
    undetermined: ["te_302_file_closed_unsigned.client", "answered-with-error"],
  },
  "vni-response-unprotected": {
    fires: "te_302_file_closed_unsigned.client",
    frames: [15],
    // The answer to an unsigned request is unsigned too: an effect.
    silent: "ts_302_req_unsign.server",
    undetermined: [atRequest, "capture-ends"],
  },
  "vni-request-unprotected": {
    fires: "ts_302_req_unsign.server",
    frames: [14],
    silent: "te_302_file_closed_unsigned.client",
    undetermined: [cut(HEALTHY, { without: [14, 22] }), "validate-request-missing"],
  },
  "vni-access-denied": {
    fires: "ts_300_req_corrupt_sig.client",
    frames: [15, 19],
    silent: "ok_302_srvmax202.client",
    undetermined: [atRequest, "capture-ends"],
  },
  "vni-error-accepted": {
    fires: "ok_302_srvmax202.client",
    frames: [15, 23],
    silent: "ts_300_req_corrupt_sig.client",
    undetermined: [cut("ok_302_srvmax202.client", { to: 15 }), "capture-ends"],
  },
  "vni-request-aborted": {
    fires: "tn_302_req_caps_clear_largemtu.client",
    frames: [14],
    silent: "tn_302_req_caps_clear_largemtu.server",
    undetermined: ["dv_end_at_vnireq_ok", "capture-ends"],
  },
  "vni-response-aborted": {
    fires: "tn_302_resp_caps_clear_dfs.server",
    frames: [15],
    silent: "tn_302_resp_caps_clear_dfs.client",
    undetermined: ["ta_302_rst_client_on_resp.server", "capture-ends"],
  },
  "vni-unanswered": {
    fires: "td_302_swallow_resp.client",
    frames: [14, 19],
    silent: "dv_miss_vniresp_ok",
    undetermined: [cut("td_302_swallow_resp.client", { to: 14 }), "capture-ends"],
  },
  "vni-on-smb311": {
    fires: "built_vni-on-smb311",
    frames: [12],
    silent: "ok_311_default.client",
    undetermined: [cut("built_vni-on-smb311", { from: 10 }), "negotiate-missing"],
  },
  "vni-output-too-small": {
    fires: "built_vni-output-too-small",
    frames: [12],
    silent: () =>
      started()
        .validate({ request: { maxOutputResponse: 24 } })
        .file()
        .clientCloses("FIN")
        .pcap(),
    undetermined: [cut("built_vni-output-too-small", { snapLength: 14 + 40 + 4 + 64 + 20 }), "message-truncated"],
  },
  "vni-malformed": {
    fires: "built_vni-malformed-request",
    frames: [12],
    silent: "built_vni-pending",
    undetermined: [cut("built_vni-malformed-request", { snapLength: 14 + 40 + 4 + 64 + 20 }), "message-truncated"],
  },
  "vni-not-sent": {
    fires: "ok_gosmb2_0x0300.client",
    frames: [],
    silent: "ok_302_guest.client",
    undetermined: [cut("ok_gosmb2_0x0300.client", { without: [4, 6] }), "negotiate-request-missing"],
  },
  "vni-hidden": {
    fires: "ok_302_enc_server_samba413.client",
    frames: [],
    silent: HEALTHY,
    undetermined: [cut("ok_302_enc_server_samba413.client", { from: 8 }), "negotiate-missing"],
  },
  ...negotiateRuleCaptures,
  "preauth-aborted": {
    fires: "tp_311_resp_caps.client",
    frames: [11],
    silent: "ok_311_default.client",
    undetermined: [cut("tp_311_resp_caps.client", { to: 11 }), "capture-ends"],
  },
  "session-setup-aborted": {
    fires: "built_session-setup-aborted",
    frames: [11],
    // A wrong password ends in the same way, with an error in the place of the signed success.
    silent: "ok_302_wrongpw.client",
    undetermined: [cut("built_session-setup-aborted", { to: 11 }), "capture-ends"],
  },
  "negotiate-dialect-not-offered": {
    fires: "ok_kcifs_2.1_impserver.client",
    frames: [],
    silent: "ok_smb1multi_302.client",
    undetermined: [noNegotiateRequest, "negotiate-request-missing"],
  },
  "smb1-negotiated": {
    fires: "ok_nt1only.client",
    frames: [],
    silent: "ok_smb1multi_302.client",
    undetermined: [() => conversation().send("client", smb1Message(0x73, false)).pcap(), "negotiate-missing"],
  },
  "signing-missing": {
    fires: "tn_kcifs_3.02_resp_sec.server",
    frames: [14],
    silent: HEALTHY,
    undetermined: [noNegotiateRequest, "negotiate-request-missing"],
  },
  "signing-refused": {
    fires: "built_signature-refused",
    frames: [23],
    // The refused LOGOFF has no signature, although the answer has one.
    silent: "tn_kcifs_3.02_resp_sec.client",
    undetermined: [cut("built_signature-refused", { from: 12 }), "session-setup-missing"],
  },
  "encryption-required": {
    fires: "built_plain-in-encrypted-session",
    frames: [11, 13, 15],
    silent: "ok_302_enc_server_samba413.client",
    undetermined: [cut("built_plain-in-encrypted-session", { to: 15 }), "capture-ends"],
  },
  "session-setup-failed": {
    fires: "ok_302_wrongpw.client",
    frames: [11],
    silent: "ok_302_anon_ipc.client",
    undetermined: [cut("ok_302_wrongpw.client", { to: 10 }), "capture-ends"],
  },
  "session-setup-unanswered": {
    fires: "built_sign-in-unanswered",
    frames: [8],
    silent: "ok_302_wrongpw.client",
    undetermined: [cut("built_sign-in-unanswered", { to: 8 }), "capture-ends"],
  },
  "session-guest-rejected": {
    fires: "built_guest-rejected",
    frames: [9],
    silent: "ok_302_guest.client",
    undetermined: [cut("built_guest-rejected", { to: 9 }), "capture-ends"],
  },
  "session-bind-refused": {
    fires: "built_binding-refused",
    frames: [7],
    silent: () => conversation().negotiate().sessionSetup({ binding: true }).treeConnect().clientCloses("FIN").pcap(),
    undetermined: [cut("built_binding-refused", { to: 6 }), "capture-ends"],
  },
  "tree-connect-failed": {
    fires: "ok_302_badshare.client",
    frames: [21],
    silent: HEALTHY,
    undetermined: [cut("ok_302_badshare.client", { to: 20 }), "capture-ends"],
  },
  "session-guest": {
    fires: "ok_302_guest.client",
    frames: [11],
    silent: "ok_302_wrongpw.client",
    undetermined: [cut("ok_302_guest.client", { to: 10 }), "capture-ends"],
  },
  "session-anonymous": {
    fires: () => conversation().negotiate().sessionSetup({ user: "", flags: 2 }).treeConnect().file().clientCloses("FIN").pcap(),
    frames: [9],
    silent: "ok_302_guest.client",
    undetermined: [() => conversation().negotiate().sessionSetup({ user: "", final: null }).pcap(), "capture-ends"],
  },
  "signing-not-required": {
    fires: HEALTHY,
    frames: [],
    silent: "ok_win_302_signreq.client",
    undetermined: [noNegotiateRequest, "negotiate-request-missing"],
  },
  "path-negotiate-altered": {
    // The salt of the request: no validation follows on 3.1.1.
    fires: () => atTwoPoints(sideOf("tp_311_req_salt", "client"), sideOf("tp_311_req_salt", "server")),
    frames: [9],
    silent: twoPoints,
    undetermined: [cut("ln_302_twoif_tampered.router", { snapLength: 14 + 20 + 32 + 4 + 64 + 40 }), "message-truncated"],
  },
  "path-wan-accelerator": {
    fires: "built_path-wan-accelerator",
    frames: [1],
    // What end systems send besides: Multipath TCP, TCP Fast Open.
    silent: () => withOptions(octets(30, 12, 0x01, 0x81, 1, 2, 3, 4, 5, 6, 7, 8), octets(34, 10, 1, 2, 3, 4, 5, 6, 7, 8)),
    undetermined: ["dv_mid_after_neg_ok", "handshake-missing"],
  },
  "path-reset-injected": {
    fires: "built_path-reset-injected",
    frames: [12],
    // The server's own, as Linux sends it for a socket that is closed: no ACK, no time stamps, identification 0.
    silent: () => reset({ ack: false, id: 0 }),
    undetermined: [() => reset({ ttl: 62, ack: false, id: 0 }), "ttl-alone"],
  },
  "tcp-connect-refused": {
    fires: "built_tcp-connect-refused",
    frames: [2],
    silent: HEALTHY,
    undetermined: [() => unanswered([0, 1000, 3000], 4000), "capture-ends"],
  },
  "tcp-retransmit-reset": {
    fires: "built_tcp-retransmit-reset",
    frames: [13, 17],
    silent: () => retransmitted(2),
    undetermined: [() => retransmitted(4, "none"), "capture-ends"],
  },
  "capture-lost-frames": {
    fires: "dv_miss_negreq_ok",
    frames: [7],
    silent: HEALTHY,
    undetermined: [cut("dv_miss_negreq_ok", { to: 7 }), "bytes-lost"],
  },
  "capture-truncated": { fires: "ln_302_snap128.client", frames: [], silent: "ln_302_snap256_tampered.client", undetermined: null },
  "capture-duplicates": {
    fires: "dv_dup_all_ok",
    frames: [8],
    // Whatever is sent again is sent later.
    silent: () =>
      pcapFile(
        started()
          .validate()
          .file(300)
          .frames()
          .flatMap((frame) => [frame, { ...frame, time: frame.time + 20 }]),
      ),
    undetermined: [cut("dv_dup_all_ok", { to: 12 }), "few-segments"],
  },
  "capture-starts-late": { fires: "dv_mid_after_neg_ok", frames: [], silent: HEALTHY, undetermined: null },
};

export async function bytesOf(capture: RuleCapture): Promise<Uint8Array> {
  return typeof capture === "string" ? captureOf(capture) : await capture();
}
