interface Span<T> {
  readonly from: number;
  to: number;
  readonly value: T;
}

/** What a name stood for, and from which message to which: a FileId or a TreeId may be given again once it is free. */
export class Timeline<T> {
  private readonly spans = new Map<string, Span<T>[]>();

  /** From the message of this index on. Later calls have later indexes. */
  begin(key: string, from: number, value: T): void {
    const spans = this.spans.get(key);
    const span = { from, to: Number.POSITIVE_INFINITY, value };
    if (spans === undefined) this.spans.set(key, [span]);
    else spans.push(span);
  }

  /** The message of this index is the last. */
  end(key: string, to: number): void {
    const span = this.find(key, to);
    if (span !== undefined) span.to = Math.min(span.to, to);
  }

  /** At the message of this index; null: nothing that is known. A message before the only beginning was recorded out of order. */
  at(key: string, index: number): T | null {
    const span = this.find(key, index) ?? this.only(key);
    return span === undefined || index > span.to ? null : span.value;
  }

  private find(key: string, index: number): Span<T> | undefined {
    return this.spans.get(key)?.findLast(({ from }) => from <= index);
  }

  private only(key: string): Span<T> | undefined {
    const spans = this.spans.get(key);
    return spans?.length === 1 ? spans[0] : undefined;
  }
}
