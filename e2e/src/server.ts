/** Starts the program under test and reads what it prints. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The moment at which every journey begins: a Saturday afternoon, the shop full. */
export const CLOCK = "2026-11-21T14:36:00+08:00";

const START_SECONDS_MAX = 90;

export interface Server {
  address: string;
  user: string;
  password: string;
  stop(): Promise<void>;
}

/** Path of the binary: `STEWARD_BINARY`, or what `cargo build` leaves. */
export function binary(): string {
  const built = fileURLToPath(new URL("../../target/debug/steward", import.meta.url));
  const path = process.env["STEWARD_BINARY"] ?? built;
  if (!existsSync(path)) {
    throw new Error(`${path} is missing: run cargo build -p steward`);
  }
  return path;
}

/** Where the demonstration lives, and when. */
export interface Setting {
  /** A folder, or the address of a PostgreSQL database. */
  place: string;
  clock?: string;
  /** Host and port; a free port of the loopback interface without it. */
  listen?: string;
  pastDays?: number;
}

/** Starts `steward demo`. */
export function demo(setting: string | Setting): Promise<Server> {
  // Half a year of past is for people; the journeys need a month to look at.
  const { place, clock = CLOCK, listen, pastDays = 30 } =
    typeof setting === "string" ? { place: setting } : setting;
  const args = ["demo", ...home(place), "--clock", clock, "--past-days", String(pastDays)];
  return start(args, ["address", "user", "password"], listen);
}

/** Runs `steward verify` to its end; what it printed where the data is not sound. */
export async function verify(place: string): Promise<string> {
  const child = spawn(binary(), ["verify", ...home(place)], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (part) => (said += part));
  child.stderr.on("data", (part) => (said += part));
  const code = await new Promise((resolve) => child.once("close", resolve));
  return code === 0 ? "" : said;
}

const home = (place: string): string[] =>
  place.startsWith("postgres://") ? ["--database", place] : ["--data", place];

/** Starts `steward serve` on this folder: a business of one's own. */
export function serve(folder: string): Promise<Server> {
  return start(["serve", "--data", folder], ["address"]);
}

async function start(
  words: string[],
  wanted: string[],
  listen = "127.0.0.1:0",
): Promise<Server> {
  const args = [...words, "--listen", listen];
  const child = spawn(binary(), args, { stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  const lines = new Map<string, string>();
  createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
  const ready = new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`no address after ${START_SECONDS_MAX} s\n${said.join("\n")}`)),
      START_SECONDS_MAX * 1000,
    );
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.push(line);
      const [, name, value] = /^(address|user|password): (.+)$/.exec(line) ?? [];
      if (name && value) lines.set(name, value.trim());
      if (wanted.every((name) => lines.has(name))) {
        clearTimeout(late);
        resolve();
      }
    });
    child.on("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`steward ended with ${code}\n${said.join("\n")}`));
    });
  });
  try {
    await ready;
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  const address = (lines.get("address") ?? "").replace(/\/$/, "");
  return {
    address: address.startsWith("http") ? address : `http://${address}`,
    user: lines.get("user") ?? "",
    password: lines.get("password") ?? "",
    stop: () => stop(child),
  };
}

/** Ends the program as a service manager would, and by force after ten seconds. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(late);
}
