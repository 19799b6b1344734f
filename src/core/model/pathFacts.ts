import type { EndHeader } from "../net/endHeaders.ts";
import type { SenderFacts } from "../net/tcpSender.ts";

/** What a connection shows of the path between its ends: TCP and IP as they arrived at the capture point. */
export interface PathFacts {
  readonly client: SenderFacts;
  readonly server: SenderFacts;
  /** Headers of `ConnectionFacts.ends`, in the same order. */
  readonly ends: readonly EndHeader[];
  /** Nobody took the SYN: it was answered by a RST, or never in this capture. Null: it was taken, or the capture starts later. */
  readonly unopened: "refused" | "unanswered" | null;
  /** How often the SYN was sent again before that; at most 3, for more as well. */
  readonly synRepeats: number;
  /** Nothing here needs a second look: usual options, every FIN and RST with the TTL of its sender, nothing odd about a reset. */
  readonly isPlain: boolean;
}
