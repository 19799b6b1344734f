import { flagSet } from "../../struct/flagSet.ts";

/** Capabilities of NEGOTIATE and VALIDATE_NEGOTIATE_INFO ([MS-SMB2] 2.2.3, 2.2.4, 2.2.31.4, 2.2.32.6). */
export const GlobalCapabilities = flagSet("SMB2_GLOBAL_CAP_", {
  DFS: [0x01, "cap.dfs"],
  LEASING: [0x02, "cap.leasing"],
  LARGE_MTU: [0x04, "cap.largeMtu"],
  MULTI_CHANNEL: [0x08, "cap.multiChannel"],
  PERSISTENT_HANDLES: [0x10, "cap.persistentHandles"],
  DIRECTORY_LEASING: [0x20, "cap.directoryLeasing"],
  ENCRYPTION: [0x40, "cap.encryption"],
  NOTIFICATIONS: [0x80, "cap.notifications"],
});

/** SecurityMode of NEGOTIATE, SESSION_SETUP and VALIDATE_NEGOTIATE_INFO ([MS-SMB2] 2.2.3). */
export const SecurityMode = flagSet("SMB2_NEGOTIATE_", {
  SIGNING_ENABLED: [0x01, "secMode.enabled"],
  SIGNING_REQUIRED: [0x02, "secMode.required"],
});
