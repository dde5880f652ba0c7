import { now, timeOfDay } from "../clock";
import { all, sentence } from "../dom";
import { lost, lostSince, reached, settleFirst, watchLine } from "../line";
import { forget, leave } from "./offline";
import { refresh } from "./live";
import { say } from "./toast";

/*
 * Acts on a phone that may lose its line. A form with `data-keep` is put on a list on this device
 * and sent from there, in order, each with a key of its own, so that the shop does it once however
 * often it arrives. `data-job` names what it is about, `data-then` the template that shows what
 * comes next while the shop has not answered.
 */

type State = "waiting" | "sent" | "refused";

interface Act {
  key: string;
  url: string;
  body: string;
  words: string;
  job: string;
  then: string | null;
  look: string;
  pressed: number;
  state: State;
  /** Whether it had to wait. */
  late: boolean;
  /** When the shop had done it, by the device's clock. */
  sent: number;
  reason: string;
}

const SENT_STAYS = 20_000;
const AGAIN_AFTER = 10_000;

const person = document.documentElement.dataset["person"] ?? "";
const shelf = `steward.acts.${person}`;

function read(): Act[] {
  try {
    return JSON.parse(localStorage.getItem(shelf) ?? "[]") as Act[];
  } catch {
    return [];
  }
}

function write(kept: Act[]): void {
  if (kept.length) localStorage.setItem(shelf, JSON.stringify(kept));
  else localStorage.removeItem(shelf);
  show(kept);
}

const change = (key: string, to: Partial<Act>): void =>
  write(read().map((act) => (act.key === key ? { ...act, ...to } : act)));

const drop = (key: string): void => write(read().filter((act) => act.key !== key));

const waiting = (): Act[] => read().filter((act) => act.state === "waiting");

/** One line of the list, out of the template beside it. */
function line(panel: HTMLElement, act: Act): HTMLElement | null {
  const template = panel.querySelector("template");
  const item = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  if (!item) return null;
  item.dataset["state"] = act.state;
  const put = (selector: string, text: string): void => {
    const place = item.querySelector<HTMLElement>(selector);
    if (!place) return;
    place.textContent = text;
    place.hidden = text === "";
  };
  put("[data-act-words]", act.words);
  const pressed = (panel.dataset["wordAt"] ?? "").replace("{}", timeOfDay(act.pressed));
  put("[data-act-at]", pressed);
  put("[data-act-reason]", act.reason);
  const ways = item.querySelector<HTMLElement>("[data-act-ways]");
  if (ways) ways.hidden = act.state !== "refused";
  item.querySelector("[data-act-look]")?.setAttribute("href", act.look);
  item.querySelector("[data-act-forget]")?.addEventListener("click", () => drop(act.key));
  return item;
}

function show(kept: Act[]): void {
  const panel = document.querySelector<HTMLElement>("[data-acts]");
  const list = panel?.querySelector("ol");
  if (!panel || !list) return;
  // With a line an act is sent at once; the list is for what waits, was late, or was refused.
  const waits = (act: Act): boolean => act.state === "waiting" && lostSince() !== 0;
  const told = (act: Act): boolean => act.state === "refused" || act.late || waits(act);
  const late = kept.filter(told);
  panel.hidden = late.length === 0;
  list.replaceChildren(...late.flatMap((act) => line(panel, act) ?? []));
}

/** Shows what comes next for an act that the shop has not heard of yet. */
function ahead(act: Act): void {
  if (act.then === null || !act.job) return;
  const next = act.then ? document.getElementById(act.then) : null;
  const old = all(`[data-job="${act.job}"]`);
  const home = document.getElementById("my-day");
  if (!home || (act.then && !(next instanceof HTMLTemplateElement))) return;
  const face = next instanceof HTMLTemplateElement ? next.content.cloneNode(true) : null;
  if (face instanceof DocumentFragment) {
    for (const ring of all("[data-elapsed=pressed]", face)) {
      ring.dataset["elapsed"] = new Date(act.pressed).toISOString();
    }
    home.prepend(face);
  }
  for (const element of old) element.remove();
}

function allAhead(): void {
  for (const act of waiting()) ahead(act);
}

/** What the shop answered, or `null` when nothing came. */
async function send(act: Act): Promise<Response | null> {
  const headers = { "Idempotency-Key": act.key, "HX-Request": "true", Accept: "text/html" };
  const body = new URLSearchParams(act.body);
  try {
    const answer = await fetch(act.url, { method: "POST", headers, body });
    reached();
    return answer;
  } catch {
    lost();
    return null;
  }
}

