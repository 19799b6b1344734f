import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { WebviewStrings } from "../src/protocol/messages.ts";
import type { WebviewTextName } from "../src/protocol/webviewStrings.ts";

/** The fixed texts of the page in the user's language. */
export class Texts {
  readonly language: string;
  private readonly strings: WebviewStrings;
  private readonly numbers: Intl.NumberFormat;

  constructor(language: string, strings: WebviewStrings) {
    this.language = language;
    this.strings = strings;
    this.numbers = new Intl.NumberFormat(language);
  }

  /** The text of a name with its `{0}`, `{1}` filled in; the name itself where the host did not send it. */
  text(name: WebviewTextName, ...values: readonly (string | number)[]): string {
    const text = this.strings[name] ?? name;
    return values.length === 0 ? text : text.replace(/\{(\d)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
  }

  /** A count as the language writes it: `12,480`. */
  count(value: number): string {
    return this.numbers.format(value);
  }
}

export const TextsContext = createContext(new Texts("en", {}));

export function useTexts(): Texts {
  return useContext(TextsContext);
}
