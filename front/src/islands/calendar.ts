import { all, debounced, sentence } from "../dom";
import { refresh } from "./live";
import { say } from "./toast";

/*
 * Moving blocks in the day calendar, with the pointer or with Alt and the arrow keys. The server
 * decides: `data-check-url` says why not while a block hovers, `data-move-url` takes the move.
 */

const STARTS_AFTER = 4;
const HOLD = 350;

interface Place {
  column: HTMLElement;
  start: number;
}

const number = (element: HTMLElement, name: string): number =>
  Number(element.style.getPropertyValue(name)) || 0;

const two = (n: number): string => String(n).padStart(2, "0");

const clock = (minute: number): string => {
  const day = ((minute % 1440) + 1440) % 1440;
  return `${two(Math.floor(day / 60))}:${two(day % 60)}`;
};

/** The date so many days after another, `2026-11-22`. */
const dayAfter = (date: string, days: number): string => {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
};

const make = (className: string): HTMLElement =>
  Object.assign(document.createElement("div"), { className });

/** One move from taking a block up until it is dropped or given up. */
class Move {
  private readonly home: Place;
  private readonly length: number;
  private readonly ghost = make("ghost");
  private readonly drop = make("drop");
  private readonly tip = make("dragtip");
  place: Place;

  constructor(
    private readonly grid: HTMLElement,
    readonly block: HTMLElement,
  ) {
    const column = block.closest<HTMLElement>(".cc") as HTMLElement;
    const start = number(block, "--s");
    this.length = number(block, "--e") - start;
    this.home = { column, start };
    this.place = this.home;
    this.ghost.textContent = grid.dataset["wordFrom"] ?? "";
    this.set(this.ghost, start);
    column.append(this.ghost);
    block.classList.add("is-drag");
    grid.setAttribute("data-morph-skip", "");
    this.to(this.home);
  }

  private set(element: HTMLElement, start: number): void {
    element.style.setProperty("--s", String(start));
    element.style.setProperty("--e", String(start + this.length));
  }

  private get moved(): boolean {
    return this.place.column !== this.home.column || this.place.start !== this.home.start;
  }

  /** Shows the block at a place, and asks whether it may be there. */
  to(place: Place): void {
    const unchanged = place.column === this.place.column && place.start === this.place.start;
    if (unchanged && this.drop.isConnected) return;
    this.unmark();
    this.place = place;
    place.column.classList.add("is-target");
    this.set(this.drop, place.start);
    this.set(this.block, place.start);
    this.tip.style.setProperty("--s", String(place.start + this.length));
    this.tip.replaceChildren(this.headline());
    place.column.append(this.drop, this.tip);
    if (this.block.parentElement !== place.column) this.carry(place.column);
    if (this.moved) this.check(place);
  }

  /** Takes the element along without losing the pointer or the focus. */
  private carry(column: HTMLElement): void {
    const focused = document.activeElement === this.block;
    column.append(this.block);
    if (focused) this.block.focus({ preventScroll: true });
  }

  private headline(): HTMLElement {
    const first = Number(this.grid.dataset["open"]) || 0;
    const from = first + this.place.start;
    const words = document.createElement("b");
    const name = this.place.column.dataset["name"] ?? "";
    words.textContent = `${clock(from)}–${clock(from + this.length)} · ${name}`;
    return words;
  }

  private unmark(): void {
    for (const column of all(".cc.is-target, .cc.is-bad", this.grid)) {
      column.classList.remove("is-target", "is-bad");
    }
  }

  private values(): URLSearchParams {
    const first = Number(this.grid.dataset["open"]) || 0;
    const minute = first + this.place.start;
    const { date, staff } = this.place.column.dataset;
    const day = dayAfter(date ?? this.grid.dataset["date"] ?? "", Math.floor(minute / 1440));
    return new URLSearchParams({
      order: this.block.dataset["order"] ?? "",
      start: `${day}T${clock(minute)}`,
      // In a room's column the block stays with whoever serves.
      staff: staff ?? this.block.dataset["of"] ?? "",
      version: this.block.dataset["version"] ?? "",
      part: this.block.dataset["part"] ?? "",
    });
  }

