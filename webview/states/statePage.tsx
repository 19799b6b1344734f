import type { StateSectionView, StateView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { Button } from "../ui/button.tsx";
import { CodeBox } from "../ui/codeBox.tsx";

/** A page of its own for a capture that shows no connection: what was read, then what to do. */
export function StatePage({ state }: { readonly state: StateView }) {
  const { model } = usePage();
  return (
    <main>
      <div class="state">
        <h1>{state.title}</h1>
        <p>{state.text}</p>
        {state.sections.map((section) => (
          <StateSection key={section.heading} section={section} />
        ))}
        <div class="buttons">
          {state.buttons.map(({ action, label, primary }) => (
            <Button key={action} primary={primary} onPress={() => model.post({ type: "action", action })}>
              {label}
            </Button>
          ))}
        </div>
      </div>
    </main>
  );
}

function StateSection({ section }: { readonly section: StateSectionView }) {
  const { model } = usePage();
  const { heading, text, rows, code } = section;
  return (
    <section>
      <h2>{heading}</h2>
      {text === "" ? null : <p>{text}</p>}
      {rows.length === 0 ? null : (
        <dl>{rows.map((row) => [<dt key={`${row.name} name`}>{row.name}</dt>, <dd key={row.name}>{row.value}</dd>])}</dl>
      )}
      {code === "" ? null : <CodeBox code={code} onCopy={(copied) => model.copy(copied)} />}
    </section>
  );
}
