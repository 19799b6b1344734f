import type { ConnectionFacts, EndEvent, NextRequest } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import type { Language } from "../spec/language.ts";
import type { Evidence } from "./finding.ts";
import { inFrame } from "./frameText.ts";

/** What followed a message: who ended the connection and how, or that it went on. `open`: the capture shows nothing more. */
export type Ending = "client-fin" | "client-rst" | "client-logoff" | "server-fin" | "server-rst" | "goes-on" | "open";

export interface Followed {
  readonly ending: Ending;
  /** Frame of the end, or of the request with which the client went on. */
  readonly endFrame: number | null;
  /** Nanoseconds since `Capture.baseSeconds`. */
  readonly endTime: number | null;
}

export const LOGOFF = Command.value.LOGOFF;

/**
 * Nanoseconds within which the end of a connection counts as the reaction to a message. Clients give up at once, or after waiting 15 to
 * 60 seconds for an answer to a request that the capture point never saw.
 */
export const ABORT_WITHIN = 65e9;

/** What followed a message of `frame`, given the client's next request after it. */
export function followed(facts: ConnectionFacts, frame: number, next: NextRequest | null): Followed {
  const end = endAfter(facts, frame);
  if (next !== null && (end === undefined || next.frame <= end.frame)) {
    return { ending: next.command === LOGOFF ? "client-logoff" : "goes-on", endFrame: next.frame, endTime: next.time };
  }
  if (end === undefined) return { ending: "open", endFrame: null, endTime: null };
  return { ending: endingOf(end), endFrame: end.frame, endTime: end.time };
}

/** The first FIN or RST in or after a frame; those before it belong to an earlier connection or the other direction. */
export function endAfter(facts: ConnectionFacts, frame: number): EndEvent | undefined {
  for (const end of facts.ends) if (end.frame >= frame) return end;
  return undefined;
}

/** Whether the client gave up: by TCP or, in good order, by LOGOFF. */
export function isClientEnd(ending: Ending): boolean {
  return ending === "client-fin" || ending === "client-rst" || ending === "client-logoff";
}

export function isServerEnd(ending: Ending): boolean {
  return ending === "server-fin" || ending === "server-rst";
}

/** The end as proof; empty where there was none. */
export function endingEvidence(what: Followed): readonly Evidence[] {
  if (what.endFrame === null || what.ending === "goes-on") return [];
  if (what.ending === "client-logoff") return [{ frame: what.endFrame, role: "effect", command: LOGOFF, response: false }];
  return [{ frame: what.endFrame, role: "effect", value: what.ending.endsWith("rst") ? "RST" : "FIN" }];
}

/** One sentence on what followed. */
export function endingSentence(what: { readonly ending: Ending; readonly endFrame: number | null }, language: Language): string {
  return sentences[language][what.ending](what.endFrame === null ? "" : inFrame(what.endFrame));
}

const sentences: Readonly<Record<Language, Readonly<Record<Ending, (frame: string) => string>>>> = {
  en: {
    "client-fin": (frame) => `The client then ended the connection with FIN ${frame}.`,
    "client-rst": (frame) => `The client then ended the connection with RST ${frame}.`,
    "client-logoff": (frame) => `The client then ended the session with LOGOFF ${frame}.`,
    "server-fin": (frame) => `The server's side then ended the connection with FIN ${frame}.`,
    "server-rst": (frame) => `The server's side then ended the connection with RST ${frame}.`,
    "goes-on": (frame) => `The client went on all the same ${frame}.`,
    open: () => "The capture ends before it shows what followed.",
  },
  ja: {
    "client-fin": (frame) => `その後、クライアントが FIN で接続を終了しました ${frame}。`,
    "client-rst": (frame) => `その後、クライアントが RST で接続を切断しました ${frame}。`,
    "client-logoff": (frame) => `その後、クライアントが LOGOFF でセッションを終了しました ${frame}。`,
    "server-fin": (frame) => `その後、サーバー側が FIN で接続を終了しました ${frame}。`,
    "server-rst": (frame) => `その後、サーバー側が RST で接続を切断しました ${frame}。`,
    "goes-on": (frame) => `それでもクライアントは通信を続けました ${frame}。`,
    open: () => "その後の動きはキャプチャに入っていません。",
  },
};

function endingOf(end: EndEvent): Ending {
  if (end.by === "client") return end.how === "RST" ? "client-rst" : "client-fin";
  return end.how === "RST" ? "server-rst" : "server-fin";
}
