import type { Language } from "../../core/index.ts";

const MICROSECOND = 1e3;
const MILLISECOND = 1e6;
const SECOND = 1e9;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const SIZE_UNITS = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** `12,480`: both languages group by three with a comma. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** A length of time in nanoseconds with the unit that fits: `49 µs`, `12.7 ms`, `3 min 12 s`. */
export function formatSpan(nanoseconds: number, language: Language): string {
  const span = Math.max(0, nanoseconds);
  if (span < MICROSECOND) return `${Math.round(span)} ns`;
  if (span < MILLISECOND) return `${oneDecimal(span / MICROSECOND)} µs`;
  if (span < SECOND) return `${oneDecimal(span / MILLISECOND)} ms`;
  const ja = language === "ja";
  if (span < MINUTE) return `${oneDecimal(span / SECOND)}${ja ? " 秒" : " s"}`;
  if (span < HOUR) return inTwo(span, MINUTE, SECOND, ja ? ["分", "秒"] : ["min", "s"]);
  return inTwo(span, HOUR, MINUTE, ja ? ["時間", "分"] : ["h", "min"]);
}

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

function inTwo(span: number, large: number, small: number, [first, second]: readonly string[]): string {
  const whole = Math.round(span / small) * small;
  return `${Math.floor(whole / large)} ${first} ${Math.round((whole % large) / small)} ${second}`;
}

function oneDecimal(value: number): string {
  return (Math.floor(value * 10) / 10).toString();
}

function pad(value: number, digits: number): string {
  return value.toString().padStart(digits, "0");
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
