// After the build: the list of entries for the server, the licences of what is shipped, compressed
// copies, and the size budgets.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const DIST = "dist";
const BUDGET = { guest: 40, app: 250 };

const manifest = JSON.parse(readFileSync(join(DIST, ".vite/manifest.json"), "utf8"));
const hashed = readdirSync(join(DIST, "hashed"));

/** Scripts and styles of an entry with everything it imports. */
function files(key, seen = new Set()) {
  const chunk = manifest[key];
  if (seen.has(key)) return { scripts: [], styles: [] };
  seen.add(key);
  const below = (chunk.imports ?? []).map((name) => files(name, seen));
  return {
    scripts: [...below.flatMap((it) => it.scripts), chunk.file],
    styles: [...below.flatMap((it) => it.styles), ...(chunk.css ?? [])],
  };
}

const lines = [`icons sprite hashed/${hashed.find((name) => /^icons-.*\.svg$/.test(name))}`];
const sizes = [];
const needed = [];
for (const [name, budget] of Object.entries(BUDGET)) {
  const entry = files(`src/${name}.ts`);
  for (const style of entry.styles) lines.push(`${name} style ${style}`);
  lines.push(`${name} script ${entry.scripts.at(-1)}`);
  const all = [...entry.scripts, ...entry.styles];
  needed.push(...all);
  const kilobytes = all.reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length / 1024,
    0,
  );
  sizes.push({ name, kilobytes, budget });
}
writeFileSync(join(DIST, "entries.txt"), `${lines.join("\n")}\n`);

/** The service worker knows which files of this build to keep; its version is what they are. */
const kept = lines
  .map((line) => line.split(" ")[2])
  .concat(needed, hashed.filter((name) => /^inter-/.test(name)).map((name) => `hashed/${name}`))
  .filter((path, index, all) => all.indexOf(path) === index)
  .sort();
const worker = readFileSync(join(DIST, manifest["src/worker/worker.ts"].file), "utf8");
if (/^\s*(import|export)\b/m.test(worker)) throw new Error("the service worker imports something");
const version = createHash("sha256").update(kept.join("\n")).update(worker).digest("hex").slice(0, 16);
const known = JSON.stringify({ version, files: kept.map((path) => `/assets/${path}`) });
writeFileSync(join(DIST, "service-worker.js"), `const STEWARD = ${known};\n${worker}`);

const borrowed = ["htmx.org", "lucide-static", "@fontsource-variable/inter", "bpmn-js"];
const licences = borrowed.map((name) => {
  const folder = join("node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version}\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
});
writeFileSync(join(DIST, "licences.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));

for (const file of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
  if (!file.isFile() || !/\.(js|css|svg|txt)$/.test(file.name)) continue;
  const path = join(file.parentPath, file.name);
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

for (const { name, kilobytes, budget } of sizes) {
  console.log(`${name}: ${kilobytes.toFixed(1)} KB of ${budget} KB (gzip, JS + CSS)`);
}
if (sizes.some(({ kilobytes, budget }) => kilobytes > budget)) {
  console.error("over budget");
  process.exit(1);
}
