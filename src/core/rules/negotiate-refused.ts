import type { ConnectionFacts, EndEvent, NegotiateFacts, NegotiateRequestFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import { endAfter } from "./ending.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { ANSWER_OVERDUE } from "./missingAnswer.ts";
import { hasOpenNegotiate, laterDialect } from "./negotiateAnswers.ts";
import { defineRule } from "./rule.ts";
import { offersSmb2 } from "./smb1-negotiated.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type NegotiateRefusedData = {
  /** An error status; the server's side ended the connection instead of answering; no answer at all. */
  how: "status" | "ended" | "unanswered";
  protocol: "SMB2" | "SMB1";
  /** False: a negotiation by SMB1 that offers nothing else. */
  smb2Offered: boolean;
  requestFrame: number | null;
  /** Of the error, or of the end of the connection; null where there is none. */
  answerFrame: number | null;
  status: number | null;
  /** FIN or RST of the end. */
  end: "FIN" | "RST" | null;
  /** Whole seconds from the request to the end, or to the end of the capture. */
  seconds: number;
  later: string | null;
};

/** Errors on NEGOTIATE that have rules of their own. */
const OTHERS = new Set<number>([
  NtStatus.STATUS_SUCCESS,
  NtStatus.STATUS_PENDING,
  NtStatus.STATUS_NOT_SUPPORTED,
  NtStatus.STATUS_SMB_NO_PREAUTH_INTEGRITY_HASH_OVERLAP,
]);

