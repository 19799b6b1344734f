import { expect, describe as group, it } from "vitest";
import { SecurityDescriptor } from "../../src/core/smb2/securityDescriptor.ts";
import { Sid, sidText } from "../../src/core/smb2/sid.ts";
import { wellKnownSid } from "../../src/core/smb2/wellKnownSids.ts";
import { decode } from "../../src/core/struct/decode.ts";
import { describe, findField } from "../../src/core/struct/describe.ts";
import { fromHex } from "../support/labMessages.ts";

const administrators = "0102 000000000005 20000000 20020000";
const everyone = "0101 000000000001 00000000";

function text(hex: string): string {
  const bytes = fromHex(hex);
  return sidText(decode(Sid, bytes, 0, bytes.length).value);
}

group("SIDs", () => {
  it("in text", () => {
    expect(text(administrators)).toBe("S-1-5-32-544");
    expect(text(everyone)).toBe("S-1-1-0");
    expect(text("0101 010000000000 07000000")).toBe("S-1-0x010000000000-7");
    expect(text("0100 000000000005")).toBe("S-1-5");
  });
  it("that are cut have none", () => {
    expect(text("0102 000000000005 20000000")).toBe("");
    expect(text("0102 0000")).toBe("");
  });
  it("with well-known names", () => {
    expect(wellKnownSid("S-1-5-18")).toBe("NT AUTHORITY\\SYSTEM");
    expect(wellKnownSid("S-1-5-21-1-2-3-512")).toBe("Domain Admins");
    expect(wellKnownSid("S-1-5-21-1-2-3-1104")).toBeUndefined();
    expect(wellKnownSid("S-1-22-1-1000")).toBe("Unix user 1000");
    expect(wellKnownSid("S-1-5-88-3-33188")).toBe("NFS mode 100644");
    expect(wellKnownSid("constructor")).toBeUndefined();
  });
});

group("a security descriptor", () => {
  const list = `02 00 3400 0200 0000 01 00 1400 02000000 ${everyone} 00 13 1800 ff011f00 ${administrators}`;
  const bytes = fromHex(`01 00 0494 14000000 24000000 00000000 30000000 ${administrators} ${everyone} ${list}`);
  const root = describe(SecurityDescriptor, bytes, 0, bytes.length, { wireEnd: bytes.length });
  it("names owner, group and everybody in the list", () => {
    expect(findField(root, "OwnerSid")).toMatchObject({ value: "S-1-5-32-544", label: "BUILTIN\\Administrators", text: "sd.owner" });
    expect(findField(root, "GroupSid")?.label).toBe("Everyone");
    expect(findField(root, "Sacl")).toBeUndefined();
    expect(findField(root, "Dacl.Aces[0]")?.value).toBe("ACCESS_DENIED_ACE_TYPE");
    expect(findField(root, "Dacl.Aces[1].Sid")?.label).toBe("BUILTIN\\Administrators");
  });
  it("names rights, inheritance and control bits", () => {
    const set = (path: string) => findField(root, path)?.flags.flatMap((flag) => (flag.set ? [flag.name] : []));
    expect(set("Dacl.Aces[0].Mask")).toEqual(["FILE_WRITE_DATA"]);
    expect(set("Dacl.Aces[1].AceFlags")).toEqual(["OBJECT_INHERIT_ACE", "CONTAINER_INHERIT_ACE", "INHERITED_ACE"]);
    expect(set("Control")).toEqual(["DACL Present (DP)", "DACL Auto-Inherited (DI)", "DACL Protected (PD)", "Self-Relative (SR)"]);
  });
  it("survives offsets that lead back, out of the buffer, or to the same list", () => {
    const issues = (change: (view: DataView) => void) => {
      const copy = bytes.slice();
      change(new DataView(copy.buffer));
      return decode(SecurityDescriptor, copy, 0, copy.length, { wireEnd: copy.length }).issues.map(({ path, kind }) => `${path} ${kind}`);
    };
    expect(issues((view) => view.setUint32(4, 2, true))).toContain("OwnerSid overlap");
    expect(issues((view) => view.setUint32(16, 5000, true))).toContain("Dacl outside-message");
    expect(issues((view) => view.setUint32(12, 0x30, true))).toEqual([]);
    expect(issues((view) => view.setUint16(0x30 + 8 + 2, 0, true))).toEqual(["Dacl.Aces overlap"]);
    expect(issues((view) => view.setUint16(0x30 + 4, 9, true))).toEqual(["Dacl.Aces outside-message"]);
  });
});
