/** The front end keeps to its budgets, measured on the built files. */
import { expect, test } from "@playwright/test";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const DIST = fileURLToPath(new URL("../../front/dist/", import.meta.url));

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
  isEntry?: boolean;
  name?: string;
}

function manifest(): Record<string, Chunk> {
  const path = [`${DIST}.vite/manifest.json`, `${DIST}manifest.json`].find(existsSync);
  if (!path) throw new Error("no manifest: run npm run build in front/");
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Files that a page loads at once with this entry. */
function files(all: Record<string, Chunk>, key: string, seen = new Set<string>()): Set<string> {
  const chunk = all[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) files(all, next, seen);
  return seen;
}

function kilobytes(names: Iterable<string>): number {
  let bytes = 0;
  for (const name of names) {
    if (/\.(js|css)$/.test(name)) bytes += gzipSync(readFileSync(DIST + name), { level: 9 }).length;
  }
  return bytes / 1024;
}

/** Everything whose entry carries this word in its name, gzipped. */
function weight(word: string): number {
  const all = manifest();
  const names = new Set<string>();
  for (const [key, chunk] of Object.entries(all)) {
    if (chunk.isEntry && key.includes(word)) {
      for (const name of files(all, key)) names.add(name);
    }
  }
  expect(names.size, `entries named ${word}`).toBeGreaterThan(0);
  return kilobytes(names);
}

test("a guest's page weighs at most 40 KB", () => {
  expect(weight("guest")).toBeLessThanOrEqual(40);
});

test("the back office weighs at most 250 KB", () => {
  expect(weight("app")).toBeLessThanOrEqual(250);
});

test("every built file has its packed copies beside it", () => {
  const assets = readdirSync(DIST, { recursive: true, encoding: "utf8" });
  for (const name of assets.filter((name) => /\.(js|css)$/.test(name))) {
    expect(assets).toContain(`${name}.br`);
    expect(assets).toContain(`${name}.gz`);
  }
});
