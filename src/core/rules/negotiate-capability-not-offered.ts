import type { ConnectionFacts, NegotiateRequestFacts, NegotiateResponseFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DIALECT_30, DIALECT_311, Dialect, dialectName } from "../smb2/constants/dialects.ts";
import { GlobalCapabilities } from "../smb2/constants/negotiateFlags.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { countingNegotiate, negotiateResponse } from "./negotiateOperands.ts";
import { defineRule } from "./rule.ts";
import { capabilitiesOnlyIn, capabilitiesText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type CapabilityNotOfferedData = {
  requestFrame: number | null;
  responseFrame: number;
  dialect: string;
  /** Capabilities of the response. */
  capabilities: string;
  /** Bits that the dialect does not have, and bits that the client did not offer. */
  unfit: readonly string[];
  unoffered: readonly string[];
};

const CAP = GlobalCapabilities.mask;
const SINCE_210 = CAP.LEASING | CAP.LARGE_MTU;
const SINCE_300 = CAP.MULTI_CHANNEL | CAP.PERSISTENT_HANDLES | CAP.DIRECTORY_LEASING;
const IF_OFFERED = SINCE_300 | CAP.ENCRYPTION | CAP.NOTIFICATIONS;

/** Bits that a response with each dialect may have ([MS-SMB2] 2.2.4, 3.3.5.4); of unreleased dialects it is not known. */
const ALLOWED: Readonly<Record<number, number>> = {
  [Dialect.value["2.0.2"]]: CAP.DFS,
  [Dialect.value["2.1"]]: CAP.DFS | SINCE_210,
  [DIALECT_30]: CAP.DFS | SINCE_210 | SINCE_300 | CAP.ENCRYPTION,
  [Dialect.value["3.0.2"]]: CAP.DFS | SINCE_210 | SINCE_300 | CAP.ENCRYPTION,
  [DIALECT_311]: CAP.DFS | SINCE_210 | SINCE_300 | CAP.NOTIFICATIONS,
};
const KNOWN_BITS = CAP.DFS | SINCE_210 | IF_OFFERED;

/** A capability in the NEGOTIATE response that its dialect does not have, or that the client did not offer ([MS-SMB2] 3.3.5.4). */
export const negotiateCapabilityNotOffered = defineRule<CapabilityNotOfferedData>({
  id: "negotiate-capability-not-offered",
  severity: "warning",
  subject: "server",
  sections: ["MS-SMB2 3.3.5.4", "MS-SMB2 2.2.4"],
  remedies: ["update-server", "capture-both-sides", "stop-rewriting"],
  proofAt: "both",
  explainedBy: VALIDATION_CAUSES,
  identity: ["dialect", "unfit", "unoffered"],
  check,
  texts: {
    en: () => ({
      name: "Capability was not offered",
      recognises:
        "Capabilities of the NEGOTIATE response have a bit that the chosen dialect does not have or that the client did not offer.",
      outcome: (data) => `Unexpected capability: ${[...data.unfit, ...data.unoffered].join(", ")}`,
      title: (data) =>
        data.unfit.length > 0
          ? `The server announces ${data.unfit.join(", ")}, which SMB ${data.dialect} does not have.`
          : `The server announces ${data.unoffered.join(", ")}, which the client did not offer.`,
      what: (data) =>
        `The NEGOTIATE response ${inFrame(data.responseFrame)} chooses SMB ${data.dialect} with Capabilities ${data.capabilities}.${data.unfit.length === 0 ? "" : ` This dialect does not have ${data.unfit.join(", ")}.`}${data.unoffered.length === 0 || data.requestFrame === null ? "" : ` The request ${inFrame(data.requestFrame)} does not offer ${data.unoffered.join(", ")}.`}`,
      why: () =>
        "A server that keeps to the specification sets such a bit only on the dialects that have it, and only where the client offered it ([MS-SMB2] 3.3.5.4). Either the server does not keep to it, or a device changed Capabilities or the dialect of one of the two messages.",
      todo: () => [
        "Update the server if it is not a current Windows or Samba.",
        "Capture at the other side too and compare the NEGOTIATE messages: a difference shows a device that rewrites SMB.",
      ],
      limit: () => "Not in this capture: whether the server set the bit or a device changed a message. Captures from both sides show it.",
    }),
    ja: () => ({
      name: "提示されていない機能",
      recognises: "NEGOTIATE 応答の Capabilities に、選ばれたダイアレクトにないビットか、クライアントが提示していないビットがあります。",
      outcome: (data) => `想定外の機能: ${[...data.unfit, ...data.unoffered].join(", ")}`,
      title: (data) =>
        data.unfit.length > 0
          ? `サーバーが、SMB ${data.dialect} にない ${data.unfit.join(", ")} を示しています。`
          : `サーバーが、クライアントの提示していない ${data.unoffered.join(", ")} を示しています。`,
      what: (data) =>
        `NEGOTIATE 応答 ${inFrame(data.responseFrame)} は SMB ${data.dialect} を選び、Capabilities は ${data.capabilities} です。${data.unfit.length === 0 ? "" : `このダイアレクトに ${data.unfit.join(", ")} はありません。`}${data.unoffered.length === 0 || data.requestFrame === null ? "" : `要求 ${inFrame(data.requestFrame)} は ${data.unoffered.join(", ")} を提示していません。`}`,
      why: () =>
        "仕様に従うサーバーは、このようなビットを、それを持つダイアレクトで、クライアントが提示したときにだけ設定します ([MS-SMB2] 3.3.5.4)。サーバーが仕様に従っていないか、機器がどちらかのメッセージの Capabilities かダイアレクトを書き換えています。",
      todo: () => [
        "現行の Windows や Samba でないなら、サーバーを更新します。",
        "反対側でもキャプチャを取り、NEGOTIATE を比べます。違いがあれば、SMB を書き換える機器があります。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: サーバーがビットを設定したのか、機器がメッセージを書き換えたのか。両側のキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<CapabilityNotOfferedData> | undefined {
  if (facts.negotiates.length === 0) return undefined;
  const response = negotiateResponse(facts);
  if (typeof response === "string") return undetermined(response);
  const request = countingNegotiate(facts)?.request ?? null;
  const unfit = unfitBits(response);
  const unoffered = request === null ? 0 : unofferedBits(request, response) & ~unfit;
  if (unfit === 0 && unoffered === 0) return HOLDS;
  const command = Command.value.NEGOTIATE;
  const capabilities = capabilitiesText(response.capabilities);
  const evidence: Evidence[] = [
    { frame: response.frame, role: "observed", command, response: true, field: "Capabilities", value: capabilities },
  ];
  if (request !== null && unoffered !== 0) {
    const value = capabilitiesText(request.capabilities);
    evidence.unshift({ frame: request.frame, role: "expected", command, response: false, field: "Capabilities", value });
  }
  return {
    verdict: "fails",
    data: {
      requestFrame: request?.frame ?? null,
      responseFrame: response.frame,
      dialect: dialectName(response.dialect),
      capabilities,
      unfit: capabilitiesOnlyIn(unfit, 0),
      unoffered: capabilitiesOnlyIn(unoffered, 0),
    },
    evidence,
  };
}

/** Known bits of the response that its dialect does not have. */
export function unfitBits({ dialect, capabilities }: Pick<NegotiateResponseFacts, "dialect" | "capabilities">): number {
  const allowed = ALLOWED[dialect];
  return allowed === undefined ? 0 : capabilities & KNOWN_BITS & ~allowed;
}

/** Bits of the response that need the client's offer and lack it. */
export function unofferedBits(request: NegotiateRequestFacts, response: NegotiateResponseFacts): number {
  if (request.truncated || response.dialect < DIALECT_30 || response.dialect > DIALECT_311) return 0;
  return response.capabilities & IF_OFFERED & ~request.capabilities;
}
