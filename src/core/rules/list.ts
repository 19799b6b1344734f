import type { Rule } from "./rule.ts";
import { vniDialectDiffers } from "./vni-dialect-differs.ts";
import { vniServerCapabilitiesDiffer } from "./vni-server-capabilities-differ.ts";
import { vniServerGuidDiffers } from "./vni-server-guid-differs.ts";
import { vniServerSecurityModeDiffers } from "./vni-server-security-mode-differs.ts";

/** Every rule, in the order in which they are listed and their findings shown. */
export const RULES: readonly Rule[] = [vniServerCapabilitiesDiffer, vniServerGuidDiffers, vniServerSecurityModeDiffers, vniDialectDiffers];

const byId: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of an id; undefined for an unknown one. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
