import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const icons = join(
  dirname(createRequire(import.meta.url).resolve("lucide-static/package.json")),
  "icons",
);

/** One symbol of the sprite, without Lucide's own size, stroke and classes. */
function symbol(name) {
  const source = readFileSync(join(icons, `${name}.svg`), "utf8");
  const inner = source.slice(source.indexOf(">", source.indexOf("<svg")) + 1).replace("</svg>", "");
  const tight = inner.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
  return `<symbol id="${name}" viewBox="0 0 24 24">${tight}</symbol>`;
}

/** Builds the icon sprite from a list of names, one a line. */
export function sprite(list) {
  return {
    name: "sprite",
    generateBundle() {
      const lines = readFileSync(list, "utf8").split("\n");
      const names = lines.map((line) => line.trim()).filter(Boolean);
      const body = [...new Set(names)].sort().map(symbol).join("");
      const source = `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC -->${body}</svg>`;
      const hash = createHash("sha256").update(source).digest("base64url").slice(0, 8);
      this.emitFile({ type: "asset", fileName: `hashed/icons-${hash}.svg`, source });
    },
  };
}
