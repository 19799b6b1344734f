import type { ConnectionDetail } from "../core/index.ts";

export type ReadDetails = (ids: readonly number[]) => Promise<readonly ConnectionDetail[]>;

interface Waiting {
  readonly id: number;
  resolve(detail: ConnectionDetail | undefined): void;
  reject(reason: unknown): void;
}

/** Connections kept in full, the least recently used given up first. */
const KEPT = 8;

/**
 * Connections in full. Reading them means a pass over the file, so what is asked for while one pass runs is read together in the next.
 */
export class DetailCache {
  private readonly read: ReadDetails;
  private readonly kept = new Map<number, ConnectionDetail>();
  private waiting: Waiting[] = [];
  private running = false;

  constructor(read: ReadDetails) {
    this.read = read;
  }

  /** Undefined when there is no such connection. Rejects when the file can no longer be read. */
  get(id: number): Promise<ConnectionDetail | undefined> {
    const known = this.kept.get(id);
    if (known !== undefined) {
      this.keep(known);
      return Promise.resolve(known);
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ id, resolve, reject });
      void this.run();
    });
  }

  /** Takes in what another reading of the file gave anyway. */
  keep(detail: ConnectionDetail): void {
    this.kept.delete(detail.connection.id);
    this.kept.set(detail.connection.id, detail);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.waiting.length > 0) await this.readWaiting();
    this.running = false;
  }

  private async readWaiting(): Promise<void> {
    const batch = this.waiting.slice(0, KEPT);
    this.waiting = this.waiting.slice(KEPT);
    try {
      const details = await this.read([...new Set(batch.map(({ id }) => id))]);
      for (const detail of details) this.keep(detail);
      for (const { id, resolve } of batch) resolve(details.find(({ connection }) => connection.id === id));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
