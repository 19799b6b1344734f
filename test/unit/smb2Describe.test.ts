import { describe, expect, it } from "vitest";
import { smb1CommandName } from "../../src/core/smb2/constants/smb1Commands.ts";
import { describeMessage } from "../../src/core/smb2/describeMessage.ts";
import { NO_SMB1_DIALECT, readDialectStrings } from "../../src/core/smb2/smb1Negotiate.ts";
import { type FieldNode, findField } from "../../src/core/struct/describe.ts";
import { fromHex, type LabMessageName, labMessage, labMessageNames } from "../support/labMessages.ts";

const described = (name: LabMessageName, length?: number): FieldNode => {
  const bytes = labMessage(name);
  return describeMessage(bytes, 0, length ?? bytes.length, bytes.length);
};
const fields = (node: FieldNode): readonly FieldNode[] => node.children.flatMap((child) => [child, ...fields(child)]);
const setFlags = (node: FieldNode | undefined) => node?.flags.filter((flag) => flag.set).map((flag) => flag.short);

describe("describeMessage", () => {
  it.each(labMessageNames)("%s: nothing wrong, every path once, every range inside its parent", (name) => {
    const root = described(name);
    const all = fields(root);
    expect(all.flatMap((node) => node.issues)).toEqual([]);
    expect(new Set(all.map((node) => node.path)).size).toBe(all.length);
    const check = (node: FieldNode): void => {
      for (const child of node.children) {
        expect(child.range.start).toBeGreaterThanOrEqual(node.range.start);
        expect(child.range.end).toBeLessThanOrEqual(node.range.end);
        check(child);
      }
    };
    check(root);
  });

  it("names header fields under Header and body fields as they are", () => {
    const root = described("validateResponse");
    expect(root).toMatchObject({ name: "SMB2 IOCTL Response", path: "", section: "MS-SMB2 2.2.32", range: { start: 0, end: 136 } });
    expect(findField(root, "Header.Status")).toMatchObject({ value: "0x00000000", label: "STATUS_SUCCESS", text: "hdr.status" });
    expect(setFlags(findField(root, "Header.Flags"))).toEqual(["SERVER_TO_REDIR", "SIGNED"]);
    expect(findField(root, "CtlCode")).toMatchObject({
      value: "0x00140204",
      label: "FSCTL_VALIDATE_NEGOTIATE_INFO",
      labelText: "fsctl.validateNegotiateInfo",
      filter: "smb2.ioctl.function",
    });
  });

  it("gives the FSCTL's fields the paths that evidence names, with range, section and text of their own", () => {
    const root = described("validateResponse");
    const capabilities = findField(root, "Capabilities");
    expect(capabilities).toMatchObject({
      value: "0x0000004f",
      raw: 0x4f,
      range: { start: 112, end: 116 },
      section: "MS-SMB2 2.2.32.6",
      text: "vniRsp.capabilities",
      filter: "smb2.capabilities",
    });
    expect(setFlags(capabilities)).toEqual(["DFS", "LEASING", "LARGE_MTU", "MULTI_CHANNEL", "ENCRYPTION"]);
    expect(findField(root, "Output")?.children.map((child) => child.path)).toEqual(["Capabilities", "Guid", "SecurityMode", "Dialect"]);
    expect(findField(root, "Dialect")).toMatchObject({ value: "0x0302", label: "3.0.2" });
  });

  it("names contexts by type and their fields by index", () => {
    const root = described("negotiateRequest311");
    expect(findField(root, "NegotiateContextList[1]")).toMatchObject({ value: "ENCRYPTION_CAPABILITIES" });
    expect(findField(root, "NegotiateContextList[1].Ciphers")).toMatchObject({
      value: "AES-128-GCM, AES-128-CCM",
      text: "ctx.encryption.ciphers",
    });
    expect(findField(root, "NegotiateContextList[0].Salt")).toMatchObject({
      range: { start: 134, end: 166 },
      section: "MS-SMB2 2.2.3.1.1",
    });
    expect(findField(root, "NegotiateContextList[2].NetName")).toMatchObject({ value: "198.51.100.20" });
    expect(findField(root, "Dialects")?.value).toBe("2.0.2, 2.1, 0x0222, 0x0224, 3.0, 3.0.2, 0x0310, 3.1.1");
  });

  it("counts ranges from the start of the message, wherever it stands", () => {
    const message = labMessage("negotiateResponse311");
    const placed = Uint8Array.from([...new Uint8Array(33), ...message, 1, 2]);
    expect(describeMessage(placed, 33, 33 + message.length)).toEqual(describeMessage(message, 0, message.length));
  });

  it("says of a cut message what is missing, and nothing else", () => {
    const root = described("validateResponse", 120);
    expect(findField(root, "Capabilities")?.value).toBe("0x0000004f");
    expect(findField(root, "Guid")).toMatchObject({ value: "", issues: [{ kind: "truncated", data: { have: 4, need: 16 } }] });
    expect(findField(root, "SecurityMode")).toBeUndefined();
    expect(findField(root, "Output")?.issues).toMatchObject([{ kind: "truncated", data: { have: 8, need: 24 } }]);
  });

  it("shows what there is of a cut header", () => {
    const root = described("validateResponse", 20);
    expect(findField(root, "Header.Flags")?.raw).toBe(9);
    expect(findField(root, "Header.NextCommand")?.issues[0]?.kind).toBe("truncated");
    expect(root.children.map((child) => child.path)).toEqual(["Header"]);
  });

  it("describes the first message of a compound only", () => {
    const close = fromHex(`fe534d42 4000 0100 00000000 0600 0100 00000000 48000000 ${"00".repeat(40)} 1800 0000 00000000`);
    const compound = Uint8Array.from([...close, ...labMessage("treeDisconnectRequest")]);
    expect(describeMessage(compound, 0, compound.length)).toMatchObject({ name: "SMB2 CLOSE Request", range: { start: 0, end: 72 } });
  });

  it("keeps a command that nobody knows as bytes", () => {
    const message = labMessage("createRequest");
    message[12] = 0x20;
    const root = describeMessage(message, 0, message.length);
    expect(root).toMatchObject({ name: "SMB2 0x0020 Request", section: "MS-SMB2 2.2" });
    expect(root.children.map((child) => child.path)).toEqual(["Header", "StructureSize", "Body"]);
  });

  it("reads the outside of an encrypted message", () => {
    const root = described("encryptedMessage");
    expect(root).toMatchObject({ name: "SMB2 TRANSFORM_HEADER", section: "MS-SMB2 2.2.41" });
    expect(findField(root, "SessionId")?.value).toMatch(/^0x[0-9a-f]{16}$/);
  });

  it("reads both forms of a compressed message", () => {
    const unchained = fromHex("fc534d42 00100000 0100 0000 40000000 aabb");
    const chained = fromHex("fc534d42 00100000 0400 0100 08000000 aabb");
    const plain = describeMessage(unchained, 0, unchained.length);
    expect(findField(plain, "Offset")?.raw).toBe(64);
    expect(findField(plain, "CompressionAlgorithm")?.label).toBe("LZNT1");
    const chain = describeMessage(chained, 0, chained.length);
    expect(findField(chain, "Payloads[0].Length")?.raw).toBe(8);
    expect(findField(chain, "Offset")).toBeUndefined();
  });

  it("takes bytes that are no SMB for a damaged header", () => {
    const root = describeMessage(fromHex("00112233 4000 0000"), 0, 8);
    expect(findField(root, "Header.ProtocolId")?.issues[0]).toMatchObject({
      kind: "unexpected",
      data: { expected: "0xfe534d42", actual: "0x00112233" },
    });
  });
});

