import type { ConnectionFacts, SessionFacts, SignatureRefusalFacts } from "../model/connectionFacts.ts";
import { Command, commandName } from "../smb2/constants/commands.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { mustEncrypt, unseenSignIn, userOf } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { type SigningDemand, signingDemand } from "./signingDemand.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { securityModeText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type SigningMissingData = {
  /** Who demands signing, in which message and with which SecurityMode; null: what the server refuses shows that it does. */
  demandedBy: "client" | "server";
  demandFrame: number;
  mode: string | null;
  /** Who does not sign. */
  unsignedBy: "client" | "server";
  unsignedFrame: number;
  command: string;
  unsignedMessages: number;
};

/** Messages of a session that must be signed are not ([MS-SMB2] 3.2.4.1.1, 3.3.4.1.1, 3.3.5.2.4). */
export const signingMissing = defineRule<SigningMissingData>({
  id: "signing-missing",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.4.1.1", "MS-SMB2 3.3.4.1.1", "MS-SMB2 3.2.5.3.1", "MS-SMB2 3.3.5.2.4", "MS-SMB2 3.2.5.1.3"],
  remedies: ["update-server", "update-client", "stop-rewriting", "capture-both-sides"],
  proofAt: "server",
  explainedBy: VALIDATION_CAUSES,
  identity: ["demandedBy", "unsignedBy"],
  check,
  texts: {
    en: () => ({
      name: "Unsigned messages in a session that must be signed",
      recognises:
        "A side requires signing, and yet the session of a real user has messages that are neither signed nor encrypted, the exempt ones aside.",
      outcome: (data) =>
        data.unsignedBy === "client" ? "Requests not signed although required" : "Responses not signed although required",
      title: (data) =>
        data.mode === null
          ? "The server refused an unsigned request, as it does when it requires signing."
          : `The ${data.demandedBy} requires signing, but the ${data.unsignedBy} sent ${data.unsignedMessages === 1 ? "a message" : "messages"} without a signature.`,
      what: (data) =>
        data.mode === null
          ? `The client sent ${data.unsignedMessages} unsigned request${data.unsignedMessages === 1 ? "" : "s"}, the first of them ${data.command} ${inFrame(data.unsignedFrame)}. The server refused one that no permission guards with STATUS_ACCESS_DENIED ${inFrame(data.demandFrame)}.`
          : `SecurityMode ${data.mode} of the ${data.demandedBy} ${inFrame(data.demandFrame)} demands signing. The ${data.unsignedBy} sent ${data.unsignedMessages} unsigned ${data.unsignedBy === "client" ? "request" : "response"}${data.unsignedMessages === 1 ? "" : "s"}, the first of them ${data.command} ${inFrame(data.unsignedFrame)}.`,
      why: (data) =>
        data.unsignedBy === "client"
          ? "Where one side requires signing, both must sign ([MS-SMB2] 3.2.5.3.1). A server refuses unsigned requests of such a session with STATUS_ACCESS_DENIED ([MS-SMB2] 3.3.5.2.4)."
          : "Where one side requires signing, both must sign ([MS-SMB2] 3.3.4.1.1). A client discards an unsigned response and may end the connection ([MS-SMB2] 3.2.5.1.3).",
      todo: (data) => [
        data.unsignedBy === "client"
          ? "Update the client; one that cannot sign does not fit a server that requires it."
          : "Update the server or the storage system; it must be able to sign every response.",
        "Capture at both ends and compare: where signatures are there at one end and not at the other, a device on the path takes them off.",
        "Leave signing required: what is not signed can be changed on its way.",
      ],
      limit: (data) =>
        data.mode === null
          ? "Not in this capture: a SecurityMode that requires signing. Where the server requires it all the same, a device changed its NEGOTIATE response on the way here; a capture taken at the server shows it."
          : `Not in this capture: whether the ${data.unsignedBy} never signed or a device on the path took the signature off, or changed SecurityMode. A capture taken at the ${data.unsignedBy} shows it.`,
    }),
    ja: () => ({
      name: "署名が必須のセッションに署名のないメッセージ",
      recognises:
        "一方が署名を必須にしているのに、実在するユーザーのセッションに、署名も暗号化もされていないメッセージ (除外されるものを除く) があります。",
      outcome: (data) => (data.unsignedBy === "client" ? "必須なのに要求に署名がない" : "必須なのに応答に署名がない"),
      title: (data) =>
        data.mode === null
          ? "サーバーが署名のない要求を拒否しました。署名を必須にしているときの動作です。"
          : `${SIDES[data.demandedBy]}が署名を必須にしていますが、${SIDES[data.unsignedBy]}が署名のないメッセージを送りました。`,
      what: (data) =>
        data.mode === null
          ? `クライアントは署名のない要求を ${data.unsignedMessages} 個送りました。最初のものは ${data.command} ${inFrame(data.unsignedFrame)} です。サーバーは、アクセス権の要らない要求を STATUS_ACCESS_DENIED で拒否しました ${inFrame(data.demandFrame)}。`
          : `${SIDES[data.demandedBy]}の SecurityMode ${data.mode} ${inFrame(data.demandFrame)} が署名を求めています。${SIDES[data.unsignedBy]}は署名のない${data.unsignedBy === "client" ? "要求" : "応答"}を ${data.unsignedMessages} 個送りました。最初のものは ${data.command} ${inFrame(data.unsignedFrame)} です。`,
      why: (data) =>
        data.unsignedBy === "client"
          ? "一方が署名を必須にすると、両側が署名しなければなりません ([MS-SMB2] 3.2.5.3.1)。そのようなセッションの署名のない要求を、サーバーは STATUS_ACCESS_DENIED で拒否します ([MS-SMB2] 3.3.5.2.4)。"
          : "一方が署名を必須にすると、両側が署名しなければなりません ([MS-SMB2] 3.3.4.1.1)。クライアントは署名のない応答を破棄し、接続を切断することもあります ([MS-SMB2] 3.2.5.1.3)。",
      todo: (data) => [
        data.unsignedBy === "client"
          ? "クライアントを更新します。署名できないクライアントは、署名を必須にするサーバーでは使えません。"
          : "サーバーやストレージを更新します。すべての応答に署名できる必要があります。",
        "両端でキャプチャを取って比べます。一方の端にある署名がもう一方にないときは、経路上の機器が署名を取り除いています。",
        "署名は必須のままにします。署名のないものは途中で書き換えられます。",
      ],
      limit: (data) =>
        data.mode === null
          ? "このキャプチャから分からないこと: 署名を必須とする SecurityMode。それでもサーバーが署名を必須にしているなら、NEGOTIATE 応答がここまでの途中で機器に書き換えられています。サーバーのそばで取ったキャプチャで分かります。"
          : `このキャプチャから分からないこと: ${SIDES[data.unsignedBy]}がもともと署名していないのか、経路上の機器が署名を取り除いたり SecurityMode を書き換えたりしたのか。${SIDES[data.unsignedBy]}のそばで取ったキャプチャで分かります。`,
    }),
  },
});

const SIDES = { client: "クライアント", server: "サーバー" } as const;

function check(facts: ConnectionFacts): Verdict<SigningMissingData> | undefined {
  let applies = false;
  let missing: ReturnType<typeof undetermined> | undefined;
  for (const session of facts.sessions) {
    if (session.final === null) {
      if (session.startsLate && isUnsigned(session)) missing ??= undetermined("session-setup-missing");
      continue;
    }
    const user = userOf(session);
    if ((user !== "real" && user !== "unknown") || mustEncrypt(session)) continue;
    applies = true;
    if (!isUnsigned(session)) continue;
    if (user === "unknown") {
      missing ??= undetermined(unseenSignIn(session));
      continue;
    }
    const demand = signingDemand(facts, session);
    if (typeof demand === "string" && isUnsignedRefused(session)) return refusedFailure(facts, session, session.signatureRefusal);
    if (demand === "none") continue;
    if (typeof demand === "string") missing ??= undetermined(demand);
    else return failure(session, demand);
  }
  return missing ?? (applies ? HOLDS : undefined);
}

/** Of a routine connection: whether the rule fails on it. */
export function lacksSignatures(facts: ConnectionFacts): boolean {
  const session = facts.sessions[0];
  return session !== undefined && isUnsigned(session) && typeof signingDemand(facts, session) === "object";
}

function isUnsigned(session: SessionFacts): boolean {
  return session.requests.unsigned > 0 || session.responses.unsigned > 0;
}

type RefusedSession = SessionFacts & { readonly signatureRefusal: SignatureRefusalFacts };

/** The refusal itself shows that the server demands signing: what was refused needs no permission and had no signature. */
function isUnsignedRefused(session: SessionFacts): session is RefusedSession {
  return session.signatureRefusal?.requestSigned === false;
}

function refusedFailure(facts: ConnectionFacts, session: SessionFacts, refusal: SignatureRefusalFacts): Verdict<SigningMissingData> {
  const { requestFrame, requestCommand } = session.firstUnsigned;
  const denied = { frame: refusal.frame, role: "observed", command: refusal.command, response: true } as const;
  return {
    verdict: "fails",
    certainty: "suspected",
    count: session.requests.unsigned,
    data: {
      demandedBy: "server",
      demandFrame: refusal.frame,
      mode: null,
      unsignedBy: "client",
      unsignedFrame: requestFrame,
      command: commandName(requestCommand),
      unsignedMessages: session.requests.unsigned,
    },
    evidence: [
      ...negotiateContext(facts),
      { frame: requestFrame, role: "observed", command: requestCommand, response: false, field: "Flags" },
      { ...denied, field: "Status", value: ntStatusName(refusal.status) },
    ],
  };
}

/** The answer to an unsigned request is unsigned too: an effect. */
function failure(session: SessionFacts, demand: SigningDemand): Verdict<SigningMissingData> {
  const byClient = session.requests.unsigned > 0;
  const { requestFrame, requestCommand, responseFrame, responseCommand } = session.firstUnsigned;
  const frame = byClient ? requestFrame : responseFrame;
  const command = byClient ? requestCommand : responseCommand;
  const mode = securityModeText(demand.mode);
  const demanding = demand.atSignIn ? Command.value.SESSION_SETUP : Command.value.NEGOTIATE;
  return {
    verdict: "fails",
    count: byClient ? session.requests.unsigned : session.responses.unsigned,
    data: {
      demandedBy: demand.by,
      demandFrame: demand.frame,
      mode,
      unsignedBy: byClient ? "client" : "server",
      unsignedFrame: frame,
      command: commandName(command),
      unsignedMessages: byClient ? session.requests.unsigned : session.responses.unsigned,
    },
    evidence: [
      {
        frame: demand.frame,
        role: "expected",
        command: demanding,
        response: demand.by === "server",
        field: "SecurityMode",
        value: mode,
      },
      { frame, role: "observed", command, response: !byClient, field: "Flags" },
    ],
  };
}
