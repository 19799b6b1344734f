import { type AskedInformation, type ConnectionDetail, pairMessages, readAskedInformation } from "../core/index.ts";

/** Which message of a page answers which. */
export class MessagePartners {
  private readonly detail: ConnectionDetail;
  private readonly answers = new Map<number, number>();
  private readonly requests = new Map<number, number>();

  constructor(detail: ConnectionDetail) {
    this.detail = detail;
    for (const { request, response } of pairMessages(detail.messages)) {
      // The final answer comes last and stays.
      this.answers.set(request, response);
      this.requests.set(response, request);
    }
  }

  /** Index of the request that a response answers, or of a request's answer; undefined where the page does not hold it. */
  of(index: number): number | undefined {
    return this.requests.get(index) ?? this.answers.get(index);
  }

  requestOf(response: number): number | undefined {
    return this.requests.get(response);
  }

  /** Nanoseconds from the request to this response; null where the request is not on the page, or stands behind it. */
  responseTime(response: number): number | null {
    const request = this.detail.messages[this.requests.get(response) ?? -1];
    const answer = this.detail.messages[response];
    if (request === undefined || answer === undefined || answer.time < request.time) return null;
    return answer.time - request.time;
  }

  /** What the request of this response asked for; undefined where it needs no such knowledge. */
  asked(response: number): AskedInformation | undefined {
    const request = this.detail.messages[this.requests.get(response) ?? -1];
    return request && readAskedInformation(request.bytes, 0, request.bytes.length);
  }
}
