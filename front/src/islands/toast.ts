const STAYS = 6_000;
const STAYS_WITH_UNDO = 10_000;

function dismiss(toast: HTMLElement): void {
  const stays = toast.querySelector("form, button") ? STAYS_WITH_UNDO : STAYS;
  let timer = window.setTimeout(() => toast.remove(), stays);
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => {
    timer = window.setTimeout(() => toast.remove(), STAYS / 2);
  });
}

/** Says something in the corner; `bad` when it was refused. */
export function say(text: string, bad = false): void {
  const place = document.querySelector("body > .toasts");
  if (!place || !text) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  if (bad) toast.dataset["bad"] = "";
  const words = document.createElement("span");
  words.textContent = text;
  toast.append(words);
  place.append(toast);
  dismiss(toast);
}

/** Toasts that came with the page go away by themselves. */
export function toasts(): void {
  const there = document.querySelectorAll<HTMLElement>(".toasts [data-toast]");
  for (const toast of there) dismiss(toast);
}
