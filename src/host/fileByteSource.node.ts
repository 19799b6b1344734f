import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { ByteSource } from "../core/index.ts";

/** A local file that is open for reading. */
export interface FileByteSource extends ByteSource {
  close(): void;
}

/** Codes of the errors for a folder, and for a device, pipe or socket. */
export const A_FOLDER = "EISDIR";
export const NOT_A_FILE = "ENOTFILE";

/**
 * Opens a regular file. Reads answer at once, which is what makes a large capture fast: the worker and the command line have nothing
 * else to do meanwhile.
 * @throws Error of the file system with its `code`, or with the code {@link A_FOLDER} or {@link NOT_A_FILE}
 */
export function openFile(path: string): FileByteSource {
  // Opening a pipe would wait for its other end.
  const before = statSync(path);
  if (!before.isFile()) throw notAFile(path, before.isDirectory());
  const file = openSync(path, "r");
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw notAFile(path, status.isDirectory());
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

function notAFile(path: string, folder: boolean): Error {
  return Object.assign(new Error(`${path} is not a regular file`), { code: folder ? A_FOLDER : NOT_A_FILE });
}
