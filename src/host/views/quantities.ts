import { formatCount } from "../../core/index.ts";

const SIZE_UNITS = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** A part of a whole in the unit of the whole: `1.1 of 2.4 GB` as `["1.1", "2.4 GB"]`. Units are decimal. */
export function formatPart(part: number, whole: number): readonly [string, string] {
  const power = unitPower(whole);
  const scaled = (bytes: number) => (power === 0 ? formatCount(bytes) : (bytes / 1000 ** power).toFixed(1));
  return [scaled(part), `${scaled(whole)} ${SIZE_UNITS[power]}`];
}

/** Decimal megabytes a second, `65` or `4.2`. */
export function formatRate(bytes: number, milliseconds: number): string {
  const rate = bytes / 1000 / milliseconds;
  return rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate));
}

function unitPower(bytes: number): number {
  let power = 0;
  while (power < SIZE_UNITS.length - 1 && bytes >= 1000 ** (power + 1)) power++;
  return power;
}
