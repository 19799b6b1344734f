import { type ConnectionFacts, countingNegotiate } from "../../core/index.ts";
import { hexValue } from "./boxedValue.ts";
import type { HostTexts, Peer } from "./texts.ts";

const SIGNING_REQUIRED = 2;

/**
 * Who requires signing on this connection, as NEGOTIATE says it; empty where it is not in the capture. A validation that was protected
 * repeats the values as they were sent and is believed first.
 */
export function signingState(facts: ConnectionFacts, { overview }: HostTexts): string {
  const negotiate = countingNegotiate(facts);
  const validation = facts.validations.at(-1);
  const client = validation?.request?.securityMode ?? negotiate?.request?.securityMode;
  const server = validation?.response?.values?.securityMode ?? negotiate?.response?.securityMode;
  if (client === undefined || server === undefined) return "";
  const modes = client === server ? hexValue(client, 4) : `${hexValue(client, 4)}, ${hexValue(server, 4)}`;
  return overview.signingNow(whoRequires((client & SIGNING_REQUIRED) !== 0, (server & SIGNING_REQUIRED) !== 0), modes);
}

function whoRequires(client: boolean, server: boolean): Peer | "both" | "neither" {
  if (client && server) return "both";
  if (client) return "client";
  return server ? "server" : "neither";
}
