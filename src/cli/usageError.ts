/** The program was called in a way that it does not know; the message says which. */
export class UsageError extends Error {}
