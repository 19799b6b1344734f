/** A request for rows as {@link RowPages} needs it sent. `find` is what the host is to locate besides. */
export interface RowsQuery {
  readonly request: number;
  readonly start: number;
  readonly count: number;
  readonly find?: number;
}

export interface RowsAnswer<Row> {
  readonly request: number;
  readonly start: number;
  readonly total: number;
  readonly rows: readonly Row[];
  readonly found?: number;
}

/** Pages kept at once; a page further away is asked for again when it is seen again. */
const MOST_PAGES = 12;

/** The rows of a list as far as the page has seen them: asked for by page, forgotten when it scrolled far away. */
export class RowPages<Row> {
  readonly pageSize: number;
  /** Rows that match; 0 until the first answer. */
  total = 0;
  /** False until the first answer after the list was begun anew. */
  known = false;
  private readonly send: (query: RowsQuery) => void;
  private readonly nextRequest: () => number;
  private pages = new Map<number, readonly Row[]>();
  private asked = new Map<number, number>();
  private find = 0;
  private found = -1;

  constructor(pageSize: number, nextRequest: () => number, send: (query: RowsQuery) => void) {
    this.pageSize = pageSize;
    this.nextRequest = nextRequest;
    this.send = send;
  }

  /** Starts anew; `total` stays until the answer so that the page does not jump. `find` is located with the first answer. */
  begin(find = 0): void {
    this.known = false;
    this.pages = new Map();
    this.asked = new Map();
    this.find = find;
    this.found = -1;
    this.ask(0);
  }

  row(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / this.pageSize))?.[index % this.pageSize];
  }

  /** Index of the first row at hand that is meant; -1 where none is. */
  findAtHand(isMeant: (row: Row) => boolean): number {
    for (const [page, rows] of this.pages) {
      const at = rows.findIndex(isMeant);
      if (at >= 0) return page * this.pageSize + at;
    }
    return -1;
  }

  /** Index of what {@link locate} or {@link begin} asked for, as the host answered; -1 where it did not, or not for this. */
  located(find: number): number {
    return this.find === find ? this.found : -1;
  }

  /** Asks the host for the index of something, once for each beginning; it comes with the next answer. */
  locate(find: number): void {
    if (this.find === find) return;
    this.find = find;
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

  /** Takes an answer; false when it answers an older question. */
  receive(answer: RowsAnswer<Row>): boolean {
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
    const find = this.find === 0 || page !== 0 ? {} : { find: this.find };
    this.send({ request, start: page * this.pageSize, count: this.pageSize, ...find });
  }

  // A Map keeps the order of insertion: the first page is the one that was fetched longest ago.
  private forgetFarPages(): void {
    for (const page of this.pages.keys()) {
      if (this.pages.size <= MOST_PAGES) return;
      this.pages.delete(page);
    }
  }
}
