import { escapeForDisplay } from "../bytes/text.ts";
import type { Side } from "../model/connectionFacts.ts";
import { enumeration } from "../rules/enumeration.ts";
import { inFrame } from "../rules/frameText.ts";
import type { CaptureCommand, CapturePlace } from "../rules/furtherCapture.ts";
import { reasonText } from "../rules/reasons.ts";
import { type Story, type StoryStep, VALIDATION } from "../rules/story.ts";
import { Command, commandName } from "../smb2/constants/commands.ts";
import type { Language } from "../spec/language.ts";

type ValueStep = Extract<StoryStep, { kind: "value" }>;
type MessageStep = Extract<StoryStep, { kind: "message" }>;
type EndStep = Extract<StoryStep, { kind: "end" }>;
type SegmentStep = Extract<StoryStep, { kind: "segment" }>;

interface StoryTexts {
  value(step: ValueStep, message: string): string;
  status(step: ValueStep, message: string): string;
  flags(step: ValueStep, message: string): string;
  message(step: MessageStep, name: string): string;
  readonly logoff: (frame: string) => string;
  end(step: EndStep): string;
  segment(step: SegmentStep): string;
  messageName(name: string, response: boolean, isProtected: boolean): string;
  readonly further: Readonly<Record<CapturePlace, string>>;
  /** For a connection that this capture does not show whole. */
  readonly again: string;
  /** What to mind with the address in the filter. */
  readonly translation: string;
  readonly platforms: Readonly<Record<CaptureCommand["platform"], string>>;
}

/** A story in sentences, from cause to effect, with frames as the text trace links them. Safe to show. */
export function storySentences(story: Story, language: Language): readonly string[] {
  if (story.reason !== null) return [reasonText(story.reason, language)];
  return story.steps.map((step) => escapeForDisplay(stepSentence(step, TEXTS[language])));
}

/** Which capture would show the rest, in a sentence or two; empty where none would. */
export function furtherSentence({ further, rule }: Story, language: Language): string {
  if (further === null) return "";
  const texts = TEXTS[language];
  const gap = language === "ja" ? "" : " ";
  return [rule === null ? texts.again : texts.further[further.place], texts.translation].join(gap);
}

/** Where a command is run: "Windows". */
export function capturePlatform({ platform }: CaptureCommand, language: Language): string {
  return TEXTS[language].platforms[platform];
}

function stepSentence(step: StoryStep, texts: StoryTexts): string {
  switch (step.kind) {
    case "value":
      return valueSentence(step, texts);
    case "message":
      if (step.message === Command.value.LOGOFF && !step.response) return texts.logoff(inFrame(step.frame));
      return texts.message(step, messageName(step.message));
    case "end":
      return texts.end(step);
    case "segment":
      return texts.segment(step);
  }
}

function valueSentence(step: ValueStep, texts: StoryTexts): string {
  const message = texts.messageName(messageName(step.message), step.response, step.protected);
  if (step.field === "Status") return texts.status(step, message);
  return step.on.length + step.off.length > 0 ? texts.flags(step, message) : texts.value(step, message);
}

function messageName(command: number): string {
  return command === VALIDATION ? "VALIDATE_NEGOTIATE_INFO" : commandName(command);
}

const SIDES: Readonly<Record<Language, Readonly<Record<Side, string>>>> = {
  en: { client: "the client", server: "the server's side" },
  ja: { client: "クライアント", server: "サーバー側" },
};

