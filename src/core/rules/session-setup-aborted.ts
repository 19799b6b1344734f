import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { DIALECT_311, dialectName } from "../smb2/constants/dialects.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import { type Ending, endingSentence } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { countingNegotiate } from "./negotiateOperands.ts";
import { isProtected } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { findSetupAbort, hasRealUser, openSetup, setupAbortEvidence } from "./setupAbort.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type SessionSetupAbortedData = {
  dialect: string;
  negotiateFrame: number | null;
  finalFrame: number;
  ending: Ending;
  endFrame: number | null;
};

/** Below 3.1.1 the client ended the connection right after the signed, successful sign-in ([MS-SMB2] 3.2.5.3.1). */
export const sessionSetupAborted = defineRule<SessionSetupAbortedData>({
  id: "session-setup-aborted",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.3.1", "MS-SMB2 3.3.5.5.3", "MS-SMB2 3.1.4.1"],
  remedies: ["capture-both-sides", "stop-rewriting", "raise-dialect", "require-signing"],
  proofAt: "both",
  explainedBy: VALIDATION_CAUSES,
  identity: ["dialect"],
  check,
  texts: {
    en: () => ({
      name: "Client gave up right after sign-in",
      recognises:
        "Below 3.1.1 the server confirms the sign-in of a real user with a signed response, and the client ends the connection without another request.",
      outcome: () => "Suspected: sign-in rejected by the client",
      title: () => "The client ended the connection right after the server's signed answer to the sign-in.",
      what: (data) =>
        `${data.negotiateFrame === null ? "" : `NEGOTIATE settled on SMB ${data.dialect} ${inFrame(data.negotiateFrame)}. `}The server confirmed the sign-in with a signed SESSION_SETUP response ${inFrame(data.finalFrame)}. ${endingSentence(data, "en")} It sent no other request in between.`,
      why: () =>
        `A client does so when the signature does not verify: the two ends then disagree on the dialect or on the key ([MS-SMB2] 3.2.5.3.1). A NEGOTIATE response that was changed from 3.x to 2.x on its way fails here, before any validation, because 2.x signs with HMAC-SHA256 and 3.x with AES-CMAC.`,
      todo: () => [
        "Capture at the other side too and compare DialectRevision in the NEGOTIATE responses: a difference is the cause.",
        "Take the device that rewrites SMB, usually a WAN accelerator, out of the path of port 445, or use its mode for signed SMB.",
        "Use SMB 3.1.1 where both sides have it, and require signing.",
      ],
      limit: () =>
        "Not in this capture: whether the signature verifies at the client. A program that only checks a password also ends like this, and so does a connection that a device cut in the client's name.",
    }),
    ja: () => ({
      name: "サインインの直後にクライアントが終了",
      recognises:
        "3.1.1 より前のダイアレクトで、サーバーが実在するユーザーのサインインを署名付きの応答で確認した後、クライアントがほかの要求を送らずに接続を終了します。",
      outcome: () => "疑い: クライアントがサインインを受け入れなかった",
      title: () => "サインインに対するサーバーの署名付きの応答の直後に、クライアントが接続を終了しました。",
      what: (data) =>
        `${data.negotiateFrame === null ? "" : `NEGOTIATE で SMB ${data.dialect} に決まりました ${inFrame(data.negotiateFrame)}。`}サーバーは、署名付きの SESSION_SETUP 応答 ${inFrame(data.finalFrame)} によりサインインを確認しました。${endingSentence(data, "ja")}その間にほかの要求はありません。`,
      why: () =>
        `署名が正しくないとき、クライアントはこのように動作します。両端でダイアレクトか鍵が食い違っています ([MS-SMB2] 3.2.5.3.1)。NEGOTIATE 応答が途中で 3.x から 2.x に書き換えられると、2.x は HMAC-SHA256、3.x は AES-CMAC で署名するため、検証の前のここで失敗します。`,
      todo: () => [
        "反対側でもキャプチャを取り、NEGOTIATE 応答の DialectRevision を比べます。異なっていれば、それが原因です。",
        "SMB を書き換える機器 (多くは WAN アクセラレーター) をポート 445 の経路から外すか、その機器の署名付き SMB 用のモードを使います。",
        "両側が対応していれば SMB 3.1.1 を使い、署名を必須にします。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: クライアントで署名が正しいと判定されたかどうか。パスワードを確認するだけのプログラムや、機器がクライアントになりすまして切断した接続も、このように終わります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<SessionSetupAbortedData> | undefined {
  if (facts.dialect === DIALECT_311 || !hasRealUser(facts)) return undefined;
  const abort = findSetupAbort(facts);
  if (abort === undefined) return openSetup(facts) ?? HOLDS;
  if (!isProtected(abort.final)) return HOLDS;
  if (facts.dialect === null) return undetermined("negotiate-missing");
  if (facts.lostFromClient > 0) return undetermined("bytes-lost");
  return {
    verdict: "fails",
    certainty: "suspected",
    data: {
      dialect: dialectName(facts.dialect),
      negotiateFrame: countingNegotiate(facts)?.response?.frame ?? null,
      finalFrame: abort.final.frame,
      ending: abort.after.ending,
      endFrame: abort.after.endFrame,
    },
    evidence: setupAbortEvidence(facts, abort),
  };
}
