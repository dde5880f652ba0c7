/*
 * Whether there is a connection, since when not, and how old what is shown is. The service worker
 * answers with the last copy of some pages; such an answer says when the copy was made.
 */

export const COPY_HEADER = "Steward-Copy";

const SINCE = "steward.offline";
const PROBE_EVERY = 5_000;

const copied = Number(document.documentElement.dataset["copied"]) || 0;
const watchers: (() => void)[] = [];
let since = 0;
let asOf = copied || Date.now();
let probing = 0;

/** When the connection was lost, by the device's clock; 0 while there is one. */
export const lostSince = (): number => since;

/** When what is shown was true, by the device's clock. */
export const shownAsOf = (): number => asOf;

/** Runs `action` whenever the connection is lost or back. */
export function watchLine(action: () => void): void {
  watchers.push(action);
}

const settling: (() => Promise<void>)[] = [];

/** Says what has to be done before a page that was kept gives way to the present one. */
export function settleFirst(action: () => Promise<void>): void {
  settling.push(action);
}

/** Does it. */
export async function settle(): Promise<void> {
  for (const action of settling) await action();
}

/** An answer came from the server. */
export function reached(): void {
  asOf = Date.now();
  if (!since) return;
  since = 0;
  clearInterval(probing);
  localStorage.removeItem(SINCE);
  for (const action of watchers) action();
}

/** A copy was shown that the device had kept. */
export function shownFrom(at: number): void {
  asOf = at;
  for (const action of watchers) action();
}

/** No answer came. */
export function lost(): void {
  if (since) return;
  // A page that is opened without a connection goes on counting from where the last one began.
  since = Number(localStorage.getItem(SINCE)) || Date.now();
  localStorage.setItem(SINCE, String(since));
  probing = window.setInterval(() => void probe(), PROBE_EVERY);
  for (const action of watchers) action();
}

/** Asks for something small, to learn whether the line is back. */
export async function probe(): Promise<void> {
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    if (answer.ok) reached();
  } catch {
    lost();
  }
}

/** Begins to watch the connection. */
export function line(): void {
  addEventListener("offline", lost);
  addEventListener("online", () => void probe());
  if (copied || !navigator.onLine) lost();
  else localStorage.removeItem(SINCE);
}
