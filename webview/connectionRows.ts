import type { FromWebview } from "../src/protocol/messages.ts";
import type { ChipId, ConnectionRowView } from "../src/protocol/views.ts";

type RowsRequest = Extract<FromWebview, { readonly type: "rows" }>;

interface RowsAnswer {
  readonly request: number;
  readonly start: number;
  readonly total: number;
  readonly rows: readonly ConnectionRowView[];
  readonly found?: number;
}

/** Pages kept at once; a page further away is asked for again when it is seen again. */
const MOST_PAGES = 12;

/** The list of connections as far as the page has seen it: asked for by page, forgotten when it scrolled far away. */
export class ConnectionRows {
  readonly pageSize: number;
  chip: ChipId = "all";
  filter = "";
  /** Rows that match; 0 until the first answer. */
  total = 0;
  /** False until the first answer after a change of chip or filter. */
  known = false;
  private readonly send: (request: RowsRequest) => void;
  private readonly nextRequest: () => number;
  private pages = new Map<number, readonly ConnectionRowView[]>();
  private asked = new Map<number, number>();
  private find = 0;
  private found = -1;

  constructor(pageSize: number, nextRequest: () => number, send: (request: RowsRequest) => void) {
    this.pageSize = pageSize;
    this.nextRequest = nextRequest;
    this.send = send;
  }

  /** Starts anew with another choice; `total` stays until the answer so that the page does not jump. */
  choose(chip: ChipId, filter: string): void {
    this.chip = chip;
    this.filter = filter;
    this.known = false;
    this.pages = new Map();
    this.asked = new Map();
    this.find = 0;
    this.ask(0);
  }

  row(index: number): ConnectionRowView | undefined {
    return this.pages.get(Math.floor(index / this.pageSize))?.[index % this.pageSize];
  }

  /** Index of a connection among the rows at hand or as the host located it; -1 where neither is known. */
  indexOf(connection: number): number {
    for (const [page, rows] of this.pages) {
      const at = rows.findIndex((row) => row.id === connection);
      if (at >= 0) return page * this.pageSize + at;
    }
    return this.find === connection ? this.found : -1;
  }

  /** Asks the host for the index of a connection, once for each choice; it comes with the next answer. */
  locate(connection: number): void {
    if (this.find === connection) return;
    this.find = connection;
    this.found = -1;
    this.asked.delete(0);
    this.ask(0);
  }

  /** Asks for the rows from `start` to `end` (excluded) that are not at hand. */
  want(start: number, end: number): void {
    if (!this.known) return;
    const last = Math.floor((Math.min(end, this.total) - 1) / this.pageSize);
    for (let page = Math.floor(Math.max(0, start) / this.pageSize); page <= last; page++) {
      if (!this.pages.has(page)) this.ask(page);
    }
  }

  /** Takes an answer; false when it answers an older choice. */
  receive(answer: RowsAnswer): boolean {
    const page = Math.floor(answer.start / this.pageSize);
    if (this.asked.get(page) !== answer.request) return false;
    this.asked.delete(page);
    this.known = true;
    this.total = answer.total;
    if (answer.found !== undefined) this.found = answer.found;
    this.pages.delete(page);
    this.pages.set(page, answer.rows);
    this.forgetFarPages();
    return true;
  }

  private ask(page: number): void {
    if (this.asked.has(page)) return;
    const request = this.nextRequest();
    this.asked.set(page, request);
    const { chip, filter, pageSize } = this;
    const find = this.find === 0 || page !== 0 ? {} : { find: this.find };
    this.send({ type: "rows", request, chip, filter, start: page * pageSize, count: pageSize, ...find });
  }

  // A Map keeps the order of insertion: the first page is the one that was fetched longest ago.
  private forgetFarPages(): void {
    for (const page of this.pages.keys()) {
      if (this.pages.size <= MOST_PAGES) return;
      this.pages.delete(page);
    }
  }
}
