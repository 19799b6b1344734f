import { useEffect, useRef } from "preact/hooks";
import type { WebviewTextName } from "../../src/protocol/webviewStrings.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Grid, GridCell, GridRow, GridRowGroup } from "../ui/gridElements.ts";
import { drawnRows, targetOf } from "../ui/listKeys.ts";
import { useMediaQuery } from "../ui/mediaQuery.ts";
import { useVisibleRows } from "../ui/virtualRows.ts";
import { useActiveRow } from "./activeRow.ts";
import { COLUMN_COUNT, ConnectionRow } from "./connectionRow.tsx";
import { useSteadyFocus } from "./steadyFocus.ts";

/** Heights of a row in CSS pixels, as the style sheet has them. */
const ROW = 24;
const TWO_LINE_ROW = 46;

const COLUMNS: readonly WebviewTextName[] = [
  "columnSeverity",
  "columnOutcome",
  "columnClient",
  "columnServer",
  "columnDialect",
  "columnSigning",
  "columnUser",
  "columnStart",
];

/** The connections as rows; of a hundred thousand only those near the seen part are drawn and asked for. */
export function ConnectionList() {
  const { model, state } = usePage();
  const texts = useTexts();
  const { rows } = model;
  const body = useRef<HTMLDivElement>(null);
  const rowHeight = useMediaQuery("(max-width: 640px)") ? TWO_LINE_ROW : ROW;
  const visible = useVisibleRows(body, rows.total, rowHeight);
  const { active, move } = useActiveRow(body);
  useEffect(() => {
    rows.want(visible.first, visible.end);
    rows.want(active, active + 1);
  });
  useSteadyFocus(body);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") return model.showView("comparison", "comparison");
    const page = Math.max(1, Math.floor((body.current?.closest("main")?.clientHeight ?? 0) / rowHeight) - 2);
    const target = targetOf(event.key, active, rows.total, page);
    if (target === null) return;
    event.preventDefault();
    move(Math.max(0, Math.min(target, rows.total - 1)));
  };
  return (
    <Grid
      id="connection-list"
      class="grid connection-grid"
      role="grid"
      aria-labelledby="connections"
      aria-rowcount={rows.total + 1}
      aria-colcount={COLUMN_COUNT}
      aria-busy={!rows.known}
    >
      <Header texts={texts} />
      <GridRowGroup class="rows" role="rowgroup" ref={body} style={{ height: `${rows.total * rowHeight}px` }} onKeyDown={press}>
        {drawnRows(visible.first, visible.end, active, rows.total).map((index) => (
          <ConnectionRow
            key={index}
            index={index}
            row={rows.row(index)}
            top={index * rowHeight}
            selected={rows.row(index)?.id === state.connection}
            active={index === active}
            onSelect={() => move(index)}
            onOpen={() => model.showView("comparison", "comparison")}
          />
        ))}
      </GridRowGroup>
    </Grid>
  );
}

function Header({ texts }: { readonly texts: ReturnType<typeof useTexts> }) {
  return (
    <GridRowGroup role="rowgroup" class="header-group">
      <GridRow class="row header" role="row" aria-rowindex={1}>
        {COLUMNS.map((name, index) => (
          <GridCell key={name} role="columnheader" aria-colindex={index + 1} {...(index === 0 ? { "aria-sort": "descending" } : {})}>
            {index === 0 ? <span class="unseen">{texts.text(name)}</span> : texts.text(name)}
          </GridCell>
        ))}
      </GridRow>
    </GridRowGroup>
  );
}
