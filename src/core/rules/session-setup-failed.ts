import type { ConnectionFacts, SessionFacts, SetupRefusalFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import { endingEvidence, followed } from "./ending.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { signInUnknown } from "./signIn.ts";
import { SIGN_IN_ADVICES } from "./signInAdvices.ts";
import { todoAgainst, whyStatus } from "./statusAdvice.ts";
import { MAX_SHOWN_EXCHANGES } from "./validateComparison.ts";
import { userText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type SetupFailedData = {
  status: string;
  statusValue: number;
  /** Who was refused, where NTLM names it. */
  user: string | null;
  requestFrame: number | null;
  responseFrame: number;
  alsoFrames: readonly number[];
  /** The session was signed in before: it was to be signed in again. */
  reauthentication: boolean;
  /** Frame in which a later sign-in on the connection succeeded. */
  succeededFrame: number | null;
};

/** The server refused a sign-in ([MS-SMB2] 3.3.5.5, 3.3.5.5.3). */
export const sessionSetupFailed = defineRule<SetupFailedData>({
  id: "session-setup-failed",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.5", "MS-SMB2 3.3.5.5.3", "MS-SMB2 3.2.5.3", "MS-SMB2 2.2.5"],
  remedies: ["check-sign-in"],
  explainedBy: ["encryption-required"],
  identity: ["status", "user"],
  check,
  texts: {
    en: () => ({
      name: "Sign-in refused",
      recognises: "The server answers SESSION_SETUP with an error status. The advice depends on the status.",
      outcome: (data) =>
        data.succeededFrame === null ? `Sign-in refused: ${data.status}` : `A sign-in was refused, a later one succeeded: ${data.status}`,
      title: (data) => {
        const fact = `The server refused ${data.reauthentication ? "to sign in again" : "the sign-in of"} ${data.user ?? "the user"} with ${data.status}`;
        return data.succeededFrame === null ? `${fact}.` : `${fact}; a later sign-in on the same connection succeeded.`;
      },
      what: (data) =>
        `The SESSION_SETUP request${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`}${data.user === null ? "" : ` of ${data.user}`} was answered with ${data.status} ${inFrame(data.responseFrame)}.${againIn(data.alsoFrames, "en")}${data.succeededFrame === null ? "" : ` A later sign-in on this connection succeeded ${inFrame(data.succeededFrame)}.`}`,
      why: (data) => whyStatus(SIGN_IN_ADVICES, data.statusValue, "en", "The status is not one that servers usually give to a sign-in."),
      todo: (data) => [
        ...(data.succeededFrame === null ? [] : ["Nothing, where the first attempt was to fail, e.g. with a mistyped or an old password."]),
        ...todoAgainst(SIGN_IN_ADVICES, data.statusValue, "en", ["Look in the log of the server for the reason at this time."]),
      ],
      limit: () => "",
    }),
    ja: () => ({
      name: "サインインの拒否",
      recognises: "サーバーが SESSION_SETUP にエラー ステータスで応答します。対処はステータスによって異なります。",
      outcome: (data) =>
        data.succeededFrame === null ? `サインインの拒否: ${data.status}` : `サインインの拒否、その後に成功: ${data.status}`,
      title: (data) => {
        const fact = `サーバーが${data.user === null ? "ユーザー" : ` ${data.user} `}の${data.reauthentication ? "再認証" : "サインイン"}を ${data.status} で拒否しました`;
        return data.succeededFrame === null ? `${fact}。` : `${fact}が、同じ接続での後のサインインは成功しました。`;
      },
      what: (data) =>
        `${data.user === null ? "" : `${data.user} の `}SESSION_SETUP 要求${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)} `}に対し、サーバーは ${data.status} で応答しました ${inFrame(data.responseFrame)}。${againIn(data.alsoFrames, "ja")}${data.succeededFrame === null ? "" : `この接続では、後のサインインが成功しています ${inFrame(data.succeededFrame)}。`}`,
      why: (data) => whyStatus(SIGN_IN_ADVICES, data.statusValue, "ja", "サーバーがサインインに対して通常返すステータスではありません。"),
      todo: (data) => [
        ...(data.succeededFrame === null ? [] : ["打ち間違いや古いパスワードなど、最初の試みが失敗して当然であれば、対処は要りません。"]),
        ...todoAgainst(SIGN_IN_ADVICES, data.statusValue, "ja", ["サーバーのログで、この時刻の理由を確認します。"]),
      ],
      limit: () => "",
    }),
  },
});

type RefusedSession = SessionFacts & { readonly refusal: SetupRefusalFacts };

function check(facts: ConnectionFacts): Verdict<SetupFailedData> | undefined {
  const refused = facts.sessions.filter(isRefused);
  const first = refused[0];
  if (first === undefined) return withoutRefusal(facts);
  const { refusal } = first;
  const same = refused.filter((session) => session.refusal.status === refusal.status).slice(0, MAX_SHOWN_EXCHANGES);
  const success = facts.sessions.find((session) => session.final?.status === 0 && session.final.frame > refusal.frame);
  const last = same.at(-1)?.refusal ?? refusal;
  return {
    verdict: "fails",
    // What else explains a refused sign-in is encryption that the client lacks, and servers say ACCESS_DENIED then.
    ...(refusal.status === NtStatus.STATUS_ACCESS_DENIED ? {} : { standsAlone: true as const }),
    count: refused.reduce((sum, session) => sum + session.refusals, 0),
    data: {
      status: ntStatusName(refusal.status),
      statusValue: refusal.status,
      user: userText(refusal.domain, refusal.user),
      requestFrame: refusal.requestFrame,
      responseFrame: refusal.frame,
      alsoFrames: same.slice(1).map((session) => session.refusal.frame),
      reauthentication: refusal.reauthentication,
      succeededFrame: success?.final?.frame ?? null,
    },
    evidence: [
      ...same.flatMap(({ refusal }) => refusalEvidence(refusal)),
      ...endingEvidence(followed(facts, last.frame, facts.lastClientMessage)),
    ],
  };
}

function withoutRefusal(facts: ConnectionFacts): Verdict<SetupFailedData> | undefined {
  if (facts.sessions.some((session) => session.refusal !== null && !session.binding)) return undetermined("session-setup-missing");
  return signInUnknown(facts) ?? (facts.sessions.length === 0 ? undefined : HOLDS);
}

/** Whether a sign-in was refused; the binding of a session is another rule's, and which of both it was only the request says. */
function isRefused(session: SessionFacts): session is RefusedSession {
  return session.refusal !== null && !session.binding && session.securityMode !== null;
}

function refusalEvidence(refusal: SetupRefusalFacts): readonly Evidence[] {
  const command = Command.value.SESSION_SETUP;
  const value = ntStatusName(refusal.status);
  const response: Evidence = { frame: refusal.frame, role: "observed", command, response: true, field: "Status", value };
  if (refusal.requestFrame === null) return [response];
  return [{ frame: refusal.requestFrame, role: "context", command, response: false }, response];
}
