// Runs the stories of test/e2e against the packed extension in a real VS Code and says "N passed, N failed" in its last line.
// Packs what lies in dist/ first: build before. Arguments name the stories to run ("openCapture"); SMB_LENS_GREP=text the tests.
import { readdirSync } from "node:fs";
import path from "node:path";
import Mocha from "mocha";
import { packExtension } from "../../scripts/pack.mjs";
import { layOut } from "../vscode/layOut.mjs";
import { installSystemPackages } from "../vscode/systemPackages.mjs";

const TIME_LIMIT_PER_TEST = 180_000;

const { passed, failed } = await run().catch((error) => {
  console.log(`FAILED: ${error.stack ?? error}`);
  return { passed: 0, failed: 1 };
});
console.log(`${passed} passed, ${failed} failed`);
// Whatever still holds the process must not hold the run.
process.exit(failed === 0 ? 0 : 1);

async function run() {
  installSystemPackages();
  layOut();
  packExtension();
  const wanted = process.argv.slice(2);
  const stories = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".story.mjs") && (wanted.length === 0 || wanted.includes(name.replace(".story.mjs", ""))))
    .sort();
  if (stories.length === 0) throw new Error(`no story ${wanted.join(", ")} in test/e2e`);
  const mocha = new Mocha({
    ui: "bdd",
    color: false,
    timeout: TIME_LIMIT_PER_TEST,
    forbidOnly: true,
    forbidPending: true,
    grep: process.env.SMB_LENS_GREP,
  });
  for (const name of stories) mocha.addFile(path.join(import.meta.dirname, name));
  await mocha.loadFilesAsync();
  const runner = await new Promise((resolve) => {
    const running = mocha.run(() => resolve(running));
  });
  const { passes, failures } = runner.stats;
  if (passes + failures === 0) throw new Error("no test ran");
  return { passed: passes, failed: failures };
}
