import fc from "fast-check";
import { expect, test } from "vitest";
import type { MessageFacts } from "../../src/core/model/connectionFacts.ts";
import { formatGuid } from "../../src/core/model/guid.ts";
import { readNegotiateRequest, readNegotiateResponse } from "../../src/core/model/readNegotiate.ts";
import { readSmb1Negotiate } from "../../src/core/model/readSmb1Negotiate.ts";
import { readCtlCode, readValidateRequest, readValidateResponse } from "../../src/core/model/readValidate.ts";
import { readNtlm } from "../../src/core/security/ntlmssp.ts";
import { readNtlmLogon } from "../../src/core/security/readNtlmLogon.ts";
import { FSCTL_VALIDATE_NEGOTIATE_INFO } from "../../src/core/smb2/constants/fsctl.ts";
import { decodeBody, describeMessage } from "../../src/core/smb2/describeMessage.ts";
import { IoctlRequest, IoctlResponse } from "../../src/core/smb2/ioctl.ts";
import { NegotiateRequest, NegotiateResponse } from "../../src/core/smb2/negotiate.ts";
import { findField } from "../../src/core/struct/describe.ts";
import { type LabMessageName, labMessage } from "../support/labMessages.ts";

/*
 * The pass over a capture reads fixed offsets, the screen reads the declarations. What a rule finds and what the user is shown must be
 * the same, for real messages with any bytes of their values changed.
 */

const facts: MessageFacts & { readonly status: number } = {
  frame: 1,
  time: 0,
  signed: false,
  signatureZero: false,
  encrypted: false,
  truncated: false,
  status: 0,
};

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A message whose bytes from `from` to `to` (lengths and offsets lie outside) are replaced by others. */
function changed(name: LabMessageName, ...places: readonly (readonly [from: number, to: number])[]): fc.Arbitrary<Uint8Array> {
  const replacements = fc.tuple(...places.map(([from, to]) => fc.uint8Array({ minLength: to - from, maxLength: to - from })));
  return replacements.map((parts) => {
    const bytes = labMessage(name);
    for (const [index, part] of parts.entries()) bytes.set(part, places[index]?.[0]);
    return bytes;
  });
}

test("NEGOTIATE request", () => {
  const messages = fc.oneof(changed("negotiateRequest302", [68, 92], [100, 106]), changed("negotiateRequest311", [68, 92], [100, 114]));
  fc.assert(
    fc.property(messages, (bytes) => {
      const { value } = decodeBody(NegotiateRequest, bytes, 0, bytes.length);
      const fast = readNegotiateRequest(viewOf(bytes), 0, bytes.length, facts);
      expect(fast).toMatchObject({ capabilities: value.Capabilities, securityMode: value.SecurityMode, dialects: value.Dialects });
      expect(formatGuid(fast.guid)).toBe(value.ClientGuid);
      expect(fast.preauthContexts).toBe(preauthContexts(value.NegotiateContextList));
    }),
  );
});

test("NEGOTIATE response", () => {
  const messages = fc.oneof(changed("negotiateResponse302", [66, 68], [72, 120]), changed("negotiateResponse311", [66, 68], [72, 120]));
  fc.assert(
    fc.property(messages, (bytes) => {
      const { value } = decodeBody(NegotiateResponse, bytes, 0, bytes.length);
      const fast = readNegotiateResponse(viewOf(bytes), 0, bytes.length, facts);
      expect(fast).toMatchObject({
        capabilities: value.Capabilities,
        securityMode: value.SecurityMode,
        dialect: value.DialectRevision,
        maxTransactSize: value.MaxTransactSize,
        maxReadSize: value.MaxReadSize,
        maxWriteSize: value.MaxWriteSize,
      });
      expect(formatGuid(fast.guid)).toBe(value.ServerGuid);
      expect(fast.preauthContexts).toBe(preauthContexts(value.NegotiateContextList));
    }),
  );
});