describe("SMB1", () => {
  it("reads the dialect strings of a multi-protocol negotiate", () => {
    const message = labMessage("smb1NegotiateRequest");
    expect(readDialectStrings(message, 35, message.length)).toEqual(["NT LANMAN 1.0", "NT LM 0.12", "SMB 2.002", "SMB 2.???"]);
    const root = describeMessage(message, 0, message.length);
    expect(root.name).toBe("SMB_COM_NEGOTIATE Request");
    expect(findField(root, "Dialects[3]")).toMatchObject({ value: "SMB 2.???", range: { start: 73, end: 84 } });
    expect(findField(root, "Header.Command")?.label).toBe("NEGOTIATE");
  });
  it("keeps the strings before a cut", () => {
    expect(readDialectStrings(labMessage("smb1NegotiateRequest"), 35, 70)).toEqual(["NT LANMAN 1.0", "NT LM 0.12"]);
  });
  it("reads the selected dialect", () => {
    const response = fromHex(`ff534d42 72 00000000 80 0000 ${"00".repeat(20)} 01 ffff 0000`);
    const root = describeMessage(response, 0, response.length);
    expect(root.name).toBe("SMB_COM_NEGOTIATE Response");
    expect(findField(root, "DialectIndex")?.raw).toBe(NO_SMB1_DIALECT);
  });
  it("stays with the header for any other message", () => {
    const echo = fromHex(`ff534d42 2b 00000000 00 0000 ${"00".repeat(20)} 00 0000`);
    expect(findField(describeMessage(echo, 0, echo.length), "Header.Command")?.label).toBe("ECHO");
  });
  it("caps the number and the length of strings", () => {
    const many = fromHex("024100".repeat(500));
    expect(readDialectStrings(many, 0, many.length)).toHaveLength(64);
    const long = fromHex(`02${"41".repeat(500)}00`);
    expect(readDialectStrings(long, 0, long.length)[0]).toHaveLength(64);
  });
  it("names commands", () => {
    expect(smb1CommandName(0x72)).toBe("SMB_COM_NEGOTIATE");
    expect(smb1CommandName(0x60)).toBe("0x60");
  });
});
