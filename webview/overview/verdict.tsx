import type { OverviewView } from "../../src/protocol/views.ts";
import { Icon, OutcomeIcon } from "../ui/icon.tsx";

const SEALS = {
  proved: { icon: "proved", tone: "pass" },
  suspected: { icon: "suspected", tone: "warning" },
  unknown: { icon: "unknown", tone: "dim" },
} as const;

/** What happened in one sentence, how sure that is, and to whom it happened. */
export function Verdict({ overview }: { readonly overview: OverviewView }) {
  const { outcome, title, certainty, subject } = overview;
  return (
    <article class="verdict" aria-labelledby="verdict">
      <OutcomeIcon outcome={outcome} />
      <div>
        <h1 id="verdict">{title}</h1>
        <div class="facts-line dim">
          {certainty.kind === "none" ? null : (
            <span class="certainty" title={certainty.tooltip}>
              <Icon name={SEALS[certainty.kind].icon} class={SEALS[certainty.kind].tone} />
              {certainty.text}
            </span>
          )}
          {subject.map((part) => (
            <span class="subject" key={part}>
              {part}
            </span>
          ))}
        </div>
      </div>
    </article>
  );
}
