import { putTogether, takeApart } from "./capturesOnDisk.ts";

/** Both sides of a session as one capture of two interfaces in the order of time: the client's on interface 0, the server's on 1. */
export async function atTwoPoints(client: Uint8Array, server: Uint8Array): Promise<Uint8Array> {
  const [near, far] = [await takeApart(client), await takeApart(server)];
  const behind = far.frames.map((frame) => ({ ...frame, interfaceId: 1 }));
  return putTogether(
    [...near.frames, ...behind].sort((one, other) => one.time - other.time),
    [...near.linkTypes, ...far.linkTypes],
  );
}
