import { isProtected } from "../../core/index.ts";
import type { ComparedRow } from "./compareRows.ts";
import type { ComparisonContext } from "./comparisonSummary.ts";
import type { Peer } from "./texts.ts";

const ALL_VALUES = 8;

/** The result of the comparison in one sentence: how many of the eight values differ, and what happened to them. */
export function comparisonTitle(
  client: readonly ComparedRow[],
  server: readonly ComparedRow[],
  { compared: { validation }, here, texts: { comparison } }: ComparisonContext,
): string {
  const rows = [...client.map((row) => named("client", row)), ...server.map((row) => named("server", row))];
  const different = rows.filter(({ row }) => row.state === "differs");
  const compared = rows.filter(({ row }) => row.state !== "missing").length;
  const [first] = different;
  if (first === undefined) {
    if (compared === 0) return comparison.titleNone;
    if (compared === ALL_VALUES && rows.some(({ row }) => row.state === "extended")) return comparison.titleAllowed(ALL_VALUES);
    return compared === ALL_VALUES ? comparison.titleEqual(ALL_VALUES, here) : comparison.titleSome(compared);
  }
  const { peer, row } = first;
  if (different.length === 1 && row.lost.length + row.gained.length > 0) {
    const repetition = peer === "client" ? validation.request : validation.response;
    const onTheWay = repetition !== null && isProtected(repetition);
    return comparison.titleFlags(compared, peer, row.field, row.lost, row.gained, onTheWay);
  }
  return comparison.titleDiffers(
    different.length,
    compared,
    different.map((one) => ({ peer: one.peer, field: one.row.field })),
  );
}

function named(peer: Peer, row: ComparedRow): { readonly peer: Peer; readonly row: ComparedRow } {
  return { peer, row };
}
