import type { ConnectionFacts, SignatureRefusalFacts } from "../model/connectionFacts.ts";
import { commandName } from "../smb2/constants/commands.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { mustEncrypt, unseenSignIn, userOf } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type SigningRefusedData = {
  command: string;
  status: string;
  responseFrame: number;
};

/** The server refuses the signature of a request ([MS-SMB2] 3.3.5.2.4). */
export const signingRefused = defineRule<SigningRefusedData>({
  id: "signing-refused",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.2.4", "MS-SMB2 3.1.4.1", "MS-SMB2 3.1.5.1", "MS-SMB2 3.3.5.5.3"],
  remedies: ["stop-rewriting", "capture-both-sides", "update-client", "update-server"],
  proofAt: "both",
  explainedBy: [...VALIDATION_CAUSES, "preauth-aborted", "signing-missing", "encryption-required"],
  identity: ["status"],
  check,
  texts: {
    en: () => ({
      name: "Signature refused by the server",
      recognises:
        "The server answers a signed LOGOFF, TREE_DISCONNECT or ECHO, which no permission guards, with STATUS_ACCESS_DENIED, or any request with STATUS_INVALID_SIGNATURE.",
      outcome: (data) => `Suspected: signature refused (${data.status})`,
      title: (data) => `The server refused a signed ${data.command} with ${data.status}, as it does when the signature does not verify.`,
      what: (data) => `The signed ${data.command} was answered with ${data.status} ${inFrame(data.responseFrame)}.`,
      why: () =>
        "No right is needed for such a request, so missing rights do not explain the refusal. A server refuses so when the signature does not verify ([MS-SMB2] 3.3.5.2.4): the request was changed on its way, or the two ends have different keys, because they differ on the dialect, on the signing algorithm or on the sign-in.",
      todo: () => [
        "Capture at the other side too, and compare NEGOTIATE, SESSION_SETUP and the refused request byte by byte.",
        "Take devices that rewrite SMB, such as WAN accelerators, out of the path of port 445, or use their mode for signed SMB.",
        "Where both captures agree, update the client and the server: one of them makes its key or its signature in another way.",
      ],
      limit: () => "Not in this capture: whether the signature was wrong. The keys of the session would show it.",
    }),
    ja: () => ({
      name: "サーバーが署名を拒否した",
      recognises:
        "サーバーが、アクセス権の要らない署名付きの LOGOFF、TREE_DISCONNECT、ECHO に STATUS_ACCESS_DENIED で応答するか、要求に STATUS_INVALID_SIGNATURE で応答します。",
      outcome: (data) => `疑い: 署名が拒否された (${data.status})`,
      title: (data) => `サーバーが署名付きの ${data.command} を ${data.status} で拒否しました。署名が正しくないときの動作です。`,
      what: (data) => `署名付きの ${data.command} に対し、サーバーは ${data.status} で応答しました ${inFrame(data.responseFrame)}。`,
      why: () =>
        "このような要求にアクセス権は要らないため、権限の不足では説明できません。署名が正しくないとき、サーバーはこのように拒否します ([MS-SMB2] 3.3.5.2.4)。要求が途中で書き換えられたか、ダイアレクト、署名アルゴリズム、サインインの食い違いにより両端の鍵が異なっています。",
      todo: () => [
        "反対側でもキャプチャを取り、NEGOTIATE、SESSION_SETUP、拒否された要求をバイト単位で比べます。",
        "SMB を書き換える機器 (WAN アクセラレーターなど) をポート 445 の経路から外すか、その機器の署名付き SMB 用のモードを使います。",
        "両方のキャプチャが一致するなら、クライアントとサーバーを更新します。どちらかの鍵や署名の作り方が異なっています。",
      ],
      limit: () => "このキャプチャから分からないこと: 署名が正しくなかったかどうか。セッションの鍵があれば分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<SigningRefusedData> | undefined {
  let unknown: ReturnType<typeof undetermined> | undefined;
  for (const session of facts.sessions) {
    const refusal = session.signatureRefusal;
    const user = userOf(session);
    if (refusal === null || !refusal.requestSigned || user === "keyless" || user === "none" || mustEncrypt(session)) continue;
    if (user === "real") return failure(facts, refusal);
    unknown ??= undetermined(unseenSignIn(session));
  }
  if (unknown !== undefined) return unknown;
  return facts.sessions.length === 0 ? undefined : HOLDS;
}

function failure(facts: ConnectionFacts, refusal: SignatureRefusalFacts): Verdict<SigningRefusedData> {
  const status = ntStatusName(refusal.status);
  return {
    verdict: "fails",
    certainty: refusal.status === NtStatus.STATUS_INVALID_SIGNATURE ? "proved" : "suspected",
    data: { command: commandName(refusal.command), status, responseFrame: refusal.frame },
    evidence: [
      ...negotiateContext(facts),
      { frame: refusal.frame, role: "observed", command: refusal.command, response: true, field: "Status", value: status },
    ],
  };
}
