import { hex } from "../bytes/hex.ts";
import type { ConnectionFacts, SessionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { type Ending, endingEvidence, endingSentence, type Followed, followed } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { isKeyless } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { signInUnknown } from "./signIn.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { userText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type GuestRejectedData = {
  finalFrame: number;
  user: string | null;
  ending: Ending;
  endFrame: number | null;
};

/** Nanoseconds: a client that takes no guest session ends the connection at once ([MS-SMB2] 3.2.5.3.1). */
const AT_ONCE = 5e9;

/** The server answered the sign-in of a user with a guest or anonymous session, and the client ended the connection ([MS-SMB2] 3.2.5.3.1). */
export const sessionGuestRejected = defineRule<GuestRejectedData>({
  id: "session-guest-rejected",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.3.1", "MS-SMB2 3.2.3", "MS-SMB2 2.2.6", "MS-SMB2 3.3.5.5.3"],
  remedies: ["disable-guest", "require-signing"],
  identity: ["user"],
  check,
  texts: {
    en: () => ({
      name: "Guest session rejected by the client",
      recognises:
        "The server answered a user's sign-in with a guest or anonymous session, and the client ended the connection at once, without another request.",
      outcome: () => "Suspected: client takes no guest session",
      title: (data) => `The server let ${data.user ?? "the user"} in as a guest only, and the client ended the connection.`,
      what: (data) =>
        `The final SESSION_SETUP response ${inFrame(data.finalFrame)} says that the session is a guest's or nobody's. ${endingSentence(data, "en")} It sent no other request in between.`,
      why: () =>
        "A client that does not allow insecure guest logons, or that requires signing, must end the connection when the server gives it a guest session ([MS-SMB2] 3.2.5.3.1). Newer Windows clients do so by default; event 31017 in the log SMBClient/Security names the server.",
      todo: () => [
        "Give the user an account on the server and sign in with it; check the spelling of its name and domain.",
        "Switch off on the server that unknown users become guests; in Samba look at map to guest. A wrong name is then refused in the open.",
        "Do not allow insecure guest logons on the client instead: signing and encryption are lost with it.",
      ],
      limit: () =>
        "Not in this capture: why the client ended the connection. Its log of events shows it; a program that only checks a name ends like this too.",
    }),
    ja: () => ({
      name: "クライアントがゲスト セッションを拒否した",
      recognises:
        "サーバーがユーザーのサインインにゲストまたは匿名のセッションで応答し、クライアントがほかの要求を送らずに、すぐ接続を終了します。",
      outcome: () => "疑い: クライアントがゲスト セッションを受け入れない",
      title: (data) =>
        `サーバーが${data.user === null ? "ユーザー" : ` ${data.user} `}をゲストとしてしかサインインさせず、クライアントが接続を終了しました。`,
      what: (data) =>
        `最後の SESSION_SETUP 応答 ${inFrame(data.finalFrame)} によると、セッションはゲストまたは匿名のものです。${endingSentence(data, "ja")}その間にほかの要求はありません。`,
      why: () =>
        "安全でないゲスト ログオンを許可しないクライアントや、署名を必須にするクライアントは、ゲスト セッションになると接続を終了しなければなりません ([MS-SMB2] 3.2.5.3.1)。新しい Windows クライアントは既定でこのように動作し、SMBClient/Security ログのイベント 31017 にサーバー名を記録します。",
      todo: () => [
        "サーバーにユーザーのアカウントを用意し、それでサインインします。名前とドメインのつづりも確認します。",
        "知らないユーザーをゲストにする設定をサーバーで無効にします。Samba では map to guest を確認します。そうすれば、誤った名前ははっきり拒否されます。",
        "代わりにクライアントで安全でないゲスト ログオンを許可してはいけません。署名と暗号化が使えなくなります。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: クライアントが接続を終了した理由。クライアントのイベント ログで分かります。名前を確認するだけのプログラムも、このように終わります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<GuestRejectedData> | undefined {
  const guests = facts.sessions.filter(isUnwantedGuest);
  for (const session of guests) {
    const after = session.final === null ? undefined : rejection(facts, session, session.final);
    if (after === undefined) continue;
    return facts.lostFromClient > 0 ? undetermined("bytes-lost") : failure(facts, session, after);
  }
  if (guests.some((session) => session.nextRequest === null) && facts.ends.length === 0) return undetermined("capture-ends");
  return signInUnknown(facts) ?? (facts.sessions.length === 0 ? undefined : HOLDS);
}

/** A user was named and nobody was let in: who asked for an anonymous session got what it wanted. */
function isUnwantedGuest(session: SessionFacts): boolean {
  return session.final?.status === 0 && isKeyless(session) && session.logonSeen && !session.anonymousLogon && !session.binding;
}

function rejection(facts: ConnectionFacts, session: SessionFacts, final: { frame: number; time: number }): Followed | undefined {
  if (session.nextRequest !== null || session.answered > 0) return undefined;
  const after = followed(facts, final.frame, null);
  if (after.ending !== "client-fin" && after.ending !== "client-rst") return undefined;
  return (after.endTime ?? 0) - final.time <= AT_ONCE ? after : undefined;
}

function failure(facts: ConnectionFacts, session: SessionFacts, after: Followed): Verdict<GuestRejectedData> {
  const finalFrame = session.final?.frame ?? 0;
  const place = { frame: finalFrame, role: "observed", command: Command.value.SESSION_SETUP, response: true } as const;
  return {
    verdict: "fails",
    certainty: "suspected",
    data: { finalFrame, user: userText(session.domain, session.user), ending: after.ending, endFrame: after.endFrame },
    evidence: [...negotiateContext(facts), { ...place, field: "SessionFlags", value: hex(session.flags, 4) }, ...endingEvidence(after)],
  };
}
