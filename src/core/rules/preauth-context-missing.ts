import type { ConnectionFacts, NegotiateFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DIALECT_311 } from "../smb2/constants/dialects.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type PreauthContextMissingData = {
  /** Whose message it is; `hash`: the server knows none of the hash algorithms that the client offered. */
  side: "client" | "server" | "hash";
  frame: number;
  /** SMB2_PREAUTH_INTEGRITY_CAPABILITIES contexts in it. */
  contexts: number;
  /** Status of the answer; null where it is a success or not in the capture. */
  status: number | null;
  statusFrame: number | null;
};

const NO_COMMON_HASH = NtStatus.STATUS_SMB_NO_PREAUTH_INTEGRITY_HASH_OVERLAP;

/** 3.1.1 without exactly one SMB2_PREAUTH_INTEGRITY_CAPABILITIES context, or without a common hash ([MS-SMB2] 3.3.5.4, 3.2.5.2). */
export const preauthContextMissing = defineRule<PreauthContextMissingData>({
  id: "preauth-context-missing",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.4", "MS-SMB2 3.2.5.2", "MS-SMB2 2.2.3.1.1", "MS-SMB2 2.2.4.1.1"],
  remedies: ["stop-rewriting", "capture-both-sides", "update-client", "update-server"],
  proofAt: "both",
  identity: ["side", "contexts"],
  check,
  texts: {
    en: () => ({
      name: "No pre-authentication integrity in NEGOTIATE",
      recognises:
        "A NEGOTIATE message with SMB 3.1.1 does not hold exactly one SMB2_PREAUTH_INTEGRITY_CAPABILITIES context, or the server knows none of the hash algorithms in it.",
      outcome: (data) =>
        data.side === "hash"
          ? "Negotiation failed: no common hash algorithm"
          : `Negotiation failed: ${contextsEn(data.contexts)} from the ${data.side}`,
      title: (data) =>
        data.side === "hash"
          ? "The server knows none of the hash algorithms that the client offers for SMB 3.1.1."
          : `The ${data.side}'s NEGOTIATE ${data.side === "client" ? "request offers" : "response chooses"} SMB 3.1.1 with ${contextsEn(data.contexts)} instead of one.`,
      what: (data) => {
        if (data.side === "hash") return `The server answered NEGOTIATE with ${ntStatusName(NO_COMMON_HASH)} ${inFrame(data.frame)}.`;
        const status =
          data.status === null || data.statusFrame === null
            ? ""
            : ` The server answered with ${ntStatusName(data.status)} ${inFrame(data.statusFrame)}.`;
        return `The NEGOTIATE ${data.side === "client" ? "request" : "response"} ${inFrame(data.frame)} holds ${contextsEn(data.contexts)}.${status}`;
      },
      why: (data) =>
        data.side === "client"
          ? "A request that offers 3.1.1 must hold this context exactly once, otherwise the server answers STATUS_INVALID_PARAMETER ([MS-SMB2] 3.3.5.4). Clients send it, so its absence points to a device that changes NEGOTIATE."
          : data.side === "server"
            ? "A response that chooses 3.1.1 must hold this context exactly once, otherwise the client ends the connection ([MS-SMB2] 3.2.5.2). Its absence points to a device that changes NEGOTIATE, or to a server that does not keep to the protocol."
            : "The server refuses 3.1.1 without a hash algorithm that both ends know ([MS-SMB2] 3.3.5.4). Only SHA-512 is defined, so the client does not keep to the protocol, or a device changed the context.",
      todo: () => [
        "Capture at the other side too and compare the NEGOTIATE messages: a difference shows a device that rewrites SMB.",
        "Let TCP port 445 between the two ends bypass the device, or update it so that it knows SMB 3.1.1.",
        "Where no device is in between, update the end that sent the message.",
      ],
      limit: () => "Not in this capture: whether the sender left it out or a device changed it. Captures from both sides show it.",
    }),
    ja: () => ({
      name: "NEGOTIATE に事前認証の整合性がない",
      recognises:
        "SMB 3.1.1 の NEGOTIATE メッセージに SMB2_PREAUTH_INTEGRITY_CAPABILITIES コンテキストがちょうど 1 つ入っていないか、そのハッシュ アルゴリズムをサーバーが 1 つも知りません。",
      outcome: (data) =>
        data.side === "hash"
          ? "ネゴシエーションに失敗: 共通のハッシュ アルゴリズムがない"
          : `ネゴシエーションに失敗: ${sideJa(data.side)}の事前認証コンテキストが ${data.contexts} 個`,
      title: (data) =>
        data.side === "hash"
          ? "クライアントが SMB 3.1.1 のために提示したハッシュ アルゴリズムを、サーバーは 1 つも知りません。"
          : `${sideJa(data.side)}の NEGOTIATE は SMB 3.1.1 を${data.side === "client" ? "提示" : "選択"}していますが、事前認証の整合性のコンテキストが 1 個ではなく ${data.contexts} 個です。`,
      what: (data) => {
        if (data.side === "hash") return `サーバーは NEGOTIATE に ${ntStatusName(NO_COMMON_HASH)} で応答しました ${inFrame(data.frame)}。`;
        const status =
          data.status === null || data.statusFrame === null
            ? ""
            : `サーバーは ${ntStatusName(data.status)} で応答しました ${inFrame(data.statusFrame)}。`;
        return `NEGOTIATE ${data.side === "client" ? "要求" : "応答"} ${inFrame(data.frame)} には SMB2_PREAUTH_INTEGRITY_CAPABILITIES コンテキストが ${data.contexts} 個あります。${status}`;
      },
      why: (data) =>
        data.side === "client"
          ? "3.1.1 を提示する要求にはこのコンテキストがちょうど 1 つ必要で、そうでなければサーバーは STATUS_INVALID_PARAMETER で応答します ([MS-SMB2] 3.3.5.4)。クライアントは必ず送るため、欠けていれば、NEGOTIATE を書き換える機器が疑われます。"
          : data.side === "server"
            ? "3.1.1 を選ぶ応答にはこのコンテキストがちょうど 1 つ必要で、そうでなければクライアントは接続を切断します ([MS-SMB2] 3.2.5.2)。欠けていれば、NEGOTIATE を書き換える機器か、プロトコルに従わないサーバーが疑われます。"
            : "両端が知るハッシュ アルゴリズムがなければ、サーバーは 3.1.1 を拒否します ([MS-SMB2] 3.3.5.4)。定義されているのは SHA-512 だけなので、クライアントがプロトコルに従っていないか、機器がコンテキストを書き換えています。",
      todo: () => [
        "反対側でもキャプチャを取り、NEGOTIATE を比べます。違いがあれば、SMB を書き換える機器があります。",
        "両端の間の TCP ポート 445 にその機器をバイパスさせるか、SMB 3.1.1 に対応するよう機器を更新します。",
        "間に機器がなければ、そのメッセージを送った側を更新します。",
      ],
      limit: () => "このキャプチャから分からないこと: 送信側が入れなかったのか、機器が書き換えたのか。両側のキャプチャで分かります。",
    }),
  },
});

