import type { ConnectionFacts, ValidationFacts } from "../model/connectionFacts.ts";
import { productText } from "../model/peer.ts";
import { peerOfFacts } from "../model/peersOf.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { type Ending, followed } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { countingNegotiate } from "./negotiateOperands.ts";
import { isProtected } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { exchangesWhere, MAX_SHOWN_EXCHANGES, noAnswer, STATUS_ACCESS_DENIED, withoutValidation } from "./validateComparison.ts";
import { validateErrorProducers } from "./validateErrorProducers.ts";
import { negotiateContext, validateRequestEvidence, validateResponseEvidence } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type ErrorAcceptedData = {
  requestFrame: number | null;
  responseFrame: number;
  status: number;
  alsoFrames: readonly number[];
  nextFrame: number | null;
  /** Product that the server looks like, and what tells so; null where nothing does. */
  server: string | null;
  serverSign: string | null;
};

/** A protected error status with which the client went on: the validation was skipped ([MS-SMB2] 3.2.5.14.12). */
export const vniErrorAccepted = defineRule<ErrorAcceptedData>({
  id: "vni-error-accepted",
  severity: "information",
  subject: "server",
  sections: ["MS-SMB2 3.2.5.14.12", "MS-SMB2 3.3.5.15"],
  remedies: ["update-server", "raise-dialect", "require-signing"],
  identity: ["status"],
  check,
  texts: {
    en: () => ({
      name: "Validation answered with an error and accepted",
      recognises:
        "The server answers the validation with a protected error status other than STATUS_ACCESS_DENIED, and the client goes on: the server does not know the request, and the validation was skipped.",
      outcome: (data) => `Validation skipped: ${ntStatusName(data.status)}`,
      title: (data) => `The server answered the validation with ${ntStatusName(data.status)}, and the client went on without it.`,
      what: (data) =>
        `The server answered the validation${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`} with a protected ${ntStatusName(data.status)} ${inFrame(data.responseFrame)}.${againIn(data.alsoFrames, "en")} The client went on${data.nextFrame === null ? "" : ` ${inFrame(data.nextFrame)}`}.${data.server === null ? "" : ` The server looks like ${data.server} (${data.serverSign}).`}`,
      why: (data) =>
        `This is legal: the protection of the answer proves that the real server said so ([MS-SMB2] 3.2.5.14.12). The values of NEGOTIATE were not compared, though. ${validateErrorProducers(data.status, "en") ?? "No server is known to answer the validation with this status."}`,
      todo: () => [
        "Nothing has to be done for this connection.",
        "Update the server to a version with SMB 3.1.1, which protects the whole negotiation.",
      ],
      limit: () => "",
    }),
    ja: () => ({
      name: "検証にエラーで応答し、受け入れられた",
      recognises:
        "サーバーが STATUS_ACCESS_DENIED 以外の保護されたエラー ステータスで検証に応答し、クライアントが通信を続けます。サーバーは要求を知らず、検証は行われていません。",
      outcome: (data) => `検証なし: ${ntStatusName(data.status)}`,
      title: (data) => `サーバーが検証に ${ntStatusName(data.status)} で応答し、クライアントは検証なしで通信を続けました。`,
      what: (data) =>
        `サーバーは検証${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)} `}に、保護された ${ntStatusName(data.status)} で応答しました ${inFrame(data.responseFrame)}。${againIn(data.alsoFrames, "ja")}クライアントは通信を続けました${data.nextFrame === null ? "" : ` ${inFrame(data.nextFrame)}`}。${data.server === null ? "" : `サーバーは ${productText(data.server, "ja")} のようです (${data.serverSign})。`}`,
      why: (data) =>
        `これは仕様どおりの動作です。応答が保護されているため、本物のサーバーの応答であることが分かります ([MS-SMB2] 3.2.5.14.12)。ただし、NEGOTIATE の値は比べられていません。${validateErrorProducers(data.status, "ja") ?? "検証にこのステータスで応答するサーバーは知られていません。"}`,
      todo: () => [
        "この接続について行うことはありません。",
        "サーバーを、ネゴシエーション全体を保護する SMB 3.1.1 に対応したバージョンに更新します。",
      ],
      limit: () => "",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<ErrorAcceptedData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const errors = exchangesWhere(facts, isProtectedError);
  if (errors.length === 0) return withoutError(facts);
  const accepted = errors.filter((exchange) => reaction(facts, exchange) === "goes-on");
  const first = accepted[0];
  if (first?.response == null)
    return errors.some((exchange) => reaction(facts, exchange) === "open") ? undetermined("capture-ends") : HOLDS;
  const shown = accepted.slice(0, MAX_SHOWN_EXCHANGES);
  const server = peerOfFacts(facts, countingNegotiate(facts), "server");
  const sign = server?.evidence[0];
  return {
    verdict: "fails",
    count: accepted.length,
    data: {
      requestFrame: first.request?.frame ?? null,
      responseFrame: first.response.frame,
      status: first.response.status,
      alsoFrames: shown.slice(1).flatMap((exchange) => (exchange.response === null ? [] : [exchange.response.frame])),
      nextFrame: first.nextRequest?.frame ?? null,
      server: server?.product ?? null,
      serverSign: sign === undefined ? null : `${sign.field} ${inFrame(sign.frame)} ${sign.value}`,
    },
    evidence: [
      ...negotiateContext(facts),
      ...shown.flatMap((exchange) => [
        ...validateRequestEvidence(exchange, "context"),
        ...(exchange.response === null ? [] : [validateResponseEvidence(exchange.response, "observed")]),
      ]),
    ],
  };
}

function isProtectedError({ response }: ValidationFacts): boolean {
  return response !== null && response.status !== 0 && response.status !== STATUS_ACCESS_DENIED && isProtected(response);
}

function withoutError(facts: ConnectionFacts): Verdict<ErrorAcceptedData> {
  const reason = noAnswer(facts);
  return reason === undefined ? HOLDS : undetermined(reason);
}

function reaction(facts: ConnectionFacts, exchange: ValidationFacts): Ending {
  return exchange.response === null ? "open" : followed(facts, exchange.response.frame, exchange.nextRequest).ending;
}
