import { describe, expect, it } from "vitest";
import { blobKind } from "../../src/core/security/blobKind.ts";
import { NtlmAuthenticate, NtlmChallenge, NtlmNegotiate } from "../../src/core/security/ntlmMessages.ts";
import { findNtlm, readNtlm } from "../../src/core/security/ntlmssp.ts";
import { readNtlmLogon } from "../../src/core/security/readNtlmLogon.ts";
import { fromHex, labMessage } from "../support/labMessages.ts";

const SIGNATURE = "4e544c4d53535000";

/** AUTHENTICATE with the given buffers: [length, offset] of LM, NT, domain, user, workstation, key; then flags and payload. */
function authenticate(buffers: readonly (readonly [number, number])[], flags: number, payload: string): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set(fromHex(`${SIGNATURE}03000000`));
  const view = new DataView(bytes.buffer);
  buffers.forEach(([length, offset], index) => {
    view.setUint16(12 + 8 * index, length, true);
    view.setUint32(16 + 8 * index, offset, true);
  });
  view.setUint32(60, flags, true);
  return Uint8Array.from([...bytes, ...fromHex(payload)]);
}

const NO_BUFFERS: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 0],
  [0, 0],
  [0, 0],
  [0, 0],
  [0, 0],
];

function logonOf(bytes: Uint8Array, start: number, end: number) {
  return readNtlmLogon(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), start, end);
}

describe("layout", () => {
  it("has the offsets of [MS-NLMP] 2.2.1", () => {
    expect(NtlmNegotiate.size).toBe(32);
    expect(NtlmChallenge.size).toBe(48);
    expect(NtlmAuthenticate.size).toBe(64);
    expect(NtlmChallenge.at).toMatchObject({ TargetNameLen: 12, NegotiateFlags: 20, ServerChallenge: 24, TargetInfoLen: 40 });
    expect(NtlmAuthenticate.at).toMatchObject({
      DomainNameLen: 28,
      UserNameLen: 36,
      UserNameBufferOffset: 40,
      WorkstationLen: 44,
      NegotiateFlags: 60,
    });
  });
});

describe("readNtlm", () => {
  it("finds NEGOTIATE inside SPNEGO", () => {
    const message = labMessage("sessionSetupRequestNtlmNegotiate");
    const found = readNtlm(message, 88, message.length);
    expect(found).toMatchObject({
      type: "NEGOTIATE",
      value: { NegotiateFlags: 0x62088215, ProductMajorVersion: 6, ProductMinorVersion: 1, ProductBuild: 0 },
    });
  });
  it("finds CHALLENGE inside SPNEGO", () => {
    const message = labMessage("sessionSetupResponseNtlmChallenge");
    expect(readNtlm(message, 72, message.length)).toMatchObject({
      type: "CHALLENGE",
      value: { TargetName: "LABSRV", ServerChallenge: "7c440891ddf966ce", NegotiateFlags: 0x628a8215, TargetInfoLen: 60 },
    });
  });
  it("finds AUTHENTICATE inside SPNEGO", () => {
    const message = labMessage("sessionSetupRequestNtlmAuthenticate");
    expect(logonOf(message, 88, message.length)).toEqual({
      user: "tester",
      domain: "WORKGROUP",
      workstation: "VM",
      anonymous: false,
    });
  });
  it("has nothing to say of other blobs", () => {
    const message = labMessage("negotiateResponse302");
    expect(readNtlm(message, 128, message.length)).toBeUndefined();
    expect(logonOf(labMessage("sessionSetupRequestNtlmNegotiate"), 88, 162)).toBeNull();
    expect(readNtlm(fromHex(`${SIGNATURE}09000000`), 0, 12)).toBeUndefined();
  });
  it("does not look beyond the end", () => {
    const message = labMessage("sessionSetupRequestNtlmAuthenticate");
    expect(findNtlm(message, 88, 110)).toBeUndefined();
    expect(findNtlm(message, 88, message.length)).toBe(104);
  });
});

