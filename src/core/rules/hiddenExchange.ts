import type { ConnectionFacts, NextRequest, SessionFacts, TreeConnectFacts } from "../model/connectionFacts.ts";
import { DIALECT_30 } from "../smb2/constants/dialects.ts";
import { ShareFlags } from "../smb2/constants/shareFlags.ts";
import { isKeyless, mustEncrypt } from "./protection.ts";

/** The message that shows that everything after it is encrypted. */
export interface EncryptedFrom {
  readonly by: "session" | "share" | "client";
  readonly frame: number;
}

const DIALECT_302 = 0x0302;
const ENCRYPTED_MESSAGE = -1;

/**
 * Where encryption begins that must hide a validation ([MS-SMB2] 3.2.4.1.8): only 3.0 and 3.0.2 have both. Undefined where none can be
 * hidden. A share whose validation is seen hides nothing.
 */
export function hiddenExchange(facts: ConnectionFacts): EncryptedFrom | undefined {
  if (facts.encryptedMessages === 0 || facts.dialect === null) return undefined;
  if (facts.dialect < DIALECT_30 || facts.dialect > DIALECT_302) return undefined;
  for (const session of facts.sessions) {
    const from = encryptedSession(session);
    if (from !== undefined && !isSeen(facts, session.id)) return from;
  }
  for (const tree of facts.trees) {
    if (isEncryptedShare(tree) && !isSeen(facts, tree.sessionId, tree.treeId)) return { by: "share", frame: tree.response?.frame ?? 0 };
  }
  return undefined;
}

function encryptedSession(session: SessionFacts): EncryptedFrom | undefined {
  if (session.final?.status !== 0 || isKeyless(session)) return undefined;
  if (mustEncrypt(session)) return { by: "session", frame: session.final.frame };
  return isEncrypted(session.nextRequest) ? { by: "client", frame: session.nextRequest.frame } : undefined;
}

function isEncrypted(request: NextRequest | null): request is NextRequest {
  return request?.command === ENCRYPTED_MESSAGE;
}

function isEncryptedShare(tree: TreeConnectFacts): boolean {
  return tree.response?.status === 0 && (tree.shareFlags & ShareFlags.mask.ENCRYPT_DATA) !== 0;
}

function isSeen(facts: ConnectionFacts, sessionId: string, treeId?: number | null): boolean {
  return facts.validations.some((exchange) => exchange.sessionId === sessionId && (treeId === undefined || exchange.treeId === treeId));
}
