import { hex } from "../bytes/hex.ts";
import type { ConnectionFacts, ValidateRequestFacts, ValidateResponseFacts, ValidationFacts } from "../model/connectionFacts.ts";
import type { Language } from "../spec/language.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { exchangesWhere, MAX_SHOWN_EXCHANGES, VALIDATE_RESPONSE_LENGTH, withoutValidation } from "./validateComparison.ts";
import { negotiateContext, validateRequestEvidence, validateResponseEvidence } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

/** Field of the IOCTL that breaks the format. */
type Fault = "FileId" | "Flags" | "InputOffset" | "InputCount" | "OutputCount";

type MalformedData = {
  /** Frame of the first message at fault. */
  frame: number;
  response: boolean;
  /** Its fields at fault, and their values as text, in the same order. */
  faults: readonly string[];
  values: readonly string[];
  /** InputCount that DialectCount demands. */
  wantedInputCount: number;
  /** Messages at fault on this connection. */
  messages: number;
};

interface FaultyField {
  readonly field: Fault;
  readonly value: string;
}

interface FaultyMessage {
  readonly exchange: ValidationFacts;
  readonly frame: number;
  readonly response: boolean;
  readonly fields: readonly FaultyField[];
}

const IS_FSCTL = 1;
/** Header and fixed part of an IOCTL request ([MS-SMB2] 2.2.31): the input begins at least here. */
const LEAST_INPUT_OFFSET = 120;
const FIXED_INPUT = 24;

/** A validation message that does not keep to its format ([MS-SMB2] 2.2.31, 2.2.31.4, 2.2.32.6). */
export const vniMalformed = defineRule<MalformedData>({
  id: "vni-malformed",
  severity: "warning",
  subject: "connection",
  sections: ["MS-SMB2 2.2.31", "MS-SMB2 2.2.31.4", "MS-SMB2 2.2.32.6", "MS-SMB2 3.3.5.15"],
  remedies: ["update-client", "update-server"],
  identity: ["faults"],
  check,
  texts: {
    en: () => ({
      name: "Validation message malformed",
      recognises: "Sizes, offsets, FileId or Flags of a validation message do not keep to the format.",
      outcome: (data) => `Validation malformed: ${data.faults.join(", ")}`,
      title: (data) =>
        data.response
          ? "The server's answer to the validation does not keep to the format."
          : "The validation request does not keep to the format.",
      what: (data) =>
        `In the ${data.response ? "answer to the validation" : "validation request"} ${inFrame(data.frame)} ${faultsText(data, "en")}.${data.messages > 1 ? ` ${data.messages} messages of this connection do not keep to the format.` : ""}`,
      why: (data) =>
        data.response
          ? "The answer is exactly 24 bytes long ([MS-SMB2] 2.2.32.6). A client may reject another length; some servers pad it, and most clients tolerate that."
          : "A server refuses such a request with STATUS_INVALID_PARAMETER or STATUS_NOT_SUPPORTED before it compares anything ([MS-SMB2] 3.3.5.15).",
      todo: (data) => [
        data.response ? "Update the server: its answer has the wrong length." : "Update the client: its request has the wrong format.",
      ],
      limit: () => "Not in this capture: whether a device on the path changed the message. A capture taken at the sender shows it.",
    }),
    ja: () => ({
      name: "検証のメッセージの形式が正しくない",
      recognises: "検証のメッセージの長さ、オフセット、FileId、Flags が形式に合っていません。",
      outcome: (data) => `検証の形式が正しくない: ${data.faults.join("、")}`,
      title: (data) => (data.response ? "検証に対するサーバーの応答の形式が正しくありません。" : "検証の要求の形式が正しくありません。"),
      what: (data) =>
        `${data.response ? "検証の応答" : "検証の要求"} ${inFrame(data.frame)} では、${faultsText(data, "ja")}。${data.messages > 1 ? `この接続の ${data.messages} 個のメッセージが形式に合っていません。` : ""}`,
      why: (data) =>
        data.response
          ? "応答の長さはちょうど 24 バイトです ([MS-SMB2] 2.2.32.6)。長さが異なると、クライアントは拒否することがあります。余分なバイトを付けるサーバーもあり、多くのクライアントはそれを許します。"
          : "サーバーは、このような要求を、値を比べる前に STATUS_INVALID_PARAMETER や STATUS_NOT_SUPPORTED で拒否します ([MS-SMB2] 3.3.5.15)。",
      todo: (data) => [
        data.response ? "サーバーを更新します。応答の長さが正しくありません。" : "クライアントを更新します。要求の形式が正しくありません。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: 経路上の機器がメッセージを書き換えたかどうか。送信側のそばで取ったキャプチャで分かります。",
    }),
  },
});

const wanted: Readonly<Record<Language, Readonly<Record<Fault, (value: string, inputCount: number) => string>>>> = {
  en: {
    FileId: () => "FileId is not all FF",
    Flags: (value) => `Flags is ${value} instead of SMB2_0_IOCTL_IS_FSCTL`,
    InputOffset: (value) => `InputOffset is ${value} and not a multiple of 8 from 120 on`,
    InputCount: (value, inputCount) => `InputCount is ${value} instead of ${inputCount}`,
    OutputCount: (value) => `OutputCount is ${value} instead of 24`,
  },
  ja: {
    FileId: () => "FileId がすべて FF ではありません",
    Flags: (value) => `Flags が SMB2_0_IOCTL_IS_FSCTL ではなく ${value} です`,
    InputOffset: (value) => `InputOffset が 120 以上の 8 の倍数ではなく ${value} です`,
    InputCount: (value, inputCount) => `InputCount が ${inputCount} ではなく ${value} です`,
    OutputCount: (value) => `OutputCount が 24 ではなく ${value} です`,
  },
};

function faultsText(data: MalformedData, language: Language): string {
  const texts = data.faults.map((fault, index) => wanted[language][fault as Fault](data.values[index] ?? "", data.wantedInputCount));
  return language === "ja" ? texts.join("。また、") : texts.join(", ");
}

function check(facts: ConnectionFacts): Verdict<MalformedData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const faulty = exchangesWhere(facts, (exchange) => isFaultyRequest(exchange.request) || isFaultyResponse(exchange.response));
  if (faulty.length === 0) return facts.validations.some(isJudged) ? HOLDS : undetermined("message-truncated");
  const messages = faulty.flatMap(faultyMessages);
  const first = messages[0];
  if (first === undefined) return undefined;
  return {
    verdict: "fails",
    count: messages.length,
    data: {
      frame: first.frame,
      response: first.response,
      faults: first.fields.map((fault) => fault.field),
      values: first.fields.map((fault) => fault.value),
      wantedInputCount: wantedInputCount(first.exchange.request),
      messages: messages.length,
    },
    evidence: [...negotiateContext(facts), ...messages.slice(0, MAX_SHOWN_EXCHANGES).flatMap(evidenceOf)],
  };
}

