import type { ConnectionFacts, NegotiateResponseFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { type Ending, endingEvidence, endingSentence, isClientEnd } from "./ending.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { afterNegotiate, negotiateResponse } from "./negotiateOperands.ts";
import { defineRule } from "./rule.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type SizeTooSmallData = {
  responseFrame: number;
  /** `MaxReadSize 4096`, ... */
  small: readonly string[];
  ending: Ending;
  endFrame: number | null;
};

/** Bytes that each maximum has to be at least. */
export const LEAST_SIZE = 65_536;

/** A maximum size in the NEGOTIATE response with which a client may refuse to work ([MS-SMB2] 3.2.5.2). */
export const negotiateSizeTooSmall = defineRule<SizeTooSmallData>({
  id: "negotiate-size-too-small",
  severity: "warning",
  subject: "server",
  sections: ["MS-SMB2 3.2.5.2", "MS-SMB2 3.3.5.4"],
  remedies: ["update-server", "capture-both-sides", "stop-rewriting"],
  proofAt: "server",
  identity: ["small"],
  check,
  texts: {
    en: () => ({
      name: "Sizes in NEGOTIATE too small",
      recognises: "MaxTransactSize, MaxReadSize or MaxWriteSize of the NEGOTIATE response is less than 65,536.",
      outcome: (data) => `Too small: ${data.small.join(", ")}`,
      title: (data) =>
        isClientEnd(data.ending)
          ? `The server offers too small a size, ${data.small.join(", ")}, and the client ended the connection.`
          : `The server offers a size below 65,536: ${data.small.join(", ")}.`,
      what: (data) => `The NEGOTIATE response ${inFrame(data.responseFrame)} says ${data.small.join(", ")}. ${endingSentence(data, "en")}`,
      why: () =>
        "A client is to end the connection when one of these sizes is less than 65,536 ([MS-SMB2] 3.2.5.2); Windows 8.1, Windows Server 2012 R2 and older do so only below 4,096. Below SMB 3.1.1 nothing protects these fields, so a device can lower them unnoticed. Small sizes make transfers slow besides.",
      todo: () => [
        "Raise the sizes on the server (Samba: smb2 max trans, smb2 max read, smb2 max write), or remove the limit.",
        "Capture at the server: if the sizes are larger there, a device on the path rewrites NEGOTIATE.",
      ],
      limit: () => "Not in this capture: whether the server said so or a device lowered the sizes. A capture at the server shows it.",
    }),
    ja: () => ({
      name: "小さすぎる NEGOTIATE のサイズ",
      recognises: "NEGOTIATE 応答の MaxTransactSize、MaxReadSize、MaxWriteSize のどれかが 65,536 未満です。",
      outcome: (data) => `小さすぎるサイズ: ${data.small.join(", ")}`,
      title: (data) =>
        isClientEnd(data.ending)
          ? `サーバーのサイズ (${data.small.join(", ")}) が小さすぎるため、クライアントが接続を終了しました。`
          : `サーバーが 65,536 未満のサイズを示しています: ${data.small.join(", ")}。`,
      what: (data) => `NEGOTIATE 応答 ${inFrame(data.responseFrame)} は ${data.small.join(", ")} です。${endingSentence(data, "ja")}`,
      why: () =>
        "これらのサイズが 65,536 未満のとき、クライアントは接続を切断することになっています ([MS-SMB2] 3.2.5.2)。Windows 8.1、Windows Server 2012 R2 以前は 4,096 未満のときだけ切断します。SMB 3.1.1 より前ではこれらのフィールドは保護されないため、機器が気付かれずに小さくできます。小さいサイズは転送も遅くします。",
      todo: () => [
        "サーバーのサイズを大きくするか (Samba では smb2 max trans、smb2 max read、smb2 max write)、制限を取り除きます。",
        "サーバーでキャプチャを取ります。そこでサイズが大きければ、経路上の機器が NEGOTIATE を書き換えています。",
      ],
      limit: () => "このキャプチャから分からないこと: サーバーが示したのか、機器が小さくしたのか。サーバー側のキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<SizeTooSmallData> | undefined {
  if (facts.negotiates.length === 0) return undefined;
  const response = negotiateResponse(facts);
  if (typeof response === "string") return undetermined(response);
  const small = smallSizes(response);
  if (small.length === 0) return HOLDS;
  const after = afterNegotiate(facts, response);
  const { frame } = response;
  const command = Command.value.NEGOTIATE;
  return {
    verdict: "fails",
    data: {
      responseFrame: frame,
      small: small.map(([field, value]) => `${field} ${value}`),
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      ...small.map(([field, value]): Evidence => ({ frame, role: "observed", command, response: true, field, value: String(value) })),
      ...(isClientEnd(after.ending) ? endingEvidence(after) : []),
    ],
  };
}

function smallSizes({ maxTransactSize, maxReadSize, maxWriteSize }: NegotiateResponseFacts): readonly (readonly [string, number])[] {
  const sizes = [
    ["MaxTransactSize", maxTransactSize] as const,
    ["MaxReadSize", maxReadSize] as const,
    ["MaxWriteSize", maxWriteSize] as const,
  ];
  return sizes.filter(([, value]) => value < LEAST_SIZE);
}
