import type { Language } from "../spec/language.ts";

interface ReasonText {
  /** Noun phrase for lists and the JSON report's readers, e.g. "NEGOTIATE is not in this capture". */
  readonly short: string;
  /** What is missing and what would help. */
  readonly sentence: string;
}

/**
 * Why a rule could not be judged, in the order of importance: where several hold, the first one is shown for the connection.
 * Ids are stable; the JSON report gives them out.
 */
const texts = {
  encrypted: {
    en: {
      short: "The exchange is encrypted",
      sentence: "The validation can only be inside encrypted messages, and without keys they cannot be read.",
    },
    ja: {
      short: "やり取りは暗号化されている",
      sentence: "検証は暗号化されたメッセージの中にあるはずで、鍵がないため読み取れません。",
    },
  },
  "message-truncated": {
    en: {
      short: "A message was cut when it was captured",
      sentence: "The capture holds only the beginning of a message that is needed. Capture again without a length limit.",
    },
    ja: {
      short: "メッセージがキャプチャ時に切り詰められた",
      sentence: "必要なメッセージの先頭しかキャプチャにありません。長さの制限なしでキャプチャし直してください。",
    },
  },
  "negotiate-missing": {
    en: {
      short: "NEGOTIATE is not in this capture",
      sentence:
        "The capture does not hold this connection's NEGOTIATE, so there is nothing to compare with. Start the capture before the client connects.",
    },
    ja: {
      short: "NEGOTIATE がこのキャプチャにない",
      sentence:
        "この接続の NEGOTIATE がキャプチャにないため、比べる相手がありません。クライアントが接続する前にキャプチャを始めてください。",
    },
  },
  "negotiate-request-missing": {
    en: {
      short: "The NEGOTIATE request is not in this capture",
      sentence: "The capture does not hold the NEGOTIATE request, so what the client said of itself cannot be compared.",
    },
    ja: {
      short: "NEGOTIATE 要求がこのキャプチャにない",
      sentence: "NEGOTIATE 要求がキャプチャにないため、クライアントが示した値を比べられません。",
    },
  },
  "negotiate-response-missing": {
    en: {
      short: "The NEGOTIATE response is not in this capture",
      sentence: "The capture does not hold the NEGOTIATE response, so what the server said of itself cannot be compared.",
    },
    ja: {
      short: "NEGOTIATE 応答がこのキャプチャにない",
      sentence: "NEGOTIATE 応答がキャプチャにないため、サーバーが示した値を比べられません。",
    },
  },
  "negotiated-by-smb1": {
    en: {
      short: "Negotiated by an SMB1 message",
      sentence: "The dialect was settled by an SMB1 NEGOTIATE, so there is no SMB2 NEGOTIATE request to compare with.",
    },
    ja: {
      short: "SMB1 のメッセージでネゴシエートされた",
      sentence: "ダイアレクトは SMB1 の NEGOTIATE で決まったため、比べる SMB2 NEGOTIATE 要求がありません。",
    },
  },
  "negotiate-unreadable": {
    en: {
      short: "NEGOTIATE is malformed",
      sentence: "The NEGOTIATE request is too short or lists no dialect, so its values cannot be compared.",
    },
    ja: {
      short: "NEGOTIATE の形式が正しくない",
      sentence: "NEGOTIATE 要求が短すぎるかダイアレクトを含まないため、値を比べられません。",
    },
  },
  "validate-request-missing": {
    en: {
      short: "The validation request is not in this capture",
      sentence: "The capture holds the answer to the validation but not the request.",
    },
    ja: {
      short: "検証の要求がこのキャプチャにない",
      sentence: "検証の応答はキャプチャにありますが、要求がありません。",
    },
  },
  "validate-request-unreadable": {
    en: {
      short: "The validation request is malformed",
      sentence: "The validation request is too short or malformed, so its values cannot be read.",
    },
    ja: {
      short: "検証の要求の形式が正しくない",
      sentence: "検証の要求が短すぎるか形式が正しくないため、値を読み取れません。",
    },
  },
  "answer-lost": {
    en: {
      short: "The answer was lost from this capture",
      sentence: "The client received the answer to the validation, but this capture does not hold it.",
    },
    ja: {
      short: "応答がこのキャプチャから失われた",
      sentence: "クライアントは検証の応答を受け取りましたが、このキャプチャにはありません。",
    },
  },
  unanswered: {
    en: {
      short: "The validation was not answered",
      sentence: "The validation request got no answer, so there are no values to compare.",
    },
    ja: {
      short: "検証に応答がなかった",
      sentence: "検証の要求に応答がなかったため、比べる値がありません。",
    },
  },
  "answered-with-error": {
    en: {
      short: "The server answered the validation with an error",
      sentence: "The server answered the validation with an error status, so it gave no values to compare: the validation was skipped.",
    },
    ja: {
      short: "サーバーが検証にエラーで応答した",
      sentence: "サーバーが検証にエラー ステータスで応答し、比べる値を返さなかったため、検証は行われていません。",
    },
  },
  "answer-unreadable": {
    en: {
      short: "The answer holds no readable values",
      sentence: "The answer to the validation is too short or malformed, so its values cannot be read.",
    },
    ja: {
      short: "応答に読み取れる値がない",
      sentence: "検証の応答が短すぎるか形式が正しくないため、値を読み取れません。",
    },
  },
  "capture-ends": {
    en: {
      short: "The capture ends too early",
      sentence: "The capture ends before what followed can be seen. Let it run until the client reports the error.",
    },
    ja: {
      short: "キャプチャが早く終わっている",
      sentence: "その後の動きが見える前にキャプチャが終わっています。クライアントがエラーを示すまでキャプチャを続けてください。",
    },
  },
  "bytes-lost": {
    en: {
      short: "Bytes of this connection are missing",
      sentence: "The capture lost bytes of this connection, so a message that would decide may be among them.",
    },
    ja: {
      short: "この接続のバイトが欠けている",
      sentence: "キャプチャがこの接続のバイトを取りこぼしたため、判定に必要なメッセージがその中にあるかもしれません。",
    },
  },
  "few-segments": {
    en: {
      short: "Too few packets to tell",
      sentence: "The capture holds too few packets of this connection to tell a place that records twice from an accident of the network.",
    },
    ja: {
      short: "パケットが少なすぎて判定できない",
      sentence: "この接続のパケットが少なすぎるため、重複した記録かネットワーク上の偶然かを判定できません。",
    },
  },
  "handshake-missing": {
    en: {
      short: "The TCP handshake is not in this capture",
      sentence: "The capture does not hold the start of the TCP connection, so the options that the two ends offered are not known.",
    },
    ja: {
      short: "TCP のハンドシェイクがこのキャプチャにない",
      sentence: "TCP 接続の始まりがキャプチャにないため、両端が示したオプションが分かりません。",
    },
  },
  "option-of-anybody": {
    en: {
      short: "An experimental TCP option of unknown origin",
      sentence: "The handshake carries a TCP option for experiments, which an end may have sent as well as a device on the path.",
    },
    ja: {
      short: "出どころの分からない実験用の TCP オプション",
      sentence: "ハンドシェイクに実験用の TCP オプションがありますが、端が送ったものか経路上の機器が付けたものか分かりません。",
    },
  },
  "sender-unknown": {
    en: {
      short: "Too little is known of the end that reset",
      sentence: "The capture holds too few packets of the end in whose name the RST was sent, so it cannot be compared with them.",
    },
    ja: {
      short: "リセットした端の情報が足りない",
      sentence: "RST を送ったとされる端のパケットがキャプチャに少なく、比べることができません。",
    },
  },
  "ttl-alone": {
    en: {
      short: "Only the TTL of the RST is unusual",
      sentence:
        "The RST has another TTL than the other packets of its sender and differs in nothing else: some systems send their resets so.",
    },
    ja: {
      short: "RST の TTL だけが異なる",
      sentence: "RST の TTL は送信元のほかのパケットと異なりますが、それ以外に違いはありません。RST をこのように送るシステムもあります。",
    },
  },
  "session-setup-missing": {
    en: {
      short: "The sign-in is not in this capture",
      sentence: "The capture does not hold the sign-in, so it is not known whether the session belongs to a real user.",
    },
    ja: {
      short: "サインインがこのキャプチャにない",
      sentence: "サインインがキャプチャにないため、実在するユーザーのセッションかどうか分かりません。",
    },
  },
  "findings-off": {
    en: {
      short: "Its findings are turned off in the settings",
      sentence: "Rules found something on this connection, and the settings turn these rules off. What they would say is not shown.",
    },
    ja: {
      short: "検出が設定で非表示になっている",
      sentence: "この接続ではルールが何かを検出しましたが、設定でそのルールが off になっているため、内容を表示していません。",
    },
  },
  "no-messages": {
    en: {
      short: "No SMB message on this connection",
      sentence: "The capture holds no SMB message of this connection.",
    },
    ja: {
      short: "この接続に SMB のメッセージがない",
      sentence: "この接続の SMB メッセージはキャプチャにありません。",
    },
  },
} as const satisfies Record<string, Record<Language, ReasonText>>;

export type ReasonId = keyof typeof texts;

/** All reasons, the most important first. */
export const REASON_IDS = Object.keys(texts) as readonly ReasonId[];

/** Whether a text is the id of a known reason. */
export function isReasonId(text: string): text is ReasonId {
  return Object.hasOwn(texts, text);
}

/** The reason as a noun phrase or short clause without a full stop; an unknown id comes back as it is. */
export function reasonLabel(reason: string, language: Language): string {
  return isReasonId(reason) ? texts[reason][language].short : reason;
}

/** The reason as one or two sentences; an unknown id comes back as it is. */
export function reasonText(reason: string, language: Language): string {
  return isReasonId(reason) ? texts[reason][language].sentence : reason;
}

/** The more important of two reasons. */
export function moreImportantReason(one: string | null, other: string): string {
  return one !== null && rank(one) <= rank(other) ? one : other;
}

function rank(reason: string): number {
  const place = (REASON_IDS as readonly string[]).indexOf(reason);
  return place < 0 ? REASON_IDS.length : place;
}
