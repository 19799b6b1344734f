import fc from "fast-check";
import { expect, describe as group, it } from "vitest";
import { oidText } from "../../src/core/security/oid.ts";
import { securityToken } from "../../src/core/security/securityToken.ts";
import { describeMessage } from "../../src/core/smb2/describeMessage.ts";
import { decode } from "../../src/core/struct/decode.ts";
import { describe, type FieldNode, findField } from "../../src/core/struct/describe.ts";
import { struct } from "../../src/core/struct/struct.ts";
import { fromHex, labMessage } from "../support/labMessages.ts";

/** NegTokenInit with a Kerberos AP-REQ, as a client of a domain sends it; written by [RFC4178], [RFC4121] and [RFC4120]. */
const KERBEROS_INIT = [
  "6081b7 06062b0601050502 a081ac 3081a9",
  "a018 3016 06092a864882f712010202 06092a864886f712010202",
  "a2818c 048189 608186 06092a864886f712010202 0100 6e77 3075",
  "a003 020105 a103 02010e a207 0305 0020000000",
  "a351 614f 304d a003 020105 a10d 1b0b 4c41422e4558414d504c45",
  "a222 3020 a003 020102 a119 3017 1b04 63696673 1b0f 7372762e6c61622e6578616d706c65",
  "a313 3011 a003 020112 a103 020103 a205 0403 aabbcc",
  "a40d 300b a003 020117 a204 0402 ddee",
].join("");

const KERBEROS_REPLY =
  "a145 3043 a003 0a0100 a10b 06092a864882f712010202 a22f 042d 602b 06092a864886f712010202 0200 6f1c 301a a003020105 a10302010f a20e 300c a003020112 a205 0403 010203";

/** NegTokenResp with a KRB-ERROR: clocks apart, with the NTSTATUS of Windows. */
const KERBEROS_ERROR = [
  "a18195 308192 a003 0a0102 a2818a 048187 608184 06092a864886f712010202 0300 7e75 3073",
  "a003 020105 a103 02011e a411 180f 32303234303530313132303030305a a504 0202 012c a603 020125",
  "a90d 1b0b 4c41422e4558414d504c45 aa16 3014 a003 020102 a10d 300b 1b04 63696673 1b03 737276",
  "ab07 1b05 636c6f636b ac19 0417 3015 a103 020103 a20e 040c 330100c0 00000000 01000000",
].join("");

function holder(length: number) {
  return struct("Holder", "MS-SMB2 2.2.5", {}, { Buffer: securityToken({ length: () => length }) });
}

function treeOf(bytes: Uint8Array, length = bytes.length): FieldNode {
  return describe(holder(length), bytes, 0, bytes.length, { wireEnd: length });
}

function fields(root: FieldNode, ...paths: readonly string[]): readonly (readonly [string, string])[] {
  return paths.map((path) => {
    const node = findField(root, `Buffer.${path}`);
    return [path, node?.label ?? node?.value ?? "(absent)"];
  });
}

function allNodes(root: FieldNode): readonly FieldNode[] {
  return [root, ...root.children.flatMap(allNodes)];
}

function issuesOf(root: FieldNode) {
  return allNodes(root).flatMap((node) => node.issues);
}