describe("readNtlmLogon", () => {
  it("sees an anonymous sign-in: no user and no NT response, whatever the LM response", () => {
    const bytes = authenticate(
      [
        [1, 64],
        [0, 65],
        [0, 65],
        [0, 65],
        [0, 65],
        [0, 65],
      ],
      0x801,
      "00",
    );
    expect(logonOf(bytes, 0, bytes.length)).toEqual({ user: "", domain: "", workstation: "", anonymous: true });
  });
  it("does not call a user with an empty response anonymous", () => {
    const bytes = authenticate(
      [
        [0, 0],
        [0, 0],
        [0, 0],
        [2, 64],
        [0, 0],
        [0, 0],
      ],
      1,
      "4100",
    );
    expect(logonOf(bytes, 0, bytes.length)).toMatchObject({ user: "A", anonymous: false });
  });
  it("reads ASCII names where Unicode was not negotiated", () => {
    const bytes = authenticate(
      [
        [0, 0],
        [24, 64],
        [3, 88],
        [2, 91],
        [0, 0],
        [0, 0],
      ],
      2,
      `${"00".repeat(24)} 444f4d 4142`,
    );
    expect(logonOf(bytes, 0, bytes.length)).toEqual({ user: "AB", domain: "DOM", workstation: "", anonymous: false });
    expect(readNtlm(bytes, 0, bytes.length)?.value).toMatchObject({ UserName: "AB", DomainName: "DOM" });
  });
  it("has no name where the bytes do not hold it", () => {
    const bytes = authenticate(
      [
        [0, 0],
        [24, 9999],
        [6, 60000],
        [8, 0xffffffff],
        [2, 64],
        [0, 0],
      ],
      1,
      "5700",
    );
    expect(logonOf(bytes, 0, bytes.length)).toEqual({
      user: null,
      domain: null,
      workstation: "W",
      anonymous: false,
    });
  });
  it("claims nothing of a message that is cut before its names", () => {
    const bytes = authenticate(NO_BUFFERS, 1, "");
    expect(logonOf(bytes, 0, 20)).toBeNull();
    const message = readNtlm(bytes, 0, 20);
    expect(message?.value).not.toHaveProperty("UserName");
  });
});

describe("blobKind", () => {
  const kind = (bytes: Uint8Array) => blobKind(bytes, 0, bytes.length);
  const krb5 = "06092a864886f712010202";
  const msKrb5 = "06092a864882f712010202";

  it("NTLM, raw or in SPNEGO", () => {
    const message = labMessage("sessionSetupResponseNtlmChallenge");
    expect(blobKind(message, 72, message.length)).toBe("NTLM");
    expect(kind(fromHex(`${SIGNATURE}01000000`))).toBe("NTLM");
  });
  it("an offer of mechanisms is SPNEGO, also with Kerberos in the list", () => {
    const message = labMessage("negotiateResponse302");
    expect(blobKind(message, 128, message.length)).toBe("SPNEGO");
    expect(kind(fromHex(`602806062b0601050502a01e301ca01a3018${msKrb5}${krb5}`))).toBe("SPNEGO");
  });
  it("a Kerberos token, raw or in SPNEGO, and a server that chose Kerberos", () => {
    expect(kind(fromHex(`6082010006092a864886f7120102020100 6e82`))).toBe("Kerberos");
    expect(kind(fromHex(`604006062b0601050502a0363034a00d300b${krb5}a2230421 601f${krb5}0100 6e10`))).toBe("Kerberos");
    expect(kind(fromHex(`a1143012a0030a0101a10b${msKrb5}`))).toBe("Kerberos");
  });
  it("the answer that ends SPNEGO is SPNEGO", () => {
    const message = labMessage("sessionSetupResponseFinal");
    expect(blobKind(message, 72, message.length)).toBe("SPNEGO");
  });
  it("anything else is unknown", () => {
    expect(kind(fromHex("0102030405"))).toBe("unknown");
    expect(kind(fromHex(""))).toBe("unknown");
    expect(blobKind(fromHex(`${krb5}0100`), 5, 2)).toBe("unknown");
  });
});
