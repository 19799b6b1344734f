import path from "node:path";
import { defineConfig } from "vitest/config";

// Apart from the other tests, for these need a browser: vitest run --config test/webview/vitest.config.ts
export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, "../.."),
    include: ["test/webview/**/*.test.ts"],
    allowOnly: false,
    passWithNoTests: false,
    // Two browsers on two processors took longer than one after the other.
    maxWorkers: 1,
    // Drawing every theme, language and width takes a while on a busy machine.
    testTimeout: 180_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
