import type { Language } from "../spec/language.ts";

const MICROSECOND = 1e3;
const MILLISECOND = 1e6;
const SECOND = 1e9;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const SECONDS_IN_DAY = 86_400;

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

/** Seconds with six digits after the point, as the text trace writes times: `0.000542`. */
export function formatSeconds(nanoseconds: number): string {
  return (nanoseconds / SECOND).toFixed(6);
}

/** `2026-11-22 00:20:10.229659 UTC`, as {@link formatDate} with what is below a second. */
export function formatInstant(baseSeconds: number, time: number): string {
  const microseconds = Math.floor((time - Math.floor(time / SECOND) * SECOND) / MICROSECOND);
  return formatDate(baseSeconds, time).replace(" UTC", `.${microseconds.toString().padStart(6, "0")} UTC`);
}

/** `2026-11-22 00:20:10 UTC`. `time` counts nanoseconds from `baseSeconds` (seconds since 1970). */
export function formatDate(baseSeconds: number, time: number): string {
  const seconds = baseSeconds + Math.floor(time / SECOND);
  return `${civilDate(Math.floor(seconds / SECONDS_IN_DAY))} ${formatClockSeconds(baseSeconds, time)} UTC`;
}

/** `00:20:10.229`, UTC, of the same time. */
export function formatClock(baseSeconds: number, time: number): string {
  const milliseconds = Math.floor((time - Math.floor(time / SECOND) * SECOND) / MILLISECOND);
  return `${formatClockSeconds(baseSeconds, time)}.${milliseconds.toString().padStart(3, "0")}`;
}

/** `00:20:10`, UTC, of the same time. */
export function formatClockSeconds(baseSeconds: number, time: number): string {
  const seconds = baseSeconds + Math.floor(time / SECOND);
  const inDay = seconds - Math.floor(seconds / SECONDS_IN_DAY) * SECONDS_IN_DAY;
  return [Math.floor(inDay / 3600), Math.floor(inDay / 60) % 60, inDay % 60].map((part) => part.toString().padStart(2, "0")).join(":");
}

/** Whole percent of a file that was read. */
export function percentRead({ bytesRead, size }: { readonly bytesRead: number; readonly size: number }): number {
  return size === 0 ? 100 : Math.min(100, Math.floor((bytesRead / size) * 100));
}

/** Year, month and day of a number of days since 1970, in the Gregorian calendar; years begin in March while counting. */
function civilDate(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year.toString().padStart(4, "0")}-${month.toString().padStart(2, "0")}-${day.toString().padStart(2, "0")}`;
}

function inTwo(span: number, large: number, small: number, [first, second]: readonly string[]): string {
  const whole = Math.round(span / small) * small;
  return `${Math.floor(whole / large)} ${first} ${Math.round((whole % large) / small)} ${second}`;
}

function oneDecimal(value: number): string {
  return (Math.floor(value * 10) / 10).toString();
}
