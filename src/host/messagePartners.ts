import { type AskedInformation, type ConnectionDetail, type Exchange, readAskedInformation, toExchanges } from "../core/index.ts";

/** Which messages of a page belong together. */
export class MessagePartners {
  private readonly detail: ConnectionDetail;
  private readonly byMessage = new Map<number, Exchange>();

  constructor(detail: ConnectionDetail) {
    this.detail = detail;
    for (const exchange of toExchanges(detail)) {
      const { request, interim, response, cancel } = exchange;
      for (const index of [request, ...interim, response, cancel]) if (index !== null) this.byMessage.set(index, exchange);
    }
  }

  exchange(index: number): Exchange | undefined {
    return this.byMessage.get(index);
  }

  /** Index of the request that a message belongs to, or of a request's answer; undefined where the page does not hold it. */
  of(index: number): number | undefined {
    const exchange = this.byMessage.get(index);
    if (exchange === undefined) return undefined;
    const { request, interim, response } = exchange;
    return (request === index ? (response ?? interim.at(-1)) : request) ?? undefined;
  }

  /** Nanoseconds from the request to this final answer; null for any other message, and where one of the two is not on the page. */
  responseTime(index: number): number | null {
    const exchange = this.byMessage.get(index);
    return exchange?.response === index ? exchange.responseTime : null;
  }

  /** What the request of this response asked for; undefined where it needs no such knowledge. */
  asked(index: number): AskedInformation | undefined {
    const exchange = this.byMessage.get(index);
    const request = exchange === undefined || exchange.request === index ? undefined : this.detail.messages[exchange.request ?? -1];
    return request && readAskedInformation(request.bytes, 0, request.bytes.length);
  }
}
