import { escapeForDisplay } from "../bytes/text.ts";
import type { ConnectionFacts, Smb1NegotiateFacts } from "../model/connectionFacts.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type Smb1NegotiatedData = {
  requestFrame: number | null;
  responseFrame: number;
  /** The client offered SMB2 dialect strings too. */
  smb2Offered: boolean;
  /** Dialect string that the server chose, made visible; null where the request is not in the capture. */
  chosen: string | null;
};

/** DialectIndex that accepts none of the offered dialects. */
const NONE = 0xffff;
const LONGEST_DIALECT = 40;

/** SMB1 was chosen although SMB2 was offered, or nothing but SMB1 was offered ([MS-SMB2] 3.3.5.3). */
export const smb1Negotiated = defineRule<Smb1NegotiatedData>({
  id: "smb1-negotiated",
  severity: "warning",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.3", "MS-SMB2 3.2.4.2.2.1", "MS-CIFS 2.2.4.52.2"],
  remedies: ["disable-smb1", "update-server", "update-client"],
  identity: ["smb2Offered", "chosen"],
  check,
  texts: {
    en: () => ({
      name: "SMB1 negotiated",
      recognises: "The server chose SMB1 although the client offered SMB2, or the client offered nothing but SMB1.",
      outcome: (data) => (data.smb2Offered ? "SMB1 chosen although SMB2 was offered" : "Only SMB1 was offered"),
      title: (data) =>
        data.smb2Offered
          ? "The server chose SMB1 although the client offered SMB2."
          : "The client offered nothing but SMB1, and the server accepted it.",
      what: (data) =>
        `The SMB_COM_NEGOTIATE request${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`} was answered with SMB1 ${inFrame(data.responseFrame)}${data.chosen === null ? "" : `, dialect "${data.chosen}"`}.`,
      why: (data) =>
        data.smb2Offered
          ? "SMB1 has neither validation nor pre-authentication integrity: a device that takes the SMB2 dialects out of the request forces it unnoticed. Only disabling SMB1 prevents that."
          : "SMB1 has neither validation nor pre-authentication integrity, and its signing is weak.",
      todo: (data) => [
        data.smb2Offered
          ? "Enable SMB2 and SMB3 on the server, and disable SMB1 on both sides."
          : "Enable SMB2 and SMB3 on the client, or replace a device that knows only SMB1, and then disable SMB1 on both sides.",
      ],
      limit: (data) =>
        data.smb2Offered
          ? "Not in this capture: whether the server knows no SMB2 or a device took it out of the request. A capture taken at the server shows it."
          : "",
    }),
    ja: () => ({
      name: "SMB1 のネゴシエート",
      recognises: "クライアントが SMB2 を提示したのにサーバーが SMB1 を選んだか、クライアントが SMB1 だけを提示しています。",
      outcome: (data) => (data.smb2Offered ? "SMB2 が提示されたのに SMB1 が選ばれた" : "SMB1 だけが提示された"),
      title: (data) =>
        data.smb2Offered
          ? "クライアントが SMB2 を提示しましたが、サーバーは SMB1 を選びました。"
          : "クライアントが SMB1 だけを提示し、サーバーが受け入れました。",
      what: (data) =>
        `SMB_COM_NEGOTIATE 要求${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)} `}に対し、サーバーは SMB1 で応答しました ${inFrame(data.responseFrame)}。${data.chosen === null ? "" : `選ばれたダイアレクトは「${data.chosen}」です。`}`,
      why: (data) =>
        data.smb2Offered
          ? "SMB1 には検証も事前認証の整合性もありません。要求から SMB2 のダイアレクトを削る機器があると、気付かれずに SMB1 を使わされます。これを防ぐには SMB1 を無効にするしかありません。"
          : "SMB1 には検証も事前認証の整合性もなく、署名も弱いものです。",
      todo: (data) => [
        data.smb2Offered
          ? "サーバーで SMB2 と SMB3 を有効にし、両側で SMB1 を無効にします。"
          : "クライアントで SMB2 と SMB3 を有効にするか、SMB1 しか使えない機器を交換し、その後、両側で SMB1 を無効にします。",
      ],
      limit: (data) =>
        data.smb2Offered
          ? "このキャプチャから分からないこと: サーバーが SMB2 に対応していないのか、機器が要求から SMB2 を削ったのか。サーバーのそばで取ったキャプチャで分かります。"
          : "",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<Smb1NegotiatedData> | undefined {
  const { smb1 } = facts;
  if (smb1 === null) return facts.smb1Messages > 0 && facts.messages === 0 ? undetermined("negotiate-missing") : undefined;
  if (smb1.answeredBy === null) return undetermined("negotiate-response-missing");
  if (smb1.answeredBy === "SMB2" || smb1.responseFrame === null || smb1.selected === null || smb1.selected === NONE) return HOLDS;
  const { requestFrame, responseFrame } = smb1;
  if (requestFrame === null) return undetermined("negotiate-request-missing");
  return {
    verdict: "fails",
    data: { requestFrame, responseFrame, smb2Offered: offersSmb2(smb1), chosen: chosenDialect(smb1) },
    evidence: [
      { frame: requestFrame, role: "context" },
      { frame: responseFrame, role: "observed", field: "DialectIndex", value: String(smb1.selected) },
    ],
  };
}

/** Whether an SMB1 negotiation offers SMB2 too ([MS-SMB2] 3.2.4.2.2.1). */
export function offersSmb2({ dialects }: Pick<Smb1NegotiateFacts, "dialects">): boolean {
  return dialects.some((dialect) => dialect === "SMB 2.002" || dialect === "SMB 2.???");
}

function chosenDialect(smb1: Smb1NegotiateFacts): string | null {
  const dialect = smb1.dialects[smb1.selected ?? NONE];
  return dialect === undefined ? null : escapeForDisplay(dialect.slice(0, LONGEST_DIALECT));
}
