import type { ConnectionFacts, OpenSetupFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import { type Ending, endAfter, endingEvidence, endingSentence, followed } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { type OpenSetupEnd, openSetupEnd, signInUnknown } from "./signIn.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type SetupUnansweredData = {
  requestFrame: number;
  interimFrame: number | null;
  /** Seconds from the request to the end of the connection, or to the end of the capture. */
  waitedSeconds: number;
  /** Who ended the connection instead. */
  endedBy: "server" | "client" | "nobody";
  ending: Ending;
  endFrame: number | null;
};

/** A sign-in that was never answered ([MS-SMB2] 3.3.5.5, 3.2.6.1). */
export const sessionSetupUnanswered = defineRule<SetupUnansweredData>({
  id: "session-setup-unanswered",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.5", "MS-SMB2 3.2.4.2.3", "MS-SMB2 3.2.6.1"],
  remedies: ["check-sign-in", "capture-both-sides", "check-device-reset"],
  proofAt: "server",
  explainedBy: VALIDATION_CAUSES,
  identity: ["endedBy"],
  check,
  texts: {
    en: () => ({
      name: "Sign-in never answered",
      recognises: "A SESSION_SETUP request gets no answer: a side ends the connection instead, or nothing comes for 60 seconds.",
      outcome: () => "Sign-in not answered",
      title: (data) => {
        if (data.endedBy === "server") return "The server's side ended the connection instead of answering the sign-in.";
        if (data.endedBy === "client") return "The client's side ended the connection before the sign-in was answered.";
        return "The sign-in was never answered.";
      },
      what: (data) =>
        `The SESSION_SETUP request ${inFrame(data.requestFrame)} got no answer${data.interimFrame === null ? "" : ` but an interim STATUS_PENDING ${inFrame(data.interimFrame)}`} in ${data.waitedSeconds} s. ${endingSentence(data, "en")}`,
      why: () =>
        "The server has to answer every SESSION_SETUP ([MS-SMB2] 3.3.5.5). It does not when it waits for a domain controller, when its service hangs or stops, when it drops a request that it cannot read, or when a device on the path takes the request or the answer.",
      todo: () => [
        "Capture at the server too: see whether the request arrives there and an answer leaves.",
        "Check that client and server reach a domain controller, Kerberos on TCP 88 among the rest, and answer within seconds.",
        "Look in the log of the server at this time: crashes, restarts, a full limit of sessions, SmbServerNameHardeningLevel.",
        "For an alias of the server (CNAME) check that its service name (SPN) is registered.",
      ],
      limit: (data) =>
        data.endedBy === "nobody"
          ? "Not in this capture: whether the request reached the server. A capture taken at the server shows it."
          : "Not in this capture: whether that side ended the connection itself or a device did it in its name. A capture taken at that side shows it.",
    }),
    ja: () => ({
      name: "サインインに応答がない",
      recognises: "SESSION_SETUP 要求に応答がありません。どちらかの側が代わりに接続を終了するか、60 秒間何も届きません。",
      outcome: () => "サインインに応答がない",
      title: (data) => {
        if (data.endedBy === "server") return "サーバー側が、サインインに応答せずに接続を終了しました。";
        if (data.endedBy === "client") return "サインインに応答がないうちに、クライアント側が接続を終了しました。";
        return "サインインに応答がありませんでした。";
      },
      what: (data) =>
        `SESSION_SETUP 要求 ${inFrame(data.requestFrame)} に、${data.waitedSeconds} 秒間${data.interimFrame === null ? "" : `、中間応答の STATUS_PENDING ${inFrame(data.interimFrame)} 以外の`}応答がありませんでした。${endingSentence(data, "ja")}`,
      why: () =>
        "サーバーはすべての SESSION_SETUP に応答しなければなりません ([MS-SMB2] 3.3.5.5)。応答しないのは、ドメイン コントローラーを待っているとき、サービスが固まったか停止したとき、読み取れない要求を捨てたとき、経路上の機器が要求か応答を取り除いたときです。",
      todo: () => [
        "サーバー側でもキャプチャを取り、要求が届いているか、応答が出ているかを確認します。",
        "クライアントとサーバーがドメイン コントローラーに到達でき (Kerberos の TCP 88 を含む)、数秒以内に応答があるかを確認します。",
        "サーバーのログで、この時刻のクラッシュ、再起動、セッション数の上限、SmbServerNameHardeningLevel を確認します。",
        "サーバーの別名 (CNAME) を使っているなら、そのサービス プリンシパル名 (SPN) が登録されているかを確認します。",
      ],
      limit: (data) =>
        data.endedBy === "nobody"
          ? "このキャプチャから分からないこと: 要求がサーバーに届いたかどうか。サーバーのそばで取ったキャプチャで分かります。"
          : "このキャプチャから分からないこと: その側が自分で接続を終了したのか、機器がなりすまして終了したのか。その側で取ったキャプチャで分かります。",
    }),
  },
});

const ENDED_BY = { "server-ended": "server", "client-ended": "client", silence: "nobody" } as const;
/** Nanoseconds: a client that waits less than this gave the server hardly time to answer. */
const HARDLY_WAITED = 1e9;

function check(facts: ConnectionFacts): Verdict<SetupUnansweredData> | undefined {
  for (const setup of facts.openSetups) {
    const end = openSetupEnd(facts, setup);
    if (end in ENDED_BY) return failure(facts, setup, end as keyof typeof ENDED_BY);
  }
  return openReason(facts) ?? signInUnknown(facts) ?? (facts.sessions.length === 0 ? undefined : HOLDS);
}

function openReason(facts: ConnectionFacts): ReturnType<typeof undetermined> | undefined {
  const ends: readonly OpenSetupEnd[] = facts.openSetups.map((setup) => openSetupEnd(facts, setup));
  if (ends.includes("bytes-lost")) return undetermined("bytes-lost");
  return ends.includes("capture-ends") ? undetermined("capture-ends") : undefined;
}

function failure(facts: ConnectionFacts, setup: OpenSetupFacts, how: keyof typeof ENDED_BY): Verdict<SetupUnansweredData> {
  const end = endAfter(facts, setup.frame);
  const waited = (end?.time ?? facts.captureEndTime) - setup.time;
  const after = end === undefined ? followed(facts, setup.frame, null) : followed(facts, end.frame, null);
  const place = { role: "observed", command: Command.value.SESSION_SETUP } as const;
  return {
    verdict: "fails",
    certainty: how === "client-ended" && waited < HARDLY_WAITED ? "suspected" : "proved",
    data: {
      requestFrame: setup.frame,
      interimFrame: setup.interimFrame,
      waitedSeconds: Math.round(waited / 1e8) / 10,
      endedBy: ENDED_BY[how],
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      ...negotiateContext(facts),
      { ...place, frame: setup.frame, response: false },
      ...(setup.interimFrame === null ? [] : [{ ...place, frame: setup.interimFrame, role: "context", response: true } as const]),
      ...endingEvidence(after),
    ],
  };
}
