import type { ConnectionFacts, ResponseFacts, ValidationFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import type { Evidence, EvidenceRole } from "./finding.ts";
import { countingNegotiate } from "./negotiateOperands.ts";

/** The NEGOTIATE exchange that the validation repeats, as context; empty where the capture lacks it. */
export function negotiateContext(facts: ConnectionFacts): readonly Evidence[] {
  const negotiate = countingNegotiate(facts);
  const evidence: Evidence[] = [];
  const command = Command.value.NEGOTIATE;
  if (negotiate?.request != null) evidence.push({ frame: negotiate.request.frame, role: "context", command, response: false });
  if (negotiate?.response != null) evidence.push({ frame: negotiate.response.frame, role: "context", command, response: true });
  return evidence;
}

/** A validation request in evidence, with one of its fields and its value where that is the point. */
export function validateRequestEvidence(
  exchange: ValidationFacts,
  role: EvidenceRole,
  field?: string,
  value?: string,
): readonly Evidence[] {
  if (exchange.request === null) return [];
  return [withField({ frame: exchange.request.frame, role, command: Command.value.IOCTL, response: false }, field, value)];
}

/** The answer to a validation in evidence, by default with its status. */
export function validateResponseEvidence(response: ResponseFacts, role: EvidenceRole, field?: string, value?: string): Evidence {
  const place = { frame: response.frame, role, command: Command.value.IOCTL, response: true };
  return field === undefined ? withField(place, "Status", ntStatusName(response.status)) : withField(place, field, value);
}

function withField(place: Evidence, field?: string, value?: string): Evidence {
  if (field === undefined) return place;
  return value === undefined ? { ...place, field } : { ...place, field, value };
}
