import type { Connection } from "./connection.ts";
import type { ConnectionFacts, NegotiateFacts, Side } from "./connectionFacts.ts";
import { formatGuid } from "./guid.ts";
import { guessPeer, type Peer, type PeerSigns } from "./peer.ts";

/** What one end of a connection of the table looks like; null where nothing tells. */
export function peerOf({ negotiate, dialect, ntlmVersions }: Connection, side: Side): Peer | null {
  const frame = side === "client" ? negotiate?.requestFrame : negotiate?.responseFrame;
  const guid = side === "client" ? negotiate?.clientGuid : negotiate?.serverGuid;
  const capabilities = side === "client" ? negotiate?.clientCapabilities : negotiate?.serverCapabilities;
  const dialects = side === "client" ? (negotiate?.clientDialects ?? []) : dialect === null ? [] : [dialect];
  const known = frame != null && guid != null && capabilities != null;
  return guessPeer({ side, negotiate: known ? { frame, guid, capabilities, dialects } : null, ntlm: ntlmVersions });
}

/** The same for the facts that rules judge, given the NEGOTIATE exchange that counts. */
export function peerOfFacts({ ntlmVersions }: ConnectionFacts, exchange: NegotiateFacts | undefined, side: Side): Peer | null {
  return guessPeer({ side, negotiate: side === "client" ? clientSigns(exchange) : serverSigns(exchange), ntlm: ntlmVersions });
}

function clientSigns(exchange: NegotiateFacts | undefined): PeerSigns["negotiate"] {
  const request = exchange?.request;
  if (request == null || request.truncated) return null;
  return { frame: request.frame, guid: formatGuid(request.guid), capabilities: request.capabilities, dialects: request.dialects };
}

function serverSigns(exchange: NegotiateFacts | undefined): PeerSigns["negotiate"] {
  const response = exchange?.response;
  if (response == null || response.truncated || response.status !== 0) return null;
  return { frame: response.frame, guid: formatGuid(response.guid), capabilities: response.capabilities, dialects: [response.dialect] };
}
