import {
  type Capture,
  type Connection,
  dialectName,
  escapeForDisplay,
  type Finding,
  formatEndpoint,
  reasonLabel,
  renderFinding,
} from "../../core/index.ts";
import type { ConnectionRowView } from "../../protocol/views.ts";
import { formatClock } from "./quantities.ts";
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
    signing: signingText(connection, texts),
    user: userText(connection, texts),
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

/** `WORKGROUP\tester` of the first session that tells; `guest`, `anonymous`, or a dash. */
export function userText(connection: Connection, texts: HostTexts): string {
  const named = connection.sessions.find((session) => session.user !== null && session.user !== "");
  if (named?.user != null) {
    const user = named.domain === null || named.domain === "" ? named.user : `${named.domain}\\${named.user}`;
    return escapeForDisplay(named.guest ? `${user} (${texts.list.guest})` : user);
  }
  if (connection.sessions.some((session) => session.guest)) return texts.list.guest;
  return connection.sessions.some((session) => session.anonymous) ? texts.list.anonymous : texts.common.none;
}

function signingText({ sessions, encryptedMessages }: Connection, texts: HostTexts): string {
  if (encryptedMessages > 0 || sessions.some((session) => session.encrypted)) return texts.list.encrypted;
  if (sessions.length === 0) return texts.common.none;
  if (sessions.every((session) => session.signed)) return texts.list.signed;
  return sessions.some((session) => session.signed) ? texts.list.partlySigned : texts.list.notSigned;
}
