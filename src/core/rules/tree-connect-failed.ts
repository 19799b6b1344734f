import type { ConnectionFacts, ResponseFacts, TreeConnectFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { isErrorStatus, ntStatusName } from "../spec/ntStatus.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { SHARE_ADVICES } from "./shareAdvices.ts";
import { todoAgainst, whyStatus } from "./statusAdvice.ts";
import { MAX_SHOWN_EXCHANGES } from "./validateComparison.ts";
import { nameText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type TreeConnectFailedData = {
  status: string;
  statusValue: number;
  /** UNC path as the client sent it. */
  share: string | null;
  requestFrame: number | null;
  responseFrame: number;
  alsoFrames: readonly number[];
  /** Frame in which the same share was connected later. */
  succeededFrame: number | null;
};

/** The server refused a share ([MS-SMB2] 3.3.5.7). */
export const treeConnectFailed = defineRule<TreeConnectFailedData>({
  id: "tree-connect-failed",
  severity: "warning",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.7", "MS-SMB2 2.2.9", "MS-SMB2 3.2.5.5"],
  remedies: ["check-share"],
  explainedBy: [
    ...VALIDATION_CAUSES,
    "vni-request-aborted",
    "preauth-aborted",
    "encryption-required",
    "signing-refused",
    "signing-missing",
  ],
  identity: ["status", "share"],
  check,
  texts: {
    en: () => ({
      name: "Share refused",
      recognises: "The server answers TREE_CONNECT with an error status. The advice depends on the status.",
      outcome: (data) =>
        data.succeededFrame === null ? `Share refused: ${data.status}` : `Share refused at first, then connected: ${data.status}`,
      title: (data) => `The server refused ${data.share === null ? "a share" : `the share ${data.share}`} with ${data.status}.`,
      what: (data) =>
        `TREE_CONNECT${data.share === null ? "" : ` to ${data.share}`}${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`} was answered with ${data.status} ${inFrame(data.responseFrame)}.${againIn(data.alsoFrames, "en")}${data.succeededFrame === null ? "" : ` A later attempt succeeded ${inFrame(data.succeededFrame)}.`}`,
      why: (data) => whyStatus(SHARE_ADVICES, data.statusValue, "en", "The status is not one that servers usually give to a TREE_CONNECT."),
      todo: (data) => todoAgainst(SHARE_ADVICES, data.statusValue, "en", ["Look in the log of the server for the reason at this time."]),
      limit: () => "",
    }),
    ja: () => ({
      name: "共有の拒否",
      recognises: "サーバーが TREE_CONNECT にエラー ステータスで応答します。対処はステータスによって異なります。",
      outcome: (data) => (data.succeededFrame === null ? `共有の拒否: ${data.status}` : `共有の拒否、その後に接続: ${data.status}`),
      title: (data) => `サーバーが共有${data.share === null ? "" : ` ${data.share} `}を ${data.status} で拒否しました。`,
      what: (data) =>
        `${data.share === null ? "" : `${data.share} への `}TREE_CONNECT${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`} に対し、サーバーは ${data.status} で応答しました ${inFrame(data.responseFrame)}。${againIn(data.alsoFrames, "ja")}${data.succeededFrame === null ? "" : `後の試みは成功しました ${inFrame(data.succeededFrame)}。`}`,
      why: (data) => whyStatus(SHARE_ADVICES, data.statusValue, "ja", "サーバーが TREE_CONNECT に対して通常返すステータスではありません。"),
      todo: (data) => todoAgainst(SHARE_ADVICES, data.statusValue, "ja", ["サーバーのログで、この時刻の理由を確認します。"]),
      limit: () => "",
    }),
  },
});

/** Statuses that may be the effect of something else on the connection; a share that does not exist is a cause of its own. */
const EFFECTS: readonly number[] = [
  NtStatus.STATUS_ACCESS_DENIED,
  NtStatus.STATUS_USER_SESSION_DELETED,
  NtStatus.STATUS_NETWORK_SESSION_EXPIRED,
];

type RefusedTree = TreeConnectFacts & { readonly response: ResponseFacts };

function check(facts: ConnectionFacts): Verdict<TreeConnectFailedData> | undefined {
  const refused = facts.trees.filter(isRefused);
  const first = refused.find((tree) => !EFFECTS.includes(tree.response.status)) ?? refused[0];
  if (first === undefined) {
    const open = facts.trees.some((tree) => tree.response === null) && facts.ends.length === 0;
    if (open) return undetermined("capture-ends");
    return facts.trees.length === 0 ? undefined : HOLDS;
  }
  const { status, frame } = first.response;
  const same = refused.filter((tree) => tree.response.status === status).slice(0, MAX_SHOWN_EXCHANGES);
  const later = facts.trees.find((tree) => tree.response?.status === 0 && tree.response.frame > frame && isSameShare(tree, first));
  return {
    verdict: "fails",
    ...(EFFECTS.includes(status) ? {} : { standsAlone: true as const }),
    count: refused.length,
    data: {
      status: ntStatusName(status),
      statusValue: status,
      share: nameText(first.path),
      requestFrame: first.request?.frame ?? null,
      responseFrame: frame,
      alsoFrames: same.filter((tree) => tree !== first).map((tree) => tree.response.frame),
      succeededFrame: later?.response?.frame ?? null,
    },
    evidence: same.flatMap(treeEvidence),
  };
}

function isRefused(tree: TreeConnectFacts): tree is RefusedTree {
  return tree.response !== null && isErrorStatus(tree.response.status);
}

function isSameShare(one: TreeConnectFacts, other: TreeConnectFacts): boolean {
  return one.path !== null && one.path.toUpperCase() === other.path?.toUpperCase();
}

function treeEvidence(tree: RefusedTree): readonly Evidence[] {
  const command = Command.value.TREE_CONNECT;
  const value = ntStatusName(tree.response.status);
  const response: Evidence = { frame: tree.response.frame, role: "observed", command, response: true, field: "Status", value };
  if (tree.request === null) return [response];
  return [{ frame: tree.request.frame, role: "context", command, response: false }, response];
}
