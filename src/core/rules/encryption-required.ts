import { hex } from "../bytes/hex.ts";
import type { ConnectionFacts, SessionFacts, TreeConnectFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DIALECT_30, DIALECT_311, dialectName } from "../smb2/constants/dialects.ts";
import { GlobalCapabilities } from "../smb2/constants/negotiateFlags.ts";
import { ShareFlags } from "../smb2/constants/shareFlags.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import { endAfter } from "./ending.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame, inFrames } from "./frameText.ts";
import { negotiateRequest } from "./negotiateOperands.ts";
import { mustEncrypt, userOf } from "./protection.ts";
import type { ReasonId } from "./reasons.ts";
import { defineRule } from "./rule.ts";
import { MAX_SHOWN_EXCHANGES } from "./validateComparison.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type EncryptionRequiredData = {
  /** What was refused: the sign-in, or the plain requests of a session or share that demands encryption. */
  refused: "sign-in" | "session" | "share";
  /** Frame of the message that demands encryption; null where only the refusal hints at it. */
  demandFrame: number | null;
  deniedFrames: readonly number[];
  dialect: string;
};

const { STATUS_ACCESS_DENIED } = NtStatus;
const NO_FRAMES: readonly number[] = [];

/** Refused because the server requires encryption and the client does not encrypt ([MS-SMB2] 3.3.5.5, 3.3.5.2.9, 3.3.5.2.11). */
export const encryptionRequired = defineRule<EncryptionRequiredData>({
  id: "encryption-required",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.5", "MS-SMB2 3.3.5.2.9", "MS-SMB2 3.3.5.2.11", "MS-SMB2 3.2.4.1.8", "MS-SMB2 2.2.6", "MS-SMB2 2.2.10"],
  remedies: ["enable-encryption", "raise-dialect", "update-client"],
  explainedBy: [...VALIDATION_CAUSES, "preauth-aborted"],
  identity: ["refused", "dialect"],
  check,
  texts: {
    en: () => ({
      name: "Encryption required",
      recognises:
        "The server refuses with STATUS_ACCESS_DENIED what is not encrypted: every plain request of a session or share that demands encryption, or the very first message of a sign-in from a client that cannot encrypt.",
      outcome: (data) =>
        data.refused === "sign-in" ? "Suspected: server requires encryption" : "Encryption required, client does not encrypt",
      title: (data) => {
        if (data.refused === "sign-in")
          return "The server refused the sign-in before it knew the user, as it does when it requires encryption.";
        return `The ${data.refused} demands encryption, the client sent plain requests, and the server refused them.`;
      },
      what: (data) =>
        data.refused === "sign-in"
          ? `The first SESSION_SETUP, which names no user yet, was answered with STATUS_ACCESS_DENIED ${inFrames(data.deniedFrames, "en")}. SMB ${data.dialect} as negotiated here has no encryption.`
          : `The ${data.refused === "session" ? "final SESSION_SETUP" : "TREE_CONNECT"} response${data.demandFrame === null ? "" : ` ${inFrame(data.demandFrame)}`} demands encryption (ENCRYPT_DATA). The client encrypted nothing, and every request was answered with STATUS_ACCESS_DENIED ${inFrames(data.deniedFrames, "en")}.`,
      why: () =>
        "A server with EncryptData and RejectUnencryptedAccess, and Azure Files by default, refuses whoever cannot encrypt with STATUS_ACCESS_DENIED, which looks like missing rights ([MS-SMB2] 3.3.5.5, 3.3.5.2.9, 3.3.5.2.11). Only SMB 3.x has encryption, and at 3.0 and 3.0.2 only where the client offers SMB2_GLOBAL_CAP_ENCRYPTION.",
      todo: () => [
        "Let the client use SMB 3.x with encryption: raise its highest dialect, or update it.",
        "Where both ends have 3.x and a lower dialect was settled on, find what keeps it down: a limit in the settings, or a device that changes NEGOTIATE.",
        "Leave encryption required on the server where the content needs it; signing alone does not hide anything.",
      ],
      limit: (data) =>
        data.refused === "sign-in"
          ? "Not in this capture: the setting of the server. Its log, or a client with SMB 3.x that gets in, shows it."
          : "",
    }),
    ja: () => ({
      name: "暗号化が必須",
      recognises:
        "サーバーが、暗号化されていないものを STATUS_ACCESS_DENIED で拒否します。暗号化を求めるセッションや共有の平文の要求すべてか、暗号化できないクライアントのサインインの最初のメッセージです。",
      outcome: (data) =>
        data.refused === "sign-in" ? "疑い: サーバーが暗号化を必須にしている" : "暗号化が必須だがクライアントが暗号化しない",
      title: (data) => {
        if (data.refused === "sign-in")
          return "サーバーがユーザーを知る前にサインインを拒否しました。暗号化を必須にしているときの動作です。";
        return `${data.refused === "session" ? "セッション" : "共有"}が暗号化を求めていますが、クライアントが平文の要求を送り、サーバーが拒否しました。`;
      },
      what: (data) =>
        data.refused === "sign-in"
          ? `まだユーザーを示していない最初の SESSION_SETUP に対し、サーバーは STATUS_ACCESS_DENIED で応答しました ${inFrames(data.deniedFrames, "ja")}。ここでネゴシエートされた SMB ${data.dialect} では暗号化を使えません。`
          : `${data.refused === "session" ? "最後の SESSION_SETUP" : "TREE_CONNECT"} 応答${data.demandFrame === null ? "" : ` ${inFrame(data.demandFrame)} `}が暗号化を求めています (ENCRYPT_DATA)。クライアントは何も暗号化せず、サーバーはすべての要求に STATUS_ACCESS_DENIED で応答しました ${inFrames(data.deniedFrames, "ja")}。`,
      why: () =>
        "EncryptData と RejectUnencryptedAccess を設定したサーバーと、既定の Azure Files は、暗号化できない相手を STATUS_ACCESS_DENIED で拒否します。そのため、アクセス権の不足のように見えます ([MS-SMB2] 3.3.5.5、3.3.5.2.9、3.3.5.2.11)。暗号化は SMB 3.x にしかなく、3.0 と 3.0.2 ではクライアントが SMB2_GLOBAL_CAP_ENCRYPTION を示したときにだけ使えます。",
      todo: () => [
        "クライアントで SMB 3.x の暗号化を使えるようにします。最高のダイアレクトを上げるか、クライアントを更新します。",
        "両端が 3.x に対応しているのに低いダイアレクトに決まったときは、設定の上限や NEGOTIATE を書き換える機器など、その原因を探します。",
        "内容に必要であれば、サーバーの暗号化は必須のままにします。署名だけでは内容は隠れません。",
      ],
      limit: (data) =>
        data.refused === "sign-in"
          ? "このキャプチャから分からないこと: サーバーの設定。サーバーのログか、SMB 3.x のクライアントがサインインできるかどうかで分かります。"
          : "",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<EncryptionRequiredData> | undefined {
  let missing: ReasonId | undefined;
  for (const session of facts.sessions) {
    const verdict = signInRefused(facts, session) ?? plainRefused(facts, session);
    if (typeof verdict === "string") missing ??= verdict;
    else if (verdict !== undefined) return verdict;
  }
  if (missing !== undefined) return undetermined(missing);
  return facts.sessions.length === 0 ? undefined : HOLDS;
}

/** The first NTLM message names no user: whoever refuses it refuses the client or the dialect. */
function signInRefused(facts: ConnectionFacts, session: SessionFacts): Verdict<EncryptionRequiredData> | ReasonId | undefined {
  const { refusal } = session;
  if (refusal === null || refusal.status !== STATUS_ACCESS_DENIED || !refusal.beforeUser || session.binding) return undefined;
  const lacks = lacksEncryption(facts);
  if (typeof lacks === "string") return lacks;
  return lacks ? failure(facts, "sign-in", null, [refusal.frame], Command.value.SESSION_SETUP) : undefined;
}

/** Whether the dialect, or what the client offers at it, has no encryption ([MS-SMB2] 3.3.5.4); at 3.1.1 the contexts say it, and not so surely. */
function lacksEncryption(facts: ConnectionFacts): boolean | ReasonId {
  if (facts.dialect === null) return "negotiate-missing";
  if (facts.dialect < DIALECT_30) return true;
  if (facts.dialect >= DIALECT_311) return false;
  const request = negotiateRequest(facts);
  return typeof request === "string" ? request : (request.capabilities & GlobalCapabilities.mask.ENCRYPTION) === 0;
}

/**
 * Nothing was encrypted and nothing but TREE_CONNECT and the validation worked. Permissions refuse single requests, so the connection is
 * judged when its end shows that no other worked.
 */
function plainRefused(facts: ConnectionFacts, session: SessionFacts): Verdict<EncryptionRequiredData> | ReasonId | undefined {
  if (session.denied === 0 || session.requests.encrypted > 0 || session.final === null || userOf(session) !== "real") return undefined;
  const share = mustEncrypt(session) ? undefined : encryptedShare(facts, session);
  if (share === undefined && !mustEncrypt(session)) return undefined;
  if (session.denied + (share === undefined ? 0 : worked(facts, session)) < session.answered) return undefined;
  const last = session.deniedFrames.at(-1) ?? session.final.frame;
  if (endAfter(facts, last) === undefined) return "capture-ends";
  if (facts.lostFromServer > 0) return "bytes-lost";
  if (share === undefined) return failure(facts, "session", session, session.deniedFrames, null);
  return failure(facts, "share", session, session.deniedFrames, null, share);
}

function encryptedShare(facts: ConnectionFacts, session: SessionFacts): TreeConnectFacts | undefined {
  return facts.trees.find(
    (tree) => tree.sessionId === session.id && tree.response?.status === 0 && (tree.shareFlags & ShareFlags.mask.ENCRYPT_DATA) !== 0,
  );
}

/** Answers that a share which demands encryption gives all the same. */
function worked(facts: ConnectionFacts, session: SessionFacts): number {
  const trees = facts.trees.filter((tree) => tree.sessionId === session.id && tree.response?.status === 0);
  const validations = facts.validations.filter((one) => one.sessionId === session.id && one.response?.status === 0);
  return trees.length + validations.length;
}

function failure(
  facts: ConnectionFacts,
  refused: EncryptionRequiredData["refused"],
  session: SessionFacts | null,
  denied: readonly number[],
  command: number | null,
  share?: TreeConnectFacts,
): Verdict<EncryptionRequiredData> {
  const frames = denied.length === 0 ? NO_FRAMES : denied.slice(0, MAX_SHOWN_EXCHANGES);
  const demand = demandEvidence(session, share);
  const value = ntStatusName(STATUS_ACCESS_DENIED);
  const place = command === null ? {} : { command, response: true };
  return {
    verdict: "fails",
    certainty: refused === "session" ? "proved" : "suspected",
    count: session?.denied ?? 1,
    data: {
      refused,
      demandFrame: demand[0]?.frame ?? null,
      deniedFrames: frames,
      dialect: facts.dialect === null ? "?" : dialectName(facts.dialect),
    },
    evidence: [
      ...negotiateContext(facts),
      ...demand,
      ...frames.map((frame): Evidence => ({ frame, role: "observed", ...place, field: "Status", value })),
    ],
  };
}

function demandEvidence(session: SessionFacts | null, share: TreeConnectFacts | undefined): readonly Evidence[] {
  const place = { role: "expected", response: true } as const;
  if (share?.response != null) {
    const { frame } = share.response;
    return [{ ...place, frame, command: Command.value.TREE_CONNECT, field: "ShareFlags", value: hex(share.shareFlags, 8) }];
  }
  if (session?.final == null) return [];
  return [
    { ...place, frame: session.final.frame, command: Command.value.SESSION_SETUP, field: "SessionFlags", value: hex(session.flags, 4) },
  ];
}
