import { type FieldNode, findField } from "../struct/describe.ts";

const LISTS_OF_CONTEXTS = ["HashAlgorithms", "Ciphers", "SigningAlgorithms", "CompressionAlgorithms"];

/** Fields of a message on which the fate of a connection hangs, in the order in which the eye compares them. */
const NAMES = [
  "Dialects",
  "DialectRevision",
  "Dialect",
  "DialectIndex",
  "Capabilities",
  "SecurityMode",
  "ClientGuid",
  "ServerGuid",
  "Guid",
];

/** The fields of NEGOTIATE or of a validation that a trace of the whole capture shows. */
export function decisiveFields(root: FieldNode): readonly FieldNode[] {
  const plain = NAMES.flatMap((name) => findField(root, name) ?? []);
  const contexts = findField(root, "NegotiateContextList")?.children ?? [];
  return [...plain, ...contexts.flatMap(({ children }) => children.filter(({ name }) => LISTS_OF_CONTEXTS.includes(name)))];
}

/** The first of these paths that the message has; `undefined` when it has none. */
export function firstField(root: FieldNode, paths: readonly string[]): FieldNode | undefined {
  for (const path of paths) {
    const found = findField(root, path);
    if (found !== undefined) return found;
  }
  return undefined;
}
