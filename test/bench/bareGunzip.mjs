// Unpacks a gzip file by zlib and does nothing with it: what no program in Node that reads such a file can be faster than.
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

createReadStream(process.argv[2], { highWaterMark: 64 * 1024 })
  .pipe(createGunzip({ chunkSize: 128 * 1024 }))
  .resume();
