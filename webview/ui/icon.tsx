import type { OutcomeView } from "../../src/protocol/views.ts";
import { useTexts } from "../texts.ts";

const CIRCLE = "M1.6 8a6.4 6.4 0 1 0 12.8 0a6.4 6.4 0 1 0-12.8 0";
const SEAL =
  "M8 1.5l1.7 1.2h2.1l.7 2 1.7 1.2-.6 2.1.6 2.1-1.7 1.2-.7 2h-2.1L8 14.5l-1.7-1.2H4.2l-.7-2-1.7-1.2.6-2.1-.6-2.1 1.7-1.2.7-2h2.1z";

/** Lines of each icon on a field of 16 by 16. */
const DRAWINGS = {
  error: `${CIRCLE}M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8`,
  warning: "M8 1.8L14.6 13.9H1.4zM8 6v4M8 11.2v1.3",
  unknown: `${CIRCLE}M6 6.3a2 2 0 1 1 2.9 1.9c-.6.3-.9.7-.9 1.4M8 10.8V12`,
  open: CIRCLE,
  pass: `${CIRCLE}M5 8.3l2.1 2.1L11 6`,
  proved: `${SEAL}M5.4 8.2l1.8 1.8 3.4-3.7`,
  suspected: SEAL,
  differs: "M3 6h10M3 10h10M10.5 2.8l-5 10.4",
  shield: "M8 1.6c1.6 1.2 3.4 1.8 5.3 1.8 0 5.2-1.5 8.8-5.3 11-3.8-2.2-5.3-5.8-5.3-11 1.9 0 3.7-.6 5.3-1.8z",
  down: "M4 6l4 4 4-4",
  right: "M6 4l4 4-4 4",
  to: "M2 8h11M9.5 4.5L13 8l-3.5 3.5",
  from: "M14 8H3M6.5 4.5L3 8l3.5 3.5",
  copy: "M6.5 5.5h6a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1zM10.5 5.5V3a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v7a1 1 0 0 0 1 1h2",
  check: "M3 8.5l3.2 3.2L13 4.8",
  filter: "M2 3.5h12M4.5 8h7M6.5 12.5h3",
} as const;

export type IconName = keyof typeof DRAWINGS;

interface IconProps {
  readonly name: IconName;
  /** Name for those who do not see it; without one it only decorates. */
  readonly label?: string;
  readonly class?: string;
  /** Place in a toolkit element. */
  readonly slot?: string;
}

// What it is to a screen reader, a picture with a name or nothing, is told by attributes: a title element would show a tooltip.
const Drawing = "svg";

export function Icon({ name, label, class: extra = "", slot }: IconProps) {
  const named = label === undefined ? { "aria-hidden": true } : { role: "img" as const, "aria-label": label };
  return (
    <Drawing class={`icon icon-${name} ${extra}`} viewBox="0 0 16 16" {...named} {...(slot === undefined ? {} : { slot })}>
      <path d={DRAWINGS[name]} />
    </Drawing>
  );
}

const OUTCOMES = {
  failed: { icon: "error", tone: "error", text: "failed" },
  warning: { icon: "warning", tone: "warning", text: "warning" },
  unknown: { icon: "unknown", tone: "dim", text: "unknown" },
  healthy: { icon: "pass", tone: "pass", text: "healthy" },
  validated: { icon: "pass", tone: "pass", text: "validated" },
} as const;

/** Severity of a connection, told apart by shape first and colour second. */
export function OutcomeIcon({ outcome, slot }: { readonly outcome: OutcomeView; readonly slot?: string }) {
  const { icon, tone, text } = OUTCOMES[outcome];
  return <Icon name={icon} class={tone} label={useTexts().text(text)} {...(slot === undefined ? {} : { slot })} />;
}
