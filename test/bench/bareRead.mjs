// Reads a file through one buffer of a MiB and does nothing else: what no program in Node can be faster than.
import { closeSync, openSync, readSync } from "node:fs";

const file = openSync(process.argv[2]);
const buffer = new Uint8Array(1024 * 1024);
let at = 0;
for (;;) {
  const got = readSync(file, buffer, 0, buffer.length, at);
  if (got === 0) break;
  at += got;
}
closeSync(file);
