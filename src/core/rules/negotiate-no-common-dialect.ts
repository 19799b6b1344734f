import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { hasOpenNegotiate, laterDialect } from "./negotiateAnswers.ts";
import { defineRule } from "./rule.ts";
import { dialectsText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type NoCommonDialectData = {
  protocol: "SMB2" | "SMB1";
  requestFrame: number | null;
  responseFrame: number;
  /** Empty where the request is not in the capture, or its dialects are SMB1's. */
  offered: string;
  /** Dialect on which the same connection settled later; null where it did not. */
  later: string | null;
};

/** DialectIndex of an SMB1 response that accepts none ([MS-CIFS] 2.2.4.52.2). */
const NONE = 0xffff;

/** The server speaks none of the dialects that the client offers ([MS-SMB2] 3.3.5.4). */
export const negotiateNoCommonDialect = defineRule<NoCommonDialectData>({
  id: "negotiate-no-common-dialect",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.4", "MS-CIFS 2.2.4.52.2"],
  remedies: ["raise-dialect", "update-server", "update-client", "capture-both-sides"],
  proofAt: "server",
  identity: ["protocol", "offered"],
  check,
  texts: {
    en: () => ({
      name: "No common dialect",
      recognises: "The server answers NEGOTIATE with STATUS_NOT_SUPPORTED, or accepts none of the dialects of an SMB1 negotiation.",
      outcome: (data) => `Negotiation failed: no common dialect${data.offered === "" ? "" : ` (offered: ${data.offered})`}`,
      title: (data) => `The server speaks none of the dialects that the client offers${data.offered === "" ? "" : `: ${data.offered}`}.`,
      what: (data) =>
        `The ${data.protocol === "SMB1" ? "SMB_COM_NEGOTIATE" : "NEGOTIATE"} request${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`}${data.offered === "" ? "" : ` offers ${data.offered}. It`} was answered with ${data.protocol === "SMB1" ? "DialectIndex 0xffff" : ntStatusName(NtStatus.STATUS_NOT_SUPPORTED)} ${inFrame(data.responseFrame)}.${data.later === null ? "" : ` Later the same connection settled on SMB ${data.later}.`}`,
      why: () =>
        "The server chooses the highest dialect that both ends speak, and refuses where there is none ([MS-SMB2] 3.3.5.4). Mostly one end is limited: SMB1 alone on an old device, a lowest or highest dialect in the settings of a client or server.",
      todo: () => [
        "Compare which dialects the two ends allow: Get-SmbServerConfiguration and Get-SmbClientConfiguration on Windows, server min/max protocol and client min/max protocol in Samba, vers= of a Linux mount.",
        "Allow SMB 3.1.1 on both ends, or replace a device that speaks only SMB1.",
        "Where both ends allow a common dialect, capture at the server: a device on the path may take dialects out of the request.",
      ],
      limit: () => "Not in this capture: which dialects the server speaks, and whether the request reached it unchanged.",
    }),
    ja: () => ({
      name: "共通のダイアレクトがない",
      recognises:
        "サーバーが NEGOTIATE に STATUS_NOT_SUPPORTED で応答するか、SMB1 のネゴシエーションのダイアレクトを 1 つも受け入れません。",
      outcome: (data) => `ネゴシエーションに失敗: 共通のダイアレクトがない${data.offered === "" ? "" : ` (提示: ${data.offered})`}`,
      title: (data) =>
        `クライアントが提示したダイアレクト${data.offered === "" ? "" : ` (${data.offered}) `}を、サーバーは 1 つも使えません。`,
      what: (data) =>
        `${data.protocol === "SMB1" ? "SMB_COM_NEGOTIATE" : "NEGOTIATE"} 要求${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`}${data.offered === "" ? "" : ` は ${data.offered} を提示しています。この要求`} に対し、サーバーは ${data.protocol === "SMB1" ? "DialectIndex 0xffff" : ntStatusName(NtStatus.STATUS_NOT_SUPPORTED)} で応答しました ${inFrame(data.responseFrame)}。${data.later === null ? "" : `その後、同じ接続は SMB ${data.later} に決まりました。`}`,
      why: () =>
        "サーバーは両端が使えるいちばん新しいダイアレクトを選び、なければ拒否します ([MS-SMB2] 3.3.5.4)。多くの場合、SMB1 しか使えない古い機器や、クライアントやサーバーの設定の下限・上限のように、一方が制限されています。",
      todo: () => [
        "両端が許可しているダイアレクトを比べます。Windows では Get-SmbServerConfiguration と Get-SmbClientConfiguration、Samba では server min/max protocol と client min/max protocol、Linux のマウントでは vers= を確認します。",
        "両端で SMB 3.1.1 を許可するか、SMB1 しか使えない機器を置き換えます。",
        "両端が共通のダイアレクトを許可しているなら、サーバーでキャプチャを取ります。経路上の機器が要求からダイアレクトを削っている可能性があります。",
      ],
      limit: () => "このキャプチャから分からないこと: サーバーが使えるダイアレクトと、要求が変更されずに届いたかどうか。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<NoCommonDialectData> | undefined {
  if (facts.negotiates.length === 0 && facts.smb1 === null) return undefined;
  for (const { request, response } of facts.negotiates) {
    if (response?.status !== NtStatus.STATUS_NOT_SUPPORTED) continue;
    const offered = request === null || request.truncated ? "" : dialectsText(request.dialects);
    return failing({
      protocol: "SMB2",
      requestFrame: request?.frame ?? null,
      responseFrame: response.frame,
      offered,
      later: laterDialect(facts, response.frame),
    });
  }
  const { smb1 } = facts;
  if (smb1?.answeredBy === "SMB1" && smb1.selected === NONE && smb1.responseFrame !== null) {
    const { requestFrame, responseFrame } = smb1;
    return failing({ protocol: "SMB1", requestFrame, responseFrame, offered: "", later: laterDialect(facts, responseFrame) });
  }
  return hasOpenNegotiate(facts) ? undetermined("negotiate-response-missing") : HOLDS;
}

function failing(data: NoCommonDialectData): Verdict<NoCommonDialectData> {
  const place = data.protocol === "SMB2" ? { command: Command.value.NEGOTIATE, response: true } : {};
  const answer =
    data.protocol === "SMB2"
      ? { field: "Status", value: ntStatusName(NtStatus.STATUS_NOT_SUPPORTED) }
      : { field: "DialectIndex", value: String(NONE) };
  const evidence: Evidence[] = [{ frame: data.responseFrame, role: "observed", ...place, ...answer }];
  if (data.requestFrame !== null) evidence.unshift(requestEvidence(data, data.requestFrame));
  return { verdict: "fails", data, evidence };
}

function requestEvidence({ protocol, offered }: NoCommonDialectData, frame: number): Evidence {
  if (protocol === "SMB1") return { frame, role: "context" };
  const place: Evidence = { frame, role: "context", command: Command.value.NEGOTIATE, response: false };
  return offered === "" ? place : { ...place, field: "Dialects", value: offered };
}