  private readonly check = debounced(120, async (place: Place) => {
    const url = this.grid.dataset["checkUrl"];
    if (!url) return;
    try {
      const answer = await fetch(`${url}?${this.values()}`, { headers: { "HX-Request": "true" } });
      const body = await answer.text();
      if (place !== this.place || !this.tip.isConnected) return;
      place.column.classList.toggle("is-bad", !answer.ok);
      const line = document.createElement("span");
      line.textContent = sentence(body);
      this.tip.replaceChildren(this.headline(), line);
    } catch {
      // The move itself will say it.
    }
  });

  /** Gives up: everything is where it was. */
  cancel(): void {
    this.set(this.block, this.home.start);
    if (this.block.parentElement !== this.home.column) this.carry(this.home.column);
    this.clear();
  }

  /** Sends the move; a refusal is said and the block goes back. */
  async commit(): Promise<void> {
    if (!this.moved) return this.cancel();
    const values = this.values();
    const url = (this.grid.dataset["moveUrl"] ?? "").replace("{order}", values.get("order") ?? "");
    this.block.classList.add("is-busy");
    this.unmark();
    this.drop.remove();
    this.tip.remove();
    try {
      const headers = { "HX-Request": "true" };
      const answer = await fetch(url, { method: "POST", body: values, headers });
      if (!answer.ok) throw new Error(sentence(await answer.text()));
      this.clear();
      refresh(["order"]);
    } catch (fault) {
      this.cancel();
      say(fault instanceof Error ? fault.message : String(fault), true);
      refresh(["order"]);
    }
  }

  private clear(): void {
    this.unmark();
    this.ghost.remove();
    this.drop.remove();
    this.tip.remove();
    this.block.classList.remove("is-drag", "is-busy");
    this.grid.removeAttribute("data-morph-skip");
  }
}

/** The columns a block may be dropped into: those of people, or a room's own. */
const columns = (grid: HTMLElement, block: HTMLElement): HTMLElement[] => {
  const own = block.closest<HTMLElement>(".cc[data-keeps]");
  return own ? [own] : all(".cc[data-staff]", grid);
};

const step = (grid: HTMLElement): number => Number(grid.dataset["step"]) || 15;

function under(grid: HTMLElement, block: HTMLElement, x: number): HTMLElement | undefined {
  return columns(grid, block).find((column) => {
    const box = column.getBoundingClientRect();
    return x >= box.left && x < box.right;
  });
}

/** Dragging with a mouse at once, with a finger after holding still. */
function pointer(grid: HTMLElement, down: PointerEvent, block: HTMLElement): void {
  const body = grid.querySelector<HTMLElement>(".cal__body");
  if (!body) return;
  const grip = down.clientY - block.getBoundingClientRect().top;
  const touch = down.pointerType !== "mouse";
  const control = new AbortController();
  const { signal } = control;
  let move: Move | null = null;
  const begin = (): void => {
    move ??= new Move(grid, block);
    grid.setPointerCapture(down.pointerId);
  };
  const hold = touch ? window.setTimeout(begin, HOLD) : 0;
  const end = (): void => {
    clearTimeout(hold);
    control.abort();
  };
  const follow = (event: PointerEvent): void => {
    const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
    if (!move && far > STARTS_AFTER) {
      if (touch) return end();
      begin();
    }
    if (!move) return;
    const hour = parseFloat(getComputedStyle(grid).getPropertyValue("--hh")) || 60;
    const top = event.clientY - grip - body.getBoundingClientRect().top;
    const snap = step(grid);
    const start = Math.max(0, Math.round(((top / hour) * 60) / snap) * snap);
    move.to({ column: under(grid, block, event.clientX) ?? move.place.column, start });
  };
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("pointermove", follow, { signal });
  addEventListener("pointerup", () => {
    if (move) {
      void move.commit();
      // The click that follows a drop must not open the order.
      addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
    }
    end();
  }, { signal });
  addEventListener("pointercancel", () => (move?.cancel(), end()), { signal });
  const still = (event: Event): void => {
    if (move) event.preventDefault();
  };
  addEventListener("touchmove", still, { signal, passive: false });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && move) {
      move.cancel();
      end();
    }
  }, { signal });
}

