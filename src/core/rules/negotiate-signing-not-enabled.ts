import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { negotiateResponse } from "./negotiateOperands.ts";
import { defineRule } from "./rule.ts";
import { securityModeText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type SigningNotEnabledData = { responseFrame: number };

/** The server says that it does not sign at all ([MS-SMB2] 3.3.5.4). */
export const negotiateSigningNotEnabled = defineRule<SigningNotEnabledData>({
  id: "negotiate-signing-not-enabled",
  severity: "warning",
  subject: "server",
  sections: ["MS-SMB2 3.3.5.4", "MS-SMB2 2.2.4"],
  remedies: ["update-server", "require-signing", "capture-both-sides", "stop-rewriting"],
  proofAt: "server",
  explainedBy: VALIDATION_CAUSES,
  check,
  texts: {
    en: () => ({
      name: "Server announces no signing",
      recognises: "SecurityMode of the NEGOTIATE response is 0x0000: neither SIGNING_ENABLED nor SIGNING_REQUIRED is set.",
      outcome: () => "The server announces no signing",
      title: () => "The server announces in NEGOTIATE that it does not sign, which SMB2 does not provide for.",
      what: (data) => `SecurityMode of the NEGOTIATE response ${inFrame(data.responseFrame)} is 0x0000.`,
      why: () =>
        "Every SMB2 server must set SMB2_NEGOTIATE_SIGNING_ENABLED ([MS-SMB2] 3.3.5.4). Either this one does not keep to the specification, or a device cleared the bits, as accelerators do that cannot cope with signing.",
      todo: () => [
        "Update the server if it is not a current Windows or Samba.",
        "Capture at the server: if SecurityMode is not 0x0000 there, a device on the path rewrites NEGOTIATE.",
        "Require signing on the client, so that a connection without it is refused.",
      ],
      limit: () => "Not in this capture: whether the server said so or a device changed it. A capture at the server shows it.",
    }),
    ja: () => ({
      name: "署名に対応しないと示すサーバー",
      recognises: "NEGOTIATE 応答の SecurityMode が 0x0000 で、SIGNING_ENABLED も SIGNING_REQUIRED も設定されていません。",
      outcome: () => "サーバーが署名に対応しないと示している",
      title: () => "サーバーが NEGOTIATE で署名に対応しないと示していますが、SMB2 にそのような指定はありません。",
      what: (data) => `NEGOTIATE 応答 ${inFrame(data.responseFrame)} の SecurityMode は 0x0000 です。`,
      why: () =>
        "SMB2 のサーバーは必ず SMB2_NEGOTIATE_SIGNING_ENABLED を設定しなければなりません ([MS-SMB2] 3.3.5.4)。このサーバーが仕様に従っていないか、署名を扱えないアクセラレーターのような機器がビットを消しています。",
      todo: () => [
        "現行の Windows や Samba でないなら、サーバーを更新します。",
        "サーバーでキャプチャを取ります。そこで SecurityMode が 0x0000 でなければ、経路上の機器が NEGOTIATE を書き換えています。",
        "クライアントで署名を必須にし、署名のない接続を拒否します。",
      ],
      limit: () => "このキャプチャから分からないこと: サーバーが示したのか、機器が書き換えたのか。サーバー側のキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<SigningNotEnabledData> | undefined {
  if (facts.negotiates.length === 0) return undefined;
  const response = negotiateResponse(facts);
  if (typeof response === "string") return undetermined(response);
  if (response.securityMode !== 0) return HOLDS;
  const { frame } = response;
  const command = Command.value.NEGOTIATE;
  return {
    verdict: "fails",
    data: { responseFrame: frame },
    evidence: [{ frame, role: "observed", command, response: true, field: "SecurityMode", value: securityModeText(0) }],
  };
}