group("SPNEGO", () => {
  it("NegTokenInit2 of a server: mechanisms and hints", () => {
    const root = describeMessage(labMessage("negotiateResponse302"), 0, 202);
    expect(findField(root, "Buffer")).toMatchObject({ value: "NegTokenInit2", section: "MS-SPNG 2.2.1", range: { start: 128, end: 202 } });
    expect(fields(root, "thisMech", "mechTypes", "mechTypes[0]", "negHints.hintName")).toEqual([
      ["thisMech", "SPNEGO"],
      ["mechTypes", "NTLMSSP"],
      ["mechTypes[0]", "NTLMSSP"],
      ["negHints.hintName", "not_defined_in_RFC4178@please_ignore"],
    ]);
    expect(findField(root, "Buffer.mechTypes[0]")).toMatchObject({
      value: "1.3.6.1.4.1.311.2.2.10",
      filter: "spnego.MechType",
      range: { start: 146, end: 158 },
    });
    expect(issuesOf(root)).toEqual([]);
  });
  it("NegTokenInit with a MIC in the place of the hints, and its flags", () => {
    const root = treeOf(fromHex("a01d 301b a00d 300b 06092a864886f712010202 a104 0302 0142 a304 0402 0404"));
    expect(findField(root, "Buffer")).toMatchObject({ value: "NegTokenInit", section: "RFC4178 4.2.1" });
    expect(findField(root, "Buffer.mechListMIC")).toMatchObject({ value: "0404", range: { start: 25, end: 31 } });
    const flags = findField(root, "Buffer.reqFlags")?.flags.filter((flag) => flag.set);
    expect(flags?.map((flag) => flag.name)).toEqual(["mutualFlag", "integFlag"]);
  });
  it("NegTokenResp that ends the negotiation, with the MIC of NTLM", () => {
    const message = labMessage("sessionSetupResponseFinal");
    const root = describeMessage(message, 0, message.length);
    expect(fields(root, "negState", "mechListMIC", "mechListMIC.Version", "mechListMIC.Checksum", "mechListMIC.SeqNum")).toEqual([
      ["negState", "accept-completed"],
      ["mechListMIC", "NTLMSSP_MESSAGE_SIGNATURE"],
      ["mechListMIC.Version", "1"],
      ["mechListMIC.Checksum", "b096c1a4316ed8bc"],
      ["mechListMIC.SeqNum", "0"],
    ]);
    expect(findField(root, "Buffer.negState")).toMatchObject({ raw: 0, filter: "spnego.negResult" });
  });
});