/** Alt and arrows carry the block; letting Alt go drops it, Escape gives up. */
function keyboard(grid: HTMLElement): void {
  let move: Move | null = null;
  grid.addEventListener("keydown", (event) => {
    const block = (event.target as Element).closest<HTMLElement>(".ev");
    if (!block) return;
    if (event.key === "Escape" && move) {
      move.cancel();
      move = null;
      return;
    }
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const [dx, dy] = direction(event.key);
    if (!event.altKey) return walk(grid, block, dx, dy);
    if (!block.hasAttribute("data-moves")) return;
    move ??= new Move(grid, block);
    const able = columns(grid, block);
    const at = able.indexOf(move.place.column) + dx;
    const column = able[Math.min(Math.max(at, 0), able.length - 1)] ?? move.place.column;
    move.to({ column, start: Math.max(0, move.place.start + dy * step(grid)) });
    block.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Alt" || !move) return;
    void move.commit();
    move = null;
  });
  addEventListener("blur", () => {
    move?.cancel();
    move = null;
  });
}

function direction(key: string): [number, number] {
  const ways: Record<string, [number, number]> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  return ways[key] ?? [0, 0];
}

/** Arrows alone walk from block to block: along the day, and to the neighbouring column. */
function walk(grid: HTMLElement, block: HTMLElement, dx: number, dy: number): void {
  const inColumn = (column: Element): HTMLElement[] =>
    all(".ev", column).sort((a, b) => number(a, "--s") - number(b, "--s"));
  const cells = all(".cc", grid);
  const at = cells.findIndex((column) => column.contains(block));
  if (dy !== 0) {
    const blocks = inColumn(cells[at] as Element);
    blocks[blocks.indexOf(block) + dy]?.focus();
    return;
  }
  const wanted = number(block, "--s");
  for (let i = at + dx; i >= 0 && i < cells.length; i += dx) {
    const near = inColumn(cells[i] as Element).sort(
      (a, b) => Math.abs(number(a, "--s") - wanted) - Math.abs(number(b, "--s") - wanted),
    )[0];
    if (near) return near.focus();
  }
}

/** A press on an empty time asks what fits there. */
function ask(grid: HTMLElement, event: MouseEvent): void {
  const url = grid.dataset["askUrl"];
  const target = event.target as Element;
  const column = target.closest<HTMLElement>(".cc");
  if (!url || !column || target.closest(".ev")) return;
  const hour = parseFloat(getComputedStyle(grid).getPropertyValue("--hh")) || 60;
  const top = event.clientY - column.getBoundingClientRect().top;
  const snap = step(grid);
  const first = Number(grid.dataset["open"]) || 0;
  const minute = first + Math.floor(((top / hour) * 60) / snap) * snap;
  const { date, staff } = column.dataset;
  const day = dayAfter(date ?? grid.dataset["date"] ?? "", Math.floor(minute / 1440));
  location.assign(`${url}?${new URLSearchParams({ day, at: clock(minute), with: staff ?? "" })}`);
}

/** Scrolls to the present, when the calendar shows it. */
function toNow(grid: HTMLElement): void {
  const line = grid.querySelector<HTMLElement>(".nowl");
  if (line) grid.scrollTop = Math.max(0, line.offsetTop - grid.clientHeight / 2);
}

/** Starts every calendar of the page that has not been started yet. */
export function calendar(): void {
  for (const grid of all("[data-island=calendar]:not([data-own-keys])")) {
    grid.setAttribute("data-own-keys", "");
    toNow(grid);
    keyboard(grid);
    grid.addEventListener("pointerdown", (event) => {
      const block = (event.target as Element).closest<HTMLElement>(".ev[data-moves]");
      if (block && event.button === 0) pointer(grid, event, block);
    });
    grid.addEventListener("click", (event) => ask(grid, event));
    grid.addEventListener("dragstart", (event) => event.preventDefault());
  }
}
