import type { MessageFacts } from "../../core/index.ts";
import type { ProtectionKey } from "./texts.ts";

/** What kept a message from being changed on its way. A Signature field of zeros keeps nothing ([MS-SMB2] 3.1.4.1). */
export function protectionOf(message: Pick<MessageFacts, "signed" | "signatureZero" | "encrypted">): ProtectionKey {
  if (message.encrypted) return "encrypted";
  if (!message.signed) return "notSigned";
  return message.signatureZero ? "emptySignature" : "signed";
}
