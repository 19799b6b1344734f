import type { ConnectionFacts, MessageFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DIALECT_311 } from "../smb2/constants/dialects.ts";
import { endAfter } from "./ending.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { isProtected, sessionById, userOf } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { MAX_SHOWN_EXCHANGES } from "./validateComparison.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type TreeConnectUnprotectedData = {
  requestFrame: number;
  alsoFrames: readonly number[];
  /** Frame in which the server's side ended the connection instead of answering; null where it did not. */
  endFrame: number | null;
};

const TREE_CONNECT = Command.value.TREE_CONNECT;

/** On 3.1.1 a real user's TREE_CONNECT is neither signed nor encrypted ([MS-SMB2] 3.2.4.2.4, 3.3.5.7). */
export const treeConnectUnprotected = defineRule<TreeConnectUnprotectedData>({
  id: "tree-connect-unprotected",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.4.2.4", "MS-SMB2 3.3.5.7"],
  remedies: ["update-client", "capture-both-sides"],
  proofAt: "client",
  check,
  texts: {
    en: () => ({
      name: "TREE_CONNECT without protection on 3.1.1",
      recognises: "On 3.1.1 a TREE_CONNECT request of a user who is neither guest nor anonymous is neither signed nor encrypted.",
      outcome: (data) => (data.endFrame === null ? "TREE_CONNECT was not signed" : "Share not connected: TREE_CONNECT was not signed"),
      title: (data) =>
        data.endFrame === null
          ? "The client sent TREE_CONNECT on SMB 3.1.1 without a signature."
          : "The client sent TREE_CONNECT on SMB 3.1.1 without a signature, and the server ended the connection.",
      what: (data) =>
        `The TREE_CONNECT request ${inFrame(data.requestFrame)} is neither signed nor encrypted.${againIn(data.alsoFrames, "en")}${data.endFrame === null ? "" : ` The server's side ended the connection instead of answering ${inFrame(data.endFrame)}.`}`,
      why: () =>
        "On 3.1.1 the first TREE_CONNECT must be signed or encrypted even where signing is not required, since it proves to the server that both ends have the same keys ([MS-SMB2] 3.2.4.2.4). A server that keeps to the specification ends the connection ([MS-SMB2] 3.3.5.7).",
      todo: () => [
        "Update the client: Linux kernels sign TREE_CONNECT on SMB 3.1.1 since 2018.",
        "Where the client is a current one, capture next to it: if it signs there, a device on the path took the signature away.",
      ],
      limit: () =>
        "Not in this capture: whether the client or a device on the path left the signature out. A capture at the client shows it.",
    }),
    ja: () => ({
      name: "3.1.1 での保護されていない TREE_CONNECT",
      recognises: "3.1.1 で、ゲストでも匿名でもないユーザーの TREE_CONNECT 要求が署名も暗号化もされていません。",
      outcome: (data) => (data.endFrame === null ? "TREE_CONNECT に署名がない" : "共有に接続できない: TREE_CONNECT に署名がない"),
      title: (data) =>
        data.endFrame === null
          ? "クライアントが SMB 3.1.1 で署名のない TREE_CONNECT を送りました。"
          : "クライアントが SMB 3.1.1 で署名のない TREE_CONNECT を送り、サーバーが接続を終了しました。",
      what: (data) =>
        `TREE_CONNECT 要求 ${inFrame(data.requestFrame)} は署名も暗号化もされていません。${againIn(data.alsoFrames, "ja")}${data.endFrame === null ? "" : `サーバー側は応答せずに接続を終了しました ${inFrame(data.endFrame)}。`}`,
      why: () =>
        "3.1.1 では、署名が必須でなくても TREE_CONNECT に署名するか暗号化しなければなりません。両端が同じ鍵を持つことをサーバーに示すためです ([MS-SMB2] 3.2.4.2.4)。仕様に従うサーバーは接続を切断します ([MS-SMB2] 3.3.5.7)。",
      todo: () => [
        "クライアントを更新します。Linux カーネルは 2018 年から SMB 3.1.1 の TREE_CONNECT に署名します。",
        "クライアントが現行のバージョンなら、クライアントのそばでキャプチャを取ります。そこで署名があれば、経路上の機器が署名を取り除いています。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: 署名を付けなかったのがクライアントか、経路上の機器が取り除いたのか。クライアント側のキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<TreeConnectUnprotectedData> | undefined {
  if (facts.dialect !== DIALECT_311 || facts.trees.length === 0) return undefined;
  const plain: MessageFacts[] = [];
  let open: "message-truncated" | "session-setup-missing" | null = null;
  for (const { request, sessionId } of facts.trees) {
    if (request === null || isProtected(request)) continue;
    const session = sessionById(facts, sessionId);
    const user = session === undefined ? "unknown" : userOf(session);
    if (user === "unknown") open ??= "session-setup-missing";
    else if (user === "real" && request.signed && request.truncated) open ??= "message-truncated";
    else if (user === "real") plain.push(request);
  }
  const [first, ...others] = plain;
  if (first !== undefined) return failing(facts, first, others);
  return open === null ? HOLDS : undetermined(open);
}

function failing(facts: ConnectionFacts, first: MessageFacts, others: readonly MessageFacts[]): Verdict<TreeConnectUnprotectedData> {
  const alsoFrames = others.slice(0, MAX_SHOWN_EXCHANGES - 1).map(({ frame }) => frame);
  const last = alsoFrames.at(-1) ?? first.frame;
  const end = (facts.lastMessageFrame ?? 0) <= last ? endAfter(facts, last) : undefined;
  const aborted = end?.by === "server" && end.afterUnseen !== true ? end : undefined;
  const observed = [first.frame, ...alsoFrames].map(
    (frame): Evidence => ({ frame, role: "observed", command: TREE_CONNECT, response: false }),
  );
  const final = facts.sessions.find((session) => userOf(session) === "real")?.final;
  return {
    verdict: "fails",
    count: others.length + 1,
    data: { requestFrame: first.frame, alsoFrames, endFrame: aborted?.frame ?? null },
    evidence: [
      ...(final == null ? [] : [{ frame: final.frame, role: "context", command: Command.value.SESSION_SETUP, response: true } as const]),
      ...observed,
      ...(aborted === undefined ? [] : [{ frame: aborted.frame, role: "effect", value: aborted.how } as const]),
    ],
  };
}
