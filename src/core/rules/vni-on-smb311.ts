import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DIALECT_311, dialectName } from "../smb2/constants/dialects.ts";
import { type Ending, endAfter, endingEvidence, endingSentence, followed } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { countingNegotiate } from "./negotiateOperands.ts";
import { defineRule } from "./rule.ts";
import { exchangesWhere, MAX_SHOWN_EXCHANGES } from "./validateComparison.ts";
import { validateRequestEvidence, validateResponseEvidence } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type OnSmb311Data = {
  negotiateFrame: number | null;
  requestFrame: number;
  alsoFrames: readonly number[];
  answerFrame: number | null;
  ending: Ending;
  endFrame: number | null;
};

/** A validation on a 3.1.1 connection, where pre-authentication integrity takes its place ([MS-SMB2] 3.2.5.5, 3.3.5.15.12). */
export const vniOnSmb311 = defineRule<OnSmb311Data>({
  id: "vni-on-smb311",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.15.12", "MS-SMB2 3.2.5.5"],
  remedies: ["update-client"],
  check,
  texts: {
    en: () => ({
      name: "Validation sent on SMB 3.1.1",
      recognises: "The client sends the validation on a 3.1.1 connection, where the server must end the connection.",
      outcome: () => "Validation failed: not allowed on SMB 3.1.1",
      title: () => "The client sent a validation on an SMB 3.1.1 connection, where it is not allowed.",
      what: (data) =>
        `The NEGOTIATE response${data.negotiateFrame === null ? "" : ` ${inFrame(data.negotiateFrame)}`} settled on 3.1.1, and the client sent the validation ${inFrame(data.requestFrame)}.${againIn(data.alsoFrames, "en")} ${data.answerFrame === null ? endingSentence(data, "en") : `The server answered it ${inFrame(data.answerFrame)}.`}`,
      why: () =>
        "On 3.1.1 the keys themselves prove that NEGOTIATE was not changed. The client must not send the validation, and the server must end the connection when one arrives ([MS-SMB2] 3.3.5.15.12).",
      todo: () => ["Update the client: it does not keep to SMB 3.1.1."],
      limit: () => "",
    }),
    ja: () => ({
      name: "SMB 3.1.1 での検証の送信",
      recognises: "クライアントが 3.1.1 の接続で検証を送ります。この場合、サーバーは接続を切断しなければなりません。",
      outcome: () => "検証に失敗: SMB 3.1.1 では許可されない",
      title: () => "クライアントが、許可されていない SMB 3.1.1 の接続で検証を送りました。",
      what: (data) =>
        `NEGOTIATE 応答${data.negotiateFrame === null ? "" : ` ${inFrame(data.negotiateFrame)} `}で 3.1.1 に決まった後、クライアントが検証 ${inFrame(data.requestFrame)} を送りました。${againIn(data.alsoFrames, "ja")}${data.answerFrame === null ? endingSentence(data, "ja") : `サーバーは応答しました ${inFrame(data.answerFrame)}。`}`,
      why: () =>
        "3.1.1 では、鍵そのものが NEGOTIATE の書き換えがないことを証明します。クライアントは検証を送ってはならず、サーバーは受け取ったら接続を切断しなければなりません ([MS-SMB2] 3.3.5.15.12)。",
      todo: () => ["クライアントを更新します。SMB 3.1.1 の仕様に従っていません。"],
      limit: () => "",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<OnSmb311Data> | undefined {
  if (facts.validations.length === 0) return facts.dialect === DIALECT_311 ? HOLDS : undefined;
  if (facts.dialect === null) return undetermined("negotiate-missing");
  if (facts.dialect !== DIALECT_311) return HOLDS;
  const exchanges = exchangesWhere(facts, (exchange) => exchange.request !== null);
  const first = exchanges[0];
  const last = exchanges.at(-1);
  if (first?.request == null || last?.request == null) return undetermined("validate-request-missing");
  const after = followed(facts, (endAfter(facts, last.request.frame) ?? last.request).frame, null);
  const response = countingNegotiate(facts)?.response ?? null;
  const shown = exchanges.slice(0, MAX_SHOWN_EXCHANGES);
  return {
    verdict: "fails",
    count: exchanges.length,
    data: {
      negotiateFrame: response?.frame ?? null,
      requestFrame: first.request.frame,
      alsoFrames: shown.slice(1).flatMap((exchange) => (exchange.request === null ? [] : [exchange.request.frame])),
      answerFrame: last.response?.frame ?? null,
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      ...(response === null
        ? []
        : [
            {
              frame: response.frame,
              role: "expected" as const,
              command: Command.value.NEGOTIATE,
              response: true,
              field: "DialectRevision",
              value: dialectName(response.dialect),
            },
          ]),
      ...shown.flatMap((exchange) => [
        ...validateRequestEvidence(exchange, "observed"),
        ...(exchange.response === null ? [] : [validateResponseEvidence(exchange.response, "effect")]),
      ]),
      ...endingEvidence(after),
    ],
  };
}
