import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { type EncryptedFrom, hiddenExchange } from "./hiddenExchange.ts";
import { defineRule } from "./rule.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { undetermined } from "./verdicts.ts";

type HiddenData = {
  by: EncryptedFrom["by"];
  /** The message from which on everything is encrypted. */
  frame: number;
  encryptedMessages: number;
};

/** The validation can only be inside encryption without a key ([MS-SMB2] 3.2.4.1.8). */
export const vniHidden = defineRule<HiddenData>({
  id: "vni-hidden",
  severity: "information",
  subject: "connection",
  sections: ["MS-SMB2 3.2.4.1.8", "MS-SMB2 3.2.5.5"],
  remedies: [],
  identity: ["by"],
  check,
  texts: {
    en: () => ({
      name: "Validation hidden by encryption",
      recognises: "The validation can only be inside encrypted messages, and without keys it cannot be inspected.",
      outcome: () => "Validation hidden by encryption",
      title: () => "The validation is encrypted, so this capture cannot show whether it held.",
      what: (data) => `${sourceEn(data)} ${data.encryptedMessages} messages of this connection are encrypted.`,
      why: () =>
        "Encryption protects the validation as a signature does, and a wrong value makes the client or the server end the connection all the same. Only somebody with the keys can see the values.",
      todo: () => ["If this connection fails, compare the NEGOTIATE messages of captures from both sides: they are not encrypted."],
      limit: () => "Not in this capture: the values of the validation.",
    }),
    ja: () => ({
      name: "暗号化されて見えない検証",
      recognises: "検証は暗号化されたメッセージの中にあるはずで、鍵がないため調べられません。",
      outcome: () => "検証は暗号化されている",
      title: () => "検証が暗号化されているため、正しく行われたかどうかはこのキャプチャから分かりません。",
      what: (data) => `${sourceJa(data)}この接続の ${data.encryptedMessages} 個のメッセージが暗号化されています。`,
      why: () =>
        "暗号化は署名と同じように検証を守り、値が異なればクライアントまたはサーバーはやはり接続を切断します。値を見られるのは鍵を持つ人だけです。",
      todo: () => ["この接続が失敗しているなら、両側のキャプチャの NEGOTIATE を比べます。NEGOTIATE は暗号化されません。"],
      limit: () => "このキャプチャから分からないこと: 検証の値。",
    }),
  },
});

function sourceEn(data: HiddenData): string {
  if (data.by === "session") return `The server demands encryption for the whole session ${inFrame(data.frame)}.`;
  return data.by === "share"
    ? `The server demands encryption for the share ${inFrame(data.frame)}.`
    : `The client encrypts from ${inFrame(data.frame)} on.`;
}

function sourceJa(data: HiddenData): string {
  if (data.by === "session") return `サーバーがセッション全体の暗号化を求めています ${inFrame(data.frame)}。`;
  return data.by === "share"
    ? `サーバーが共有の暗号化を求めています ${inFrame(data.frame)}。`
    : `クライアントが ${inFrame(data.frame)} から暗号化しています。`;
}

function check(facts: ConnectionFacts): Verdict<HiddenData> | undefined {
  if (facts.encryptedMessages === 0) return undefined;
  if (facts.dialect === null) return undetermined("negotiate-missing");
  const from = hiddenExchange(facts);
  if (from === undefined) return undefined;
  return {
    verdict: "fails",
    data: { by: from.by, frame: from.frame, encryptedMessages: facts.encryptedMessages },
    evidence: [...negotiateContext(facts), evidenceOf(from)],
  };
}

function evidenceOf(from: EncryptedFrom): Evidence {
  const place = { frame: from.frame, role: "observed" as const };
  if (from.by === "session") return { ...place, command: Command.value.SESSION_SETUP, response: true, field: "SessionFlags" };
  if (from.by === "share") return { ...place, command: Command.value.TREE_CONNECT, response: true, field: "ShareFlags" };
  return place;
}
