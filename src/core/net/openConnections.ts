import type { TcpConnection } from "./tcpConnection.ts";
import type { WaitingBytes } from "./waitingBytes.ts";

/**
 * Connections that are followed at a time. One takes 4.4 KiB (measured with 300,000 of one packet each), so all of them 144 MiB: more than
 * any server has, and no more than a machine has to spare.
 */
export const MOST_OPEN = 32_768;
/** Of so many at once room is made, so that looking for those that were idle longest costs little for each. */
export const ENDED_AT_ONCE = MOST_OPEN / 8;
/** MiB that may wait over all connections; a stream alone gives up at four of them. */
export const MOST_WAITING_MIB = 64;
const MOST_WAITING = MOST_WAITING_MIB * 1024 * 1024;

/** The connections that go on, within bounds: a capture can hold a million that never end, and every one of them bytes behind a hole. */
export class OpenConnections {
  /** Connections that were ended to make room, and streams whose holes were given up for it. */
  ended = 0;
  givenUp = 0;
  private readonly list: TcpConnection[] = [];
  private readonly waiting: WaitingBytes;

  constructor(waiting: WaitingBytes) {
    this.waiting = waiting;
  }

  add(connection: TcpConnection): void {
    connection.place = this.list.length;
    this.list.push(connection);
  }

  /** Connections that are over are taken out; the last one takes the place. */
  remove(connection: TcpConnection): void {
    const last = this.list.pop();
    if (last === undefined || last === connection) return;
    this.list[connection.place] = last;
    last.place = connection.place;
  }

  get isFull(): boolean {
    return this.list.length >= MOST_OPEN;
  }

  get tooMuchWaits(): boolean {
    return this.waiting.count > MOST_WAITING;
  }

  /** Ends connections that were idle longest, by `end`, until there is room for some. */
  makeRoom(end: (connection: TcpConnection) => void): void {
    for (const connection of this.longestIdle().slice(0, ENDED_AT_ONCE)) this.endOne(connection, end);
  }

  /** Gives up holes of the connections that were idle longest until half as much waits; where that is not enough, the connections. */
  release(end: (connection: TcpConnection) => void): void {
    const idle = this.longestIdle();
    for (const connection of idle) {
      if (this.isReleased()) return;
      this.givenUp += connection.giveUpHoles();
    }
    for (const connection of idle) {
      if (this.isReleased()) return;
      this.endOne(connection, end);
    }
  }

  private isReleased(): boolean {
    return this.waiting.count <= MOST_WAITING / 2;
  }

  private endOne(connection: TcpConnection, end: (connection: TcpConnection) => void): void {
    this.ended++;
    end(connection);
  }

  /** Frame and place as one number: sorting those takes a tenth of what a comparison of objects does. */
  private longestIdle(): TcpConnection[] {
    const { list } = this;
    const keys = new Float64Array(list.length);
    for (let place = 0; place < keys.length; place++) keys[place] = (list[place]?.lastFrame ?? 0) * MOST_OPEN + place;
    return Array.from(keys.sort(), (key) => list[key % MOST_OPEN]).filter((connection) => connection !== undefined);
  }
}
