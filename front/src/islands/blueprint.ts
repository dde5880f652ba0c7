import { all } from "../dom";

/*
 * Moving steps of the blueprint: a card is dragged into a cell, or Alt and the arrow keys move the
 * card with the focus. Either sends the form a button would send; the server decides.
 */

const STARTS_AFTER = 5;
const FOCUS_AGAIN = "blueprint-focus";

const DIRECTIONS: Record<string, string> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** Posts to the step's place as a plain form would, so that every answer is a whole page. */
function send(canvas: HTMLElement, step: string, fields: Record<string, string>): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${canvas.dataset["steps"] ?? ""}/${step}/place`;
  const carried = Object.fromEntries(new URLSearchParams(canvas.dataset["fields"] ?? ""));
  for (const [name, value] of Object.entries({ ...carried, ...fields })) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

const holds = (box: DOMRect, x: number, y: number): boolean =>
  x >= box.left && x < box.right && y >= box.top && y < box.bottom;

/** The cell under the pointer. */
const cellAt = (canvas: HTMLElement, x: number, y: number): HTMLElement | undefined =>
  all(".bpz", canvas).find((cell) => holds(cell.getBoundingClientRect(), x, y));

/** The card of a cell that the dropped one comes before: the first whose middle is below. */
function cardBelow(canvas: HTMLElement, cell: HTMLElement, moved: HTMLElement, y: number): string {
  const box = cell.getBoundingClientRect();
  const inside = all("[data-step]", canvas).filter((card) => {
    const { left, top, width, height } = card.getBoundingClientRect();
    return card !== moved && holds(box, left + width / 2, top + height / 2);
  });
  const middle = (card: HTMLElement): number => {
    const { top, height } = card.getBoundingClientRect();
    return top + height / 2;
  };
  const below = inside.filter((card) => middle(card) > y).sort((a, b) => middle(a) - middle(b));
  return below[0]?.dataset["step"] ?? "";
}

function drag(canvas: HTMLElement, card: HTMLElement, from: PointerEvent): void {
  let moving = false;
  const unmark = (): void => {
    for (const cell of all(".bpz.is-target", canvas)) cell.classList.remove("is-target");
  };
  const end = (): void => {
    unmark();
    card.classList.remove("is-drag");
    card.style.removeProperty("translate");
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", drop);
    document.removeEventListener("pointercancel", end);
    document.removeEventListener("keydown", cancel);
  };
  const move = (event: PointerEvent): void => {
    const [x, y] = [event.clientX - from.clientX, event.clientY - from.clientY];
    if (!moving && Math.hypot(x, y) < STARTS_AFTER) return;
    moving = true;
    card.classList.add("is-drag");
    card.style.setProperty("translate", `${x}px ${y}px`);
    unmark();
    cellAt(canvas, event.clientX, event.clientY)?.classList.add("is-target");
  };
  const drop = (event: PointerEvent): void => {
    const cell = moving ? cellAt(canvas, event.clientX, event.clientY) : undefined;
    if (moving) card.addEventListener("click", (click) => click.preventDefault(), { once: true });
    const before = cell ? cardBelow(canvas, cell, card, event.clientY) : "";
    end();
    if (!cell) return;
    const { phase = "", lane = "" } = cell.dataset;
    send(canvas, card.dataset["step"] ?? "", { phase, lane, before });
  };
  const cancel = (event: KeyboardEvent): void => {
    if (event.key === "Escape") end();
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", end);
  document.addEventListener("keydown", cancel);
}

/** Starts the island on every drawing; safe to call again. */
export function blueprint(): void {
  for (const canvas of all("[data-island=blueprint]:not([data-started])")) {
    canvas.dataset["started"] = "";
    for (const card of all("[data-step]", canvas)) {
      card.draggable = false;
      const keys = Object.keys(DIRECTIONS).map((key) => `Alt+${key}`);
      card.setAttribute("aria-keyshortcuts", keys.join(" "));
    }
    canvas.addEventListener("pointerdown", (event) => {
      const card = (event.target as HTMLElement).closest<HTMLElement>("[data-step]");
      if (card && event.button === 0 && event.pointerType !== "touch") drag(canvas, card, event);
    });
    canvas.addEventListener("keydown", (event) => {
      const card = (event.target as HTMLElement).closest<HTMLElement>("[data-step]");
      const to = DIRECTIONS[event.key];
      if (!card || !to || !event.altKey || event.isComposing) return;
      event.preventDefault();
      sessionStorage.setItem(FOCUS_AGAIN, "1");
      send(canvas, card.dataset["step"] ?? "", { to });
    });
    if (sessionStorage.getItem(FOCUS_AGAIN)) {
      sessionStorage.removeItem(FOCUS_AGAIN);
      canvas.querySelector<HTMLElement>(".bp.is-sel")?.focus();
    }
  }
}
