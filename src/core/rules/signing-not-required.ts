import type { ConnectionFacts, SessionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { negotiateRequest, negotiateResponse } from "./negotiateOperands.ts";
import { isRealUser } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { requiresSigning } from "./signingDemand.ts";
import { securityModeText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type SigningNotRequiredData = {
  requestFrame: number;
  responseFrame: number;
  clientMode: string;
  serverMode: string;
  finalFrame: number;
  unsignedRequests: number;
};

/** Neither side requires signing, and a real user's messages travel unprotected ([MS-SMB2] 3.2.5.3.1, 3.3.5.5.3). */
export const signingNotRequired = defineRule<SigningNotRequiredData>({
  id: "signing-not-required",
  severity: "warning",
  subject: "server",
  sections: ["MS-SMB2 3.2.5.3.1", "MS-SMB2 3.3.5.5.3", "MS-SMB2 2.2.3", "MS-SMB2 2.2.4"],
  remedies: ["require-signing", "raise-dialect"],
  explainedBy: ["signing-missing", "encryption-required"],
  check,
  texts: {
    en: () => ({
      name: "Signing not required",
      recognises: "Neither side requires signing, and the messages of a real user's session are neither signed nor encrypted.",
      outcome: () => "Neither side requires signing",
      title: () => "Neither side requires signing, so the session runs unprotected.",
      what: (data) =>
        `The client's SecurityMode is ${data.clientMode} ${inFrame(data.requestFrame)}, the server's is ${data.serverMode} ${inFrame(data.responseFrame)}: SMB2_NEGOTIATE_SIGNING_REQUIRED is set by neither. After the sign-in ${inFrame(data.finalFrame)} ${data.unsignedRequests} requests were neither signed nor encrypted.`,
      why: () =>
        "Anyone on the path can read and change such messages, and can relay the sign-in to another server. One side that requires signing is enough: then both sign ([MS-SMB2] 3.3.5.5.3).",
      todo: () => [
        "Require SMB signing on the server; better on the client too.",
        "Before that, check with an audit whether old devices, such as scanners, cannot sign.",
        "Where the content is confidential, require encryption for the share.",
      ],
      limit: () => "",
    }),
    ja: () => ({
      name: "署名が必須ではない",
      recognises: "どちらの側も署名を必須にしておらず、実在するユーザーのセッションのメッセージが署名も暗号化もされていません。",
      outcome: () => "どちらの側も署名を必須にしていない",
      title: () => "どちらの側も署名を必須にしていないため、セッションが保護されていません。",
      what: (data) =>
        `クライアントの SecurityMode は ${data.clientMode} ${inFrame(data.requestFrame)}、サーバーの SecurityMode は ${data.serverMode} ${inFrame(data.responseFrame)} で、どちらも SMB2_NEGOTIATE_SIGNING_REQUIRED を立てていません。サインイン ${inFrame(data.finalFrame)} の後、${data.unsignedRequests} 個の要求が署名も暗号化もされていません。`,
      why: () =>
        "このようなメッセージは、経路上のだれでも読み取り、書き換えられます。サインインを別のサーバーへ中継することもできます。片方が署名を必須にすれば、両側が署名します ([MS-SMB2] 3.3.5.5.3)。",
      todo: () => [
        "サーバーで SMB 署名を必須にします。クライアントでも必須にすると、さらに安全です。",
        "その前に、スキャナーなどの古い機器が署名に対応していないかを監査で確認します。",
        "内容が機密であれば、共有の暗号化を必須にします。",
      ],
      limit: () => "",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<SigningNotRequiredData> | undefined {
  const session = firstUnprotected(facts);
  if (session === undefined) return facts.sessions.some(isRealUser) ? HOLDS : undefined;
  if (session.final === null) return undetermined("session-setup-missing");
  const request = negotiateRequest(facts);
  const response = negotiateResponse(facts);
  if (typeof response === "string") return undetermined(response);
  if (typeof request === "string") return undetermined(request);
  if (requiresSigning(request.securityMode) || requiresSigning(response.securityMode) || requiresSigning(session.securityMode ?? 0))
    return HOLDS;
  const command = Command.value.NEGOTIATE;
  const clientMode = securityModeText(request.securityMode);
  const serverMode = securityModeText(response.securityMode);
  return {
    verdict: "fails",
    data: {
      requestFrame: request.frame,
      responseFrame: response.frame,
      clientMode,
      serverMode,
      finalFrame: session.final.frame,
      unsignedRequests: session.requests.unsigned,
    },
    evidence: [
      { frame: request.frame, role: "observed", command, response: false, field: "SecurityMode", value: clientMode },
      { frame: response.frame, role: "observed", command, response: true, field: "SecurityMode", value: serverMode },
      { frame: session.final.frame, role: "context", command: Command.value.SESSION_SETUP, response: true },
    ],
  };
}

/** Of a routine connection: whether the rule fails on it, without making the proof. */
export function runsUnsigned(facts: ConnectionFacts): boolean {
  const session = firstUnprotected(facts);
  const negotiate = facts.negotiates[0];
  if (session === undefined || !negotiate?.request || !negotiate.response) return false;
  return (
    !requiresSigning(negotiate.request.securityMode) &&
    !requiresSigning(negotiate.response.securityMode) &&
    !requiresSigning(session.securityMode ?? 0)
  );
}

/** The first session with plain requests that were answered: of a real user, or of one whose sign-in the capture lacks. */
function firstUnprotected(facts: ConnectionFacts): SessionFacts | undefined {
  for (const session of facts.sessions) if (isUnprotected(session)) return session;
  return undefined;
}

function isUnprotected(session: SessionFacts): boolean {
  if (session.requests.unsigned === 0 || session.responses.unsigned === 0) return false;
  return session.final === null ? session.startsLate : isRealUser(session);
}
