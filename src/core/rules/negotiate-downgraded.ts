import type { ConnectionFacts, EarlierNegotiation, NegotiateRequestFacts, NegotiateResponseFacts } from "../model/connectionFacts.ts";
import { sameGuid } from "../model/guid.ts";
import { Command } from "../smb2/constants/commands.ts";
import { dialectName } from "../smb2/constants/dialects.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { countingNegotiate } from "./negotiateOperands.ts";
import { defineRule } from "./rule.ts";
import { validationVerdicts } from "./validateComparison.ts";
import { dialectsText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type NegotiateDowngradedData = {
  requestFrame: number;
  responseFrame: number;
  dialect: string;
  offered: string;
  /** The highest dialect that both ends are known to speak, and where they are seen to. */
  higher: string;
  otherConnection: number;
  otherFrame: number;
  /** This request offers the higher dialect too. */
  stillOffered: boolean;
};

/** A dialect below the highest that both ends speak elsewhere in the capture ([MS-SMB2] 3.3.5.4). */
export const negotiateDowngraded = defineRule<NegotiateDowngradedData>({
  id: "negotiate-downgraded",
  severity: "warning",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.4", "MS-SMB2 3.2.5.2"],
  remedies: ["raise-dialect", "capture-both-sides", "stop-rewriting"],
  proofAt: "both",
  explainedBy: [...VALIDATION_CAUSES, "negotiate-server-changed"],
  identity: ["dialect", "higher"],
  check,
  texts: {
    en: () => ({
      name: "Lower dialect than both ends speak",
      recognises:
        "The connection settles on a lower dialect than one that the same server chose on an earlier connection of the capture and that the client offers, and no validation proves that the server meant it.",
      outcome: (data) => `Suspected: SMB ${data.dialect} although both ends speak ${data.higher}`,
      title: (data) => `The connection settled on SMB ${data.dialect}, although both ends speak ${data.higher}.`,
      what: (data) =>
        `The NEGOTIATE request ${inFrame(data.requestFrame)} offers ${data.offered}, the response ${inFrame(data.responseFrame)} chooses ${data.dialect}. On connection ${data.otherConnection} the same server chose ${data.higher} ${inFrame(data.otherFrame)}${data.stillOffered ? "" : " for the same client"}.`,
      why: () =>
        "A server chooses the highest dialect that both ends speak ([MS-SMB2] 3.3.5.4). A lower one may be legal: the settings of the server or of the client changed, the mount asks for it, or a cluster is being upgraded. It may also come from a device that changes NEGOTIATE on some connections.",
      todo: () => [
        "Check the lowest and highest dialect in the settings of both ends, and whether they changed in between.",
        "If they allow the higher dialect, capture at the other side too and compare the NEGOTIATE messages.",
      ],
      limit: () =>
        "Not in this capture: whether an end or a device on the path lowered the dialect. A validation, or captures from both sides, would show it.",
    }),
    ja: () => ({
      name: "両端が使えるものより低いダイアレクト",
      recognises:
        "キャプチャ内の以前の接続で同じサーバーが選び、クライアントも提示しているダイアレクトより低いものに決まり、サーバーの意図であることを示す検証もありません。",
      outcome: (data) => `疑い: 両端が ${data.higher} を使えるのに SMB ${data.dialect}`,
      title: (data) => `両端が ${data.higher} を使えるのに、接続は SMB ${data.dialect} に決まりました。`,
      what: (data) =>
        `NEGOTIATE 要求 ${inFrame(data.requestFrame)} は ${data.offered} を提示し、応答 ${inFrame(data.responseFrame)} は ${data.dialect} を選んでいます。接続 ${data.otherConnection} では、同じサーバーが${data.stillOffered ? "" : "同じクライアントに対して"} ${data.higher} を選びました ${inFrame(data.otherFrame)}。`,
      why: () =>
        "サーバーは両端が使えるいちばん新しいダイアレクトを選びます ([MS-SMB2] 3.3.5.4)。より低いダイアレクトは正当な場合もあります。サーバーやクライアントの設定が変わった、マウントで指定されている、クラスターがアップグレード中である、などです。一部の接続の NEGOTIATE を書き換える機器が原因の場合もあります。",
      todo: () => [
        "両端の設定でダイアレクトの下限と上限を確認し、その間に変わっていないか確かめます。",
        "より高いダイアレクトが許可されていれば、反対側でもキャプチャを取り、NEGOTIATE を比べます。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: ダイアレクトを下げたのが端の設定か、経路上の機器か。検証か、両側のキャプチャがあれば分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<NegotiateDowngradedData> | undefined {
  const exchange = countingNegotiate(facts);
  if (exchange?.response == null) return facts.negotiates.length === 0 ? undefined : undetermined("negotiate-response-missing");
  const { request, response } = exchange;
  if (request === null) return HOLDS;
  const higher = facts.higherDialect ?? lostByClient(facts.otherValues, request, response);
  if (higher === null || facts.dialect !== response.dialect) return HOLDS;
  if (validationVerdicts(facts).some(({ verdict }) => verdict === "holds")) return HOLDS;
  return isOver(facts) ? failing(higher, request, response) : undetermined("capture-ends");
}

/** The same client got a higher dialect from this very server, and now offers several lower ones. One alone is a choice, not a fall. */
function lostByClient(
  other: EarlierNegotiation | null,
  request: NegotiateRequestFacts,
  response: NegotiateResponseFacts,
): EarlierNegotiation | null {
  if (other === null || request.dialects.length < 2 || !sameGuid(other.response.guid, response.guid)) return null;
  return other.response.dialect > response.dialect ? other : null;
}

/** No validation can come any more that proves the dialect: the connection is over, or files are used without one. */
function isOver(facts: ConnectionFacts): boolean {
  if (facts.validations.length > 0 || facts.encryptedMessages > 0 || facts.lostFromClient > 0) return false;
  return facts.ends.length > 0 || facts.fileRequests > 0;
}

function failing(
  { connection, response: other }: EarlierNegotiation,
  request: NegotiateRequestFacts,
  response: NegotiateResponseFacts,
): Verdict<NegotiateDowngradedData> {
  const dialect = dialectName(response.dialect);
  const higher = dialectName(other.dialect);
  const offered = dialectsText(request.dialects);
  const command = Command.value.NEGOTIATE;
  const data = { requestFrame: request.frame, responseFrame: response.frame, dialect, offered, higher };
  const place = { otherConnection: connection, otherFrame: other.frame, stillOffered: request.dialects.includes(other.dialect) };
  return {
    verdict: "fails",
    certainty: "suspected",
    data: { ...data, ...place },
    evidence: [
      { frame: other.frame, role: "expected", command, response: true, field: "DialectRevision", value: higher },
      { frame: request.frame, role: "context", command, response: false, field: "Dialects", value: offered },
      { frame: response.frame, role: "observed", command, response: true, field: "DialectRevision", value: dialect },
    ],
  };
}
