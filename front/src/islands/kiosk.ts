/*
 * The tablet at the door goes back to its first page by itself. `data-idle` says after how many
 * seconds; a touch, a key or typing gives the whole time again.
 */

const SOON = 10;

/** Starts the countdown of a page that goes back by itself. */
export function idle(): void {
  const footer = document.querySelector<HTMLElement>("[data-idle]");
  const href = footer?.dataset["idleHref"];
  if (!footer || !href) return;
  const whole = Number(footer.dataset["idle"]) || 45;
  const shown = footer.querySelector<HTMLElement>("[data-idle-left]");
  const said = footer.querySelector<HTMLElement>("[data-idle-said]");
  const pattern = shown?.textContent ?? "";
  let until = Date.now() + whole * 1000;
  const again = (): void => {
    until = Date.now() + whole * 1000;
    if (said) said.textContent = "";
    tick();
  };
  const tick = (): void => {
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    if (shown) shown.textContent = pattern.replace(/\d+/, String(left));
    footer.toggleAttribute("data-soon", left <= SOON);
    // Said once: a voice that counts every second hides everything else.
    if (said && left === SOON) said.textContent = said.dataset["words"] ?? "";
    if (left === 0) location.replace(href);
  };
  for (const kind of ["pointerdown", "keydown", "input"]) addEventListener(kind, again);
  setInterval(tick, 1000);
}
