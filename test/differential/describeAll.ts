/*
 * For the comparison with tshark: every field of every message that has a filter name of Wireshark, by the frame that completes it. Bundled
 * and imported by fields.mjs.
 */
import { readFileSync } from "node:fs";
import { describeMessage, type FieldNode, hexBytes, memorySource, readMessages } from "../../src/core/index.ts";

/** A value as it is shown (numbers as decimal digits), and the bytes that it lies in. */
export interface FieldValue {
  readonly value: string;
  readonly hex: string;
}

/** Values by field, in the order of the bytes. */
export type FrameFields = Record<string, FieldValue[]>;

/** Fields of the messages of a file, by the number of the frame that completes them. */
export async function fieldsByFrame(path: string): Promise<Map<number, FrameFields>> {
  const frames = new Map<number, FrameFields>();
  await readMessages(memorySource(readFileSync(path)), {
    onMessage: ({ frame, bytes, length, asked }) => {
      const fields = frames.get(frame) ?? {};
      frames.set(frame, fields);
      collect(describeMessage(bytes, 0, bytes.length, length, asked), bytes, fields);
    },
  });
  return frames;
}

function collect(node: FieldNode, bytes: Uint8Array, fields: FrameFields): void {
  if (node.filter !== undefined && node.value !== "" && !isListOf(node, node.filter)) {
    const list = fields[node.filter] ?? [];
    const value = node.raw === undefined ? node.value : node.raw.toString();
    list.push({ value, hex: hexBytes(bytes, node.range.start, node.range.end) });
    fields[node.filter] = list;
  }
  for (const child of node.children) collect(child, bytes, fields);
}

/** An array whose elements are shown one by one. */
function isListOf(node: FieldNode, filter: string): boolean {
  return node.children.length > 0 && node.children.every((child) => child.name.startsWith("[") && child.filter === filter);
}
