import type { ByteSource, Language } from "../core/index.ts";
import { openFile } from "../host/fileByteSource.node.ts";
import { openFailure } from "./openFailure.ts";

export interface OpenCapture extends ByteSource {
  close(): void;
}

/** Opens a capture; one that cannot be opened fails when it is read, so that its report says why. */
export function openCapture(path: string, language: Language): OpenCapture {
  try {
    return openFile(path);
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
