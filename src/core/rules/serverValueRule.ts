import type {
  ConnectionFacts,
  NegotiateResponseFacts,
  ServerValues,
  ValidateResponseFacts,
  ValidationFacts,
} from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import type { Language } from "../spec/language.ts";
import { type Ending, endingEvidence, endingSentence, followed, isClientEnd } from "./ending.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { negotiateResponse } from "./negotiateOperands.ts";
import { isProtected } from "./protection.ts";
import { defineRule, type Rule, type RuleTexts } from "./rule.ts";
import { exchangesWhere, MAX_SHOWN_EXCHANGES, noReadableAnswer, withoutValidation } from "./validateComparison.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

/** Data of the four rules that compare the answer to the validation with the NEGOTIATE response. */
export type ServerValueData = {
  /** Name of the field in the NEGOTIATE response. */
  field: string;
  negotiateFrame: number;
  negotiateValue: string;
  /** Frame of the answer to the first validation that differs. */
  validateFrame: number;
  validateValue: string;
  /** The answer was signed or encrypted. */
  protected: boolean;
  /** Names of flags that the NEGOTIATE response lacks, and that it has too much. */
  missing: readonly string[];
  added: readonly string[];
  /** Answers to later validations that differ too. */
  alsoFrames: readonly number[];
  ending: Ending;
  endFrame: number | null;
};

/** What sets one of the four rules apart from the others. */
export interface ServerValueRule {
  readonly id: string;
  readonly name: Readonly<Record<Language, string>>;
  /** Name of the field in the NEGOTIATE response ([MS-SMB2] 2.2.4) and in the answer ([MS-SMB2] 2.2.32.6). */
  readonly negotiateField: string;
  readonly validateField: string;
  same(one: ServerValues, other: ServerValues): boolean;
  text(values: ServerValues): string;
  /** Names of the flags in `one` that `other` lacks. */
  flagsOnlyIn?(one: ServerValues, other: ServerValues): readonly string[];
  /** A sentence on what a change of this field can do. */
  readonly danger: Readonly<Record<Language, string>>;
  readonly outcome: Readonly<Record<Language, string>>;
}

/** Makes the rule "the signed answer contradicts the NEGOTIATE response" for one field ([MS-SMB2] 3.2.5.14.12). */
export function serverValueRule(own: ServerValueRule): Rule {
  return defineRule<ServerValueData>({
    id: own.id,
    severity: "error",
    subject: "connection",
    sections: ["MS-SMB2 3.2.5.14.12", "MS-SMB2 3.3.5.15.12", "MS-SMB2 2.2.32.6", "MS-SMB2 2.2.4"],
    remedies: ["stop-rewriting", "require-signing", "raise-dialect", "capture-both-sides", "workaround-require-secure-negotiate"],
    proofAt: "server",
    identity: ["negotiateValue", "validateValue"],
    check: (facts) => checkServerValue(facts, own),
    texts: { en: () => english(own), ja: () => japanese(own) },
  });
}

function checkServerValue(facts: ConnectionFacts, own: ServerValueRule): Verdict<ServerValueData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const negotiate = negotiateResponse(facts);
  if (typeof negotiate === "string") return undetermined(negotiate);
  const different = exchangesWhere(
    facts,
    (exchange) => exchange.response?.values != null && !own.same(negotiate, exchange.response.values),
  );
  if (different.length > 0) return differing(facts, own, negotiate, different);
  const unreadable = noReadableAnswer(facts);
  return unreadable === undefined ? HOLDS : undetermined(unreadable);
}

function differing(
  facts: ConnectionFacts,
  own: ServerValueRule,
  negotiate: NegotiateResponseFacts,
  exchanges: readonly ValidationFacts[],
): Verdict<ServerValueData> | undefined {
  const answers = exchanges.flatMap((exchange) => (exchange.response === null ? [] : [exchange.response]));
  const first = answers[0];
  const last = exchanges.at(-1);
  if (first?.values == null || last?.response == null) return undefined;
  const values = first.values;
  const after = followed(facts, last.response.frame, last.nextRequest);
  return {
    verdict: "fails",
    count: answers.length,
    data: {
      field: own.negotiateField,
      negotiateFrame: negotiate.frame,
      negotiateValue: own.text(negotiate),
      validateFrame: first.frame,
      validateValue: own.text(values),
      protected: isProtected(first),
      missing: own.flagsOnlyIn?.(values, negotiate) ?? [],
      added: own.flagsOnlyIn?.(negotiate, values) ?? [],
      alsoFrames: answers.slice(1, MAX_SHOWN_EXCHANGES).map((answer) => answer.frame),
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      {
        frame: negotiate.frame,
        role: "expected",
        command: Command.value.NEGOTIATE,
        response: true,
        field: own.negotiateField,
        value: own.text(negotiate),
      },
      ...answers.slice(0, MAX_SHOWN_EXCHANGES).flatMap((answer) => answerEvidence(own, answer)),
      ...endingEvidence(after),
    ],
  };
}

function answerEvidence(own: ServerValueRule, answer: ValidateResponseFacts): readonly Evidence[] {
  if (answer.values === null) return [];
  return [
    {
      frame: answer.frame,
      role: "observed",
      command: Command.value.IOCTL,
      response: true,
      field: own.validateField,
      value: own.text(answer.values),
    },
  ];
}

