import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { MessageView } from "../../src/protocol/messageViews.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { useFollowActive } from "../ui/followActive.ts";
import { Grid, GridRowGroup } from "../ui/gridElements.ts";
import { drawnRows } from "../ui/listKeys.ts";
import { useMediaQuery } from "../ui/mediaQuery.ts";
import { useVisibleRows } from "../ui/virtualRows.ts";
import { ByteRow } from "./byteRow.tsx";
import { innermostField, parentsOf } from "./fieldLines.ts";
import { menuContext } from "./menuContext.ts";

/** Height of a row in CSS pixels, as the style sheet has it. */
const ROW = 20;
const BYTES_A_ROW = 16;
const BYTES_A_NARROW_ROW = 8;

/** The bytes of a message, with those of the selected field marked. Clicking or moving to a byte selects the innermost field over it. */
export function ByteGrid({ message }: { readonly message: MessageView }) {
  const { messages } = usePage().model;
  const texts = useTexts();
  const body = useRef<HTMLDivElement>(null);
  const { path } = messages.state;
  const width = useMediaQuery("(max-width: 640px)") ? BYTES_A_NARROW_ROW : BYTES_A_ROW;
  const count = message.bytes.length / 2;
  const total = Math.ceil(count / width);
  const selected = message.fields.find((field) => field.path === path);
  const around = parentsOf(message.fields, path).find((parent) => parent.start !== selected?.start || parent.end !== selected.end);
  const [cursor, setCursor] = useState(selected?.start ?? 0);
  const visible = useVisibleRows(body, total, ROW);
  const row = Math.floor(Math.min(cursor, Math.max(0, count - 1)) / width);
  useFollowActive(body, row, ROW, path);

  // The cursor goes where the selected field is, unless it is in it already.
  useLayoutEffect(() => {
    if (selected !== undefined && selected.end > selected.start && (cursor < selected.start || cursor >= selected.end))
      setCursor(selected.start);
  }, [path]);
  const focusing = useRef(false);
  useLayoutEffect(() => {
    if (!focusing.current) return;
    focusing.current = false;
    body.current?.querySelector<HTMLElement>(`[data-byte="${cursor}"]`)?.focus({ preventScroll: true });
  });

  const move = (byte: number) => {
    const next = Math.max(0, Math.min(byte, count - 1));
    focusing.current = true;
    setCursor(next);
    const field = innermostField(message.fields, next);
    if (field !== undefined) messages.selectField(field.path);
  };
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((body.current?.closest(".scroller")?.clientHeight ?? 0) / ROW) - 1);
    const target = byteTarget(event, cursor, width, page, count);
    if (target === null) return;
    event.preventDefault();
    move(target);
  };
  const { connection, page, index } = message;
  return (
    <>
      <div class="part-head">
        <h2>{texts.text("bytes")}</h2>
        <span class="small dim">{rangeText(message, selected, texts)}</span>
      </div>
      <div class="scroller byte-grid mono" {...menuContext({ connection, page, index, path })}>
        <Grid role="grid" aria-label={texts.text("bytes")} aria-rowcount={total} aria-colcount={width + 1} onKeyDown={press}>
          <GridRowGroup class="rows" role="rowgroup" ref={body} style={{ height: `${total * ROW}px` }}>
            {drawnRows(visible.first, visible.end, row, total).map((place) => (
              <ByteRow
                key={place}
                bytes={message.bytes}
                start={place * width}
                width={width}
                top={place * ROW}
                cursor={cursor}
                selected={selected}
                around={around}
                onSelect={move}
              />
            ))}
          </GridRowGroup>
        </Grid>
      </div>
    </>
  );
}

function byteTarget({ key, ctrlKey }: KeyboardEvent, cursor: number, width: number, page: number, count: number): number | null {
  const start = cursor - (cursor % width);
  switch (key) {
    case "ArrowLeft":
      return cursor - 1;
    case "ArrowRight":
      return cursor + 1;
    case "ArrowUp":
      return cursor >= width ? cursor - width : cursor;
    case "ArrowDown":
      return cursor + width < count ? cursor + width : cursor;
    case "PageUp":
      return Math.max(cursor % width, cursor - page * width);
    case "PageDown":
      return cursor + page * width;
    case "Home":
      return ctrlKey ? 0 : start;
    case "End":
      return ctrlKey ? count - 1 : start + width - 1;
    default:
      return null;
  }
}

/** Which bytes the field takes, and from which frames they came. */
function rangeText(
  { parts }: MessageView,
  field: { readonly start: number; readonly end: number } | undefined,
  texts: ReturnType<typeof useTexts>,
): string {
  if (field === undefined || field.end <= field.start) return "";
  const { start, end } = field;
  const range = end - start === 1 ? texts.text("oneByte", start) : texts.text("byteRange", start, end - 1);
  const frames = parts.filter((part, index) => part.start < end && (parts[index + 1]?.start ?? Number.POSITIVE_INFINITY) > start);
  return [range, ...frames.map(({ label }) => label)].join(texts.text("comma"));
}
