import type { ByteSource, Language } from "../core/index.ts";
import { openFile } from "../host/fileByteSource.node.ts";
import { unpackFile } from "../host/packed/unpackFile.node.ts";
import { openFailure, refusedPath } from "./openFailure.ts";

export interface OpenCapture extends ByteSource {
  close(): void | Promise<void>;
}

/** Opens a capture, also a compressed one; one that cannot be opened fails when it is read, so that its report says why. */
export async function openCapture(path: string, language: Language): Promise<OpenCapture> {
  const refused = refusedPath(path);
  if (refused !== null) return unreadable(openFailure(refused, language));
  try {
    return await unpackFile(openFile(path));
  } catch (error) {
    return unreadable(openFailure(error, language));
  }
}

function unreadable(reason: string): OpenCapture {
  return {
    size: 0,
    read: () => {
      throw new Error(reason);
    },
    close: () => undefined,
  };
}
