import { defineConfig } from "@playwright/test";

/** Two projects: the journeys are the tests; the pictures are made by hand for the README. */
export default defineConfig({
  testDir: ".",
  outputDir: "test-results/traces",
  globalSetup: "./src/seed.ts",
  fullyParallel: false,
  forbidOnly: Boolean(process.env["CI"]),
  // A test that fails once has failed.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 5_000 },
  reporter: [[process.env["CI"] ? "list" : "line"], ["./src/failures.ts"]],
  use: {
    browserName: "chromium",
    headless: true,
    locale: "en-GB",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: process.env["STEWARD_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "journeys", testDir: "journeys" },
    { name: "pictures", testDir: "pictures" },
  ],
});
