import { hex } from "../bytes/hex.ts";
import type { ConnectionFacts, SessionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { SessionFlags } from "../smb2/constants/sessionFlags.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { signInUnknown } from "./signIn.ts";
import { HOLDS } from "./verdicts.ts";

type SessionAnonymousData = {
  finalFrame: number;
  /** The client signed in without a name; otherwise only the server's flag says so. */
  byClient: boolean;
};

/** The session belongs to nobody: SMB2_SESSION_FLAG_IS_NULL, or NTLM without a user ([MS-SMB2] 2.2.6, [MS-NLMP] 3.2.5.1.2). */
export const sessionAnonymous = defineRule<SessionAnonymousData>({
  id: "session-anonymous",
  severity: "information",
  subject: "server",
  sections: ["MS-SMB2 2.2.6", "MS-SMB2 3.3.5.5.3", "MS-NLMP 3.2.5.1.2"],
  remedies: ["require-signing"],
  explainedBy: ["session-guest-rejected"],
  check,
  texts: {
    en: () => ({
      name: "Anonymous session",
      recognises: "The server accepted a sign-in without a user: by SMB2_SESSION_FLAG_IS_NULL, or since the client named none.",
      outcome: () => "Anonymous session",
      title: () => "The session is anonymous, so nothing of it can be signed or encrypted.",
      what: (data) =>
        data.byClient
          ? `The client signed in without a user name, and the server accepted it ${inFrame(data.finalFrame)}.`
          : `The final SESSION_SETUP response ${inFrame(data.finalFrame)} has SMB2_SESSION_FLAG_IS_NULL.`,
      why: () =>
        "Programs ask a server anonymously for its shares or its name, usually on IPC$, before a user signs in. Such a session has no key and is never validated ([MS-SMB2] 3.3.5.5.3).",
      todo: () => [
        "Nothing, where only IPC$ is asked for the list of shares.",
        "Where files are read so, give the users accounts, and refuse anonymous access on the server.",
      ],
      limit: () => "",
    }),
    ja: () => ({
      name: "匿名セッション",
      recognises:
        "サーバーがユーザーのないサインインを受け入れました。SMB2_SESSION_FLAG_IS_NULL があるか、クライアントがユーザーを示していません。",
      outcome: () => "匿名セッション",
      title: () => "セッションが匿名のため、署名も暗号化もできません。",
      what: (data) =>
        data.byClient
          ? `クライアントがユーザー名なしでサインインを求め、サーバーが受け入れました ${inFrame(data.finalFrame)}。`
          : `最後の SESSION_SETUP 応答 ${inFrame(data.finalFrame)} に SMB2_SESSION_FLAG_IS_NULL があります。`,
      why: () =>
        "プログラムは、ユーザーがサインインする前に、多くは IPC$ で共有の一覧やサーバー名を匿名で問い合わせます。このようなセッションには鍵がなく、検証も行われません ([MS-SMB2] 3.3.5.5.3)。",
      todo: () => [
        "IPC$ で共有の一覧を問い合わせているだけであれば、対処は要りません。",
        "ファイルを読み書きしているのであれば、ユーザーにアカウントを用意し、サーバーで匿名アクセスを拒否します。",
      ],
      limit: () => "",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<SessionAnonymousData> | undefined {
  const anonymous = facts.sessions.filter(isAnonymous);
  const first = anonymous[0];
  if (first?.final == null) return signInUnknown(facts) ?? (facts.sessions.length === 0 ? undefined : HOLDS);
  const place = { frame: first.final.frame, role: "observed", command: Command.value.SESSION_SETUP, response: true } as const;
  return {
    verdict: "fails",
    count: anonymous.length,
    data: { finalFrame: first.final.frame, byClient: first.anonymousLogon },
    evidence: [{ ...place, field: "SessionFlags", value: hex(first.flags, 4) }],
  };
}

/** What the server let in as a guest is the rule session-guest's. */
function isAnonymous(session: SessionFacts): boolean {
  if (session.final?.status !== 0 || (session.flags & SessionFlags.mask.IS_GUEST) !== 0) return false;
  return session.anonymousLogon || (session.flags & SessionFlags.mask.IS_NULL) !== 0;
}
