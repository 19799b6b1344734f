/** More different strings than this are not kept: a capture with a million user names is hostile. */
const MOST_STRINGS = 200_000;

/** Strings by number, each kept once. 0 is `null`; so is every string after the table is full. */
export class StringTable {
  private readonly numbers = new Map<string, number>();
  private readonly strings: (string | null)[] = [null];

  intern(text: string | null): number {
    if (text === null) return 0;
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    if (this.strings.length >= MOST_STRINGS) return 0;
    this.strings.push(text);
    this.numbers.set(text, this.strings.length - 1);
    return this.strings.length - 1;
  }

  get(number: number): string | null {
    return this.strings[number] ?? null;
  }
}