group("NTLMSSP inside", () => {
  it("NEGOTIATE in mechToken", () => {
    const message = labMessage("sessionSetupRequestNtlmNegotiate");
    const root = describeMessage(message, 0, message.length);
    expect(fields(root, "mechToken", "mechToken.MessageType", "mechToken.ProductMajorVersion")).toEqual([
      ["mechToken", "NEGOTIATE_MESSAGE"],
      ["mechToken.MessageType", "NEGOTIATE"],
      ["mechToken.ProductMajorVersion", "6"],
    ]);
  });
  it("CHALLENGE in responseToken, with its pairs", () => {
    const message = labMessage("sessionSetupResponseNtlmChallenge");
    const root = describeMessage(message, 0, message.length);
    const pairs = ["TargetInfo", "TargetInfo[0]", "TargetInfo[0].Value", "TargetInfo[3].Value", "TargetInfo[4].Timestamp", "TargetInfo[5]"];
    expect(fields(root, "supportedMech", ...pairs.map((pair) => `responseToken.${pair}`))).toEqual([
      ["supportedMech", "NTLMSSP"],
      ["responseToken.TargetInfo", "6"],
      ["responseToken.TargetInfo[0]", "MsvAvNbDomainName"],
      ["responseToken.TargetInfo[0].Value", "LABSRV"],
      ["responseToken.TargetInfo[3].Value", "vm"],
      ["responseToken.TargetInfo[4].Timestamp", "2026-11-23 00:20:10.2358110Z"],
      ["responseToken.TargetInfo[5]", "MsvAvEOL"],
    ]);
    expect(findField(root, "Buffer.responseToken.TargetInfo[0].Value")?.filter).toBe("ntlmssp.challenge.target_info.nb_domain_name");
  });
  it("AUTHENTICATE, with MIC and the outside of the NTLMv2 response", () => {
    const message = labMessage("sessionSetupRequestNtlmAuthenticate");
    const root = describeMessage(message, 0, message.length);
    const response = "responseToken.NtChallengeResponse";
    const names = [
      "",
      ".Response",
      ".TimeStamp",
      ".ChallengeFromClient",
      ".AvPairs[5].Flags",
      ".AvPairs[6].MachineID",
      ".AvPairs[8].Value",
    ];
    expect(fields(root, "responseToken.UserName", "responseToken.MIC", ...names.map((name) => response + name))).toEqual([
      ["responseToken.UserName", "tester"],
      ["responseToken.MIC", "9e934f2bcd7119bc17925273916bdefa"],
      [response, "NTLMv2_RESPONSE"],
      [`${response}.Response`, "dac14a3816c55db1ec5861c1b2bbd1d8"],
      [`${response}.TimeStamp`, "2026-11-23 00:20:10.2358110Z"],
      [`${response}.ChallengeFromClient`, "3c34c8ca67fa589c"],
      [`${response}.AvPairs[5].Flags`, "0x00000002"],
      [`${response}.AvPairs[6].MachineID`, "191191650da530e93e8072277d7f963887c20664884716489709d8ee9adc07f7"],
      [`${response}.AvPairs[8].Value`, "cifs/198.51.100.20"],
    ]);
    expect(findField(root, `Buffer.${response}.AvPairs[7].ChannelBindings`)?.value).toBe("0".repeat(32));
    expect(fields(root, "responseToken.LmChallengeResponse")).toEqual([["responseToken.LmChallengeResponse", "LMv2_RESPONSE"]]);
    expect(issuesOf(root)).toEqual([]);
  });
  it("raw, and by NTLM v1 without a MIC", () => {
    const head = "4e544c4d53535000 03000000 1800180040000000 1800180058000000 0000000000000000 0000000000000000 0000000000000000";
    const root = treeOf(fromHex(`${head} 0000000000000000 01020000 ${"11".repeat(24)} ${"22".repeat(24)}`));
    expect(fields(root, "MIC", "NtChallengeResponse", "NtChallengeResponse.Response", "LmChallengeResponse")).toEqual([
      ["MIC", "(absent)"],
      ["NtChallengeResponse", "NTLM_RESPONSE"],
      ["NtChallengeResponse.Response", "22".repeat(24)],
      ["LmChallengeResponse", "LM_RESPONSE"],
    ]);
  });
  it("pairs end at the first MsvAvEOL, and a pair cannot reach out of its list", () => {
    const pairs = "0200 0200 4100 0000 0000 0100 0400 42004300";
    const head = "4e544c4d53535000 02000000 0000000000000000 01000000 1111111111111111 0000000000000000";
    const ended = treeOf(fromHex(`${head} 1200 1200 30000000 ${pairs}`));
    expect(findField(ended, "Buffer.TargetInfo")?.children).toHaveLength(2);
    const greedy = treeOf(fromHex(`${head} 0600 0600 30000000 0200 0900 4100 ffff`));
    expect(issuesOf(greedy).map(({ path, kind }) => [path, kind])).toContainEqual(["Buffer.TargetInfo[0].Value", "outside-message"]);
  });
});