/** Takes in one answer; false when the rest has to wait. */
async function took(act: Act, answer: Response | null): Promise<boolean> {
  const panel = document.querySelector<HTMLElement>("[data-acts]");
  if (!answer || answer.status >= 500 || answer.status === 429) {
    if (answer) setTimeout(() => void drain(), AGAIN_AFTER);
    change(act.key, { late: true });
    return false;
  }
  if (answer.status === 401 || (answer.redirected && answer.url.includes("/login"))) {
    change(act.key, { late: true, reason: panel?.dataset["wordSignIn"] ?? "" });
    return false;
  }
  const words = sentence(await answer.text());
  if (answer.ok) {
    if (!act.late) say(words);
    change(act.key, { state: "sent", sent: Date.now(), reason: "" });
    setTimeout(() => drop(act.key), SENT_STAYS);
    return true;
  }
  if (!act.late) say(words, true);
  const after = panel?.dataset["wordAfter"] ?? "";
  write(
    read().map((it) => {
      if (it.key === act.key) return { ...it, state: "refused", reason: words };
      const follows = it.state === "waiting" && it.job === act.job;
      return follows ? { ...it, state: "refused", reason: after } : it;
    }),
  );
  return true;
}

/** One page at a time, where the browser can say so; the keys make two harmless. */
const alone = (work: () => Promise<void>): Promise<void> =>
  navigator.locks ? navigator.locks.request("steward.acts", work) : work();

/** A name no other request has; `randomUUID` is there with https alone. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends what waits, the oldest first. */
async function drain(): Promise<void> {
  if (waiting().length === 0) return;
  await alone(async () => {
    for (let act = waiting()[0]; act; act = waiting()[0]) {
      if (!(await took(act, await send(act)))) break;
    }
  });
  if (waiting().length === 0) refresh();
}

function words(form: HTMLFormElement, button: HTMLElement | null): string {
  const said = (button?.textContent ?? "").replace(/\s+/g, " ").trim();
  return [form.dataset["keep"], said].filter(Boolean).join(" · ");
}

function kept(form: HTMLFormElement, more: Partial<Act>): Act {
  const pressed = Date.now();
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.append(name, String(value));
  body.set("pressed", new Date(now()).toISOString());
  const job = form.closest<HTMLElement>("[data-job]")?.dataset["job"] ?? "";
  return {
    key: newKey(),
    url: form.getAttribute("action") ?? location.pathname,
    body: body.toString(),
    words: "",
    job,
    then: form.dataset["then"] ?? null,
    look: `/orders/${job}`,
    pressed,
    state: "waiting",
    late: lostSince() !== 0,
    sent: 0,
    reason: "",
    ...more,
  };
}

function press(form: HTMLFormElement, button: HTMLElement | null): void {
  const act = kept(form, { words: words(form, button) });
  button?.classList.add("is-busy");
  // A checklist that still waits goes with the step that is over.
  write([...read().filter((it) => it.state !== "sent"), act]);
  if (lostSince()) ahead(act);
  void drain().then(() => {
    button?.classList.remove("is-busy");
    if (lostSince()) allAhead();
  });
}

/** A point of the checklist: the whole list as it is now, which replaces one that still waits. */
function tick(form: HTMLFormElement, box: HTMLInputElement): void {
  const url = form.dataset["checks"] ?? "";
  const said = box.closest("label")?.textContent?.trim() ?? "";
  const title = [form.dataset["keep"], said].filter(Boolean).join(" · ");
  const act = kept(form, { url, words: title, then: null });
  const step = new URLSearchParams(act.body).get("step");
  const same = (it: Act): boolean =>
    it.state === "waiting" && it.url === url && new URLSearchParams(it.body).get("step") === step;
  write([...read().filter((it) => !same(it)), act]);
  void drain();
}

/** Signing out with acts that were not sent asks first; without a line it is done on this device. */
function signOut(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.getAttribute("action") !== "/logout") return;
  const bar = document.querySelector<HTMLElement>("[data-offline]");
  const count = waiting().length;
  const ask = bar?.dataset["wordLeave"]?.replace("{}", String(count)) ?? "";
  if (count > 0 && ask && !confirm(ask)) {
    event.preventDefault();
    return;
  }
  if (!lostSince()) return void forget();
  event.preventDefault();
  void leave();
}

/** Starts keeping and sending acts. */
export function acts(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    signOut(event);
    if (!person || form.dataset["keep"] === undefined) return;
    event.preventDefault();
    press(form, event.submitter);
  });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !person) return;
    const form = box.closest<HTMLFormElement>("form[data-checks]");
    if (form && box.name === "tick") tick(form, box);
  });
  document.addEventListener("steward:swap", allAhead);
  settleFirst(drain);
  watchLine(() => {
    show(read());
    if (!lostSince()) void drain();
  });
  // What was sent a while before this page was opened is over.
  const over = (act: Act): boolean => act.state === "sent" && Date.now() - act.sent > SENT_STAYS;
  write(read().filter((act) => !over(act)));
  for (const act of read()) {
    if (act.state === "sent") setTimeout(() => drop(act.key), SENT_STAYS);
  }
  allAhead();
  void drain();
}
