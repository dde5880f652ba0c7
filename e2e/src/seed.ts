/** Builds the demonstration business once; every worker starts from a copy of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demo } from "./server.ts";

export default async function seed(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "steward-seed-"));
  const server = await demo(folder);
  await server.stop();
  process.env["STEWARD_SEED"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
