import type { ConnectionFacts } from "../model/connectionFacts.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

/** A SYN that was answered is not sent again: one may have been lost, two in a row hardly. */
const FEWEST_REPEATS = 2;
/** Nanoseconds of silence after the first SYN. Windows gives up after 21 seconds, having sent it anew several times before. */
const SILENCE = 15e9;

type RefusedData = {
  /** False: nobody answered. */
  refused: boolean;
  port: number;
  synFrame: number;
  /** Of the RST; null: there is none. */
  resetFrame: number | null;
  /** How often the SYN was sent again; 3 stands for more as well. */
  repeats: number;
  /** Whole seconds of silence after the SYN. */
  seconds: number;
};

/** The server's port took no connection: the SYN was answered by a RST, or never. */
export const tcpConnectRefused = defineRule<RefusedData>({
  id: "tcp-connect-refused",
  severity: "error",
  subject: "connection",
  sections: ["RFC9293 3.5", "RFC9293 3.5.2"],
  remedies: ["open-smb-port", "find-lost-packets"],
  proofAt: "server",
  identity: ["refused"],
  check,
  texts: {
    en: () => ({
      name: "TCP connection refused or unanswered",
      recognises: "The client's SYN to an SMB port was answered by RST, or sent again and again without any answer.",
      outcome: ({ refused, port }) => (refused ? `TCP port ${port} refused` : `TCP port ${port} does not answer`),
      title: ({ refused, port }) =>
        refused
          ? `The server refused the connection to TCP port ${port}, so SMB did not begin.`
          : `Nobody answered the client's SYN to TCP port ${port}, so SMB did not begin.`,
      what: ({ refused, synFrame, resetFrame, repeats, seconds }) =>
        refused
          ? `The SYN ${inFrame(synFrame)} was answered by RST ${inFrame(resetFrame ?? synFrame)}.`
          : `The SYN ${inFrame(synFrame)} was sent again ${repeats > 2 ? "3 times or more" : `${repeats} times`} and got no answer, neither SYN with ACK nor RST, in the ${seconds} seconds that the capture goes on.`,
      why: ({ refused }) =>
        refused
          ? "The host is reached, but nothing listens on that port: the service is stopped, or a firewall answers in its place."
          : "The SYN or the answer to it is thrown away: a firewall on the server or on the path drops it, the address is not in use, or the way back is broken.",
      todo: ({ refused, port }) =>
        refused
          ? [
              `On the server check that the SMB service runs and listens on TCP port ${port}.`,
              `Check the rules of firewalls on the server and on the path for TCP port ${port}.`,
            ]
          : [
              `Capture on the server too: if the SYN arrives there, a filter on the server drops it (Windows: netsh wfp capture start); if not, a device on the path does.`,
              "Check the server's address and the rules of firewalls on the path.",
            ],
      limit: ({ refused }) =>
        refused
          ? "Whether the server itself sent the RST or a device on the path did: a capture on the server shows it."
          : "Whether the SYN reached the server: a capture on the server shows it.",
    }),
    ja: () => ({
      name: "TCP 接続の拒否または無応答",
      recognises: "SMB のポートに対するクライアントの SYN に RST が返されたか、何度送り直しても応答がありません。",
      outcome: ({ refused, port }) => (refused ? `TCP ポート ${port} が拒否` : `TCP ポート ${port} が無応答`),
      title: ({ refused, port }) =>
        refused
          ? `サーバーが TCP ポート ${port} への接続を拒否したため、SMB は始まっていません。`
          : `TCP ポート ${port} に対するクライアントの SYN に応答がなく、SMB は始まっていません。`,
      what: ({ refused, synFrame, resetFrame, repeats, seconds }) =>
        refused
          ? `SYN ${inFrame(synFrame)} に対して RST ${inFrame(resetFrame ?? synFrame)} が返されました。`
          : `SYN ${inFrame(synFrame)} は ${repeats > 2 ? "3 回以上" : `${repeats} 回`}送り直されましたが、その後キャプチャが続く ${seconds} 秒の間、SYN と ACK の応答も RST もありません。`,
      why: ({ refused }) =>
        refused
          ? "ホストには届いていますが、そのポートで待ち受けているものがありません。サービスが停止しているか、ファイアウォールが代わりに応答しています。"
          : "SYN またはその応答が捨てられています。サーバーや経路上のファイアウォールが破棄している、アドレスが使われていない、戻りの経路に問題がある、のいずれかです。",
      todo: ({ refused, port }) =>
        refused
          ? [
              `サーバーで SMB のサービスが動作し、TCP ポート ${port} で待ち受けていることを確認します。`,
              `サーバーと経路上のファイアウォールで、TCP ポート ${port} の規則を確認します。`,
            ]
          : [
              "サーバー側でもキャプチャします。SYN が届いていればサーバーのフィルターが破棄しており (Windows では netsh wfp capture start で調べます)、届いていなければ経路上の機器が破棄しています。",
              "サーバーのアドレスと、経路上のファイアウォールの規則を確認します。",
            ],
      limit: ({ refused }) =>
        refused
          ? "RST を送ったのがサーバー自身か経路上の機器かは分かりません。サーバー側のキャプチャで分かります。"
          : "SYN がサーバーに届いたかどうかは分かりません。サーバー側のキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<RefusedData> | undefined {
  const { unopened, synRepeats: repeats } = facts.path;
  if (unopened === null) return facts.messages > 0 && facts.synSeen ? HOLDS : undefined;
  const silence = facts.captureEndTime - facts.firstTime;
  const reset = facts.ends.find(({ how, by }) => how === "RST" && by === "server");
  const isRefused = unopened === "refused" && reset !== undefined;
  if (!isRefused && (repeats < FEWEST_REPEATS || silence < SILENCE)) return undetermined("capture-ends");
  return {
    verdict: "fails",
    data: {
      refused: isRefused,
      port: facts.server.port,
      synFrame: facts.firstFrame,
      resetFrame: reset?.frame ?? null,
      repeats,
      seconds: isRefused ? 0 : Math.floor(silence / 1e9),
    },
    evidence: isRefused
      ? [
          { frame: reset.frame, role: "observed", value: "RST" },
          { frame: facts.firstFrame, role: "context", value: "SYN" },
        ]
      : [{ frame: facts.firstFrame, role: "observed", value: "SYN" }],
  };
}