group("Kerberos", () => {
  it("AP-REQ: realm, service, encryption types, key version", () => {
    const bytes = fromHex(KERBEROS_INIT);
    const root = treeOf(bytes);
    expect(findField(root, "Buffer")?.value).toBe("NegTokenInit2");
    expect(fields(root, "mechTypes", "mechToken", "mechToken.thisMech", "mechToken.TOK_ID", "mechToken.msg-type")).toEqual([
      ["mechTypes", "MS Kerberos 5, Kerberos 5"],
      ["mechToken", "KRB_AP_REQ"],
      ["mechToken.thisMech", "Kerberos 5"],
      ["mechToken.TOK_ID", "KRB_AP_REQ"],
      ["mechToken.msg-type", "KRB-AP-REQ"],
    ]);
    const ticket = "mechToken.ticket";
    const inTicket = ["realm", "sname", "sname.name-type", "sname.name-string[1]", "enc-part.etype", "enc-part.kvno", "enc-part.cipher"];
    expect(fields(root, ...inTicket.map((name) => `${ticket}.${name}`)).map(([, value]) => value)).toEqual([
      "LAB.EXAMPLE",
      "cifs/srv.lab.example",
      "NT-SRV-INST",
      "srv.lab.example",
      "aes256-cts-hmac-sha1-96",
      "3",
      "aabbcc",
    ]);
    expect(fields(root, "mechToken.authenticator.etype", "mechToken.authenticator.kvno").map(([, value]) => value)).toEqual([
      "rc4-hmac",
      "(absent)",
    ]);
    const options = findField(root, "Buffer.mechToken.ap-options")?.flags.filter((flag) => flag.set);
    expect(options?.map((flag) => flag.name)).toEqual(["mutual-required"]);
    expect(findField(root, "Buffer.mechToken.ticket.realm")).toMatchObject({ section: "RFC4120 5.3", filter: "kerberos.realm" });
    expect(issuesOf(root)).toEqual([]);
    const { value } = decode(holder(bytes.length), bytes, 0, bytes.length);
    expect(value.Buffer?.["mechToken"]).toMatchObject({ TOK_ID: 1, ticket: { realm: "LAB.EXAMPLE" } });
  });
  it("AP-REP", () => {
    const root = treeOf(fromHex(KERBEROS_REPLY));
    expect(fields(root, "responseToken", "responseToken.TOK_ID", "responseToken.enc-part.etype")).toEqual([
      ["responseToken", "KRB_AP_REP"],
      ["responseToken.TOK_ID", "KRB_AP_REP"],
      ["responseToken.enc-part.etype", "aes256-cts-hmac-sha1-96"],
    ]);
  });
  it("KRB-ERROR: the code with its meaning, the server's clock, the NTSTATUS behind it", () => {
    const root = treeOf(fromHex(KERBEROS_ERROR));
    expect(findField(root, "Buffer.responseToken.error-code")).toMatchObject({
      value: "37",
      label: "KRB_AP_ERR_SKEW",
      labelText: "krb.error.skew",
      raw: 37,
    });
    const data = ["stime", "susec", "realm", "sname", "e-text", "e-data", "e-data.data-type", "e-data.data-value.status"];
    expect(fields(root, ...data.map((name) => `responseToken.${name}`)).map(([, value]) => value)).toEqual([
      "2024-05-01 12:00:00Z",
      "300",
      "LAB.EXAMPLE",
      "cifs/srv",
      "clock",
      "KERB-ERROR-DATA",
      "KERB_ERR_TYPE_EXTENDED",
      "STATUS_TIME_DIFFERENCE_AT_DC",
    ]);
    expect(issuesOf(root)).toEqual([]);
  });
  it("a raw message without the frame of GSS-API", () => {
    expect(fields(treeOf(fromHex("6f1c 301a a003020105 a10302010f a20e 300c a003020112 a205 0403 010203")), "msg-type")).toEqual([
      ["msg-type", "KRB-AP-REP"],
    ]);
  });
});

group("other tokens", () => {
  it("NEGOEX: its first message", () => {
    const root = treeOf(fromHex("4e45474f45585453 02000000 01000000 28000000 28000000 00112233445566778899aabbccddeeff"));
    expect(fields(root, "MessageType", "SequenceNum", "ConversationId")).toEqual([
      ["MessageType", "INITIATOR_META_DATA"],
      ["SequenceNum", "1"],
      ["ConversationId", "33221100-5544-7766-8899-aabbccddeeff"],
    ]);
  });
  it("anything else stays opaque", () => {
    expect(findField(treeOf(fromHex("0102")), "Buffer")).toMatchObject({ value: "0102", children: [] });
    expect(findField(treeOf(fromHex("4e544c4d53535000 09000000")), "Buffer")?.children).toEqual([]);
  });
});

