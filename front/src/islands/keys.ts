import { all, typing, usable } from "../dom";
import { openPalette } from "./palette";

/*
 * Keys of the desk. Single keys never fire while typing or composing and can be turned off for a
 * person (`data-keys="off"` on <html>). `data-key` presses a button, `data-go` follows G.
 */

const ITEM = "[data-nav-item], [data-q]";
const LIST = "[data-nav-list]:has([data-nav-item]), .lane:not(:has([data-nav-list])):has([data-q])";
const GO_WITHIN = 1200;
let goUntil = 0;

const lists = (): HTMLElement[] => all(LIST).filter(usable);
const items = (list: Element): HTMLElement[] => all(ITEM, list).filter(usable);

/** Marks one item as the selected one and gives it the focus. */
function select(item: HTMLElement | undefined): void {
  if (!item) return;
  for (const other of all(".is-sel")) {
    if (!other.matches(ITEM)) continue;
    other.classList.remove("is-sel");
    other.tabIndex = -1;
  }
  item.classList.add("is-sel");
  item.tabIndex = 0;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function selected(): HTMLElement | undefined {
  return all(".is-sel").find((it) => it.matches(ITEM) && usable(it));
}

function moveWithin(step: number): boolean {
  const current = selected();
  const list = (current ? lists().find((it) => it.contains(current)) : undefined) ?? lists()[0];
  if (!list) return false;
  const rows = items(list);
  const at = current ? rows.indexOf(current) : -1;
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
  select(rows[next]);
  return true;
}

function moveAcross(step: number): boolean {
  const lanes = lists().filter((list) => items(list).length > 0);
  if (lanes.length < 2) return false;
  const current = selected();
  const at = lanes.findIndex((lane) => current && lane.contains(current));
  const lane = lanes[Math.min(Math.max(at + step, 0), lanes.length - 1)];
  if (lane && !(current && lane.contains(current))) select(items(lane)[0]);
  return true;
}

/** The button of a key: on the selected item first, then anywhere outside other items. */
function buttonFor(key: string, root: ParentNode): HTMLElement | undefined {
  const quoted = CSS.escape(key);
  const found = all(`[data-key="${quoted}"]`, root);
  const own = found.find((it) => usable(it) && it.closest(".is-sel")?.matches(ITEM));
  return own ?? found.find((it) => usable(it) && !it.closest(ITEM));
}

function press(element: HTMLElement): void {
  if (element.matches("input, textarea, select")) {
    element.focus();
    (element as HTMLInputElement).select?.();
  } else {
    element.click();
  }
}

function openSelected(target: EventTarget | null): boolean {
  const item = target instanceof HTMLElement && target.matches(ITEM) ? target : null;
  const link = item?.querySelector<HTMLElement>("a[href]");
  link?.click();
  return Boolean(link);
}

const keycap = (key: string): HTMLElement =>
  Object.assign(document.createElement("kbd"), { textContent: key });

function shortcuts(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("#shortcuts");
  const list = dialog?.querySelector("dl");
  if (!dialog || !list || dialog.open) return false;
  const rows = new Map<string, string>();
  for (const it of all("[data-go]")) {
    rows.set(`G ${(it.dataset["go"] ?? "").toUpperCase()}`, it.textContent?.trim() ?? "");
  }
  for (const it of all("[data-key]").filter(usable)) {
    const words = it.getAttribute("aria-label") ?? it.querySelector("span")?.textContent ?? "";
    if (words) rows.set((it.dataset["key"] ?? "").toUpperCase(), words.trim());
  }
  list.replaceChildren(
    ...[...rows].flatMap(([keys, words]) => {
      const term = document.createElement("dt");
      for (const key of keys.split(" ")) term.append(keycap(key), " ");
      return [term, Object.assign(document.createElement("dd"), { textContent: words })];
    }),
  );
  dialog.showModal();
  return true;
}

function single(event: KeyboardEvent): boolean {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const modal = document.querySelector<HTMLElement>("dialog[open]");
  if (modal) {
    const button = key.length === 1 ? buttonFor(key, modal) : undefined;
    if (button) press(button);
    return Boolean(button);
  }
  if (goUntil > Date.now()) {
    goUntil = 0;
    const link = document.querySelector<HTMLElement>(`.rail [data-go="${CSS.escape(key)}"]`);
    link?.click();
    return Boolean(link);
  }
  if (key === "?") return shortcuts();
  const button = key.length === 1 ? buttonFor(key, document) : undefined;
  if (button) {
    press(button);
    return true;
  }
  switch (key) {
    case "g":
      goUntil = Date.now() + GO_WITHIN;
      return true;
    case "j":
      return moveWithin(1);
    case "k":
      return moveWithin(-1);
    case "ArrowLeft":
      return moveAcross(-1);
    case "ArrowRight":
      return moveAcross(1);
    case "Enter":
      return openSelected(event.target);
    case "/": {
      const field = document.querySelector<HTMLElement>(".checkin__in");
      if (field) press(field);
      else openPalette();
      return true;
    }
    default:
      return false;
  }
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return;
  if (document.documentElement.dataset["keys"] === "off" && event.key.length === 1) return;
  if (event.target instanceof Element && event.target.closest("[data-own-keys]")) {
    if (event.key.startsWith("Arrow") || event.key === "Enter") return;
  }
  if (single(event)) event.preventDefault();
}

/** Starts the keys of the page. */
export function keys(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", (event) => {
    const target = event.target;
    const item = target instanceof HTMLElement ? target.closest<HTMLElement>(ITEM) : null;
    if (!item || item.classList.contains("is-sel")) return;
    for (const other of all(".is-sel")) if (other.matches(ITEM)) other.classList.remove("is-sel");
    item.classList.add("is-sel");
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-shortcuts]")) shortcuts();
    const item = (event.target as Element).closest<HTMLElement>(ITEM);
    const control = (event.target as Element).closest("a, button, input, summary, label");
    if (item && !control) select(item);
  });
}

/** Lanes become tabs on a phone: `data-lane-tab` shows one lane of the board. */
export function laneTabs(): void {
  document.addEventListener("click", (event) => {
    const tab = (event.target as Element).closest<HTMLElement>("[data-lane-tab]");
    const board = document.querySelector<HTMLElement>(".board");
    const lane = tab?.dataset["laneTab"];
    if (!tab || !board || !lane) return;
    event.preventDefault();
    board.dataset["lane"] = lane;
    keepInSource(board, lane);
    markTab(lane);
  });
  document.addEventListener("steward:swap", () => {
    const lane = document.querySelector<HTMLElement>(".board")?.dataset["lane"];
    if (lane) markTab(lane);
  });
}

/** The section around the board asks for this lane from now on. */
function keepInSource(board: HTMLElement, lane: string): void {
  const section = board.closest<HTMLElement>("[data-live-src]");
  const source = section?.dataset["liveSrc"];
  if (!section || !source) return;
  const address = new URL(source, location.href);
  address.searchParams.set("lane", lane);
  section.dataset["liveSrc"] = address.pathname + address.search;
}

function markTab(lane: string): void {
  for (const tab of all("[data-lane-tab]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset["laneTab"] === lane));
  }
}
