import type { Endpoint } from "../net/endpoint.ts";
import { WILDCARD_DIALECT } from "../smb2/constants/dialects.ts";
import type { EarlierNegotiation, NegotiateRequestFacts, NegotiateResponseFacts } from "./connectionFacts.ts";
import { type Guid, sameGuid } from "./guid.ts";
import { NO_GUID } from "./readNegotiate.ts";

/** Servers of a capture that are told apart; what later ones negotiate is compared with nothing. */
const MOST_SERVERS = 4096;
/** Clients that are remembered, of all servers together. */
const MOST_CLIENTS = 16_384;
/** ServerGuids behind one address: the nodes of a cluster, restarts of a server. */
const MOST_NODES = 16;

interface Known {
  /** What each ClientGuid got first, and keeps until it accepts something else: the client's entry of [MS-SMB2] 3.2.1.2. */
  readonly clients: Map<number, EarlierNegotiation>;
  /** Of each ServerGuid the negotiation with the highest dialect. */
  readonly nodes: EarlierNegotiation[];
}

/** A connection that has just been negotiated. */
export interface Negotiated {
  readonly id: number;
  readonly client: Endpoint;
  readonly server: Endpoint;
}

/**
 * What the connections of one pass negotiated with each server, bounded. A connection is compared with it when its NEGOTIATE is complete, so
 * every pass over the same capture finds the same: both see the same NEGOTIATEs before it, whether those connections are over or not.
 */
export class KnownServers {
  private readonly byAddress = new Map<string, Known>();
  /** By endpoint object, which is cheaper than its text. */
  private readonly byEndpoint = new Map<Endpoint, Known>();
  private clients = 0;

  /** What this client got earlier from this server, where that is something else. Remembers it otherwise. */
  compareClient(of: Negotiated, request: NegotiateRequestFacts, response: NegotiateResponseFacts): EarlierNegotiation | null {
    // A client that does not say who it is cannot be known again.
    if (sameGuid(request.guid, NO_GUID)) return null;
    const known = this.find(of.server);
    if (known === undefined) return null;
    const key = mix(request.guid);
    const earlier = known.clients.get(key);
    if (earlier === undefined) {
      if (this.clients >= MOST_CLIENTS) return null;
      this.clients++;
      known.clients.set(key, remembered(of, request, response));
      return null;
    }
    return sameValues(earlier.response, response) || !isSameClient(earlier, of, request) ? null : earlier;
  }

  /** The client went on with values other than those it had: from now on these are what it knows. */
  acceptOtherValues(of: Negotiated, request: NegotiateRequestFacts, response: NegotiateResponseFacts): void {
    this.find(of.server)?.clients.set(mix(request.guid), remembered(of, request, response));
  }

  /** An earlier negotiation in which this very server chose a higher dialect, one that `request` offers too. */
  compareDialect(of: Negotiated, request: NegotiateRequestFacts, response: NegotiateResponseFacts): EarlierNegotiation | null {
    const known = this.find(of.server);
    if (known === undefined || sameGuid(response.guid, NO_GUID)) return null;
    const index = known.nodes.findIndex((one) => sameGuid(one.response.guid, response.guid));
    const node = known.nodes[index];
    if (node === undefined || node.response.dialect < response.dialect) {
      if (node !== undefined) known.nodes[index] = remembered(of, request, response);
      else if (known.nodes.length < MOST_NODES) known.nodes.push(remembered(of, request, response));
      return null;
    }
    const { dialect } = node.response;
    if (dialect === response.dialect) return null;
    return request.dialects.includes(dialect) && !isSameConnection(node, of) ? node : null;
  }

  private find(server: Endpoint): Known | undefined {
    const cached = this.byEndpoint.get(server);
    if (cached !== undefined) return cached;
    const key = `${server.address} ${server.port}`;
    let known = this.byAddress.get(key);
    if (known === undefined) {
      if (this.byAddress.size >= MOST_SERVERS) return undefined;
      known = { clients: new Map(), nodes: [] };
      this.byAddress.set(key, known);
    }
    if (this.byEndpoint.size >= MOST_SERVERS) this.byEndpoint.clear();
    this.byEndpoint.set(server, known);
    return known;
  }
}

/** Whether an exchange is whole and fixes the dialect ([MS-SMB2] 3.2.5.2). */
export function settlesValues(request: NegotiateRequestFacts, response: NegotiateResponseFacts): boolean {
  if (request.truncated || response.truncated || response.status !== 0) return false;
  return response.dialect !== 0 && response.dialect !== WILDCARD_DIALECT;
}

function remembered(of: Negotiated, request: NegotiateRequestFacts, response: NegotiateResponseFacts): EarlierNegotiation {
  return { connection: of.id, client: of.client, request, response };
}

function sameValues(one: NegotiateResponseFacts, other: NegotiateResponseFacts): boolean {
  return (
    one.dialect === other.dialect &&
    one.capabilities === other.capabilities &&
    one.securityMode === other.securityMode &&
    sameGuid(one.guid, other.guid)
  );
}

/** Some programs use one ClientGuid everywhere, so the address counts too. */
function isSameClient(earlier: EarlierNegotiation, of: Negotiated, request: NegotiateRequestFacts): boolean {
  return sameGuid(earlier.request.guid, request.guid) && earlier.client.address === of.client.address && !isSameConnection(earlier, of);
}

/** A capture on a router shows one connection on each interface; the second view is no other connection, even where it was changed. */
function isSameConnection(earlier: EarlierNegotiation, of: Negotiated): boolean {
  return earlier.client.port === of.client.port && earlier.client.address === of.client.address;
}

function mix({ a, b, c, d }: Guid): number {
  return Math.imul(Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) ^ c, 0xc2b2ae35) ^ d;
}