group("DER that is wrong", () => {
  it("a wrong tag is named, an unknown element keeps its bytes", () => {
    const root = treeOf(fromHex("a10e 300c a003 020100 a705 0403 010203"));
    expect(issuesOf(root)).toEqual([{ kind: "unexpected", data: { expected: "0x0a", actual: "0x02" }, path: "Buffer.negState" }]);
    expect(findField(root, "Buffer[1]")).toMatchObject({ value: "a7050403010203" });
  });
  it("a length beyond its frame is malformed, one beyond the capture is cut", () => {
    const inner = treeOf(fromHex("a109 3007 a003 0a0100 a27f"));
    expect(issuesOf(inner).map(({ path, kind }) => [path, kind])).toContainEqual(["Buffer.responseToken", "outside-message"]);
    const cut = treeOf(fromHex("a113 3011 a003 0a0100 a20a 0408 0102"), 21);
    expect(new Set(issuesOf(cut).map(({ kind }) => kind))).toEqual(new Set(["truncated"]));
  });
  it("the indefinite length of BER is no DER", () => {
    expect(issuesOf(treeOf(fromHex("a180 3005 a003 0a0100 0000")))).toContainEqual(
      expect.objectContaining({ kind: "unexpected", data: { expected: "DER", actual: "0x80" } }),
    );
  });
  it("object identifiers of any size", () => {
    const text = (digits: string) => oidText(fromHex(digits), 0, fromHex(digits).length);
    expect(text("2a864886f712010202")).toBe("1.2.840.113554.1.2.2");
    expect(text("8837")).toBe("2.999");
    expect(text("2affffffffffffffffff7f")).toBe("1.2.?");
    expect(text("ff".repeat(400))).toBe("");
    expect(text("01".repeat(400)).split(".")).toHaveLength(64);
  });
});

group("bombs", () => {
  /** Tokens in tokens: each a NegTokenInit whose mechToken is the next. */
  function nested(depth: number): string {
    let token = "4e544c4d53535000";
    for (let level = 0; level < depth; level++) {
      for (const tag of ["04", "a2", "30", "a0"]) token = tag + lengthOf(token.length / 2) + token;
      token = `60${lengthOf(token.length / 2 + 8)}06062b0601050502${token}`;
    }
    return token;
  }
  function lengthOf(length: number): string {
    return length < 0x80 ? length.toString(16).padStart(2, "0") : `82${length.toString(16).padStart(4, "0")}`;
  }
  it("tokens in tokens are read to a bounded depth", () => {
    const depthOf = (node: FieldNode): number => 1 + Math.max(0, ...node.children.map(depthOf));
    expect(depthOf(treeOf(fromHex(nested(1000))))).toBeLessThan(12);
  });
  it("a list of very many mechanisms is cut", () => {
    const list = `30824e20${"06022a03".repeat(5000)}`;
    const root = treeOf(fromHex(`a0824e2c 30824e28 a0824e24 ${list}`));
    expect(allNodes(root).length).toBeLessThan(1100);
    expect(issuesOf(root).map(({ kind }) => kind)).toContain("too-many");
  });
  it("very many empty pairs are cut", () => {
    const size = 60000;
    const head = `4e544c4d53535000 02000000 0000000000000000 01000000 1111111111111111 0000000000000000 60ea60ea 30000000`;
    const root = treeOf(fromHex(head + "01000000".repeat(size / 4)));
    expect(findField(root, "Buffer.TargetInfo")?.children).toHaveLength(1024);
    expect(issuesOf(root).map(({ kind }) => kind)).toContain("too-many");
  });
});

const tokens = [KERBEROS_INIT, KERBEROS_REPLY, KERBEROS_ERROR].map(fromHex);

it("any truncation and any changed bytes: no exception, every range inside, values safe to show", () => {
  const changes = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...tokens), changes, fc.nat(200), (token, places, length) => {
      const bytes = token.slice(0, length);
      for (const [at, byte] of places) if (at < bytes.length) bytes[at] = byte;
      for (const node of allNodes(treeOf(bytes, token.length))) {
        expect(node.range.start).toBeGreaterThanOrEqual(0);
        expect(node.range.end).toBeGreaterThanOrEqual(node.range.start);
        expect(node.range.end).toBeLessThanOrEqual(bytes.length);
        expect(node.value).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }
    }),
    { numRuns: 1000 },
  );
});
