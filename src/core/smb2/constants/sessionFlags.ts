import { flagSet } from "../../struct/flagSet.ts";

/** Flags of a SESSION_SETUP request ([MS-SMB2] 2.2.5). */
export const SessionSetupFlags = flagSet("SMB2_SESSION_FLAG_", { BINDING: [0x01, "ssReq.flags.binding"] });

/** SessionFlags of a SESSION_SETUP response ([MS-SMB2] 2.2.6). */
export const SessionFlags = flagSet("SMB2_SESSION_FLAG_", {
  IS_GUEST: [0x0001, "ssRsp.flags.guest"],
  IS_NULL: [0x0002, "ssRsp.flags.null"],
  ENCRYPT_DATA: [0x0004, "ssRsp.flags.encrypt"],
});