function isJudged(exchange: ValidationFacts): boolean {
  return isWhole(exchange.request) || (exchange.response !== null && !exchange.response.truncated);
}

function isWhole(request: ValidateRequestFacts | null): request is ValidateRequestFacts {
  return request !== null && !request.truncated;
}

function isFaultyRequest(request: ValidateRequestFacts | null): boolean {
  if (!isWhole(request)) return false;
  if (!request.fileIdAllOnes || request.ioctlFlags !== IS_FSCTL) return true;
  return isWrongOffset(request) || request.inputCount !== wantedInputCount(request);
}

function isWrongOffset(request: ValidateRequestFacts): boolean {
  return request.inputOffset < LEAST_INPUT_OFFSET || request.inputOffset % 8 !== 0;
}

function wantedInputCount(request: ValidateRequestFacts | null): number {
  return FIXED_INPUT + 2 * (request?.dialectCount ?? 0);
}

function isFaultyResponse(response: ValidateResponseFacts | null): response is ValidateResponseFacts {
  return response !== null && response.status === 0 && !response.truncated && response.outputCount !== VALIDATE_RESPONSE_LENGTH;
}

function faultyMessages(exchange: ValidationFacts): readonly FaultyMessage[] {
  const { request, response } = exchange;
  const messages: FaultyMessage[] = [];
  if (request !== null && isFaultyRequest(request)) {
    messages.push({ exchange, frame: request.frame, response: false, fields: requestFaults(request) });
  }
  if (isFaultyResponse(response)) {
    const fields: FaultyField[] = [{ field: "OutputCount", value: String(response.outputCount) }];
    messages.push({ exchange, frame: response.frame, response: true, fields });
  }
  return messages;
}

function requestFaults(request: ValidateRequestFacts): readonly FaultyField[] {
  const faults: FaultyField[] = [];
  if (!request.fileIdAllOnes) faults.push({ field: "FileId", value: "" });
  if (request.ioctlFlags !== IS_FSCTL) faults.push({ field: "Flags", value: hex(request.ioctlFlags, 8) });
  if (isWrongOffset(request)) faults.push({ field: "InputOffset", value: String(request.inputOffset) });
  if (request.inputCount !== wantedInputCount(request)) faults.push({ field: "InputCount", value: String(request.inputCount) });
  return faults;
}

function evidenceOf(message: FaultyMessage): readonly Evidence[] {
  return message.fields.flatMap(({ field, value }) => {
    const shown = value === "" ? undefined : value;
    if (!message.response) return validateRequestEvidence(message.exchange, "observed", field, shown);
    return message.exchange.response === null ? [] : [validateResponseEvidence(message.exchange.response, "observed", field, shown)];
  });
}
