import type {
  ClientValues,
  ConnectionFacts,
  NegotiateRequestFacts,
  ValidateRequestFacts,
  ValidationFacts,
} from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import type { Language } from "../spec/language.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { type Ending, endingEvidence, endingSentence, followed, isServerEnd } from "./ending.ts";
import type { Certainty, Evidence, Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { negotiateRequest } from "./negotiateOperands.ts";
import { isProtected } from "./protection.ts";
import { defineRule, type Rule, type RuleTexts } from "./rule.ts";
import { isReadable, MAX_SHOWN_EXCHANGES, noReadableRequest, withoutValidation } from "./validateComparison.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

/** Data of the four rules that compare the validation request with the NEGOTIATE request. */
export type ClientValueData = {
  /** Name of the field in the NEGOTIATE request. */
  field: string;
  negotiateFrame: number;
  negotiateValue: string;
  /** Frame of the first validation request that differs. */
  validateFrame: number;
  validateValue: string;
  /** The validation request was signed or encrypted. */
  protected: boolean;
  /** A change on the way is only one of two explanations. */
  suspected: boolean;
  /** Names of flags or dialects that the NEGOTIATE request lacks, and that it has too much. */
  missing: readonly string[];
  added: readonly string[];
  /** Later validation requests that differ too. */
  alsoFrames: readonly number[];
  /** Frame and status of the answer to the last of them; null where there was none. */
  answerFrame: number | null;
  answerStatus: string | null;
  ending: Ending;
  endFrame: number | null;
};

/** What sets one of the four rules apart from the others. */
export interface ClientValueRule {
  readonly id: string;
  readonly name: Readonly<Record<Language, string>>;
  /** Name of the field in the NEGOTIATE request ([MS-SMB2] 2.2.3) and in the validation request ([MS-SMB2] 2.2.31.4). */
  readonly negotiateField: string;
  readonly validateField: string;
  /** Whether a validation contradicts NEGOTIATE in this field. */
  differs(facts: ConnectionFacts, exchange: ValidationFacts, negotiate: ClientValues, request: ClientValues): boolean;
  text(values: ClientValues): string;
  /** Names of what `one` has and `other` lacks. */
  onlyIn?(one: ClientValues, other: ClientValues): readonly string[];
  /** Certainty of one exchange; proved without it. */
  certainty?(exchange: ValidationFacts, negotiate: ClientValues, request: ClientValues): Certainty;
  /** Data by whose values incidents are told apart, where the values themselves do. */
  readonly identity?: readonly (keyof ClientValueData & string)[];
  /** A sentence on what a change of this field can do. */
  readonly danger: Readonly<Record<Language, string>>;
  readonly outcome: Readonly<Record<Language, string>>;
  /** What else may be the reason, beside a change on the way. */
  readonly otherReason: Readonly<Record<Language, string>>;
}

/** Makes the rule "the validation request contradicts the NEGOTIATE request" for one field ([MS-SMB2] 3.3.5.15.12). */
export function clientValueRule(own: ClientValueRule): Rule {
  return defineRule<ClientValueData>({
    id: own.id,
    severity: "error",
    subject: "connection",
    sections: ["MS-SMB2 3.3.5.15.12", "MS-SMB2 3.2.5.5", "MS-SMB2 2.2.31.4", "MS-SMB2 2.2.3"],
    remedies: ["stop-rewriting", "require-signing", "raise-dialect", "capture-both-sides", "workaround-require-secure-negotiate"],
    proofAt: "client",
    identity: own.identity ?? [],
    check: (facts) => checkClientValue(facts, own),
    texts: { en: () => english(own), ja: () => japanese(own) },
  });
}

interface Difference {
  readonly exchange: ValidationFacts;
  readonly request: ValidateRequestFacts;
}

function checkClientValue(facts: ConnectionFacts, own: ClientValueRule): Verdict<ClientValueData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const negotiate = negotiateRequest(facts);
  if (typeof negotiate === "string") return undetermined(negotiate);
  let differences: Difference[] | undefined;
  for (const exchange of facts.validations) {
    const { request } = exchange;
    if (!isReadable(request) || !own.differs(facts, exchange, negotiate, request)) continue;
    differences ??= [];
    differences.push({ exchange, request });
  }
  if (differences !== undefined) return differing(facts, own, negotiate, differences);
  const unreadable = noReadableRequest(facts);
  return unreadable === undefined ? HOLDS : undetermined(unreadable);
}

