import type { FromWebview } from "../src/protocol/messages.ts";
import type { ChipId, ConnectionRowView } from "../src/protocol/views.ts";
import { RowPages } from "./rowPages.ts";

type RowsRequest = Extract<FromWebview, { readonly type: "rows" }>;

/** The list of connections, under a chip and a filter. */
export class ConnectionRows extends RowPages<ConnectionRowView> {
  chip: ChipId = "all";
  filter = "";

  constructor(pageSize: number, nextRequest: () => number, send: (request: RowsRequest) => void) {
    super(pageSize, nextRequest, (query) => send({ type: "rows", chip: this.chip, filter: this.filter, ...query }));
  }

  /** Starts anew with another choice. */
  choose(chip: ChipId, filter: string): void {
    this.chip = chip;
    this.filter = filter;
    this.begin();
  }

  /** Index of a connection among the rows at hand or as the host located it; -1 where neither is known. */
  indexOf(connection: number): number {
    const atHand = this.findAtHand((row) => row.id === connection);
    return atHand >= 0 ? atHand : this.located(connection);
  }
}
