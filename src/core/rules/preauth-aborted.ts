import type { ConnectionFacts, SessionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DIALECT_311 } from "../smb2/constants/dialects.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import { type Ending, endAfter, endingSentence, followed } from "./ending.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame, inFrames } from "./frameText.ts";
import { isRealUser, mustEncrypt } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { findSetupAbort, hasRealUser, openSetup, type SetupAbort, setupAbortEvidence } from "./setupAbort.ts";
import { MAX_SHOWN_EXCHANGES, STATUS_ACCESS_DENIED } from "./validateComparison.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type PreauthAbortedData = {
  finalFrame: number;
  /** Answers STATUS_ACCESS_DENIED to everything that the client sent after the sign-in; empty where it ended the connection at once. */
  deniedFrames: readonly number[];
  refused: boolean;
  ending: Ending;
  endFrame: number | null;
};

/** On 3.1.1 the two ends got different keys out of NEGOTIATE and SESSION_SETUP ([MS-SMB2] 3.2.5.3.1, 3.3.5.2.4). */
export const preauthAborted = defineRule<PreauthAbortedData>({
  id: "preauth-aborted",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.3.1", "MS-SMB2 3.3.5.5.3", "MS-SMB2 3.3.5.2.4", "MS-SMB2 3.1.4.2"],
  remedies: ["stop-rewriting", "capture-both-sides", "require-signing"],
  proofAt: "both",
  explainedBy: VALIDATION_CAUSES,
  identity: ["refused"],
  check,
  texts: {
    en: () => ({
      name: "Pre-authentication integrity failed",
      recognises:
        "On 3.1.1 the client ends the connection right after the final SESSION_SETUP response, or the server refuses every signed request after it with STATUS_ACCESS_DENIED.",
      outcome: () => "Suspected: pre-authentication integrity failed",
      title: (data) =>
        data.refused
          ? "The server refused every signed request after the sign-in: the two ends have different keys."
          : "The client ended the connection right after the sign-in on SMB 3.1.1, as it does when NEGOTIATE was changed on its way.",
      what: (data) =>
        data.refused
          ? `The server confirmed the sign-in ${inFrame(data.finalFrame)} and then answered every request with STATUS_ACCESS_DENIED ${inFrames(data.deniedFrames, "en")}. ${endingSentence(data, "en")}`
          : `The server confirmed the sign-in with the final SESSION_SETUP response ${inFrame(data.finalFrame)}. ${endingSentence(data, "en")} It sent no other request in between.`,
      why: () =>
        "On 3.1.1 both ends make their keys out of all bytes of NEGOTIATE and SESSION_SETUP. One changed byte gives them different keys, and the first signature does not verify: the client gives up ([MS-SMB2] 3.2.5.3.1), or the server refuses what the client signs ([MS-SMB2] 3.3.5.2.4).",
      todo: () => [
        "Capture at the other side too and compare NEGOTIATE and SESSION_SETUP byte by byte: a difference is the cause.",
        "Take the device that rewrites SMB, usually a WAN accelerator, out of the path of port 445, or use its mode for signed SMB.",
      ],
      limit: (data) =>
        data.refused
          ? "Not in this capture: whether the signatures verify. The keys of the session would show it; captures from both sides would show which byte differs."
          : "Not in this capture: whether the signature verifies at the client. A device may also have cut the connection, and a program that only checks a password ends like this too. The keys of the session, or captures from both sides, would tell.",
    }),
    ja: () => ({
      name: "事前認証の整合性の失敗",
      recognises:
        "3.1.1 で、最後の SESSION_SETUP 応答の直後にクライアントが接続を終了するか、その後の署名付きの要求をサーバーがすべて STATUS_ACCESS_DENIED で拒否します。",
      outcome: () => "疑い: 事前認証の整合性の失敗",
      title: (data) =>
        data.refused
          ? "サーバーがサインイン後の署名付きの要求をすべて拒否しました。両端の鍵が異なっています。"
          : "SMB 3.1.1 でサインインの直後にクライアントが接続を終了しました。NEGOTIATE が途中で書き換えられたときの動作です。",
      what: (data) =>
        data.refused
          ? `サーバーはサインインを確認した後 ${inFrame(data.finalFrame)}、すべての要求に STATUS_ACCESS_DENIED で応答しました ${inFrames(data.deniedFrames, "ja")}。${endingSentence(data, "ja")}`
          : `サーバーは最後の SESSION_SETUP 応答 ${inFrame(data.finalFrame)} でサインインを確認しました。${endingSentence(data, "ja")}その間にほかの要求はありません。`,
      why: () =>
        "3.1.1 では、両端が NEGOTIATE と SESSION_SETUP のすべてのバイトから鍵を作ります。1 バイトでも書き換えられると鍵が異なり、最初の署名が正しくなくなります。そのためクライアントが通信をやめるか ([MS-SMB2] 3.2.5.3.1)、クライアントの署名をサーバーが拒否します ([MS-SMB2] 3.3.5.2.4)。",
      todo: () => [
        "反対側でもキャプチャを取り、NEGOTIATE と SESSION_SETUP をバイト単位で比べます。異なっていれば、それが原因です。",
        "SMB を書き換える機器 (多くは WAN アクセラレーター) をポート 445 の経路から外すか、その機器の署名付き SMB 用のモードを使います。",
      ],
      limit: (data) =>
        data.refused
          ? "このキャプチャから分からないこと: 署名が正しいかどうか。セッションの鍵があれば分かります。両側のキャプチャがあれば、異なるバイトも分かります。"
          : "このキャプチャから分からないこと: クライアントで署名が正しいと判定されたかどうか。機器が接続を切断した場合や、パスワードを確認するだけのプログラムも、このように終わります。セッションの鍵か両側のキャプチャがあれば分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<PreauthAbortedData> | undefined {
  if (facts.dialect !== DIALECT_311) return undefined;
  if (!hasRealUser(facts)) return undefined;
  const abort = findSetupAbort(facts);
  if (abort !== undefined) return facts.lostFromClient > 0 ? undetermined("bytes-lost") : abandoned(facts, abort);
  const refused = facts.sessions.find((session) => isRefused(facts, session));
  return refused === undefined ? (openSetup(facts) ?? HOLDS) : refusing(facts, refused);
}

function abandoned(facts: ConnectionFacts, abort: SetupAbort): Verdict<PreauthAbortedData> {
  return {
    verdict: "fails",
    certainty: "suspected",
    data: {
      finalFrame: abort.final.frame,
      deniedFrames: [],
      refused: false,
      ending: abort.after.ending,
      endFrame: abort.after.endFrame,
    },
    evidence: setupAbortEvidence(facts, abort),
  };
}

/**
 * Every signed request is answered STATUS_ACCESS_DENIED, and not for a share alone, which permissions would explain: IPC$, or something
 * else than a TREE_CONNECT, was refused too. Where the session must be encrypted, the missing encryption explains it.
 */
function isRefused(facts: ConnectionFacts, session: SessionFacts): boolean {
  if (session.denied === 0 || session.requests.signed === 0 || !isRealUser(session) || mustEncrypt(session)) return false;
  const trees = facts.trees.filter((tree) => tree.sessionId === session.id && tree.response !== null);
  const refused = trees.filter((tree) => tree.response?.status === STATUS_ACCESS_DENIED);
  if (refused.length < trees.length) return false;
  const signedTrees = refused.filter((tree) => tree.request?.signed === true).length;
  if (session.denied !== session.answered && signedTrees !== session.requests.signed) return false;
  if (refused.some((tree) => tree.path?.toUpperCase().endsWith("\\IPC$") === true)) return true;
  return session.deniedFrames.some((frame) => !trees.some((tree) => tree.response?.frame === frame));
}

function refusing(facts: ConnectionFacts, session: SessionFacts): Verdict<PreauthAbortedData> | undefined {
  const { final } = session;
  if (final === null) return undefined;
  // IPC$ alone may be refused: only the end shows that nothing else was accepted.
  if (!session.loggedOff && endAfter(facts, session.deniedFrames.at(-1) ?? final.frame) === undefined) return undetermined("capture-ends");
  const frames = session.deniedFrames.slice(0, MAX_SHOWN_EXCHANGES);
  const after = followed(facts, frames.at(-1) ?? final.frame, null);
  return {
    verdict: "fails",
    certainty: "suspected",
    count: session.denied,
    data: { finalFrame: final.frame, deniedFrames: frames, refused: true, ending: after.ending, endFrame: after.endFrame },
    evidence: [
      ...negotiateContext(facts),
      { frame: final.frame, role: "context", command: Command.value.SESSION_SETUP, response: true },
      ...frames.map((frame): Evidence => ({ frame, role: "observed", field: "Status", value: ntStatusName(STATUS_ACCESS_DENIED) })),
      ...(after.endFrame === null ? [] : [{ frame: after.endFrame, role: "effect" } as const]),
    ],
  };
}