function differing(
  facts: ConnectionFacts,
  own: ClientValueRule,
  negotiate: NegotiateRequestFacts,
  differences: readonly Difference[],
): Verdict<ClientValueData> | undefined {
  const first = differences[0];
  const last = differences.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { request } = first;
  const answer = last.exchange.response;
  const certainty = own.certainty?.(last.exchange, negotiate, request) ?? "proved";
  const after = followed(facts, answer?.frame ?? last.request.frame, last.exchange.nextRequest);
  return {
    verdict: "fails",
    count: differences.length,
    certainty,
    data: {
      field: own.negotiateField,
      negotiateFrame: negotiate.frame,
      negotiateValue: own.text(negotiate),
      validateFrame: request.frame,
      validateValue: own.text(request),
      protected: isProtected(request),
      suspected: certainty === "suspected",
      missing: own.onlyIn?.(request, negotiate) ?? [],
      added: own.onlyIn?.(negotiate, request) ?? [],
      alsoFrames: differences.slice(1, MAX_SHOWN_EXCHANGES).map((difference) => difference.request.frame),
      answerFrame: answer?.frame ?? null,
      answerStatus: answer === null ? null : ntStatusName(answer.status),
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      {
        frame: negotiate.frame,
        role: "expected",
        command: Command.value.NEGOTIATE,
        response: false,
        field: own.negotiateField,
        value: own.text(negotiate),
      },
      ...differences.slice(0, MAX_SHOWN_EXCHANGES).map((difference) => requestEvidence(own, difference.request)),
      ...(answer === null ? [] : [answerEvidence(answer.frame, answer.status)]),
      ...endingEvidence(after),
    ],
  };
}

function requestEvidence(own: ClientValueRule, request: ValidateRequestFacts): Evidence {
  return {
    frame: request.frame,
    role: "observed",
    command: Command.value.IOCTL,
    response: false,
    field: own.validateField,
    value: own.text(request),
  };
}

function answerEvidence(frame: number, status: number): Evidence {
  return { frame, role: "effect", command: Command.value.IOCTL, response: true, field: "Status", value: ntStatusName(status) };
}

function english(own: ClientValueRule): RuleTexts<ClientValueData> {
  const { negotiateField: field } = own;
  return {
    name: own.name.en,
    recognises: `The ${own.validateField} in the validation request is not what the client's NEGOTIATE request says at this capture point.`,
    outcome: () => own.outcome.en,
    title: (data) => {
      if (!data.protected) return "The client's NEGOTIATE request and its unprotected validation request contradict each other.";
      if (data.suspected) return `The client's NEGOTIATE request and its signed validation request do not name the same ${field}.`;
      const changed = "The client's NEGOTIATE request was changed on its way to the server";
      if (data.answerFrame !== null) return `${changed}; the server answered the validation all the same.`;
      return isServerEnd(data.ending) ? `${changed}, so the server closed the connection.` : `${changed}.`;
    },
    what: (data) =>
      `The NEGOTIATE request ${inFrame(data.negotiateFrame)} says ${field} ${data.negotiateValue}, the ${data.protected ? "signed" : "unprotected"} validation request ${inFrame(data.validateFrame)} says ${data.validateValue}. ${changeEn(data)}${againIn(data.alsoFrames, "en")} ${afterwardsEn(data)}`,
    why: (data) =>
      `NEGOTIATE travels unsigned. In the signed validation the client repeats what it sent, and the server must end the connection without an answer when a value differs from the request that reached it ([MS-SMB2] 3.3.5.15.12). ${own.danger.en}${data.answerFrame === null ? "" : " This server does not act on the difference."}`,
    todo: () => [
      "Take the device that rewrites SMB, usually a WAN accelerator, out of the path of port 445, or use its mode for signed SMB.",
      "Require SMB signing on the client and on the server.",
      "To prove which device changed the message, capture at the client too and compare the NEGOTIATE requests.",
    ],
    limit: () =>
      `Not in this capture: which device changed the message. A capture taken at the client shows the request before the change; ${own.otherReason.en}`,
  };
}