/** NEGOTIATE was answered with an error, with the end of the connection, or not at all ([MS-SMB2] 3.3.5.4, 3.3.5.3.2). */
export const negotiateRefused = defineRule<NegotiateRefusedData>({
  id: "negotiate-refused",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.4", "MS-SMB2 3.3.5.3.2", "MS-SMB2 3.3.5.2.4"],
  remedies: ["capture-both-sides", "check-device-reset", "update-server", "stop-rewriting"],
  proofAt: "server",
  explainedBy: ["preauth-context-missing", "negotiate-repeated"],
  identity: ["how", "protocol", "status"],
  check,
  texts: {
    en: () => ({
      name: "NEGOTIATE refused",
      recognises:
        "NEGOTIATE is answered with an error status, or the server's side ends the connection instead of answering, or no answer comes for at least 15 seconds.",
      outcome: (data) =>
        data.status !== null
          ? `Negotiation failed: ${ntStatusName(data.status)}`
          : data.how === "ended"
            ? "Negotiation failed: connection ended instead of an answer"
            : "Negotiation failed: no answer",
      title: (data) =>
        data.status !== null
          ? `The server answered NEGOTIATE with ${ntStatusName(data.status)}.`
          : data.how === "ended"
            ? "The server's side ended the connection instead of answering NEGOTIATE."
            : "The server did not answer NEGOTIATE.",
      what: (data) => {
        const request = `The ${data.protocol === "SMB1" ? "SMB_COM_NEGOTIATE" : "NEGOTIATE"} request${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`}`;
        const frame = data.answerFrame === null ? "" : ` ${inFrame(data.answerFrame)}`;
        if (data.status !== null)
          return `${request} was answered with ${ntStatusName(data.status)}${frame}.${data.later === null ? "" : ` Later the same connection settled on SMB ${data.later}.`}`;
        if (data.how === "ended")
          return `${request} got no answer: the server's side ended the connection with ${data.end}${frame}${data.seconds === 0 ? "" : `, ${data.seconds} seconds later`}.`;
        return `${request} got no answer for ${data.seconds} seconds${data.end === null ? "" : `, then the client ended the connection with ${data.end}${frame}`}.`;
      },
      why: (data) => whyEn(data),
      todo: (data) =>
        data.how === "status"
          ? [
              "Capture at the server too and compare the NEGOTIATE messages: an error such as STATUS_INVALID_PARAMETER often means that a device on the path changed the request.",
              "Look at the server's log of that time; it may name the reason.",
            ]
          : [
              "Check that TCP port 445 leads to an SMB server, and whether it allows SMB2 and SMB3.",
              "Capture at the server: if the request does not arrive there, or its answer leaves, a device on the path is the cause.",
              "Where it arrives and is not answered, look at security software and at the load of the server.",
            ],
      limit: () => "Not in this capture: whether the server itself or a device on the path in its name did this.",
    }),
    ja: () => ({
      name: "NEGOTIATE の拒否",
      recognises: "NEGOTIATE にエラー ステータスで応答があるか、サーバー側が応答せずに接続を終了するか、15 秒以上応答がありません。",
      outcome: (data) =>
        data.status !== null
          ? `ネゴシエーションに失敗: ${ntStatusName(data.status)}`
          : data.how === "ended"
            ? "ネゴシエーションに失敗: 応答の代わりに接続が終了"
            : "ネゴシエーションに失敗: 応答なし",
      title: (data) =>
        data.status !== null
          ? `サーバーは NEGOTIATE に ${ntStatusName(data.status)} で応答しました。`
          : data.how === "ended"
            ? "サーバー側が NEGOTIATE に応答せずに接続を終了しました。"
            : "サーバーは NEGOTIATE に応答しませんでした。",
      what: (data) => {
        const request = `${data.protocol === "SMB1" ? "SMB_COM_NEGOTIATE" : "NEGOTIATE"} 要求${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`} `;
        const frame = data.answerFrame === null ? "" : ` ${inFrame(data.answerFrame)}`;
        if (data.status !== null)
          return `${request}に対し、サーバーは ${ntStatusName(data.status)} で応答しました${frame}。${data.later === null ? "" : `その後、同じ接続は SMB ${data.later} に決まりました。`}`;
        if (data.how === "ended")
          return `${request}に応答はなく、${data.seconds === 0 ? "" : `${data.seconds} 秒後に`}サーバー側が ${data.end} で接続を終了しました${frame}。`;
        return `${request}に ${data.seconds} 秒間応答がありませんでした。${data.end === null ? "" : `その後、クライアントが ${data.end} で接続を終了しました${frame}。`}`;
      },
      why: (data) => whyJa(data),
      todo: (data) =>
        data.how === "status"
          ? [
              "サーバーでもキャプチャを取り、NEGOTIATE を比べます。STATUS_INVALID_PARAMETER などのエラーは、経路上の機器が要求を書き換えたときによく起こります。",
              "サーバーのその時刻のログを確認します。理由が記録されている可能性があります。",
            ]
          : [
              "TCP ポート 445 の先に SMB サーバーがあり、SMB2 と SMB3 を許可しているか確かめます。",
              "サーバーでキャプチャを取ります。要求が届いていないか、応答がそこで送られていれば、経路上の機器が原因です。",
              "届いているのに応答がなければ、セキュリティ ソフトウェアとサーバーの負荷を確認します。",
            ],
      limit: () => "このキャプチャから分からないこと: サーバー自身の動作か、経路上の機器がサーバーになりすました動作か。",
    }),
  },
});

function whyEn(data: NegotiateRefusedData): string {
  if (data.how === "status")
    return "Without NEGOTIATE there is no connection. STATUS_INVALID_PARAMETER stands for a request that breaks the rules of its format: no dialect, a set SIGNED flag, or wrong negotiate contexts ([MS-SMB2] 3.3.5.4, 3.3.5.2.4).";
  if (data.protocol === "SMB1" && !data.smb2Offered)
    return "A server without SMB1 ends the connection when an SMB1 negotiation offers no SMB2 dialect ([MS-SMB2] 3.3.5.3.2).";
  return "Every NEGOTIATE is answered by a server that keeps to the protocol. Security software on the server, a service that hangs, or a device on the path is the usual cause, and what listens there may not be an SMB server.";
}

function whyJa(data: NegotiateRefusedData): string {
  if (data.how === "status")
    return "NEGOTIATE が成功しなければ接続できません。STATUS_INVALID_PARAMETER は、ダイアレクトがない、SIGNED フラグがある、ネゴシエート コンテキストが正しくないなど、要求の形式の誤りを表します ([MS-SMB2] 3.3.5.4、3.3.5.2.4)。";
  if (data.protocol === "SMB1" && !data.smb2Offered)
    return "SMB1 を使わないサーバーは、SMB1 のネゴシエーションに SMB2 のダイアレクトがなければ接続を切断します ([MS-SMB2] 3.3.5.3.2)。";
  return "プロトコルに従うサーバーは、すべての NEGOTIATE に応答します。サーバーのセキュリティ ソフトウェア、応答しなくなったサービス、経路上の機器が主な原因です。そこで待ち受けているのが SMB サーバーではない可能性もあります。";
}

function check(facts: ConnectionFacts): Verdict<NegotiateRefusedData> | undefined {
  if (facts.negotiates.length === 0 && facts.smb1 === null) return undefined;
  for (const exchange of facts.negotiates) {
    const { request, response } = exchange;
    if (response !== null && !OTHERS.has(response.status)) return refusedBy(facts, exchange);
    if (request === null || response !== null || exchange.answerLost === true) continue;
    const missing = withoutAnswer(facts, request);
    if (missing !== undefined) return missing;
  }
  return smb1Ended(facts) ?? (hasOpenNegotiate(facts) ? undetermined(openReason(facts)) : HOLDS);
}

function openReason(facts: ConnectionFacts): "negotiate-response-missing" | "capture-ends" {
  return facts.negotiates.some(({ answerLost }) => answerLost === true) || facts.ends.length > 0
    ? "negotiate-response-missing"
    : "capture-ends";
}

function refusedBy(facts: ConnectionFacts, { request, response }: NegotiateFacts): Verdict<NegotiateRefusedData> | undefined {
  if (response === null) return undefined;
  const command = Command.value.NEGOTIATE;
  const { frame, status } = response;
  const observed: Evidence = { frame, role: "observed", command, response: true, field: "Status", value: ntStatusName(status) };
  return {
    verdict: "fails",
    data: {
      how: "status",
      protocol: "SMB2",
      smb2Offered: true,
      requestFrame: request?.frame ?? null,
      answerFrame: frame,
      status,
      end: null,
      seconds: 0,
      later: laterDialect(facts, frame),
    },
    evidence: request === null ? [observed] : [{ frame: request.frame, role: "context", command, response: false }, observed],
  };
}

/** The client sent nothing after the request, and the server's side ended the connection, or nothing came for long enough. */
function withoutAnswer(facts: ConnectionFacts, request: NegotiateRequestFacts): Verdict<NegotiateRefusedData> | undefined {
  const { frame, time } = request;
  if (!isLastHeard(facts, frame)) return undefined;
  const end = endAfter(facts, frame);
  const waited = (end?.time ?? facts.lastTime) - time;
  if (end?.afterUnseen === true) return undefined;
  if (end?.by === "server") return unanswered("ended", "SMB2", true, frame, end, waited);
  return waited >= ANSWER_OVERDUE ? unanswered("unanswered", "SMB2", true, frame, end, waited) : undefined;
}

/** An SMB1 negotiation that a server without SMB1 answers by ending the connection. */
function smb1Ended(facts: ConnectionFacts): Verdict<NegotiateRefusedData> | undefined {
  const requestFrame = facts.smb1?.requestFrame ?? null;
  if (facts.smb1?.answeredBy !== null || requestFrame === null || facts.negotiates.length > 0) return undefined;
  if (!isLastHeard(facts, requestFrame)) return undefined;
  const end = endAfter(facts, requestFrame);
  return end?.by === "server" && end.afterUnseen !== true
    ? unanswered("ended", "SMB1", offersSmb2(facts.smb1), requestFrame, end, 0)
    : undefined;
}

/** Nothing that could be the answer came after the request, be it lost from the capture or no SMB at all; and the capture hears the server. */
function isLastHeard(facts: ConnectionFacts, frame: number): boolean {
  if ((facts.lastMessageFrame ?? 0) > frame || facts.lostFromServer > 0 || facts.lostFromClient > 0) return false;
  return facts.serverSilent || facts.negotiates.some(({ response }) => response !== null);
}

function unanswered(
  how: "ended" | "unanswered",
  protocol: "SMB2" | "SMB1",
  smb2Offered: boolean,
  frame: number,
  end: EndEvent | undefined,
  waited: number,
): Verdict<NegotiateRefusedData> {
  const place = protocol === "SMB2" ? { command: Command.value.NEGOTIATE, response: false } : {};
  return {
    verdict: "fails",
    data: {
      how,
      protocol,
      smb2Offered,
      requestFrame: frame,
      answerFrame: end?.frame ?? null,
      status: null,
      end: end?.how ?? null,
      seconds: Math.floor(waited / 1e9),
      later: null,
    },
    evidence: [
      { frame, role: "observed", ...place },
      ...(end === undefined ? [] : [{ frame: end.frame, role: "effect", value: end.how } as const]),
    ],
  };
}
