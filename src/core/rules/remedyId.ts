/** What one can do against a cause, by name. The names are part of the JSON report and stay as they are. */
export type RemedyId =
  | "stop-rewriting"
  | "require-signing"
  | "capture-both-sides"
  | "update-server"
  | "update-client"
  | "disable-smb1"
  | "raise-dialect"
  | "check-device-reset"
  | "capture-from-start"
  | "capture-whole-frames"
  | "capture-once"
  | "allow-validation-on-server"
  | "disable-guest"
  | "check-sign-in"
  | "check-share"
  | "enable-encryption"
  | "workaround-require-secure-negotiate";
