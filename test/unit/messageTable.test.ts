import { expect, test } from "vitest";
import { MessageTable } from "../../src/core/smb2/messageTable.ts";

/** Rising by a millisecond, but far apart from row 40,000 on, and back to the beginning from row 69,000 on. */
function timeOf(row: number): number {
  if (row >= 69_000) return row;
  return row < 40_000 ? row * 1e6 : row * 1e12;
}

/** A row whose every column tells its number. */
function append(table: MessageTable, row: number): void {
  table.append(
    row + 1,
    row + 2,
    timeOf(row),
    row + 3,
    row & 31,
    row & 255,
    row + 4,
    row + 5,
    row % 3 === 0 ? row + 6 : 0,
    row + 7,
    row + 8,
    row + 9,
  );
}

test("every row is kept as it was given, in the first block and in further ones", () => {
  const table = new MessageTable();
  const rows = 70_000;
  for (let row = 0; row < rows; row++) append(table, row);
  expect(table.count).toBe(rows);
  for (const row of [0, 1, 1023, 1024, 32_767, 32_768, 39_999, 40_000, 65_535, 65_536, 68_999, 69_000, rows - 1]) {
    const columns = [
      table.connection(row),
      table.frame(row),
      table.time(row),
      table.length(row),
      table.command(row),
      table.flags(row),
      table.status(row),
      table.messageIdLow(row),
      table.messageIdHigh(row),
      table.sessionIdLow(row),
      table.sessionIdHigh(row),
      table.treeId(row),
    ];
    const high = row % 3 === 0 ? row + 6 : 0;
    expect(columns).toEqual([
      row + 1,
      row + 2,
      timeOf(row),
      row + 3,
      row & 31,
      row & 255,
      row + 4,
      row + 5,
      high,
      row + 7,
      row + 8,
      row + 9,
    ]);
  }
});

test("there is no row before the first and behind the last", () => {
  const table = new MessageTable();
  append(table, 0);
  expect(() => table.frame(-1)).toThrow(RangeError);
  expect(() => table.frame(1)).toThrow(RangeError);
});