function withCapital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const english: StoryTexts = {
  messageName: (name, response, isProtected) => `${isProtected ? "protected " : ""}${name} ${response ? "response" : "request"}`,
  value: ({ frame, field, value }, message) => `The ${message} ${inFrame(frame)} says ${field} ${value}.`,
  status: ({ frame, value }, message) => `The ${message} ${inFrame(frame)} says ${value}.`,
  flags: ({ frame, field, value, on, off }, message) => {
    const parts = [
      [on, "on"],
      [off, "off"],
    ] as const;
    const said = parts
      .filter(([names]) => names.length > 0)
      .map(([names, word]) => `${enumeration(names, "en")} ${isOrAre(names)} ${word}`);
    return `The ${message} ${inFrame(frame)} says that ${said.join(" and ")} (${field} ${value}).`;
  },
  message: ({ frame, response }, name) => `${response ? "The server answers" : "The client sends"} ${name} ${inFrame(frame)}.`,
  logoff: (frame) => `The client ends the session with LOGOFF ${frame}.`,
  end: ({ frame, by, how }) =>
    by === null
      ? `The connection ends with ${how} ${inFrame(frame)}.`
      : `${withCapital(SIDES.en[by])} ends the connection with ${how} ${inFrame(frame)}.`,
  segment: ({ frame, field, value }) => `${[field, value].filter((part) => part !== "").join(" ") || "TCP"} ${inFrame(frame)}.`,
  further: {
    client: "A capture taken at the client would show the messages as the client sends and receives them.",
    server: "A capture taken at the server would show the messages as the server receives and sends them.",
    both: "Captures taken at the client and at the server at the same time would show what is changed or lost between them: smb-lens compare.",
  },
  again: "Another capture, begun before the share is opened and with whole frames, would show it.",
  translation: "Leave the address out where addresses are translated on the way.",
  platforms: { windows: "Windows", linux: "Linux, or a NAS over SSH", ontap: "NetApp ONTAP" },
};

function isOrAre(names: readonly string[]): string {
  return names.length === 1 ? "is" : "are";
}

const japanese: StoryTexts = {
  messageName: (name, response, isProtected) => `${isProtected ? "保護された " : ""}${name} ${response ? "応答" : "要求"}`,
  value: ({ frame, field, value }, message) => `${message} ${inFrame(frame)} の ${field} は ${value} です。`,
  status: ({ frame, value }, message) => `${message} ${inFrame(frame)} のステータスは ${value} です。`,
  flags: ({ frame, field, value, on, off }, message) => {
    const parts = [
      [on, "オン"],
      [off, "オフ"],
    ] as const;
    const said = parts.filter(([names]) => names.length > 0).map(([names, word]) => `${enumeration(names, "ja")} が${word}`);
    return `${message} ${inFrame(frame)} では ${said.join("、")}です (${field} ${value})。`;
  },
  message: ({ frame, response }, name) =>
    response ? `サーバーが ${name} に応答します ${inFrame(frame)}。` : `クライアントが ${name} 要求を送ります ${inFrame(frame)}。`,
  logoff: (frame) => `クライアントが LOGOFF でセッションを終了します ${frame}。`,
  end: ({ frame, by, how }) => {
    const verb = how === "RST" ? "を切断します" : "を終了します";
    return by === null ? `接続が ${how} で終わります ${inFrame(frame)}。` : `${SIDES.ja[by]}が ${how} で接続${verb} ${inFrame(frame)}。`;
  },
  segment: ({ frame, field, value }) => `${[field, value].filter((part) => part !== "").join(" ") || "TCP"} ${inFrame(frame)}。`,
  further: {
    client: "クライアントのそばでキャプチャを取れば、クライアントが送受信したままのメッセージが分かります。",
    server: "サーバーのそばでキャプチャを取れば、サーバーが送受信したままのメッセージが分かります。",
    both: "クライアントとサーバーの両方で同時にキャプチャを取って smb-lens compare で比べれば、途中で変わったもの、失われたものが分かります。",
  },
  again: "共有を開く前から、フレーム全体を残してキャプチャを取り直せば分かります。",
  translation: "途中でアドレスが変換される場合は、フィルターからアドレスを除きます。",
  platforms: { windows: "Windows", linux: "Linux、または NAS (SSH)", ontap: "NetApp ONTAP" },
};

const TEXTS: Readonly<Record<Language, StoryTexts>> = { en: english, ja: japanese };
