import type { AboutRowView } from "../../src/protocol/views.ts";
import { useTexts } from "../texts.ts";

/** What the capture file says of itself: the program that wrote it, comments, names. */
export function About({ rows }: { readonly rows: readonly AboutRowView[] }) {
  const texts = useTexts();
  return (
    <section class="about" aria-labelledby="about">
      <h2 id="about">{texts.text("aboutCapture")}</h2>
      <dl>
        {rows.map(({ label, values }) => (
          <div key={label}>
            <dt>{label}</dt>
            {values.map((value, index) => (
              <dd key={`${index} ${value}`}>{value}</dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}
