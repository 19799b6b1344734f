import { useEffect, useRef } from "preact/hooks";
import type { WebviewTextName } from "../../src/protocol/webviewStrings.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { useFollowActive } from "../ui/followActive.ts";
import { Grid, GridCell, GridRow, GridRowGroup } from "../ui/gridElements.ts";
import { Link } from "../ui/link.tsx";
import { drawnRows, targetOf } from "../ui/listKeys.ts";
import { useVisibleRows } from "../ui/virtualRows.ts";
import { MessageRow } from "./messageRow.tsx";

/** Height of a row in CSS pixels, as the style sheet has it. */
const ROW = 22;

const COLUMNS: readonly WebviewTextName[] = [
  "columnFinding",
  "columnFrame",
  "columnTime",
  "columnDirection",
  "columnCommand",
  "columnAbout",
  "columnStatus",
  "columnSigned",
  "columnResponseTime",
];
/** Columns whose head is told to screen readers only. */
const UNSEEN: ReadonlySet<WebviewTextName> = new Set(["columnFinding", "columnDirection"]);

/** The messages as rows; only those near the seen part are drawn and asked for. */
export function MessageList() {
  const { model, state } = usePage();
  const { messages } = model;
  const { rows } = messages;
  const { active, version, choice } = messages.state;
  const texts = useTexts();
  const body = useRef<HTMLDivElement>(null);
  const visible = useVisibleRows(body, rows.total, ROW);
  const { moved } = useFollowActive(body, active, ROW, version);
  useEffect(() => rows.want(visible.first, visible.end));
  useEffect(() => {
    if (state.focus !== "messages" || !rows.known) return;
    moved();
    model.tookFocus();
  }, [state.focus, version]);

  const move = (place: number) => {
    moved();
    messages.select(place);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      document.querySelector<HTMLElement>(".field-tree [tabindex='0']")?.focus();
      return;
    }
    const page = Math.max(1, Math.floor((body.current?.closest(".scroller")?.clientHeight ?? 0) / ROW) - 2);
    const target = targetOf(event.key, active, rows.total, page);
    if (target === null) return;
    event.preventDefault();
    move(Math.max(0, Math.min(target, rows.total - 1)));
  };
  return (
    <div class="scroller">
      <Grid
        class="grid message-grid"
        role="grid"
        aria-label={texts.text("messages")}
        aria-rowcount={rows.total + 1}
        aria-colcount={COLUMNS.length}
        aria-busy={!rows.known}
      >
        <GridRowGroup role="rowgroup" class="header-group">
          <GridRow class="row header" role="row" aria-rowindex={1}>
            {COLUMNS.map((name, index) => (
              <GridCell
                key={name}
                role="columnheader"
                aria-colindex={index + 1}
                {...(name === "columnFrame" ? { "aria-sort": "ascending" } : {})}
              >
                {UNSEEN.has(name) ? <span class="unseen">{texts.text(name)}</span> : texts.text(name)}
              </GridCell>
            ))}
          </GridRow>
        </GridRowGroup>
        <GridRowGroup class="rows" role="rowgroup" ref={body} style={{ height: `${rows.total * ROW}px` }} onKeyDown={press}>
          {drawnRows(visible.first, visible.end, active, rows.total).map((place) => (
            <MessageRow
              key={place}
              place={place}
              row={rows.row(place)}
              top={place * ROW}
              active={place === active}
              context={{ connection: state.connection, page: choice.page }}
              onSelect={() => move(place)}
            />
          ))}
        </GridRowGroup>
      </Grid>
      {rows.known && rows.total === 0 ? (
        <p class="small nothing">
          {texts.text("noMessage")}{" "}
          {messages.isNarrowed ? <Link onOpen={() => messages.showAll()}>{texts.text("showAllMessages")}</Link> : null}
        </p>
      ) : null}
    </div>
  );
}
