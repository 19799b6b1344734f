import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/{unit,property,set,golden,fuzz}/**/*.test.{ts,tsx}"],
    // A test that is skipped, or left alone with .only, must not look like one that passed.
    allowOnly: false,
    passWithNoTests: false,
    // Left alone, Vitest leaves one processor free: of two that is half.
    maxWorkers: "100%",
    // A fuzz test runs for longer than the five seconds of a unit test.
    testTimeout: 60_000,
  },
});
