import { GridCell, GridRow, MouseTarget } from "../ui/gridElements.ts";

interface Range {
  readonly start: number;
  readonly end: number;
}

interface ByteRowProps {
  /** All bytes of the message, two digits each. */
  readonly bytes: string;
  /** Of the first byte of the row. */
  readonly start: number;
  readonly width: number;
  readonly top: number;
  readonly cursor: number;
  readonly selected: Range | undefined;
  readonly around: Range | undefined;
  readonly onSelect: (byte: number) => void;
}

/** Offset, bytes and their characters. */
export function ByteRow({ bytes, start, width, top, cursor, selected, around, onSelect }: ByteRowProps) {
  const places = Array.from({ length: Math.min(width, bytes.length / 2 - start) }, (_, index) => start + index);
  const kindOf = (byte: number) => (within(selected, byte) ? "marked" : within(around, byte) ? "around" : "");
  const digitsOf = (byte: number) => bytes.slice(byte * 2, byte * 2 + 2).toUpperCase();
  return (
    <GridRow role="row" class="byte-row" aria-rowindex={start / width + 1} style={{ top: `${top}px` }}>
      <GridCell role="rowheader" class="offset dim">
        {start.toString(16).toUpperCase().padStart(4, "0")}
      </GridCell>
      {places.map((byte) => {
        const digits = digitsOf(byte);
        return (
          <GridCell
            key={byte}
            role="gridcell"
            class={`byte ${kindOf(byte)} ${digits === "00" ? "zero" : ""} ${byte - start === width / 2 ? "middle" : ""}`}
            data-byte={byte}
            tabIndex={byte === cursor ? 0 : -1}
            aria-selected={within(selected, byte)}
            onClick={() => onSelect(byte)}
          >
            {digits}
          </GridCell>
        );
      })}
      <GridCell role="gridcell" class="characters" aria-hidden="true">
        {places.map((byte) => (
          <MouseTarget key={byte} class={kindOf(byte)} onClick={() => onSelect(byte)}>
            {characterOf(digitsOf(byte))}
          </MouseTarget>
        ))}
      </GridCell>
    </GridRow>
  );
}

function within(range: Range | undefined, byte: number): boolean {
  return range !== undefined && byte >= range.start && byte < range.end;
}

/** ASCII that can be seen; a point for the rest. */
function characterOf(digits: string): string {
  const code = Number.parseInt(digits, 16);
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code) : ".";
}
