/**
 * The program was called in a way that it does not know; the message says which. Known by its name: a command that is bundled as a file of
 * its own throws a class of its own.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
