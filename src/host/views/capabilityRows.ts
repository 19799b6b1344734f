import { GlobalCapabilities, hex } from "../../core/index.ts";
import type { CompareCellView, CompareRowView } from "../../protocol/views.ts";
import { plainValue } from "./boxedValue.ts";
import type { CapabilityKey, HostTexts, Peer } from "./texts.ts";

const NOTIFICATIONS = 0x80;

interface Bits {
  readonly left: number | null;
  readonly right: number | null;
}

/** Full names of the capabilities that are set; bits without a name as one number. */
export function capabilityNames(value: number): readonly string[] {
  const names = GlobalCapabilities.list.filter(({ mask }) => (value & mask) !== 0).map(({ name }) => name);
  const rest = unnamed(value);
  return rest === 0 ? names : [...names, hex(rest, 8)];
}

/**
 * The bits of Capabilities in the columns of the comparison. NOTIFICATIONS came with SMB 3.1.1 and shows only where it is set; bits that
 * have no name share one row where there are any.
 */
export function capabilityRows(values: Bits, peer: Peer, texts: HostTexts): readonly CompareRowView[] {
  const either = (values.left ?? 0) | (values.right ?? 0);
  const named = GlobalCapabilities.list
    .filter(({ mask }) => mask !== NOTIFICATIONS || (either & mask) !== 0)
    .map(({ short, mask }) => bitRow(short, mask, values, peer, texts));
  const rest = unnamed(either);
  return rest === 0 ? named : [...named, unnamedRow(rest, values, peer, texts)];
}

function bitRow(short: string, mask: number, values: Bits, peer: Peer, texts: HostTexts): CompareRowView {
  const left = bit(values.left, mask);
  const right = bit(values.right, mask);
  const differs = left !== null && right !== null && left !== right;
  const told = texts.comparison.capabilities[short as CapabilityKey];
  const meaning = differs ? (right === 1 ? told.lost[peer] : texts.comparison.gained(peer)) : told.means;
  return {
    key: `${peer}.Capabilities.${short}`,
    name: short,
    prefix: GlobalCapabilities.prefix,
    left: bitCell(left, differs, "was", texts),
    mark: left === null || right === null ? "missing" : differs ? "differs" : "equal",
    right: bitCell(right, differs, "now", texts),
    meaning,
    children: [],
  };
}

function unnamedRow(rest: number, values: Bits, peer: Peer, texts: HostTexts): CompareRowView {
  const cell = (value: number | null): CompareCellView | null =>
    value === null ? null : { value: plainValue(hex((value & rest) >>> 0, 8)), mono: true, text: "" };
  const same = ((values.left ?? 0) & rest) === ((values.right ?? 0) & rest);
  return {
    key: `${peer}.Capabilities.unnamed`,
    name: hex(rest, 8),
    prefix: "",
    left: cell(values.left),
    mark: values.left === null || values.right === null ? "missing" : same ? "equal" : "differs",
    right: cell(values.right),
    meaning: texts.comparison.unknownBit,
    children: [],
  };
}

function bitCell(value: 0 | 1 | null, differs: boolean, side: "was" | "now", texts: HostTexts): CompareCellView | null {
  if (value === null) return null;
  const shown = differs ? { before: "", marked: String(value), after: "", side } : plainValue(String(value));
  return { value: shown, mono: true, text: value === 1 ? texts.common.set : texts.common.notSet };
}

function bit(value: number | null, mask: number): 0 | 1 | null {
  if (value === null) return null;
  return (value & mask) === 0 ? 0 : 1;
}

function unnamed(value: number): number {
  const known = GlobalCapabilities.list.reduce((sum, { mask }) => sum | mask, 0);
  return (value & ~known) >>> 0;
}
