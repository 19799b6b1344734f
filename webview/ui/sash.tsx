import { Separator } from "./gridElements.ts";

interface SashProps {
  readonly label: string;
  /** Height of what is above, in percent of the parent. */
  readonly value: number;
  readonly onChange: (value: number) => void;
}

const LEAST = 15;
const MOST = 80;
const STEP = 5;

/** A line between two parts, one above the other, that is moved by mouse and by arrow keys. */
export function Sash({ label, value, onChange }: SashProps) {
  const change = (next: number) => onChange(Math.round(Math.max(LEAST, Math.min(MOST, next))));
  const drag = (event: PointerEvent) => {
    const { currentTarget: sash, pointerId, clientY } = event;
    if (!(sash instanceof HTMLElement) || event.button !== 0) return;
    const parent = sash.parentElement?.clientHeight ?? 0;
    sash.setPointerCapture(pointerId);
    const move = (moved: PointerEvent) => change(value + (100 * (moved.clientY - clientY)) / Math.max(1, parent));
    sash.addEventListener("pointermove", move);
    sash.addEventListener("lostpointercapture", () => sash.removeEventListener("pointermove", move), { once: true });
  };
  const press = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -STEP : event.key === "ArrowDown" ? STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    change(value + by);
  };
  return (
    <Separator
      class="sash"
      role="separator"
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={press}
    />
  );
}