test("VALIDATE_NEGOTIATE_INFO request", () => {
  fc.assert(
    fc.property(changed("validateRequest", [72, 88], [96, 100], [108, 116], [120, 142], [144, 152]), (bytes) => {
      const { value } = decodeBody(IoctlRequest, bytes, 0, bytes.length);
      const fast = readValidateRequest(viewOf(bytes), 0, bytes.length, facts);
      expect(readCtlCode(viewOf(bytes), 0, bytes.length)).toBe(FSCTL_VALIDATE_NEGOTIATE_INFO);
      expect(fast).toMatchObject({
        fileIdAllOnes: value.FileId === "ff".repeat(16),
        ioctlFlags: value.Flags,
        maxOutputResponse: value.MaxOutputResponse,
        inputOffset: value.InputOffset,
        inputCount: value.InputCount,
        capabilities: value.Capabilities,
        securityMode: value.SecurityMode,
        dialectCount: value.DialectCount,
        dialects: value.Dialects,
      });
      expect(formatGuid(fast.guid)).toBe(value.Guid);
    }),
  );
});

test("VALIDATE_NEGOTIATE_INFO response", () => {
  fc.assert(
    fc.property(changed("validateResponse", [112, 136]), (bytes) => {
      const { value } = decodeBody(IoctlResponse, bytes, 0, bytes.length);
      const { values, outputCount, outputOffset } = readValidateResponse(viewOf(bytes), 0, bytes.length, facts);
      expect({ outputCount, outputOffset }).toEqual({ outputCount: value.OutputCount, outputOffset: value.OutputOffset });
      expect(values).toMatchObject({ capabilities: value.Capabilities, securityMode: value.SecurityMode, dialect: value.Dialect });
      expect(values && formatGuid(values.guid)).toBe(value.Guid);
    }),
  );
});

test("NTLMSSP AUTHENTICATE, with any lengths and offsets", () => {
  const message = labMessage("sessionSetupRequestNtlmAuthenticate");
  const numbers = fc.array(fc.tuple(fc.integer({ min: 116, max: 167 }), fc.constantFrom(0, 1, 2, 8, 0x58, 0xff)), { maxLength: 4 });
  fc.assert(
    fc.property(numbers, (changes) => {
      const bytes = message.slice();
      for (const [at, byte] of changes) bytes[at] = byte;
      const declared = readNtlm(bytes, 88, bytes.length);
      if (declared?.type !== "AUTHENTICATE") throw new Error("the signature was not changed");
      const { value } = declared;
      const fast = readNtlmLogon(bytes, viewOf(bytes), 88, bytes.length);
      const expected = (length: number | undefined, at: number | undefined, text: string | undefined) => {
        if (length === 0) return "";
        const whole = 104 + (at ?? 0) + (length ?? 0) <= bytes.length && (length ?? 0) <= 512;
        return whole ? text : undefined;
      };
      const user = expected(value.UserNameLen, value.UserNameBufferOffset, value.UserName);
      const domain = expected(value.DomainNameLen, value.DomainNameBufferOffset, value.DomainName);
      if (user !== undefined) expect(fast?.user).toBe(user);
      if (domain !== undefined) expect(fast?.domain).toBe(domain);
      expect(fast?.anonymous).toBe(value.UserNameLen === 0 && value.NtChallengeResponseLen === 0);
    }),
    // A user name of half a character, without a response.
    {
      numRuns: 500,
      examples: [
        [
          [
            [140, 1],
            [124, 0],
          ],
        ],
      ],
    },
  );
});

test("SMB_COM_NEGOTIATE", () => {
  fc.assert(
    fc.property(changed("smb1NegotiateRequest", [36, 48], [75, 83]), (bytes) => {
      const { dialects } = readSmb1Negotiate(bytes, 0, bytes.length);
      const shown = findField(describeMessage(bytes, 0, bytes.length), "Dialects");
      expect(shown?.children).toHaveLength(dialects.length);
    }),
  );
});

function preauthContexts(contexts: readonly { readonly ContextType?: number }[] | undefined): number {
  return (contexts ?? []).filter((context) => context.ContextType === 1).length;
}
