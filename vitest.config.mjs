import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/js/**/*.test.js"],
    environment: "jsdom",
    pool: "vmThreads", // each file still has a document of its own, in half the time
    maxWorkers: "100%",
    // A test awaits a condition, never a clock: only what never happens fails.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
