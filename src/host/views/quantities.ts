import { formatCount } from "../../core/index.ts";

const MILLISECOND = 1e6;
const SECOND = 1e9;

const SIZE_UNITS = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** A part of a whole in the unit of the whole: `1.1 of 2.4 GB` as `["1.1", "2.4 GB"]`. Units are decimal. */
export function formatPart(part: number, whole: number): readonly [string, string] {
  const power = unitPower(whole);
  const scaled = (bytes: number) => (power === 0 ? formatCount(bytes) : (bytes / 1000 ** power).toFixed(1));
  return [scaled(part), `${scaled(whole)} ${SIZE_UNITS[power]}`];
}

/** `00:20:10.229`, UTC. `time` counts nanoseconds from `baseSeconds` (seconds since 1970). */
export function formatClock(baseSeconds: number, time: number): string {
  const milliseconds = Math.floor(time / MILLISECOND);
  const inDay = modulo(baseSeconds, 86_400) * 1000 + milliseconds;
  return `${formatClockSeconds(baseSeconds, time)}.${pad(modulo(inDay, 1000), 3)}`;
}

/** `00:20:10`, UTC. */
export function formatClockSeconds(baseSeconds: number, time: number): string {
  const seconds = modulo(baseSeconds + Math.floor(time / SECOND), 86_400);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part, 2)).join(":");
}

function unitPower(bytes: number): number {
  let power = 0;
  while (power < SIZE_UNITS.length - 1 && bytes >= 1000 ** (power + 1)) power++;
  return power;
}

function pad(value: number, digits: number): string {
  return value.toString().padStart(digits, "0");
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
