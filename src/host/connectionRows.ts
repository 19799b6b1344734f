import type { Analysis } from "../core/index.ts";
import type { ChipId, ConnectionRowView } from "../protocol/views.ts";
import { parseFilter } from "./connectionFilter.ts";
import { ConnectionOrder } from "./connectionOrder.ts";
import type { FindingIndex } from "./findingIndex.ts";
import { connectionRow } from "./views/connectionRow.ts";
import type { HostTexts } from "./views/texts.ts";

interface Selection {
  readonly chip: ChipId;
  readonly filter: string;
  readonly ids: Int32Array;
}

/** Rows of the list of connections by range; a row is made when it is asked for. */
export class ConnectionRows {
  readonly order: ConnectionOrder;
  private readonly analysis: Analysis;
  private readonly findings: FindingIndex;
  private readonly texts: HostTexts;
  private selection: Selection | undefined;

  constructor(analysis: Analysis, findings: FindingIndex, texts: HostTexts) {
    this.analysis = analysis;
    this.findings = findings;
    this.texts = texts;
    this.order = new ConnectionOrder(analysis.connections);
  }

  /** Rows `start` to `start + count` of those under the chip that the filter lets through, and how many these are. */
  range(
    chip: ChipId,
    filter: string,
    start: number,
    count: number,
  ): { readonly total: number; readonly rows: readonly ConnectionRowView[] } {
    const ids = this.select(chip, filter);
    const from = Math.max(0, start);
    return { total: ids.length, rows: Array.from(ids.subarray(from, from + Math.max(0, count)), (id) => this.row(id)) };
  }

  /** Place of a connection among those under the chip that the filter lets through, from 0; -1 where it is not one of them. */
  indexOf(chip: ChipId, filter: string, id: number): number {
    return this.select(chip, filter).indexOf(id);
  }

  private select(chip: ChipId, filter: string): Int32Array {
    const known = this.selection;
    if (known?.chip === chip && known.filter === filter) return known.ids;
    const test = parseFilter(filter);
    const under = this.order.under(chip);
    const ids =
      test === null ? under : under.filter((id) => test({ row: this.row(id), hasRule: (rule) => this.findings.hasRule(id, rule) }));
    this.selection = { chip, filter, ids };
    return ids;
  }

  private row(id: number): ConnectionRowView {
    const connection = this.analysis.connections.get(id - 1);
    return connectionRow(connection, this.findings.decisive(connection), this.analysis.capture, this.texts);
  }
}
