import { all } from "../dom";

/*
 * Moving and linking steps of the blueprint. A card is dragged into a cell, or Alt and the arrow
 * keys move the card with the focus; a way is drawn from a card's handle to another card, or L
 * begins it and Enter on another card ends it. Either sends the form a button would send; the
 * server decides.
 */

const STARTS_AFTER = 5;
const FOCUS_AGAIN = "blueprint-focus";

const DIRECTIONS: Record<string, string> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** Posts to a step as a plain form would, so that every answer is a whole page. */
function send(
  canvas: HTMLElement,
  step: string,
  fields: Record<string, string>,
  noun = "place",
): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${canvas.dataset["steps"] ?? ""}/${step}/${noun}`;
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

const stepOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[data-step]") : null;

/** Says what is to be done while a way is being drawn, or nothing. */
function hint(canvas: HTMLElement, on: boolean): void {
  const line = canvas.closest(".bpx")?.querySelector<HTMLElement>("[data-blueprint-hint]");
  if (line) line.textContent = on ? (line.dataset["said"] ?? "") : "";
}

/** Waits for the step a way leads to: a click or Enter on another card. */
function link(canvas: HTMLElement, from: HTMLElement): void {
  const end = (): void => {
    delete canvas.dataset["linking"];
    delete from.dataset["linkedFrom"];
    hint(canvas, false);
    canvas.removeEventListener("click", choose, true);
    document.removeEventListener("keydown", leave, true);
  };
  const choose = (event: MouseEvent): void => {
    const card = stepOf(event.target);
    if (!card) return;
    event.preventDefault();
    event.stopPropagation();
    end();
    if (card === from) return;
    send(canvas, from.dataset["step"] ?? "", { to: card.dataset["step"] ?? "" }, "links");
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    end();
  };
  if (canvas.dataset["linking"] !== undefined) return;
  canvas.dataset["linking"] = "";
  from.dataset["linkedFrom"] = "";
  hint(canvas, true);
  canvas.addEventListener("click", choose, true);
  document.addEventListener("keydown", leave, true);
}

/** Draws a way from the handle of a card to the card under the pointer. */
function draw(canvas: HTMLElement, card: HTMLElement): void {
  const svg = canvas.querySelector("svg.bpe");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.classList.add("drawn");
  svg?.append(line);
  const start = card.getBoundingClientRect();
  const move = (event: PointerEvent): void => {
    const origin = canvas.getBoundingClientRect();
    const [x, y] = [start.right - origin.left, start.bottom - 13 - origin.top];
    line.setAttribute("d", `M${x} ${y}L${event.clientX - origin.left} ${event.clientY - origin.top}`);
  };
  const end = (): void => {
    line.remove();
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", drop);
    document.removeEventListener("pointercancel", end);
  };
  const drop = (event: PointerEvent): void => {
    end();
    const to = stepOf(document.elementFromPoint(event.clientX, event.clientY));
    if (!to || !canvas.contains(to)) return;
    if (to === card) {
      link(canvas, card);
      return;
    }
    send(canvas, card.dataset["step"] ?? "", { to: to.dataset["step"] ?? "" }, "links");
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", end);
}

/** Starts the island on every drawing; safe to call again. */
export function blueprint(): void {
  for (const canvas of all("[data-island=blueprint]:not([data-started])")) {
    canvas.dataset["started"] = "";
    for (const card of all("[data-step]", canvas)) {
      card.draggable = false;
      const keys = Object.keys(DIRECTIONS).map((key) => `Alt+${key}`);
      card.setAttribute("aria-keyshortcuts", [...keys, "L"].join(" "));
    }
    canvas.addEventListener("pointerdown", (event) => {
      const card = stepOf(event.target);
      if (!card || event.button !== 0 || canvas.dataset["linking"] !== undefined) return;
      if ((event.target as Element).closest(".bp__ln")) {
        event.preventDefault();
        card.addEventListener("click", (click) => click.preventDefault(), { once: true });
        draw(canvas, card);
      } else if (event.pointerType !== "touch") drag(canvas, card, event);
    });
    canvas.addEventListener("keydown", (event) => {
      const card = stepOf(event.target);
      if (!card || event.isComposing) return;
      if (event.key.toLowerCase() === "l" && !event.altKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        event.stopPropagation();
        link(canvas, card);
        return;
      }
      const to = DIRECTIONS[event.key];
      if (!to || !event.altKey) return;
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