function contextsEn(count: number): string {
  return count === 0 ? "no pre-authentication integrity context" : `${count} pre-authentication integrity contexts`;
}

function sideJa(side: "client" | "server"): string {
  return side === "client" ? "クライアント" : "サーバー";
}

function check(facts: ConnectionFacts): Verdict<PreauthContextMissingData> | undefined {
  let applies = false;
  let cut = false;
  for (const exchange of facts.negotiates) {
    const found = wrongIn(exchange);
    if (found !== undefined) return failing(exchange, found);
    applies ||= speaks311(exchange);
    cut ||= isCut(exchange);
  }
  if (cut) return undetermined("message-truncated");
  return applies ? HOLDS : undefined;
}

type Wrong = Pick<PreauthContextMissingData, "side" | "frame" | "contexts">;

function wrongIn({ request, response }: NegotiateFacts): Wrong | undefined {
  if (request !== null && !request.truncated && request.dialects.includes(DIALECT_311)) {
    const contexts = request.preauthContexts;
    if (contexts !== null && contexts !== 1) return { side: "client", frame: request.frame, contexts };
  }
  if (response === null) return undefined;
  if (response.status === NO_COMMON_HASH) return { side: "hash", frame: response.frame, contexts: 0 };
  if (response.status !== 0 || response.dialect !== DIALECT_311) return undefined;
  const contexts = response.preauthContexts;
  return contexts === null || contexts === 1 ? undefined : { side: "server", frame: response.frame, contexts };
}

function speaks311({ request, response }: NegotiateFacts): boolean {
  return request?.dialects.includes(DIALECT_311) === true || response?.dialect === DIALECT_311;
}

function isCut({ request, response }: NegotiateFacts): boolean {
  return request?.truncated === true || request?.preauthContexts === null || response?.preauthContexts === null;
}

function failing({ request, response }: NegotiateFacts, wrong: Wrong): Verdict<PreauthContextMissingData> {
  const command = Command.value.NEGOTIATE;
  const failed = wrong.side === "client" && response !== null && response.status !== 0 ? response : null;
  const evidence: Evidence[] = [];
  if (wrong.side !== "client" && request !== null) evidence.push({ frame: request.frame, role: "context", command, response: false });
  const place: Evidence = { frame: wrong.frame, role: "observed", command, response: wrong.side !== "client" };
  evidence.push(wrong.side === "hash" ? { ...place, field: "Status", value: ntStatusName(NO_COMMON_HASH) } : place);
  if (failed !== null)
    evidence.push({ frame: failed.frame, role: "effect", command, response: true, field: "Status", value: ntStatusName(failed.status) });
  return { verdict: "fails", data: { ...wrong, status: failed?.status ?? null, statusFrame: failed?.frame ?? null }, evidence };
}
