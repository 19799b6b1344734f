import {
  type Capture,
  type Connection,
  dialectName,
  escapeForDisplay,
  type Finding,
  formatClock,
  formatEndpoint,
  protectionText,
  reasonLabel,
  renderFinding,
  userText,
} from "../../core/index.ts";
import type { ConnectionRowView } from "../../protocol/views.ts";
import type { HostTexts } from "./texts.ts";

const SMB1_RULE = "smb1-negotiated";

/** One row of the list. `decisive` is the finding that decided how the connection came out. */
export function connectionRow(
  connection: Connection,
  decisive: Finding | undefined,
  capture: Capture,
  texts: HostTexts,
): ConnectionRowView {
  return {
    id: connection.id,
    outcome: connection.outcome,
    text: outcomeText(connection, decisive, texts) + (connection.copyOf === null ? "" : texts.list.seenAgain),
    client: formatEndpoint(connection.client),
    server: formatEndpoint(connection.server),
    dialect: dialectText(connection, texts),
    signing: protectionText(connection, texts.list) || texts.common.none,
    user: userText(connection, texts.list) || texts.common.none,
    start: formatClock(capture.baseSeconds, connection.firstTime),
  };
}

/** How the connection came out, in a few words. */
export function outcomeText(connection: Connection, decisive: Finding | undefined, texts: HostTexts): string {
  if (decisive !== undefined) return escapeForDisplay(renderFinding(decisive, texts.language).outcome);
  if (connection.outcome === "validated") return texts.list.validated;
  if (connection.outcome === "unknown") return texts.list.cannotTell(reasonLabel(connection.reason ?? "", texts.language));
  return connection.decidedBy ?? texts.list.healthy;
}

/** `3.0.2`, `SMB1`, or a dash where it is not known. */
export function dialectText(connection: Connection, texts: HostTexts): string {
  if (connection.dialect !== null) return dialectName(connection.dialect);
  return connection.decidedBy === SMB1_RULE ? "SMB1" : texts.common.none;
}
