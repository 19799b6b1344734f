import type { ConnectionFacts } from "../../src/core/model/connectionFacts.ts";

const KEYS = [
  "id",
  "client",
  "server",
  "netbios",
  "synSeen",
  "firstFrame",
  "firstTime",
  "lastFrame",
  "lastTime",
  "ended",
  "ends",
  "smb1",
  "smb1Messages",
  "negotiates",
  "dialect",
  "sessions",
  "openSetups",
  "trees",
  "validations",
  "messages",
  "encryptedMessages",
  "compressedMessages",
  "fileRequests",
  "lastMessageFrame",
  "lastClientMessage",
  "lostFromClient",
  "lostFromServer",
  "truncatedMessages",
  "firstTruncatedFrame",
  "dataSegments",
  "repeatedSegments",
  "firstRepeatFrame",
  "firstRepeatOf",
  "fingerprint",
  "otherView",
  "captureEndTime",
] as const satisfies readonly (keyof ConnectionFacts)[];

type Missing = Exclude<keyof ConnectionFacts, (typeof KEYS)[number]>;

/** The facts as plain data: whoever follows a connection is its facts, and keeps more than those. */
export function plainFacts(facts: ConnectionFacts): Omit<ConnectionFacts, Missing> {
  return Object.fromEntries(KEYS.map((key) => [key, facts[key]])) as unknown as Omit<ConnectionFacts, Missing>;
}
