// What VS Code calls in its extension host (extensionTestsPath): runs every test/integration/*.test.cjs with mocha, bdd style.
// The results go line by line into the file that SMB_LENS_TEST_RESULTS names: VS Code says "exit code 0" even of a host that died.
const { appendFileSync, readdirSync } = require("node:fs");
const path = require("node:path");
const Mocha = require("mocha");

exports.run = () =>
  new Promise((resolve, reject) => {
    const file = process.env.SMB_LENS_TEST_RESULTS;
    const record = (entry) => file && appendFileSync(file, `${JSON.stringify(entry)}\n`);
    const mocha = new Mocha({
      ui: "bdd",
      color: false,
      timeout: 30_000,
      reporter: "spec",
      forbidOnly: true,
      forbidPending: true,
      grep: process.env.SMB_LENS_GREP,
    });
    for (const name of readdirSync(__dirname).sort()) if (name.endsWith(".test.cjs")) mocha.addFile(path.join(__dirname, name));
    try {
      const runner = mocha.run((failures) => {
        record({ end: true });
        if (failures > 0) reject(new Error(`${failures} tests failed`));
        else resolve();
      });
      runner.on("pass", (test) => record({ passed: test.fullTitle() }));
      runner.on("fail", (test, error) => record({ failed: test.fullTitle(), why: error.stack ?? String(error) }));
    } catch (error) {
      record({ failed: "loading the tests", why: error.stack });
      reject(error);
    }
  });
