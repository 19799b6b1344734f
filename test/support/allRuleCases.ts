import { negotiateRuleCases } from "./negotiateRuleCases.ts";
import { otherRuleCases } from "./otherRuleCases.ts";
import { pathRuleCases } from "./pathRuleCases.ts";
import { preauthRuleCases } from "./preauthRuleCases.ts";
import type { RuleCases } from "./ruleCases.ts";
import { sessionRuleCases } from "./sessionRuleCases.ts";
import { signingRuleCases } from "./signingRuleCases.ts";
import { validateProtocolCases } from "./validateProtocolCases.ts";
import { validateValueCases } from "./validateValueCases.ts";

/** The cases of every rule, by its id. */
export const allRuleCases: Readonly<Record<string, RuleCases>> = {
  ...validateValueCases,
  ...validateProtocolCases,
  ...preauthRuleCases,
  ...negotiateRuleCases,
  ...otherRuleCases,
  ...sessionRuleCases,
  ...signingRuleCases,
  ...pathRuleCases,
};
