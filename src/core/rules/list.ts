import { captureDuplicates } from "./capture-duplicates.ts";
import { captureLostFrames } from "./capture-lost-frames.ts";
import { captureStartsLate } from "./capture-starts-late.ts";
import { captureTruncated } from "./capture-truncated.ts";
import { encryptionRequired } from "./encryption-required.ts";
import { negotiateCapabilityNotOffered } from "./negotiate-capability-not-offered.ts";
import { negotiateDialectNotOffered } from "./negotiate-dialect-not-offered.ts";
import { negotiateDowngraded } from "./negotiate-downgraded.ts";
import { negotiateNoCommonDialect } from "./negotiate-no-common-dialect.ts";
import { negotiateRefused } from "./negotiate-refused.ts";
import { negotiateRepeated } from "./negotiate-repeated.ts";
import { negotiateServerChanged } from "./negotiate-server-changed.ts";
import { negotiateSigningNotEnabled } from "./negotiate-signing-not-enabled.ts";
import { negotiateSizeTooSmall } from "./negotiate-size-too-small.ts";
import { pathNegotiateAltered } from "./path-negotiate-altered.ts";
import { pathResetInjected } from "./path-reset-injected.ts";
import { pathWanAccelerator } from "./path-wan-accelerator.ts";
import { preauthAborted } from "./preauth-aborted.ts";
import { preauthContextMissing } from "./preauth-context-missing.ts";
import { preauthResponseUnsigned } from "./preauth-response-unsigned.ts";
import type { Rule } from "./rule.ts";
import { sessionAnonymous } from "./session-anonymous.ts";
import { sessionBindRefused } from "./session-bind-refused.ts";
import { sessionGuest } from "./session-guest.ts";
import { sessionGuestRejected } from "./session-guest-rejected.ts";
import { sessionSetupAborted } from "./session-setup-aborted.ts";
import { sessionSetupFailed } from "./session-setup-failed.ts";
import { sessionSetupUnanswered } from "./session-setup-unanswered.ts";
import { signingMissing } from "./signing-missing.ts";
import { signingNotRequired } from "./signing-not-required.ts";
import { signingRefused } from "./signing-refused.ts";
import { smb1Negotiated } from "./smb1-negotiated.ts";
import { tcpConnectRefused } from "./tcp-connect-refused.ts";
import { tcpRetransmitReset } from "./tcp-retransmit-reset.ts";
import { treeConnectFailed } from "./tree-connect-failed.ts";
import { treeConnectUnprotected } from "./tree-connect-unprotected.ts";
import { vniAccessDenied } from "./vni-access-denied.ts";
import { vniClientCapabilitiesDiffer } from "./vni-client-capabilities-differ.ts";
import { vniClientDialectsDiffer } from "./vni-client-dialects-differ.ts";
import { vniClientGuidDiffers } from "./vni-client-guid-differs.ts";
import { vniClientSecurityModeDiffers } from "./vni-client-security-mode-differs.ts";
import { vniDialectDiffers } from "./vni-dialect-differs.ts";
import { vniErrorAccepted } from "./vni-error-accepted.ts";
import { vniHidden } from "./vni-hidden.ts";
import { vniMalformed } from "./vni-malformed.ts";
import { vniNotSent } from "./vni-not-sent.ts";
import { vniOnSmb311 } from "./vni-on-smb311.ts";
import { vniOutputTooSmall } from "./vni-output-too-small.ts";
import { vniRequestAborted } from "./vni-request-aborted.ts";
import { vniRequestUnprotected } from "./vni-request-unprotected.ts";
import { vniResponseAborted } from "./vni-response-aborted.ts";
import { vniResponseUnprotected } from "./vni-response-unprotected.ts";
import { vniServerCapabilitiesDiffer } from "./vni-server-capabilities-differ.ts";
import { vniServerGuidDiffers } from "./vni-server-guid-differs.ts";
import { vniServerSecurityModeDiffers } from "./vni-server-security-mode-differs.ts";
import { vniUnanswered } from "./vni-unanswered.ts";

/** Every rule, in the order in which they are listed and their findings shown. */
export const RULES: readonly Rule[] = [
  vniClientCapabilitiesDiffer,
  vniClientGuidDiffers,
  vniClientSecurityModeDiffers,
  vniClientDialectsDiffer,
  vniServerCapabilitiesDiffer,
  vniServerGuidDiffers,
  vniServerSecurityModeDiffers,
  vniDialectDiffers,
  vniResponseUnprotected,
  vniRequestUnprotected,
  vniAccessDenied,
  vniErrorAccepted,
  vniRequestAborted,
  vniResponseAborted,
  vniUnanswered,
  vniOnSmb311,
  vniOutputTooSmall,
  vniMalformed,
  vniNotSent,
  vniHidden,
  preauthContextMissing,
  preauthResponseUnsigned,
  treeConnectUnprotected,
  preauthAborted,
  sessionSetupAborted,
  negotiateDialectNotOffered,
  negotiateNoCommonDialect,
  negotiateRefused,
  negotiateRepeated,
  negotiateServerChanged,
  negotiateDowngraded,
  negotiateCapabilityNotOffered,
  negotiateSigningNotEnabled,
  negotiateSizeTooSmall,
  smb1Negotiated,
  signingMissing,
  signingRefused,
  encryptionRequired,
  sessionSetupFailed,
  sessionSetupUnanswered,
  sessionGuestRejected,
  sessionBindRefused,
  treeConnectFailed,
  signingNotRequired,
  sessionGuest,
  sessionAnonymous,
  pathNegotiateAltered,
  pathWanAccelerator,
  pathResetInjected,
  tcpConnectRefused,
  tcpRetransmitReset,
  captureTruncated,
  captureStartsLate,
  captureLostFrames,
  captureDuplicates,
];

const byId: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of an id; undefined for an unknown one. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
