import * as vscode from "vscode";
import type { WorkerRequests } from "../protocol/worker.ts";
import { captureInput } from "./captureBytes.ts";
import type { CaptureDocument } from "./captureDocument.ts";
import { type ComparisonAddress, nameOf } from "./comparisonUri.ts";

export type Comparison = WorkerRequests["compare"]["answer"];

interface Entry {
  /** When the first capture was read: read again, it is compared again. */
  readonly modified: number;
  readonly comparison: Promise<Comparison>;
}

const MOST_KEPT = 4;

/** The latest comparisons, so that an editor that asks for size, text and links of one has it made once. */
export class Comparisons {
  private readonly entries = new Map<string, Entry>();

  /** @param document the first capture, open */
  async compare(document: CaptureDocument, address: ComparisonAddress): Promise<Comparison> {
    await document.whenRead();
    const { modified } = document;
    const key = keyOf(address);
    const known = this.entries.get(key);
    if (known?.modified === modified) return known.comparison;
    const comparison = compareWith(document, address.b);
    this.entries.delete(key);
    this.entries.set(key, { modified, comparison });
    comparison.catch(() => this.entries.delete(key));
    const [oldest] = this.entries.keys();
    if (this.entries.size > MOST_KEPT && oldest !== undefined) this.entries.delete(oldest);
    return comparison;
  }

  /** A comparison that was made already; undefined where none was. */
  known(address: ComparisonAddress): Promise<Comparison> | undefined {
    return this.entries.get(keyOf(address))?.comparison;
  }
}

function keyOf({ a, b }: ComparisonAddress): string {
  return `${a.toString()}\n${b.toString()}`;
}

async function compareWith(document: CaptureDocument, other: vscode.Uri): Promise<Comparison> {
  const { size } = await vscode.workspace.fs.stat(other);
  return document.ask("compare", { ...(await captureInput(other, size)), name: nameOf(other) });
}
