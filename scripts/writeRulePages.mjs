// Writes what is made from the rules: docs/rules, their examples, their settings in package.json. `npm run rule-pages`.
// The test that compares them writes them, so that there is one way to make them.
import { spawnSync } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const vitest = path.join(ROOT, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(process.execPath, [vitest, "run", "test/set/rulePages.test.ts", "-t", "rule-pages"], {
  cwd: ROOT,
  stdio: "inherit",
  env: { ...process.env, WRITE_RULE_PAGES: "1" },
});
process.exitCode = status ?? 1;
