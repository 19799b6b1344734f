/*
 * What JSON.stringify leaves as it is although a terminal or an editor would act on it or draw nothing: control characters beyond ASCII,
 * format characters (bidirectional marks, zero width) and separators.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON in which every invisible character is written as an escape: the same value, and safe to show. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(INVISIBLE, escaped);
}

function escaped(character: string): string {
  let text = "";
  for (let index = 0; index < character.length; index++) text += `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  return text;
}
