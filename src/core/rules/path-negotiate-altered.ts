import type { ConnectionFacts } from "../model/connectionFacts.ts";
import type { AlteredField, OtherView } from "../model/otherView.ts";
import { Command } from "../smb2/constants/commands.ts";
import { VALUE_DIFFERENCES } from "./abortCauses.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

const MOST_FIELDS = 16;
/** What changes along with a list or buffer. */
const FOLLOWS_FROM_OTHERS = /(Count|Length|Offset)$/;

type AlteredData = {
  /** The capture's points: here and the other, with the connection that it shows. */
  point: string;
  otherPoint: string;
  otherConnection: number;
  /** Null: which of the points is nearer to the receiver is not known. */
  arrived: boolean | null;
  response: boolean;
  fields: readonly string[];
  frame: number;
  otherFrame: number;
  /** The first field's value here and at the other point; null: the message has no such field. */
  value: string | null;
  otherValue: string | null;
};

/** NEGOTIATE is not the same at two points of one capture: what lies between them changed it. */
export const pathNegotiateAltered = defineRule<AlteredData>({
  id: "path-negotiate-altered",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 2.2.3", "MS-SMB2 2.2.4", "MS-SMB2 3.3.5.15.12"],
  remedies: ["stop-rewriting", "require-signing", "raise-dialect"],
  // These prove the same change by the signed validation: one finding a cause.
  explainedBy: VALUE_DIFFERENCES,
  identity: ["point", "otherPoint", "response", "fields"],
  check: ({ otherView }: ConnectionFacts) => (otherView === null ? undefined : judge(otherView)),
  texts: {
    en: () => ({
      name: "NEGOTIATE altered between two capture points",
      recognises:
        "The same connection is seen at two points of one capture (two interfaces, two places of one machine), and its NEGOTIATE messages are not the same.",
      outcome: () => "NEGOTIATE changed between two capture points",
      title: (data) => `The NEGOTIATE ${part(data, "response", "request")} was changed between the two capture points.`,
      what: (data) =>
        `${fieldsEn(data)} ${valueEn(data.otherValue)} at point ${data.otherPoint} ${inFrame(data.otherFrame)} and ${valueEn(data.value)} at point ${data.point} ${inFrame(data.frame)}. ${orderEn(data)}`,
      why: () =>
        "What lies between the two points rewrites SMB: NEGOTIATE travels unsigned, so nothing stops it. Client and server then each believe what the other never said; the validation of 3.x, or the keys of 3.1.1, fail because of it, and where neither is used nobody notices.",
      todo: () => [
        "Look at what lies between the two points: the machine that captured, its proxy, filter or inspecting service, or the device between its interfaces.",
        "Let it pass TCP port 445 untouched, or use its mode for signed SMB.",
        "Require SMB signing on the client and on the server.",
      ],
      limit: () => "",
    }),
    ja: () => ({
      name: "2 つのキャプチャ地点の間で変わった NEGOTIATE",
      recognises:
        "1 つのキャプチャの 2 つの地点 (2 つのインターフェイス、1 台のコンピューターの 2 か所) で見た同じ接続の NEGOTIATE メッセージが一致しません。",
      outcome: () => "2 つのキャプチャ地点の間で NEGOTIATE が変更された",
      title: (data) => `NEGOTIATE ${part(data, "応答", "要求")}が 2 つのキャプチャ地点の間で書き換えられました。`,
      what: (data) =>
        `${fieldsJa(data)}地点 ${data.otherPoint} の ${inFrame(data.otherFrame)} では ${valueJa(data.otherValue)}、地点 ${data.point} の ${inFrame(data.frame)} では ${valueJa(data.value)} です。${orderJa(data)}`,
      why: () =>
        "2 つの地点の間にあるものが SMB を書き換えています。NEGOTIATE は署名されないため、書き換えを防ぐものはありません。クライアントとサーバーは、相手が言っていないことを互いに信じます。3.x の検証や 3.1.1 の鍵はそのために失敗し、どちらも使われなければ誰も気付きません。",
      todo: () => [
        "2 つの地点の間にあるもの (キャプチャを取ったコンピューターそのもの、そのプロキシ、フィルター、検査サービス、またはインターフェイスの間の機器) を調べてください。",
        "TCP ポート 445 をそのまま通すか、署名付き SMB 用のモードを使ってください。",
        "クライアントとサーバーの両方で SMB 署名を必須にしてください。",
      ],
      limit: () => "",
    }),
  },
});

function judge(view: OtherView): Verdict<AlteredData> {
  const first = view.altered.find(({ field }) => !FOLLOWS_FROM_OTHERS.test(field)) ?? view.altered[0];
  if (first === undefined) return view.incomparable === null ? HOLDS : undetermined(view.incomparable);
  const { response, frame, otherFrame, value, otherValue } = first;
  const shown = view.altered.slice(0, MOST_FIELDS);
  const ofMessage = shown.filter((one) => one.frame === frame);
  return {
    verdict: "fails",
    data: {
      point: view.point,
      otherPoint: view.otherPoint,
      otherConnection: view.connection,
      arrived: view.arrived,
      response,
      fields: [first, ...ofMessage.filter((one) => one !== first)].map(({ field }) => field),
      frame,
      otherFrame,
      value,
      otherValue,
    },
    evidence: shown.flatMap(evidenceOf),
  };
}

function evidenceOf({ field, response, frame, value, otherFrame, otherValue }: AlteredField): readonly Evidence[] {
  const message = { command: Command.value.NEGOTIATE, response, field };
  return [
    { ...message, frame, role: "observed", ...(value !== null && { value }) },
    { ...message, frame: otherFrame, role: "expected", ...(otherValue !== null && { value: otherValue }) },
  ];
}

function part({ response }: AlteredData, answer: string, request: string): string {
  return response ? answer : request;
}

function fieldsEn({ fields }: AlteredData): string {
  const [first = "", ...others] = fields;
  return others.length === 0 ? `${first} is` : `Of ${others.length + 1} fields that differ (${fields.join(", ")}), ${first} is`;
}

function fieldsJa({ fields }: AlteredData): string {
  const [first = "", ...others] = fields;
  return others.length === 0 ? `${first} は` : `異なるフィールドは ${fields.join("、")} で、${first} は`;
}

function valueEn(value: string | null): string {
  return value ?? "not there";
}

function valueJa(value: string | null): string {
  return value ?? "なし";
}

function orderEn({ arrived, otherPoint, point }: AlteredData): string {
  return arrived === null
    ? "The times do not tell which of the two points comes first on the way of the message."
    : `The message came by point ${otherPoint} first, so it was changed on its way to point ${point}.`;
}

function orderJa({ arrived, otherPoint, point }: AlteredData): string {
  return arrived === null
    ? "メッセージがどちらの地点を先に通ったかは、時刻からは分かりません。"
    : `メッセージは先に地点 ${otherPoint} を通っているため、地点 ${point} までの間に書き換えられています。`;
}
