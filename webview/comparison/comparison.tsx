import { useEffect, useRef } from "preact/hooks";
import type { ComparisonView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Link } from "../ui/link.tsx";
import { TabList } from "../ui/tabList.tsx";
import { CompareTable } from "./compareTable.tsx";

/** NEGOTIATE against its signed repetition, value by value. */
export function Comparison() {
  const { state } = usePage();
  const answer = state.comparison;
  if (answer === null) return null;
  const stale = answer.connection !== state.connection;
  return (
    <div class={`page ${stale ? "stale" : ""}`} aria-busy={stale}>
      {answer.comparison === null ? <NoComparison reason={answer.reason} /> : <Compared comparison={answer.comparison} />}
    </div>
  );
}

function NoComparison({ reason }: { readonly reason: string }) {
  const { model, state } = usePage();
  const texts = useTexts();
  const back = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.focus !== "comparison") return;
    back.current?.focus();
    model.tookFocus();
  }, [state.focus, model]);
  return (
    <div class="lead" ref={back} tabIndex={-1}>
      <div>
        <h1>{texts.text("nothingToCompare")}</h1>
        <p class="dim">{reason}</p>
      </div>
    </div>
  );
}

function Compared({ comparison }: { readonly comparison: ComparisonView }) {
  const { model, state } = usePage();
  const texts = useTexts();
  const { title, subtitle, section, exchanges, exchange, note, markdown } = comparison;
  return (
    <>
      <div class="lead">
        <div>
          <h1>{title}</h1>
          <p class="dim">
            {subtitle} <Link onOpen={() => model.post({ type: "open-section", section: section.id })}>{section.label}</Link>
          </p>
        </div>
        <div class="lead-right">
          <Checkbox
            id="differences-only"
            label={texts.text("differencesOnly")}
            checked={state.differencesOnly}
            onChange={(only) => model.setDifferencesOnly(only)}
          />
          <Link onOpen={() => model.copy(markdown)}>{texts.text("copyMarkdown")}</Link>
        </div>
      </div>
      {exchanges.length < 2 ? null : (
        <TabList
          label={texts.text("exchanges")}
          prefix="exchange"
          class="segments exchanges"
          tabs={exchanges.map(({ index, label }) => ({ id: String(index), label }))}
          selected={String(exchange)}
          controls="compare-table"
          onSelect={(index) => model.chooseExchange(Number(index))}
        />
      )}
      <CompareTable key={`${comparison.id} ${exchange}`} comparison={comparison} />
      {note === "" ? null : <p class="note-below small dim">{note}</p>}
    </>
  );
}
