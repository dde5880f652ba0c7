import { duration, timeOfDay } from "../clock";
import { all } from "../dom";
import { COPY_HEADER, line, lost, lostSince, settle, shownAsOf, shownFrom, watchLine } from "../line";
import { morph } from "../morph";
import { refresh } from "./live";

/*
 * The service worker, and the bar that says since when the connection is gone. What is kept on a
 * device belongs to one person: it goes when they sign out, and when somebody else comes.
 */

const SAID_EVERY = 20_000;
const LEFT = "steward.left";
const PERSON = "steward.person";

const person = document.documentElement.dataset["person"] ?? "";
const isCopy = "copied" in document.documentElement.dataset;

function say(): void {
  const bar = document.querySelector<HTMLElement>("[data-offline]");
  if (!bar) return;
  const since = lostSince();
  bar.hidden = since === 0;
  if (bar.hidden) return;
  const put = (selector: string, text: string): void => {
    const place = bar.querySelector(selector);
    if (place && place.textContent !== text) place.textContent = text;
  };
  const words = bar.dataset["wordSince"] ?? "";
  put("[data-offline-since]", words.replace("{}", timeOfDay(since)));
  const gone = localStorage.getItem(LEFT) ? bar.dataset["wordGone"] : undefined;
  const asOf = shownAsOf();
  const age = duration(Math.max(0, Math.floor((Date.now() - asOf) / 60_000)));
  const kept = (bar.dataset["wordKept"] ?? "").replace("{}", timeOfDay(asOf));
  const shows = document.querySelector("[data-offline-page]") === null;
  put("[data-offline-kept]", gone ?? (shows ? kept.replace("{age}", age) : ""));
}

/** A page that was kept shows the newest parts that were kept beside it. */
async function freshest(): Promise<void> {
  for (const section of all("[data-live-src]")) {
    try {
      const headers = { Accept: "text/html", "HX-Request": "true" };
      const answer = await fetch(section.dataset["liveSrc"] ?? "", { headers });
      const at = Number(answer.headers.get(COPY_HEADER));
      if (!answer.ok || answer.redirected) continue;
      morph(section, await answer.text());
      if (at) shownFrom(at);
    } catch {
      // The page as it was kept stays.
    }
  }
}

/** Nothing of the last person stays on the device. */
export async function forget(): Promise<void> {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("steward.")) localStorage.removeItem(key);
  }
  for (const name of (await globalThis.caches?.keys()) ?? []) {
    if (name.startsWith("copies:")) await caches.delete(name);
  }
}

/** A sign-out without a line: it is told to the shop as soon as the line is back. */
export async function leave(): Promise<void> {
  await forget();
  localStorage.setItem(LEFT, "1");
  location.replace("/offline");
}

/**
 * Tells the shop of a sign-out it has not heard of; false when there is none. Nothing else may load
 * a page meanwhile: one asked for before the shop knew could win, and show the day once more.
 */
function tellLeft(): boolean {
  if (!localStorage.getItem(LEFT)) return false;
  if (lostSince()) return true;
  void fetch("/logout", { method: "POST", body: new URLSearchParams() }).then((answer) => {
    if (!answer.ok) return lost();
    localStorage.removeItem(LEFT);
    location.replace("/login");
  }, lost);
  return true;
}

/** The page in the place of one that could not be loaded. */
async function placeholder(): Promise<void> {
  if (!document.querySelector("[data-offline-page]")) return;
  const day = document.querySelector<HTMLElement>("[data-offline-day]");
  if (day && (await globalThis.caches?.match("/my-day", { ignoreVary: true }))) day.hidden = false;
}

/** The page as it is now, in the place of the copy; it must know of what this device still had. */
async function renew(): Promise<void> {
  await settle();
  if (!lostSince()) location.reload();
}

function register(): void {
  const workers = navigator.serviceWorker;
  // There is none over plain http: the pages work all the same, with a line.
  if (!workers) return;
  void workers.register("/service-worker.js").catch(() => undefined);
  void workers.ready.then(({ active }) => {
    const parts = all("[data-live-src]").map((section) => section.dataset["liveSrc"] ?? "");
    if (!isCopy) active?.postMessage({ keep: [location.pathname + location.search, ...parts] });
  });
}

/** Starts the worker and tells how the line is. */
export function offline(): void {
  watchLine(say);
  watchLine(() => {
    if (tellLeft() || lostSince()) return;
    if (document.querySelector("[data-offline-page]") || isCopy) void renew();
    else refresh();
  });
  line();
  setInterval(say, SAID_EVERY);
  say();
  register();
  tellLeft();
  void placeholder();
  if (isCopy) void freshest();
  // What the browser kept in memory for Back may be another person's by now.
  if (!person) return;
  localStorage.setItem(PERSON, person);
  addEventListener("pageshow", (event) => {
    if (event.persisted && localStorage.getItem(PERSON) !== person) location.reload();
  });
}
