import { digits, duration, now } from "../clock";
import { all } from "../dom";

/** Promises in whole minutes: `data-until` with the patterns `data-left` and `data-over`. */
function promise(element: HTMLElement): void {
  const left = Date.parse(element.dataset["until"] ?? "") - now();
  if (Number.isNaN(left)) return;
  const over = left < 0;
  const minutes = over ? Math.floor(-left / 60_000) : Math.ceil(left / 60_000);
  const pattern = element.dataset[over ? "over" : "left"];
  const text = pattern?.replace("{}", duration(Math.max(minutes, over ? 1 : 0)));
  if (text && element.textContent !== text) element.textContent = text;
}

function tick(): void {
  for (const element of all("[data-until]")) promise(element);
  for (const element of all<HTMLElement>("[data-elapsed]")) {
    const since = Date.parse(element.dataset["elapsed"] ?? "");
    if (!Number.isNaN(since)) element.textContent = digits(now() - since);
  }
  for (const element of all<HTMLElement>("[data-countdown]")) {
    const until = Date.parse(element.dataset["countdown"] ?? "");
    if (!Number.isNaN(until)) element.textContent = digits(until - now());
  }
}

/** Keeps words and digits of time current; states and colours come from the server. */
export function clocks(): void {
  const any = "[data-until], [data-elapsed], [data-countdown]";
  setInterval(() => {
    if (!document.hidden && document.querySelector(any)) tick();
  }, 1000);
}
