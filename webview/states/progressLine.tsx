import { useTexts } from "../texts.ts";

/** A line that grows with what is read. */
export function ProgressLine({ percent }: { readonly percent: number }) {
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={useTexts().text("analysingLabel")}
      aria-valuenow={Math.round(percent)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}
