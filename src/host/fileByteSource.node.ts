import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { ByteSource } from "../core/index.ts";

/** A local file that is open for reading. */
export interface FileByteSource extends ByteSource {
  close(): void;
}

/** Code of the error for a folder, device, pipe or socket. */
export const NOT_A_FILE = "ENOTFILE";

/**
 * Opens a regular file. Reads answer at once, which is what makes a large capture fast: the worker and the command line have nothing
 * else to do meanwhile.
 * @throws Error of the file system with its `code`, or with the code {@link NOT_A_FILE}
 */
export function openFile(path: string): FileByteSource {
  // Opening a pipe would wait for its other end.
  if (!statSync(path).isFile()) throw notAFile(path);
  const file = openSync(path, "r");
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw notAFile(path);
    return sourceOver(file, status.size);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function sourceOver(file: number, size: number): FileByteSource {
  let open = true;
  return {
    size,
    read: (offset, target) => readSync(file, target, 0, target.length, offset),
    close() {
      if (open) closeSync(file);
      open = false;
    },
  };
}

function notAFile(path: string): Error {
  return Object.assign(new Error(`${path} is not a regular file`), { code: NOT_A_FILE });
}
