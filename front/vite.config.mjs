import { defineConfig } from "vite";
import { sprite } from "./scripts/sprite.mjs";

// Two entries; what they share becomes a chunk of its own. Hashed names, listed in the manifest.
// The service worker stands alone: a worker at the root imports nothing.
export default defineConfig({
  base: "/assets/",
  publicDir: "public",
  plugins: [sprite("icons.txt")],
  css: {
    transformer: "lightningcss",
    // light-dark() and nesting stay as written: every browser since mid-2024 knows them.
    lightningcss: { targets: { chrome: 123 << 16, firefox: 121 << 16, safari: (17 << 16) | (5 << 8) } },
  },
  build: {
    outDir: "dist",
    assetsDir: "hashed",
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: false,
    target: ["chrome123", "firefox121", "safari17.5"],
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    rolldownOptions: {
      input: { app: "src/app.ts", guest: "src/guest.ts", worker: "src/worker/worker.ts" },
    },
  },
});
