import { GlobalCapabilities } from "../../core/index.ts";
import type { HostTexts } from "./texts.ts";

const MOST_NAMES = 2;

/**
 * What a value of a flags field means in a word or two: for Capabilities the bits in which it differs from its partner, for SecurityMode
 * what it asks for. Empty for other fields.
 */
export function flagNote(field: string, value: string, partner: string | undefined, texts: HostTexts): string {
  const number = hexNumber(value);
  if (number === undefined) return "";
  if (field === "SecurityMode") return texts.common.signingBits(number);
  const other = partner === undefined ? undefined : hexNumber(partner);
  if (field !== "Capabilities" || other === undefined) return "";
  const differing = GlobalCapabilities.list.filter(({ mask }) => ((number ^ other) & mask) !== 0);
  const isSet = differing.filter(({ mask }) => (number & mask) !== 0).map(({ short }) => short);
  const notSet = differing.filter(({ mask }) => (number & mask) === 0).map(({ short }) => short);
  const { overview, common } = texts;
  const parts: string[] = [];
  if (notSet.length > 0) parts.push(overview.flagsNotSet(notSet.slice(0, MOST_NAMES), Math.max(0, notSet.length - MOST_NAMES)));
  if (isSet.length > 0) parts.push(overview.flagsSet(isSet.slice(0, MOST_NAMES), Math.max(0, isSet.length - MOST_NAMES)));
  return parts.join(common.comma);
}

function hexNumber(text: string): number | undefined {
  return /^0x[0-9a-f]{1,8}$/i.test(text) ? Number(text) : undefined;
}
