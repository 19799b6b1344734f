import { describe, expect, test } from "vitest";
import type { ConnectionFacts } from "../../src/core/model/connectionFacts.ts";
import type { DetailMessage } from "../../src/core/model/detailMessage.ts";
import { formatGuid } from "../../src/core/model/guid.ts";
import { readNtlm } from "../../src/core/security/ntlmssp.ts";
import { FSCTL_VALIDATE_NEGOTIATE_INFO } from "../../src/core/smb2/constants/fsctl.ts";
import { decodeBody } from "../../src/core/smb2/describeMessage.ts";
import { IoctlRequest, IoctlResponse } from "../../src/core/smb2/ioctl.ts";
import { NegotiateRequest, NegotiateResponse } from "../../src/core/smb2/negotiate.ts";
import { SessionSetupRequest } from "../../src/core/smb2/sessionSetup.ts";
import { TreeConnectRequest } from "../../src/core/smb2/treeConnect.ts";
import { analyseBytes } from "../support/analyseBytes.ts";
import { captureOf, caseNames } from "../support/capturesOnDisk.ts";
import { Command } from "../support/encodeMessage.ts";

/*
 * The rules judge facts that the pass read at fixed offsets; the screen shows the messages by their declarations. Of every case both
 * must say the same.
 */

/** What a connection's facts say in a frame, and what the declaration says of the message in it. */
interface Pair {
  readonly frame: number;
  readonly fact: unknown;
  readonly declared: unknown;
}

function pairsOf(facts: ConnectionFacts, messages: readonly DetailMessage[]): Pair[] {
  return messages
    .filter(({ kind, bytes, length }) => kind === "SMB2" && bytes.length === length)
    .flatMap((message) => pairOf(facts, message) ?? []);
}

function pairOf(facts: ConnectionFacts, message: DetailMessage): Pair | undefined {
  const { frame, bytes, command, response, status } = message;
  const inFrame = <Found extends { readonly frame: number }>(found: readonly (Found | null)[]) =>
    found.find((one) => one?.frame === frame) ?? undefined;
  if (command === Command.NEGOTIATE && !response) {
    const { value } = decodeBody(NegotiateRequest, bytes, 0, bytes.length);
    const fact = inFrame(facts.negotiates.map(({ request }) => request));
    const declared = [value.Capabilities, value.ClientGuid, value.SecurityMode, value.Dialects];
    return fact && { frame, declared, fact: [fact.capabilities, formatGuid(fact.guid), fact.securityMode, fact.dialects] };
  }
  if (command === Command.NEGOTIATE && status === 0) {
    const { value } = decodeBody(NegotiateResponse, bytes, 0, bytes.length);
    const fact = inFrame(facts.negotiates.map((exchange) => exchange.response));
    const declared = [value.Capabilities, value.ServerGuid, value.SecurityMode, value.DialectRevision, value.MaxReadSize];
    return fact && { frame, declared, fact: [fact.capabilities, formatGuid(fact.guid), fact.securityMode, fact.dialect, fact.maxReadSize] };
  }
  if (command === Command.TREE_CONNECT && !response) {
    const { value } = decodeBody(TreeConnectRequest, bytes, 0, bytes.length);
    const fact = facts.trees.find(({ request }) => request?.frame === frame);
    return fact && { frame, declared: value.Path, fact: fact.path };
  }
  if (command === Command.SESSION_SETUP && !response) return logonPair(facts, message);
  if (command === Command.IOCTL) return validatePair(facts, message);
  return undefined;
}

function validatePair(facts: ConnectionFacts, { frame, bytes, response, status }: DetailMessage): Pair | undefined {
  if (!response) {
    const { value } = decodeBody(IoctlRequest, bytes, 0, bytes.length);
    if (value.CtlCode !== FSCTL_VALIDATE_NEGOTIATE_INFO) return undefined;
    const fact = facts.validations.map(({ request }) => request).find((one) => one?.frame === frame);
    const declared = [value.Capabilities, value.Guid, value.SecurityMode, value.Dialects, value.MaxOutputResponse, value.Flags];
    const said = fact && [
      fact.capabilities,
      formatGuid(fact.guid),
      fact.securityMode,
      fact.dialects,
      fact.maxOutputResponse,
      fact.ioctlFlags,
    ];
    return { frame, declared, fact: said };
  }
  if (status !== 0) return undefined;
  const { value } = decodeBody(IoctlResponse, bytes, 0, bytes.length);
  if (value.CtlCode !== FSCTL_VALIDATE_NEGOTIATE_INFO) return undefined;
  const values = facts.validations.map((exchange) => exchange.response).find((one) => one?.frame === frame)?.values;
  const declared = [value.Capabilities, value.Guid, value.SecurityMode, value.Dialect];
  return { frame, declared, fact: values && [values.capabilities, formatGuid(values.guid), values.securityMode, values.dialect] };
}

function logonPair(facts: ConnectionFacts, { frame, bytes, sessionId }: DetailMessage): Pair | undefined {
  const { value } = decodeBody(SessionSetupRequest, bytes, 0, bytes.length);
  const { start = 0, end = 0 } = value.Buffer ?? {};
  const ntlm = readNtlm(bytes, start, end);
  const fact = facts.sessions.find(({ id }) => id === sessionId);
  if (ntlm?.type !== "AUTHENTICATE" || fact === undefined) return undefined;
  const { UserName = "", DomainName = "", Workstation = "" } = ntlm.value;
  return { frame, declared: [UserName, DomainName, Workstation], fact: [fact.user, fact.domain, fact.workstation] };
}

describe.each(caseNames)("%s", (name) => {
  test("facts and declarations agree", async () => {
    const { details } = await analyseBytes(captureOf(name));
    for (const { facts, messages } of details) {
      for (const { frame, fact, declared } of pairsOf(facts, messages)) expect(fact, `frame ${frame}`).toEqual(declared);
    }
  });
});

test("the cases hold some hundred messages to compare", async () => {
  const all = await Promise.all(caseNames.map((name) => analyseBytes(captureOf(name))));
  const pairs = all.flatMap(({ details }) => details.flatMap(({ facts, messages }) => pairsOf(facts, messages)));
  expect(pairs.length).toBeGreaterThan(300);
});
