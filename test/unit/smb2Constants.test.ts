import { describe, expect, it } from "vitest";
import { Command, commandName } from "../../src/core/smb2/constants/commands.ts";
import { dialectName } from "../../src/core/smb2/constants/dialects.ts";
import { Fsctl, fsctlName } from "../../src/core/smb2/constants/fsctl.ts";
import { HeaderFlags } from "../../src/core/smb2/constants/headerFlags.ts";
import { GlobalCapabilities, SecurityMode } from "../../src/core/smb2/constants/negotiateFlags.ts";
import { SessionFlags } from "../../src/core/smb2/constants/sessionFlags.ts";
import { ShareCapabilities, ShareFlags } from "../../src/core/smb2/constants/shareFlags.ts";
import { flagNames } from "../../src/core/struct/flagSet.ts";

describe("names", () => {
  it("commands 0 to 0x13 without a gap", () => {
    expect(Command.list.map((command) => command.value)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(commandName(0x0b)).toBe("IOCTL");
    expect(commandName(0x0c)).toBe("CANCEL");
    expect(commandName(0x12)).toBe("OPLOCK_BREAK");
    expect(commandName(0x20)).toBe("0x0020");
  });
  it("dialects, and unknown ones as their number", () => {
    expect([0x0202, 0x0210, 0x0300, 0x0302, 0x0311].map(dialectName)).toEqual(["2.0.2", "2.1", "3.0", "3.0.2", "3.1.1"]);
    expect([0x02ff, 0x0224, 0x0999, 0x0000].map(dialectName)).toEqual(["2.???", "0x0224", "0x0999", "0x0000"]);
  });
  it("control codes, each once", () => {
    expect(new Set(Fsctl.list.map((code) => code.value)).size).toBe(Fsctl.list.length);
    expect(fsctlName(0x00140204)).toBe("FSCTL_VALIDATE_NEGOTIATE_INFO");
    expect(fsctlName(0x0011c017)).toBe("FSCTL_PIPE_TRANSCEIVE");
    expect(fsctlName(0x00099998)).toBe("0x00099998");
  });
});

describe("flags", () => {
  it("have the masks of the specification", () => {
    expect(GlobalCapabilities.mask).toEqual({
      DFS: 1,
      LEASING: 2,
      LARGE_MTU: 4,
      MULTI_CHANNEL: 8,
      PERSISTENT_HANDLES: 0x10,
      DIRECTORY_LEASING: 0x20,
      ENCRYPTION: 0x40,
      NOTIFICATIONS: 0x80,
    });
    expect(HeaderFlags.mask).toMatchObject({ SERVER_TO_REDIR: 1, ASYNC_COMMAND: 2, RELATED_OPERATIONS: 4, SIGNED: 8 });
    expect(SecurityMode.mask).toEqual({ SIGNING_ENABLED: 1, SIGNING_REQUIRED: 2 });
    expect(SessionFlags.mask).toEqual({ IS_GUEST: 1, IS_NULL: 2, ENCRYPT_DATA: 4 });
    expect(ShareCapabilities.mask).toMatchObject({ DFS: 8, CLUSTER: 0x40 });
  });
  it("read the caching mode of a share as one of four", () => {
    expect(flagNames(ShareFlags, 0x8030)).toEqual(["NO_CACHING", "ENCRYPT_DATA"]);
    expect(flagNames(ShareFlags, 0x0010)).toEqual(["AUTO_CACHING"]);
  });
});
