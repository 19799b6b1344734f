import type { ConnectionFacts, EarlierNegotiation, NegotiateRequestFacts, NegotiateResponseFacts } from "../model/connectionFacts.ts";
import { sameGuid } from "../model/guid.ts";
import { Command } from "../smb2/constants/commands.ts";
import { dialectName } from "../smb2/constants/dialects.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import { type Ending, endingEvidence, endingSentence, isClientEnd } from "./ending.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { afterNegotiate, countingNegotiate } from "./negotiateOperands.ts";
import { defineRule } from "./rule.ts";
import { capabilitiesText, guidText, securityModeText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type ServerChangedData = {
  responseFrame: number;
  otherConnection: number;
  otherFrame: number;
  /** Fields that differ: `ServerGuid`, ... with the values there and here. */
  fields: readonly string[];
  before: readonly string[];
  now: readonly string[];
  /** Frame of STATUS_USER_SESSION_DELETED on the sign-in; null where the client ended the connection. */
  deletedFrame: number | null;
  ending: Ending;
  endFrame: number | null;
};

const { NEGOTIATE, SESSION_SETUP } = Command.value;

/** Another connection of the same client to the same server got other values ([MS-SMB2] 3.2.5.2), and this one was given up. */
export const negotiateServerChanged = defineRule<ServerChangedData>({
  id: "negotiate-server-changed",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.2", "MS-SMB2 3.3.5.5.3"],
  remedies: ["capture-both-sides", "stop-rewriting", "raise-dialect"],
  proofAt: "server",
  explainedBy: VALIDATION_CAUSES,
  identity: ["fields"],
  check,
  texts: {
    en: () => ({
      name: "Server differs from an earlier connection",
      recognises:
        "The NEGOTIATE response has another ServerGuid, DialectRevision, SecurityMode or Capabilities than on an earlier connection of the same client to the same address, and the client ends the connection before signing in; or the server refuses the sign-in with STATUS_USER_SESSION_DELETED since the dialect differs.",
      outcome: (data) => `Suspected: other ${data.fields.join(", ")} than on connection ${data.otherConnection}`,
      title: (data) =>
        data.deletedFrame === null
          ? `The server's ${data.fields.join(", ")} differ from connection ${data.otherConnection}, and the client ended the connection before signing in.`
          : `The dialect differs from connection ${data.otherConnection} of the same client, and the server deleted the session.`,
      what: (data) =>
        `${data.fields.map((field, at) => `${field} of the NEGOTIATE response ${inFrame(data.responseFrame)} is ${data.now[at]}, on connection ${data.otherConnection} ${inFrame(data.otherFrame)} it was ${data.before[at]}.`).join(" ")} ${data.deletedFrame === null ? endingSentence(data, "en") : `The sign-in was answered with STATUS_USER_SESSION_DELETED ${inFrame(data.deletedFrame)}.`}`,
      why: (data) =>
        data.deletedFrame === null
          ? "A client that already knows the server compares these four values with those of the first connection and must end the connection where one differs ([MS-SMB2] 3.2.5.2). A device that rewrites only some connections causes that; so do different nodes behind one address (load balancer, cluster) and a server that was restarted or given other settings in between."
          : "A server of the 3.x family deletes the new session when the same ClientGuid has another connection with another dialect ([MS-SMB2] 3.3.5.5.3). A device that changes the dialect on only some of the connections causes that.",
      todo: () => [
        "Check whether the server was restarted or reconfigured between the two connections, and whether one address leads to several servers.",
        "If not, capture at the server too and compare the NEGOTIATE messages of this connection: a difference shows a device that rewrites SMB.",
      ],
      limit: () =>
        "Not in this capture: whether the server itself gave these values or a device changed them. A capture at the server shows it.",
    }),
    ja: () => ({
      name: "以前の接続と異なるサーバー",
      recognises:
        "同じクライアントが同じアドレスに張った以前の接続と、NEGOTIATE 応答の ServerGuid、DialectRevision、SecurityMode、Capabilities のどれかが異なり、クライアントがサインインの前に接続を終了します。または、ダイアレクトが異なるため、サーバーがサインインを STATUS_USER_SESSION_DELETED で拒否します。",
      outcome: (data) => `疑い: 接続 ${data.otherConnection} と ${data.fields.join(", ")} が異なる`,
      title: (data) =>
        data.deletedFrame === null
          ? `サーバーの ${data.fields.join(", ")} が接続 ${data.otherConnection} と異なり、クライアントがサインインの前に接続を終了しました。`
          : `ダイアレクトが同じクライアントの接続 ${data.otherConnection} と異なり、サーバーがセッションを削除しました。`,
      what: (data) =>
        `${data.fields.map((field, at) => `NEGOTIATE 応答 ${inFrame(data.responseFrame)} の ${field} は ${data.now[at]} ですが、接続 ${data.otherConnection} ${inFrame(data.otherFrame)} では ${data.before[at]} でした。`).join("")}${data.deletedFrame === null ? endingSentence(data, "ja") : `サインインには STATUS_USER_SESSION_DELETED が返されました ${inFrame(data.deletedFrame)}。`}`,
      why: (data) =>
        data.deletedFrame === null
          ? "サーバーをすでに知っているクライアントは、この 4 つの値を最初の接続の値と比べ、異なれば接続を切断しなければなりません ([MS-SMB2] 3.2.5.2)。一部の接続だけを書き換える機器が原因になります。1 つのアドレスの先に複数のサーバーがある場合 (ロード バランサー、クラスター) や、その間にサーバーを再起動したり設定を変えたりした場合も、このようになります。"
          : "3.x のサーバーは、同じ ClientGuid に別のダイアレクトの接続があると、新しいセッションを削除します ([MS-SMB2] 3.3.5.5.3)。一部の接続だけダイアレクトを書き換える機器が原因になります。",
      todo: () => [
        "2 つの接続の間にサーバーを再起動したり設定を変えたりしていないか、1 つのアドレスの先に複数のサーバーがないか確かめます。",
        "どちらでもなければ、サーバーでもキャプチャを取り、この接続の NEGOTIATE を比べます。違いがあれば、SMB を書き換える機器があります。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: サーバー自身がこの値を示したのか、機器が書き換えたのか。サーバー側のキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<ServerChangedData> | undefined {
  const exchange = countingNegotiate(facts);
  if (exchange?.response == null) return facts.negotiates.length === 0 ? undefined : undetermined("negotiate-response-missing");
  const { request, response } = exchange;
  if (facts.otherValues === null || request === null) return HOLDS;
  const deleted = deletedSession(facts, facts.otherValues, response);
  if (deleted !== null) return failing(facts, facts.otherValues, request, response, deleted);
  if (changedFields(facts.otherValues, request, response).length === 0) return HOLDS;
  const { ending } = afterNegotiate(facts, response);
  if (ending === "open") return undetermined("capture-ends");
  if (!isClientEnd(ending) || facts.sessions.length > 0) return HOLDS;
  return facts.lostFromClient > 0 ? undetermined("bytes-lost") : failing(facts, facts.otherValues, request, response, null);
}

/** Frame in which the server refused the sign-in because of the other dialect ([MS-SMB2] 3.3.5.5.3). */
function deletedSession({ sessions }: ConnectionFacts, other: EarlierNegotiation, response: NegotiateResponseFacts): number | null {
  if (other.response.dialect === response.dialect || response.dialect < 0x0300) return null;
  for (const { final, binding } of sessions) {
    if (final?.status === NtStatus.STATUS_USER_SESSION_DELETED && !binding) return final.frame;
  }
  return null;
}

type Change = readonly [field: string, before: string, now: string];

/** What the server answers otherwise. A client that offers something else gets another dialect and other capabilities for it. */
function changedFields(
  { request: other, response: before }: EarlierNegotiation,
  request: NegotiateRequestFacts,
  now: NegotiateResponseFacts,
) {
  const changes: Change[] = [];
  const sameOffer =
    other.capabilities === request.capabilities &&
    other.securityMode === request.securityMode &&
    other.dialects.join() === request.dialects.join();
  if (!sameGuid(before.guid, now.guid)) changes.push(["ServerGuid", guidText(before.guid), guidText(now.guid)]);
  if (sameOffer && before.dialect !== now.dialect) changes.push(dialectChange(before, now));
  if (before.securityMode !== now.securityMode)
    changes.push(["SecurityMode", securityModeText(before.securityMode), securityModeText(now.securityMode)]);
  if (sameOffer && before.dialect === now.dialect && before.capabilities !== now.capabilities)
    changes.push(["Capabilities", capabilitiesText(before.capabilities), capabilitiesText(now.capabilities)]);
  return changes;
}

function dialectChange(before: NegotiateResponseFacts, now: NegotiateResponseFacts): Change {
  return ["DialectRevision", dialectName(before.dialect), dialectName(now.dialect)];
}

function failing(
  facts: ConnectionFacts,
  other: EarlierNegotiation,
  request: NegotiateRequestFacts,
  response: NegotiateResponseFacts,
  deletedFrame: number | null,
): Verdict<ServerChangedData> {
  const changes = deletedFrame === null ? changedFields(other, request, response) : [dialectChange(other.response, response)];
  const after = afterNegotiate(facts, response);
  const observed = { frame: response.frame, role: "observed", command: NEGOTIATE, response: true } as const;
  const expected = { frame: other.response.frame, role: "expected", command: NEGOTIATE, response: true } as const;
  const status = ntStatusName(NtStatus.STATUS_USER_SESSION_DELETED);
  return {
    verdict: "fails",
    certainty: "suspected",
    data: {
      responseFrame: response.frame,
      otherConnection: other.connection,
      otherFrame: other.response.frame,
      fields: changes.map(([field]) => field),
      before: changes.map(([, before]) => before),
      now: changes.map(([, , now]) => now),
      deletedFrame,
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      ...changes.flatMap(([field, before, now]): Evidence[] => [
        { ...expected, field, value: before },
        { ...observed, field, value: now },
      ]),
      ...(deletedFrame === null
        ? endingEvidence(after)
        : [{ frame: deletedFrame, role: "effect", command: SESSION_SETUP, response: true, field: "Status", value: status } as const]),
    ],
  };
}
