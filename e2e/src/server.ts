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

/** Starts `steward demo` on this folder and a free port of the loopback interface. */
export function demo(folder: string): Promise<Server> {
  // Half a year of past is for people; the journeys need a month to look at.
  const args = ["demo", "--data", folder, "--clock", CLOCK, "--past-days", "30"];
  return start(args, ["address", "user", "password"]);
}

/** Starts `steward serve` on this folder: a business of one's own. */
export function serve(folder: string): Promise<Server> {
  return start(["serve", "--data", folder], ["address"]);
}

async function start(words: string[], wanted: string[]): Promise<Server> {
  const args = [...words, "--listen", "127.0.0.1:0"];
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
