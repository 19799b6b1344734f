import type { ConnectionFacts } from "../model/connectionFacts.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { HOLDS } from "./verdicts.ts";

type StartsLateData = { firstFrame: number };

/** The connection is older than the capture: its NEGOTIATE is missing. */
export const captureStartsLate = defineRule<StartsLateData>({
  id: "capture-starts-late",
  severity: "information",
  subject: "server",
  sections: ["MS-SMB2 3.2.5.2"],
  remedies: ["capture-from-start"],
  check,
  texts: {
    en: () => ({
      name: "Capture starts late",
      recognises: "The connection was there before the capture began, so its NEGOTIATE is missing.",
      outcome: () => "Cannot tell: capture starts after NEGOTIATE",
      title: () => "The capture starts after this connection's NEGOTIATE.",
      what: (data) => `The first frame of the connection ${inFrame(data.firstFrame)} is neither the start of TCP nor NEGOTIATE.`,
      why: () => "Without NEGOTIATE there is nothing to compare the validation with, and the dialect is not known.",
      todo: () => ["Start the capture first, then let the client connect: end its sessions before, or restart it."],
      limit: () => "Not in this capture: dialect, Capabilities and SecurityMode of both sides.",
    }),
    ja: () => ({
      name: "キャプチャの開始が遅い",
      recognises: "キャプチャの開始より前からある接続で、NEGOTIATE が記録されていません。",
      outcome: () => "判定できない: NEGOTIATE より後から記録されている",
      title: () => "この接続の NEGOTIATE より後からキャプチャが始まっています。",
      what: (data) => `この接続の最初のフレーム ${inFrame(data.firstFrame)} は、TCP の開始でも NEGOTIATE でもありません。`,
      why: () => "NEGOTIATE がないと、検証と比べる相手がなく、ダイアレクトも分かりません。",
      todo: () => ["先にキャプチャを始め、その後でクライアントを接続させます。事前にセッションを終了するか、クライアントを再起動します。"],
      limit: () => "このキャプチャから分からないこと: 両側のダイアレクト、Capabilities、SecurityMode。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<StartsLateData> | undefined {
  if (facts.messages === 0 && facts.smb1Messages === 0) return undefined;
  if (facts.synSeen || facts.negotiates.length > 0 || facts.smb1 !== null) return HOLDS;
  return {
    verdict: "fails",
    data: { firstFrame: facts.firstFrame },
    evidence: [{ frame: facts.firstFrame, role: "observed" }],
  };
}
