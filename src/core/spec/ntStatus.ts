import type { Language } from "./language.ts";
import { ntStatusMeaningsEn } from "./ntStatusMeanings.en.ts";
import { ntStatusMeaningsJa } from "./ntStatusMeanings.ja.ts";
import { NtStatus, type NtStatusName } from "./ntStatusValues.ts";

let names: ReadonlyMap<number, NtStatusName> | undefined;
// Functions, so that the texts of a language are made when they are first asked for.
const makeMeanings = { en: ntStatusMeaningsEn, ja: ntStatusMeaningsJa };
const meanings: Partial<Record<Language, Readonly<Record<NtStatusName, string>>>> = {};

/** Name of an NTSTATUS given as unsigned 32-bit value ("STATUS_ACCESS_DENIED"); an unknown one as "0xC0001234". */
export function ntStatusName(value: number): string {
  return nameOf(value) ?? `0x${value.toString(16).toUpperCase().padStart(8, "0")}`;
}

/** What an NTSTATUS means in SMB traffic, in one or two sentences; undefined for an unknown one. */
export function ntStatusMeaning(value: number, language: Language): string | undefined {
  const name = nameOf(value);
  if (name === undefined) return undefined;
  meanings[language] ??= makeMeanings[language]();
  return meanings[language]?.[name];
}

/**
 * Whether the severity bits (the two highest, [MS-ERREF] 2.3) say "error".
 * STATUS_MORE_PROCESSING_REQUIRED is one by its bits although it is no failure ([MS-SMB2] 3.3.5.5.3); STATUS_BUFFER_OVERFLOW is a warning.
 */
export function isErrorStatus(value: number): boolean {
  return value >>> 30 === 3;
}

function nameOf(value: number): NtStatusName | undefined {
  names ??= new Map((Object.keys(NtStatus) as NtStatusName[]).map((name) => [NtStatus[name], name]));
  return names.get(value);
}
