import type { ConnectionFacts, ResponseFacts, SessionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DIALECT_311 } from "../smb2/constants/dialects.ts";
import { type Ending, endingEvidence, endingSentence, followed } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { isProtected, userOf } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type PreauthResponseUnsignedData = {
  finalFrame: number;
  /** The flag is set, the Signature field is all zero. */
  signatureZero: boolean;
  ending: Ending;
  endFrame: number | null;
};

/** On 3.1.1 the final SESSION_SETUP response of a real user is not signed ([MS-SMB2] 3.2.5.3.1, 3.3.5.5.3). */
export const preauthResponseUnsigned = defineRule<PreauthResponseUnsignedData>({
  id: "preauth-response-unsigned",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.3.1", "MS-SMB2 3.3.5.5.3"],
  remedies: ["update-server", "capture-both-sides", "stop-rewriting"],
  proofAt: "server",
  identity: ["signatureZero"],
  check,
  texts: {
    en: () => ({
      name: "Sign-in not confirmed with a signature",
      recognises: "On 3.1.1 the final, successful SESSION_SETUP response of a user who is neither guest nor anonymous is not signed.",
      outcome: () => "Sign-in was confirmed without a signature",
      title: () => "The server confirmed the sign-in on SMB 3.1.1 without a signature, so the negotiation is not proved to be unchanged.",
      what: (data) =>
        `The final SESSION_SETUP response ${inFrame(data.finalFrame)} ${data.signatureZero ? "has SMB2_FLAGS_SIGNED set, but its Signature field is all zero" : "lacks SMB2_FLAGS_SIGNED"}. ${endingSentence(data, "en")}`,
      why: () =>
        "The signature of this response is the pre-authentication integrity check: its key depends on every byte of NEGOTIATE and SESSION_SETUP. The server must sign it for every real user ([MS-SMB2] 3.3.5.5.3), and without it the client must give the session up ([MS-SMB2] 3.2.5.3.1).",
      todo: () => [
        "Update the server or NAS: one with SMB 3.1.1 must sign this response.",
        "Where the server is a current one, capture next to it: if it signs there, a device on the path took the signature away.",
      ],
      limit: () =>
        "Not in this capture: whether the server or a device on the path left the signature out. A capture at the server shows it.",
    }),
    ja: () => ({
      name: "署名なしで確認されたサインイン",
      recognises: "3.1.1 で、ゲストでも匿名でもないユーザーに対する最後の成功の SESSION_SETUP 応答に署名がありません。",
      outcome: () => "サインインが署名なしで確認された",
      title: () =>
        "SMB 3.1.1 でサーバーが署名なしでサインインを確認したため、ネゴシエーションが書き換えられていないことを確かめられません。",
      what: (data) =>
        `最後の SESSION_SETUP 応答 ${inFrame(data.finalFrame)} は、${data.signatureZero ? "SMB2_FLAGS_SIGNED が設定されていますが、Signature フィールドがすべて 0 です" : "SMB2_FLAGS_SIGNED が設定されていません"}。${endingSentence(data, "ja")}`,
      why: () =>
        "この応答の署名が事前認証の整合性の確認です。署名の鍵は NEGOTIATE と SESSION_SETUP のすべてのバイトから作られます。サーバーは実在するユーザーに対して必ず署名し ([MS-SMB2] 3.3.5.5.3)、署名がなければクライアントはセッションをやめなければなりません ([MS-SMB2] 3.2.5.3.1)。",
      todo: () => [
        "サーバーや NAS を更新します。SMB 3.1.1 のサーバーはこの応答に署名する必要があります。",
        "サーバーが現行のバージョンなら、サーバーのそばでキャプチャを取ります。そこで署名があれば、経路上の機器が署名を取り除いています。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: 署名を付けなかったのがサーバーか、経路上の機器が取り除いたのか。サーバー側のキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<PreauthResponseUnsignedData> | undefined {
  if (facts.dialect !== DIALECT_311 || facts.sessions.length === 0) return undefined;
  let open = false;
  for (const session of facts.sessions) {
    const user = userOf(session);
    if (user === "unknown") open ||= isSignedIn(session);
    if (user !== "real" || session.final === null || isProtected(session.final)) continue;
    return failing(facts, session, session.final);
  }
  return open ? undetermined("session-setup-missing") : HOLDS;
}

/** A client that went no further than the first round of a sign-in has nothing confirmed. */
function isSignedIn(session: SessionFacts): boolean {
  return session.final !== null || session.answered > 0;
}

function failing(facts: ConnectionFacts, session: SessionFacts, final: ResponseFacts): Verdict<PreauthResponseUnsignedData> {
  const after = followed(facts, final.frame, session.nextRequest);
  return {
    verdict: "fails",
    data: { finalFrame: final.frame, signatureZero: final.signed, ending: after.ending, endFrame: after.endFrame },
    evidence: [
      ...negotiateContext(facts),
      { frame: final.frame, role: "observed", command: Command.value.SESSION_SETUP, response: true },
      ...endingEvidence(after),
    ],
  };
}
