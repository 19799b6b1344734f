import type { ConnectionFacts, SessionFacts, TreeConnectFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DIALECT_30, DIALECT_311, dialectName } from "../smb2/constants/dialects.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { negotiateRequest } from "./negotiateOperands.ts";
import { isRealUser, mustEncrypt } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type NotSentData = {
  dialect: string;
  /** Successful TREE_CONNECT response after which the validation was due. */
  treeFrame: number;
};

/** A client that implements 3.x does not validate although it has to ([MS-SMB2] 3.2.5.5). */
export const vniNotSent = defineRule<NotSentData>({
  id: "vni-not-sent",
  severity: "information",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.5", "MS-SMB2 3.2.3"],
  remedies: ["require-signing", "raise-dialect", "update-client"],
  identity: ["dialect"],
  check,
  texts: {
    en: () => ({
      name: "Validation not sent",
      recognises:
        "Below 3.1.1 a client that offers 3.x works on a share in an authenticated, unencrypted session without sending the validation.",
      outcome: (data) => `SMB ${data.dialect} without validation`,
      title: (data) => `The client did not validate the negotiation of SMB ${data.dialect}.`,
      what: (data) => `The client connected to a share ${inFrame(data.treeFrame)} and went on, but sent no FSCTL_VALIDATE_NEGOTIATE_INFO.`,
      why: () =>
        "A client that implements 3.x must validate after every successful TREE_CONNECT below 3.1.1 ([MS-SMB2] 3.2.5.5). Without that a changed NEGOTIATE, and with it a forced older dialect, goes unnoticed. Several third-party clients never validate; on Windows 8 and 8.1 RequireSecureNegotiate may be off.",
      todo: () => [
        "On Windows 8 and 8.1 check that RequireSecureNegotiate is not set to 0.",
        "Require SMB signing on the client and on the server.",
        "Use SMB 3.1.1 where both sides have it: there the check cannot be left out.",
      ],
      limit: () => "Not in this capture: whether the client never validates or was told not to.",
    }),
    ja: () => ({
      name: "検証が送られていない",
      recognises:
        "3.1.1 より前のダイアレクトで、3.x を提示するクライアントが、認証済みで暗号化されていないセッションの共有を、検証を送らずに使っています。",
      outcome: (data) => `SMB ${data.dialect}、検証なし`,
      title: (data) => `クライアントは SMB ${data.dialect} のネゴシエーションを検証しませんでした。`,
      what: (data) =>
        `クライアントは共有に接続して ${inFrame(data.treeFrame)} 通信を続けましたが、FSCTL_VALIDATE_NEGOTIATE_INFO を送っていません。`,
      why: () =>
        "3.x を実装するクライアントは、3.1.1 より前のダイアレクトでは TREE_CONNECT が成功するたびに検証しなければなりません ([MS-SMB2] 3.2.5.5)。検証がないと、NEGOTIATE が書き換えられて古いダイアレクトを使わされても気付けません。他社製クライアントには検証しないものがあります。Windows 8 と 8.1 では RequireSecureNegotiate が無効になっていることがあります。",
      todo: () => [
        "Windows 8 と 8.1 では、RequireSecureNegotiate が 0 に設定されていないことを確認します。",
        "クライアントとサーバーの両方で SMB 署名を必須にします。",
        "両側が対応していれば SMB 3.1.1 を使います。3.1.1 ではこの確認を省けません。",
      ],
      limit: () => "このキャプチャから分からないこと: クライアントがもともと検証しないのか、検証しないように設定されているのか。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<NotSentData> | undefined {
  if (facts.dialect === null || facts.dialect >= DIALECT_311 || facts.fileRequests === 0) return undefined;
  if (facts.validations.length > 0) return HOLDS;
  if (facts.encryptedMessages > 0) return undefined;
  const tree = usedTree(facts);
  if (tree?.response == null) return undefined;
  const request = negotiateRequest(facts);
  if (typeof request === "string") return undetermined(request);
  if (!request.dialects.some((dialect) => dialect >= DIALECT_30)) return undefined;
  if (facts.lostFromClient > 0) return undetermined("bytes-lost");
  if (facts.truncatedMessages > 0) return undetermined("message-truncated");
  return {
    verdict: "fails",
    data: { dialect: dialectName(facts.dialect), treeFrame: tree.response.frame },
    evidence: [
      ...negotiateContext(facts),
      { frame: tree.response.frame, role: "observed", command: Command.value.TREE_CONNECT, response: true },
    ],
  };
}

function usedTree(facts: ConnectionFacts): TreeConnectFacts | undefined {
  return facts.trees.find((tree) => tree.response?.status === 0 && facts.sessions.some((session) => isDue(session, tree)));
}

function isDue(session: SessionFacts, tree: TreeConnectFacts): boolean {
  return session.id === tree.sessionId && isRealUser(session) && !mustEncrypt(session);
}
