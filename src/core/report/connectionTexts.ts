import { escapeForDisplay } from "../bytes/text.ts";
import type { Connection } from "../model/connection.ts";
import { type Peer, productText } from "../model/peer.ts";
import { peerOf } from "../model/peersOf.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { Finding } from "../rules/finding.ts";
import { reasonLabel } from "../rules/reasons.ts";
import { renderFinding } from "../rules/renderFinding.ts";
import { dialectName } from "../smb2/constants/dialects.ts";
import type { ReportTexts, SigningRequiredBy } from "./reportTexts.ts";

const SMB1_RULE = "smb1-negotiated";
const SIGNING_REQUIRED = 2;

/** `SMB 3.0.2`, `SMB1`, `SMB` where the dialect is not known. */
export function dialectText({ dialect, decidedBy }: Connection): string {
  if (dialect !== null) return `SMB ${dialectName(dialect)}`;
  return decidedBy === SMB1_RULE ? "SMB1" : "SMB";
}

/** `WORKGROUP\tester`, `guest`, `anonymous`; empty where nobody signed in. Safe to show. */
export function userText({ sessions }: Connection, texts: Pick<ReportTexts, "guest" | "anonymous">): string {
  const named = sessions.find((session) => session.user !== null && session.user !== "");
  if (named?.user != null) {
    const user = named.domain === null || named.domain === "" ? named.user : `${named.domain}\\${named.user}`;
    return escapeForDisplay(named.guest ? `${user} (${texts.guest})` : user);
  }
  if (sessions.some((session) => session.guest)) return texts.guest;
  return sessions.some((session) => session.anonymous) ? texts.anonymous : "";
}

/** Whether what followed the sign-in was signed or encrypted; empty where nobody signed in. */
export function protectionText(
  { sessions, encryptedMessages }: Connection,
  texts: Pick<ReportTexts, "encrypted" | "signed" | "partlySigned" | "notSigned">,
): string {
  if (encryptedMessages > 0 || sessions.some((session) => session.encrypted)) return texts.encrypted;
  if (sessions.length === 0) return "";
  if (sessions.every((session) => session.signed)) return texts.signed;
  return sessions.some((session) => session.signed) ? texts.partlySigned : texts.notSigned;
}

/** Who announces in NEGOTIATE that it requires signing. */
export function signingRequiredBy({ negotiate }: Connection): SigningRequiredBy {
  if (negotiate === null || negotiate.clientSecurityMode === null || negotiate.serverSecurityMode === null) return "unknown";
  const client = (negotiate.clientSecurityMode & SIGNING_REQUIRED) !== 0;
  const server = (negotiate.serverSecurityMode & SIGNING_REQUIRED) !== 0;
  if (client && server) return "both";
  if (client) return "client";
  return server ? "server" : "neither";
}

/** What the two ends look like; empty where nothing tells. */
export function productsText(connection: Connection, texts: ReportTexts): string {
  const [client, server] = (["client", "server"] as const).map((side) => peerOf(connection, side));
  if (client == null && server == null) return "";
  const name = (peer: Peer | null | undefined) => (peer == null ? "?" : productText(peer.product, texts.language));
  return texts.products(`${name(client)} -> ${name(server)}`);
}

/** How the connection ended, as far as the capture shows it. */
export function endText({ ended }: Connection, texts: ReportTexts): string {
  return ended.by === null || ended.how === null ? texts.notEnded : texts.ended(ended.by, ended.how);
}

/** How the connection came out, in a few words. */
export function outcomeText(connection: Connection, decisive: Finding | undefined, texts: ReportTexts): string {
  if (connection.copyOf !== null && connection.copyOf !== 0) return texts.copyOf(connection.copyOf);
  if (decisive !== undefined) return escapeForDisplay(renderFinding(decisive, texts.language).outcome);
  if (connection.outcome === "unknown") return reasonLabel(connection.reason ?? "", texts.language);
  return connection.decidedBy ?? "";
}

/**
 * For some connections the finding that decided how they came out. Of a frequent incident only the first findings are kept whole; one
 * of them stands in for the others, since it has the same rule, ends and values.
 */
export function decisiveFindings({ findings, incidents, connections }: Analysis, ids: readonly number[]): ReadonlyMap<number, Finding> {
  const rules = new Map<number, string>();
  for (const id of ids) {
    const { decidedBy } = connections.get(id - 1);
    if (decidedBy !== null) rules.set(id, decidedBy);
  }
  const found = new Map<number, Finding>();
  for (const incident of incidents) {
    const first = findings[incident.findings[0] ?? -1];
    if (first === undefined) continue;
    for (const id of incident.connections) if (rules.get(id) === incident.rule && !found.has(id)) found.set(id, first);
  }
  for (const finding of findings) if (rules.get(finding.connection) === finding.rule) found.set(finding.connection, finding);
  return found;
}
