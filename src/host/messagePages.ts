import type { Capture, ConnectionDetail } from "../core/index.ts";
import type { MessageChoice } from "../protocol/messageViews.ts";
import type { WorkerRequests } from "../protocol/worker.ts";
import { MessageList } from "./messageList.ts";
import type { HostTexts } from "./views/texts.ts";

type Request = WorkerRequests["messages"]["request"];
type Answer = WorkerRequests["messages"]["answer"];

/** Reads a page of a connection's messages; undefined when there is no such connection. */
export type ReadPage = (connection: number, page: number) => Promise<ConnectionDetail | undefined>;

/** Pages kept with their messages' bytes, the least recently used given up first. */
const KEPT = 4;
const MOST_ROWS = 1000;

/** The messages of connections, page by page as they are asked for. */
export class MessagePages {
  private readonly read: ReadPage;
  private readonly capture: Capture;
  private readonly texts: HostTexts;
  private readonly kept = new Map<string, Promise<MessageList>>();

  constructor(read: ReadPage, capture: Capture, texts: HostTexts) {
    this.read = read;
    this.capture = capture;
    this.texts = texts;
  }

  async answer(request: Request): Promise<Answer> {
    const { connection, find } = request;
    const list = find === undefined ? await this.page(connection, request.page) : await this.pageOfFrame(connection, find);
    const choice: MessageChoice = { ...request, page: list.page };
    const start = Math.max(0, request.start);
    return {
      start,
      ...list.range(choice, start, Math.min(MOST_ROWS, request.count)),
      page: list.page,
      list: list.summary(choice),
      ...(find === undefined ? {} : { found: list.indexOf(choice, find) }),
    };
  }

  /** Rejects when there is no such connection, or its file can no longer be read. */
  page(connection: number, page: number): Promise<MessageList> {
    const key = `${connection} ${page}`;
    const list = this.kept.get(key) ?? this.make(connection, page);
    this.kept.delete(key);
    this.kept.set(key, list);
    list.catch(() => this.kept.delete(key));
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
    return list;
  }

  private async pageOfFrame(connection: number, frame: number): Promise<MessageList> {
    const first = await this.page(connection, 0);
    const page = first.detail.pageFrames.findLastIndex((begins) => begins <= frame);
    return page <= 0 ? first : this.page(connection, page);
  }

  private async make(connection: number, page: number): Promise<MessageList> {
    const detail = await this.read(connection, page);
    if (detail === undefined) throw new Error(`Connection ${connection} does not exist, or its file has changed.`);
    return new MessageList(detail, page, this.capture, this.texts);
  }
}
