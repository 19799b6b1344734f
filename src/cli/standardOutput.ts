import { writeSync } from "node:fs";

const STANDARD_OUTPUT = 1;
const FLUSH_AT = 256 * 1024;
const LONGEST_WAIT = 50;

/** Thrown when whoever reads the output has gone, as `head` does when it has enough. Known by its name, as UsageError. */
export class OutputClosed extends Error {
  override readonly name = "OutputClosed";
}

/**
 * Writes text to standard output in large pieces and waits while the reader is slow, so that a report of any size needs little memory.
 * @throws OutputClosed
 */
export class StandardOutput {
  private pending = "";

  write(text: string): void {
    this.pending += text;
    if (this.pending.length >= FLUSH_AT) this.flush();
  }

  /** Writes what is pending; to be called at the end. */
  flush(): void {
    const bytes = Buffer.from(this.pending, "utf8");
    this.pending = "";
    let wait = 1;
    for (let at = 0; at < bytes.length; ) {
      const written = writeSome(bytes, at);
      at += written;
      if (written === 0) pauseFor(wait);
      wait = written === 0 ? Math.min(LONGEST_WAIT, wait * 2) : 1;
    }
  }
}

/** Bytes written; 0 when the reader takes none at the moment. */
function writeSome(bytes: Buffer, at: number): number {
  try {
    return writeSync(STANDARD_OUTPUT, bytes, at);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EAGAIN") return 0;
    if (code === "EPIPE" || code === "EOF") throw new OutputClosed();
    throw error;
  }
}

function pauseFor(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
