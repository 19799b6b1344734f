/** Bytes that wait, over all connections: behind holes of their streams, and of messages whose rest is to come. */
export class WaitingBytes {
  count = 0;
}

/** What an object that holds a few bytes takes besides them: a segment of one byte costs half a KiB. */
export const WAITING_OVERHEAD = 512;
