import type { Issue } from "./issue.ts";

/** Damaged places of a file that are named one by one; the rest is summed up in the last of them. */
const MOST_PLACES = 16;

/** Collects the issues of a parser; places where bytes were skipped are bounded, however often the file is damaged. */
export class DamageLog {
  readonly issues: Issue[] = [];
  private places = 0;
  private last = -1;

  add(issue: Issue): void {
    this.issues.push(issue);
  }

  /** The same, but for a kind that is told once. */
  addOnce(issue: Issue): void {
    if (!this.issues.some(({ kind }) => kind === issue.kind)) this.issues.push(issue);
  }

  /** Reading went on `bytes` behind `offset`, where something cannot be right. `frame` is the last one before. */
  skipped(frame: number, offset: number, bytes: number): void {
    this.places++;
    if (this.places <= MOST_PLACES) {
      this.last = this.issues.length;
      this.issues.push({ kind: "bytes-skipped", frame, offset, data: { bytes, places: 1 } });
      return;
    }
    const { data, ...place } = this.issues[this.last] as Issue;
    this.issues[this.last] = {
      ...place,
      data: { bytes: Number(data?.["bytes"]) + bytes, places: Number(data?.["places"]) + 1 },
    };
  }
}
