import type { ExchangeNote, KnownFormat, Language } from "../../core/index.ts";
import type { ChipId } from "../../protocol/views.ts";

/** A capability as the page explains it; keys are the short names of core's `GlobalCapabilities`. */
export type CapabilityKey =
  | "DFS"
  | "LEASING"
  | "LARGE_MTU"
  | "MULTI_CHANNEL"
  | "PERSISTENT_HANDLES"
  | "DIRECTORY_LEASING"
  | "ENCRYPTION"
  | "NOTIFICATIONS";

/** The two ends of a connection. */
export type Peer = "client" | "server";

/** Commands that a fact's title can name in words. */
export type ToldCommand = "NEGOTIATE" | "SESSION_SETUP" | "LOGOFF" | "TREE_CONNECT" | "VALIDATE";

/** How a message was protected on its way. */
export type ProtectionKey = "signed" | "notSigned" | "emptySignature" | "encrypted";

export type Advice = "noSmb" | "notACapture" | "empty" | "noFrames" | "linkType" | "noSmbInPart" | "closedFrames";

export interface CommonTexts {
  readonly none: string;
  readonly comma: string;
  /** Frames, plural as the language needs it. */
  frames(count: string, one: boolean): string;
  readonly peer: Readonly<Record<Peer, string>>;
  readonly protection: Readonly<Record<ProtectionKey, string>>;
  message(name: string, response: boolean): string;
  readonly set: string;
  readonly notSet: string;
  signingBits(mode: number): string;
}

export interface ListTexts {
  readonly chips: Readonly<Record<ChipId, string>>;
  readonly healthy: string;
  readonly validated: string;
  cannotTell(reason: string): string;
  /** After the outcome of a connection that is a second view of another. */
  readonly seenAgain: string;
  readonly signed: string;
  readonly partlySigned: string;
  readonly notSigned: string;
  readonly encrypted: string;
  readonly guest: string;
  readonly anonymous: string;
  announcement(failed: number, warnings: number): string;
}

export interface BannerTexts {
  /** Findings that the settings of the rules turn off. */
  notShown(count: number): string;
  /** Their rules, and where these are turned off. */
  turnedOff(rules: readonly string[], origin: string): string;
  readonly settingsTrouble: string;
  /** Label of a link to the settings of the rules. */
  readonly ruleSettings: string;
  damaged(byte: string, frame: string): string;
  damagedAtStart(byte: string): string;
  damagedMeans(lost: string, frames: string, one: boolean): string;
  readonly provedStands: string;
  cut(byte: string, frame: string): string;
  cutMeans(have: string, need: string): string;
  stopped(percent: string, frame: string): string;
  readonly stoppedMeans: string;
  readonly readAll: string;
  readFailed(byte: string, frame: string): string;
  readFailedMeans(reason: string): string;
}

export interface OverviewTexts {
  /** A finding of the connection that the settings turn off; `name` is its rule's. */
  turnedOff(name: string): string;
  readonly noFailure: string;
  readonly noProblem: string;
  readonly noProblemValidated: string;
  unknownTitle(reason: string): string;
  readonly certainty: Readonly<Record<"proved" | "suspected" | "unknown", string>>;
  readonly provedBySigned: string;
  readonly provedByBoth: string;
  readonly provedByFrames: string;
  readonly suspectedBecause: string;
  unknownBecause(reason: string): string;
  received(field: string, by: Peer): string;
  sent(field: string, by: Peer): string;
  repeated(field: string): string;
  fieldIn(field: string, message: string): string;
  readonly told: Readonly<Record<ToldCommand, Readonly<Record<"request" | "response", string>>>>;
  closed(by: Peer): string;
  reset(by: Peer): string;
  readonly tcpFrame: string;
  endDetail(how: string, beforeFiles: boolean): string;
  afterFrame(frame: number): string;
  flagsSet(names: readonly string[], more: number): string;
  flagsNotSet(names: readonly string[], more: number): string;
  cannotCheck(reason: string, rules: number): string;
  signingNow(required: Peer | "both" | "neither", modes: string): string;
  readonly safe: string;
  readonly weakens: string;
  readonly noteLabel: string;
}