function changeEn(data: ClientValueData): string {
  const at = inFrame(data.negotiateFrame);
  const parts = [
    ...(data.missing.length > 0 ? [`${data.missing.join(", ")} ${data.missing.length > 1 ? "are" : "is"} missing in ${at}`] : []),
    ...(data.added.length > 0 ? [`${data.added.join(", ")} ${data.added.length > 1 ? "were" : "was"} added in ${at}`] : []),
  ].join(", ");
  if (data.suspected) return `${parts}.`;
  const cause = `omething between the client and this capture point changed ${data.protected ? "the message" : "one of the two"}.`;
  return parts === "" ? `S${cause}` : `${parts}: s${cause}`;
}

function afterwardsEn(data: ClientValueData): string {
  if (data.answerFrame !== null) return `The server answered ${data.answerStatus} ${inFrame(data.answerFrame)}.`;
  return isServerEnd(data.ending) ? `There was no answer. ${endingSentence(data, "en")}` : endingSentence(data, "en");
}

function japanese(own: ClientValueRule): RuleTexts<ClientValueData> {
  const { negotiateField: field } = own;
  return {
    name: own.name.ja,
    recognises: `検証の要求の ${own.validateField} が、このキャプチャ地点で見えるクライアントの NEGOTIATE 要求と一致しません。`,
    outcome: () => own.outcome.ja,
    title: (data) => {
      if (!data.protected) return "クライアントの NEGOTIATE 要求と、保護されていない検証の要求が食い違っています。";
      if (data.suspected) return `クライアントの NEGOTIATE 要求と署名付きの検証の要求で ${field} が異なります。`;
      if (data.answerFrame !== null) {
        return "クライアントの NEGOTIATE 要求が途中で書き換えられましたが、サーバーは検証に応答しました。";
      }
      return isServerEnd(data.ending)
        ? "クライアントの NEGOTIATE 要求が途中で書き換えられたため、サーバーが接続を切断しました。"
        : "クライアントの NEGOTIATE 要求が途中で書き換えられました。";
    },
    what: (data) =>
      `NEGOTIATE 要求 ${inFrame(data.negotiateFrame)} の ${field} は ${data.negotiateValue} ですが、${data.protected ? "署名付きの" : "保護されていない"}検証の要求 ${inFrame(data.validateFrame)} では ${data.validateValue} です。${changeJa(data)}${againIn(data.alsoFrames, "ja")}${afterwardsJa(data)}`,
    why: (data) =>
      `NEGOTIATE は署名されません。署名付きの検証でクライアントは自分が送った値を繰り返し、サーバーは届いた NEGOTIATE 要求と値が異なるとき、応答せずに接続を切断しなければなりません ([MS-SMB2] 3.3.5.15.12)。${own.danger.ja}${data.answerFrame === null ? "" : "このサーバーは違いがあっても切断しません。"}`,
    todo: () => [
      "SMB を書き換える機器 (多くは WAN アクセラレーター) をポート 445 の経路から外すか、その機器の署名付き SMB 用のモードを使います。",
      "クライアントとサーバーの両方で SMB 署名を必須にします。",
      "どの機器が書き換えたかを確かめるには、クライアント側でもキャプチャを取り、NEGOTIATE 要求を比べます。",
    ],
    limit: () =>
      `このキャプチャから分からないこと: どの機器が書き換えたか。クライアントのそばで取ったキャプチャには、書き換え前の要求が残ります。${own.otherReason.ja}`,
  };
}

function changeJa(data: ClientValueData): string {
  const at = inFrame(data.negotiateFrame);
  const missing = data.missing.length > 0 ? `${at} には ${data.missing.join("、")} がありません。` : "";
  const added = data.added.length > 0 ? `${at} には ${data.added.join("、")} が加わっています。` : "";
  if (data.suspected) return missing + added;
  return `${missing}${added}クライアントとこのキャプチャ地点の間で、${data.protected ? "" : "どちらかの"}メッセージが書き換えられています。`;
}

function afterwardsJa(data: ClientValueData): string {
  if (data.answerFrame !== null) return `サーバーは ${data.answerStatus} で応答しました ${inFrame(data.answerFrame)}。`;
  return isServerEnd(data.ending) ? `応答はありませんでした。${endingSentence(data, "ja")}` : endingSentence(data, "ja");
}
