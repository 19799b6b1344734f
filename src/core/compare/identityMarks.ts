import { hexBytes } from "../bytes/hex.ts";
import { describeMessage } from "../smb2/describeMessage.ts";
import type { FieldNode } from "../struct/describe.ts";
import type { PairMark } from "./captureComparison.ts";
import type { ComparedConnection } from "./comparedConnection.ts";

/** What a connection is recognised by in another capture: values that hardly two connections have in common, by their kind. */
export type IdentityMarks = ReadonlyMap<PairMark, ReadonlySet<string>>;

const NO_GUID = "00000000-0000-0000-0000-000000000000";
const NO_SESSION = /^0x0+$/;

/** Reads the marks from NEGOTIATE and SESSION_SETUP. */
export function identityMarks({ connection, messages }: ComparedConnection): IdentityMarks {
  const marks = new Map<PairMark, Set<string>>();
  const add = (mark: PairMark, value: string) => {
    const values = marks.get(mark);
    if (values === undefined) marks.set(mark, new Set([value]));
    else values.add(value);
  };
  const guid = connection.negotiate?.clientGuid ?? NO_GUID;
  if (guid !== NO_GUID) add("ClientGuid", guid);
  for (const { id } of connection.sessions) if (!NO_SESSION.test(id)) add("SessionId", id);
  for (const { bytes, kind, length } of messages) {
    if (bytes === null || kind !== "SMB2") continue;
    visit(describeMessage(bytes, 0, bytes.length, length), (node) => {
      const mark = markOf(node);
      const { start, end } = node.range;
      const value = hexBytes(bytes, start, end);
      if (mark !== null && end > start && !/^0*$/.test(value)) add(mark, value);
    });
  }
  return marks;
}

function markOf({ name, path }: FieldNode): PairMark | null {
  if (name === "Salt") return "Salt";
  if (name === "ServerChallenge") return "NTLM challenge";
  return path === "SystemTime" ? "SystemTime" : null;
}

function visit(node: FieldNode, look: (node: FieldNode) => void): void {
  look(node);
  for (const child of node.children) visit(child, look);
}