export interface ComparisonTexts {
  /** `here`: equal at this capture point, which need not be what the client got. */
  titleEqual(values: number, here: boolean): string;
  /** Nothing differs that must be equal, although one side lists more dialects. */
  titleAllowed(values: number): string;
  titleDiffers(count: number, of: number, names: readonly { readonly peer: Peer; readonly field: string }[]): string;
  /** One field differs, by flags: what it lost or gained on the way. */
  titleFlags(of: number, peer: Peer, field: string, lost: readonly string[], gained: readonly string[], onTheWay: boolean): string;
  titleSome(compared: number): string;
  readonly titleNone: string;
  readonly subtitle: string;
  exchange(number: number, frame: number | null): string;
  readonly groups: Readonly<Record<Peer, string>>;
  readonly missing: string;
  cut(protection: string): string;
  errorStatus(protection: string, status: string): string;
  readonly clientPassed: string;
  /** As `clientPassed`, where the validation names more dialects. */
  readonly clientAgreed: string;
  readonly equalHere: string;
  readonly agreeHere: string;
  readonly serverEqual: string;
  differ(count: number, peer: Peer): string;
  cannotCompare(reason: string): string;
  changedOnWay(to: Peer): string;
  readonly disagree: string;
  readonly dialectsSuperset: string;
  flagCount(count: number, of: number): string;
  readonly unknownBit: string;
  readonly names: Readonly<Record<Peer, string>>;
  securityMode(mode: number): string;
  readonly dialect311NotOffered: string;
  highestDialect(name: string): string;
  readonly dialectHighest: string;
  readonly dialectLower: string;
  readonly dialectNotOffered: string;
  readonly capabilities: Readonly<Record<CapabilityKey, { readonly means: string; readonly lost: Readonly<Record<Peer, string>> }>>;
  gained(by: Peer): string;
  readonly note: string;
  readonly operands: {
    readonly negotiateMissing: Readonly<Record<"request" | "response", string>>;
    readonly validateMissing: Readonly<Record<"request" | "response", string>>;
    readonly answerLost: string;
    errorAnswer(status: string): string;
    readonly cut: string;
  };
  readonly markdown: {
    readonly field: string;
    readonly meaning: string;
    frame(frame: number): string;
  };
  readonly reasons: Readonly<
    Record<"dialect311" | "cut" | "smb1" | "guest" | "anonymous" | "encrypted" | "noSession" | "notSent" | "noNegotiate", string>
  >;
}

export interface StateTexts {
  readonly titles: Readonly<Record<Advice, string>>;
  unsupportedTitle(format: string): string;
  readonly unreadableTitle: string;
  readonly readToEnd: string;
  readPart(frame: string): string;
  readonly noSmbAmongTcp: string;
  readonly closedFramesText: string;
  readonly emptyText: string;
  readonly noFramesText: string;
  notACaptureText(magic: string): string;
  linkTypeText(linkType: string): string;
  unreadableText(reason: string): string;
  readonly unsupported: Readonly<Record<KnownFormat["advice"], string>>;
  readonly whatWasRead: string;
  readonly rowFrames: string;
  framesFromTo(frames: string, from: string, to: string): string;
  readonly rowTcp: string;
  tcpOnPorts(count: string, ports: string, more: boolean): string;
  rowPorts(ports: string): string;
  readonly noAttempt: string;
  attempts(ports: string): string;
  readonly fewAttempts: string;
  readonly rowQuic: string;
  quic(frames: string, one: boolean): string;
  readonly noQuic: string;
  readonly ifExpected: string;
  readonly startBefore: string;
  readonly howToCapture: string;
  readonly howToConvert: string;
  readonly convertText: string;
  readonly size: string;
  readonly bytes: string;
  readonly buttons: Readonly<Record<"openAnother" | "otherPort" | "retry" | "showLog" | "openAsText", string>>;
}

export interface ProgressTexts {
  /** `rate` is null while it cannot be told. */
  text(percent: string, part: string, whole: string, rate: string | null): string;
  left(seconds: number): string;
  /** Of a connection that goes on. */
  readonly beingRead: string;
}

export interface MessagesTexts {
  /** `shown` of `all` messages of the page. */
  count(shown: number, all: number): string;
  /** Which messages the page holds, where the connection has more. */
  limit(first: number, last: number, all: number): string;
  /** What cannot be read into. */
  readonly hidden: Readonly<Record<"encrypted" | "compressed" | "cut", string>>;
  readonly encryptedNote: string;
  readonly compressedNote: string;
  size(frame: number, bytes: string): string;
  cutNote(have: string, length: string): string;
  fieldsCut(most: string): string;
  /** What a request does beside its command. */
  exchange(note: ExchangeNote): string;
  /** `more`: there are others behind the last one named. */
  severalFrames(frames: readonly number[], more: boolean): string;
  /** Null: bytes that the capture does not hold. */
  part(frame: number | null): string;
  partner(response: boolean, frame: number): string;
  readonly differs: string;
  readonly allowed: string;
  readonly equal: string;
}

/** Every text that the host's views are made of, in one language; a text that a language lacks does not compile. */
export interface HostTexts {
  readonly language: Language;
  readonly common: CommonTexts;
  readonly list: ListTexts;
  readonly banners: BannerTexts;
  readonly overview: OverviewTexts;
  readonly comparison: ComparisonTexts;
  readonly state: StateTexts;
  readonly progress: ProgressTexts;
  readonly messages: MessagesTexts;
}
