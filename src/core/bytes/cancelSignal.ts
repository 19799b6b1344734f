/** What core needs of an AbortSignal, which its language level does not have. */
export interface CancelSignal {
  readonly aborted: boolean;
}
