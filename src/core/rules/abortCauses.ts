/*
 * Rules that name a cause why a connection was given up. Where one of them fails, the rules that only see the abort are silent: it is
 * then an effect, shown in the evidence of the cause.
 */

/** The validation repeats another value than NEGOTIATE had. */
export const VALUE_DIFFERENCES = [
  "vni-client-capabilities-differ",
  "vni-client-guid-differs",
  "vni-client-security-mode-differs",
  "vni-client-dialects-differ",
  "vni-server-capabilities-differ",
  "vni-server-guid-differs",
  "vni-server-security-mode-differs",
  "vni-dialect-differs",
] as const;

/** Causes that the negotiation and the validation themselves show. */
export const VALIDATION_CAUSES = [
  ...VALUE_DIFFERENCES,
  "vni-response-unprotected",
  "vni-request-unprotected",
  "vni-access-denied",
  "vni-on-smb311",
  "vni-output-too-small",
  "negotiate-dialect-not-offered",
  "preauth-context-missing",
  "preauth-response-unsigned",
  "tree-connect-unprotected",
] as const;
