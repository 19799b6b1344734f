import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { BIND_ADVICES } from "./bindAdvices.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { todoAgainst, whyStatus } from "./statusAdvice.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type BindRefusedData = {
  status: string;
  statusValue: number;
  session: string;
  requestFrame: number | null;
  responseFrame: number;
};

/** The server refused to bind a session to one more connection ([MS-SMB2] 3.3.5.5). */
export const sessionBindRefused = defineRule<BindRefusedData>({
  id: "session-bind-refused",
  severity: "warning",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.5", "MS-SMB2 3.2.5.3.3", "MS-SMB2 2.2.5"],
  remedies: ["capture-both-sides", "update-server"],
  identity: ["status"],
  check,
  texts: {
    en: () => ({
      name: "Binding of a session refused",
      recognises:
        "The server answers a SESSION_SETUP request with SMB2_SESSION_FLAG_BINDING (multichannel) with an error status. The advice depends on the status.",
      outcome: (data) => `Multichannel refused: ${data.status}`,
      title: (data) => `The server refused to bind the session to this further connection with ${data.status}.`,
      what: (data) =>
        `The SESSION_SETUP request${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`} to bind session ${data.session} was answered with ${data.status} ${inFrame(data.responseFrame)}.`,
      why: (data) =>
        `${whyStatus(BIND_ADVICES, data.statusValue, "en", "The status is not one that servers usually give to a binding.")} The session goes on over its other connections, without the speed and the safety of another one.`,
      todo: (data) => todoAgainst(BIND_ADVICES, data.statusValue, "en", ["Look in the log of the server for the reason at this time."]),
      limit: () => "Not on this connection: the one on which the session was signed in. Compare the two where the capture holds both.",
    }),
    ja: () => ({
      name: "セッションのバインドの拒否",
      recognises:
        "サーバーが、SMB2_SESSION_FLAG_BINDING のある SESSION_SETUP 要求 (マルチチャネル) にエラー ステータスで応答します。対処はステータスによって異なります。",
      outcome: (data) => `マルチチャネルの拒否: ${data.status}`,
      title: (data) => `サーバーが、この追加の接続へのセッションのバインドを ${data.status} で拒否しました。`,
      what: (data) =>
        `セッション ${data.session} をバインドする SESSION_SETUP 要求${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)} `}に対し、サーバーは ${data.status} で応答しました ${inFrame(data.responseFrame)}。`,
      why: (data) =>
        `${whyStatus(BIND_ADVICES, data.statusValue, "ja", "サーバーがバインドに対して通常返すステータスではありません。")}セッションはほかの接続で続きますが、追加の接続による速度と冗長性は得られません。`,
      todo: (data) => todoAgainst(BIND_ADVICES, data.statusValue, "ja", ["サーバーのログで、この時刻の理由を確認します。"]),
      limit: () => "この接続にないもの: セッションがサインインした接続。キャプチャに両方あれば、その 2 つを比べてください。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<BindRefusedData> | undefined {
  const bound = facts.sessions.filter((session) => session.binding);
  const refused = bound.filter((session) => session.refusal !== null && !session.refusal.reauthentication);
  const first = refused[0];
  if (first?.refusal != null) {
    const { refusal } = first;
    const command = Command.value.SESSION_SETUP;
    const status = ntStatusName(refusal.status);
    return {
      verdict: "fails",
      count: refused.reduce((sum, session) => sum + session.refusals, 0),
      data: { status, statusValue: refusal.status, session: first.id, requestFrame: refusal.requestFrame, responseFrame: refusal.frame },
      evidence: [
        ...negotiateContext(facts),
        ...(refusal.requestFrame === null ? [] : [{ frame: refusal.requestFrame, role: "context", command, response: false } as const]),
        { frame: refusal.frame, role: "observed", command, response: true, field: "Status", value: status },
      ],
    };
  }
  const open = facts.openSetups.some((setup) => setup.binding) || bound.some((session) => session.final === null);
  if (open && facts.ends.length === 0) return undetermined("capture-ends");
  return bound.length === 0 ? undefined : HOLDS;
}