function english(own: ServerValueRule): RuleTexts<ServerValueData> {
  const { negotiateField: field } = own;
  return {
    name: own.name.en,
    recognises: `The ${own.validateField} in the server's answer to the validation is not the ${field} of the NEGOTIATE response that the capture shows.`,
    outcome: () => own.outcome.en,
    title: (data) => {
      if (!data.protected) return `The server's NEGOTIATE response and its unprotected answer to the validation contradict each other.`;
      if (isClientEnd(data.ending)) {
        const how = data.ending === "client-logoff" ? "ended the session" : "closed the connection";
        return `The server's NEGOTIATE response was changed on its way to the client, so the client ${how}.`;
      }
      if (data.ending === "goes-on") return "The server's NEGOTIATE response was changed on its way to the client, but the client went on.";
      return "The server's NEGOTIATE response was changed on its way to the client.";
    },
    what: (data) =>
      `The NEGOTIATE response ${inFrame(data.negotiateFrame)} says ${field} ${data.negotiateValue}, the ${data.protected ? "signed" : "unprotected"} answer to the validation ${inFrame(data.validateFrame)} says ${data.validateValue}. ${changeEn(data)}${againIn(data.alsoFrames, "en")} ${endingSentence(data, "en")}`,
    why: (data) =>
      `NEGOTIATE travels unsigned. The signed answer repeats what the server announced, and the client must end the connection when a value differs ([MS-SMB2] 3.2.5.14.12). ${own.danger.en}${data.ending === "goes-on" ? " This client does not act on the difference." : ""}`,
    todo: () => [
      "Take the device that rewrites SMB, usually a WAN accelerator, out of the path of port 445, or use its mode for signed SMB.",
      "Require SMB signing on the client and on the server.",
      "To prove which device changed the message, capture at the server too and compare the NEGOTIATE responses.",
    ],
    limit: () =>
      "Not in this capture: which device changed the message. A capture taken at the server shows the response before the change; if it is the same there, the server itself answers the validation with other values.",
  };
}

function changeEn(data: ServerValueData): string {
  const at = inFrame(data.negotiateFrame);
  const flags = [
    ...(data.missing.length > 0 ? [`${data.missing.join(", ")} ${data.missing.length > 1 ? "are" : "is"} missing in ${at}`] : []),
    ...(data.added.length > 0 ? [`${data.added.join(", ")} ${data.added.length > 1 ? "were" : "was"} added in ${at}`] : []),
  ].join(", ");
  const cause = data.protected
    ? "something between the server and this capture point changed the message"
    : "something between the server and this capture point changed one of the two";
  return flags === "" ? `${cause.charAt(0).toUpperCase()}${cause.slice(1)}.` : `${flags}: ${cause}.`;
}

function japanese(own: ServerValueRule): RuleTexts<ServerValueData> {
  const { negotiateField: field } = own;
  return {
    name: own.name.ja,
    recognises: `検証に対するサーバーの応答の ${own.validateField} が、キャプチャにある NEGOTIATE 応答の ${field} と一致しません。`,
    outcome: () => own.outcome.ja,
    title: (data) => {
      if (!data.protected) return "サーバーの NEGOTIATE 応答と、保護されていない検証の応答が食い違っています。";
      if (data.ending === "client-logoff")
        return "サーバーの NEGOTIATE 応答が途中で書き換えられたため、クライアントがセッションを終了しました。";
      if (isClientEnd(data.ending)) return "サーバーの NEGOTIATE 応答が途中で書き換えられたため、クライアントが接続を切断しました。";
      if (data.ending === "goes-on") return "サーバーの NEGOTIATE 応答が途中で書き換えられましたが、クライアントは通信を続けました。";
      return "サーバーの NEGOTIATE 応答が途中で書き換えられました。";
    },
    what: (data) =>
      `NEGOTIATE 応答 ${inFrame(data.negotiateFrame)} の ${field} は ${data.negotiateValue} ですが、検証に対する${data.protected ? "署名付きの" : "保護されていない"}応答 ${inFrame(data.validateFrame)} では ${data.validateValue} です。${changeJa(data)}${againIn(data.alsoFrames, "ja")}${endingSentence(data, "ja")}`,
    why: (data) =>
      `NEGOTIATE は署名されません。署名付きの応答はサーバーが示した値の写しであり、値が異なるときクライアントは接続を切断しなければなりません ([MS-SMB2] 3.2.5.14.12)。${own.danger.ja}${data.ending === "goes-on" ? "このクライアントは違いがあっても切断しません。" : ""}`,
    todo: () => [
      "SMB を書き換える機器 (多くは WAN アクセラレーター) をポート 445 の経路から外すか、その機器の署名付き SMB 用のモードを使います。",
      "クライアントとサーバーの両方で SMB 署名を必須にします。",
      "どの機器が書き換えたかを確かめるには、サーバー側でもキャプチャを取り、NEGOTIATE 応答を比べます。",
    ],
    limit: () =>
      "このキャプチャから分からないこと: どの機器が書き換えたか。サーバーのそばで取ったキャプチャには、書き換え前の応答が残ります。そこでも同じなら、サーバー自身が検証に別の値で応答しています。",
  };
}

function changeJa(data: ServerValueData): string {
  const at = inFrame(data.negotiateFrame);
  const missing = data.missing.length > 0 ? `${at} には ${data.missing.join("、")} がありません。` : "";
  const added = data.added.length > 0 ? `${at} には ${data.added.join("、")} が加わっています。` : "";
  const cause = data.protected
    ? "サーバーとこのキャプチャ地点の間で、メッセージが書き換えられています。"
    : "サーバーとこのキャプチャ地点の間で、どちらかのメッセージが書き換えられています。";
  return missing + added + cause;
}
