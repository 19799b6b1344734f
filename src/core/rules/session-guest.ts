import { hex } from "../bytes/hex.ts";
import type { ConnectionFacts, SessionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { SessionFlags } from "../smb2/constants/sessionFlags.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { signInUnknown } from "./signIn.ts";
import { userText } from "./valueText.ts";
import { HOLDS } from "./verdicts.ts";

type SessionGuestData = {
  finalFrame: number;
  /** Who asked to sign in, where NTLM names it. */
  user: string | null;
};

/** The server let the user in as a guest: without a key, so without signing, encryption and validation ([MS-SMB2] 2.2.6, 3.3.5.5.3). */
export const sessionGuest = defineRule<SessionGuestData>({
  id: "session-guest",
  severity: "warning",
  subject: "server",
  sections: ["MS-SMB2 2.2.6", "MS-SMB2 3.3.5.5.3", "MS-SMB2 3.2.5.3.1"],
  remedies: ["disable-guest"],
  explainedBy: ["session-guest-rejected"],
  check,
  texts: {
    en: () => ({
      name: "Guest session",
      recognises: "The final SESSION_SETUP response has SMB2_SESSION_FLAG_IS_GUEST: the server did not sign in the user but a guest.",
      outcome: () => "Guest session without signing",
      title: (data) => `The server let ${data.user ?? "the client"} in as a guest, so nothing of the session can be signed or encrypted.`,
      what: (data) =>
        `The final SESSION_SETUP response ${inFrame(data.finalFrame)} has SMB2_SESSION_FLAG_IS_GUEST.${data.user === null ? "" : ` The client had signed in as ${data.user}.`}`,
      why: () =>
        "A guest session has no key of a user. It is neither signed nor encrypted, its negotiation is not validated, and the client does not learn whether it talks to the right server ([MS-SMB2] 3.3.5.5.3). Servers often give it to an unknown user name instead of refusing the sign-in.",
      todo: () => [
        "Give the user an account on the server and sign in with it; check the spelling of its name and domain.",
        "Switch guest access off on the server; in Samba look at map to guest and guest ok.",
        "Keep insecure guest logons switched off on Windows clients, which newer editions do by default.",
      ],
      limit: () => "",
    }),
    ja: () => ({
      name: "ゲスト セッション",
      recognises:
        "最後の SESSION_SETUP 応答に SMB2_SESSION_FLAG_IS_GUEST があります。サーバーはユーザーではなくゲストとしてサインインさせています。",
      outcome: () => "署名のないゲスト セッション",
      title: (data) =>
        `サーバーが${data.user === null ? "クライアント" : ` ${data.user} `}をゲストとしてサインインさせたため、セッションは署名も暗号化もできません。`,
      what: (data) =>
        `最後の SESSION_SETUP 応答 ${inFrame(data.finalFrame)} に SMB2_SESSION_FLAG_IS_GUEST があります。${data.user === null ? "" : `クライアントは ${data.user} としてサインインを求めました。`}`,
      why: () =>
        "ゲスト セッションにはユーザーの鍵がありません。署名も暗号化もされず、ネゴシエーションも検証されず、クライアントは正しいサーバーと通信しているかどうかを確かめられません ([MS-SMB2] 3.3.5.5.3)。知らないユーザー名のサインインを、拒否せずにゲストにするサーバーは少なくありません。",
      todo: () => [
        "サーバーにユーザーのアカウントを用意し、それでサインインします。名前とドメインのつづりも確認します。",
        "サーバーのゲスト アクセスを無効にします。Samba では map to guest と guest ok を確認します。",
        "Windows クライアントでは、安全でないゲスト ログオンを無効のままにします。新しいエディションでは既定で無効です。",
      ],
      limit: () => "",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<SessionGuestData> | undefined {
  const guests = facts.sessions.filter(isGuest);
  const first = guests[0];
  if (first?.final == null) return signInUnknown(facts) ?? (facts.sessions.length === 0 ? undefined : HOLDS);
  return {
    verdict: "fails",
    count: guests.length,
    data: { finalFrame: first.final.frame, user: first.anonymousLogon ? null : userText(first.domain, first.user) },
    evidence: [
      {
        frame: first.final.frame,
        role: "observed",
        command: Command.value.SESSION_SETUP,
        response: true,
        field: "SessionFlags",
        value: hex(first.flags, 4),
      },
    ],
  };
}

function isGuest(session: SessionFacts): boolean {
  return session.final?.status === 0 && (session.flags & SessionFlags.mask.IS_GUEST) !== 0;
}
