import { COPY_HEADER, lost, reached } from "./line";

/** All matches below a root, as an array. */
export const all = <T extends Element = HTMLElement>(
  selector: string,
  root: ParentNode = document,
): T[] => [...root.querySelectorAll<T>(selector)];

/** Runs `action` once `wait` milliseconds have passed without another call. */
export function debounced<A extends unknown[]>(
  wait: number,
  action: (...args: A) => void,
): (...args: A) => void {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => action(...args), wait);
  };
}

/** Whether the person is typing into this element. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  const quiet = "[type=checkbox],[type=radio],[type=button],[type=submit],[type=range]";
  return target.matches("input") && !target.matches(quiet);
}

/** Whether an element can be seen and pressed. */
export const usable = (element: HTMLElement): boolean =>
  element.getClientRects().length > 0 &&
  !element.matches(":disabled, [aria-disabled=true]") &&
  element.closest("[inert]") === null;

/** The sentence in a refusal: the alert of an HTML answer, or its whole text. */
export function sentence(body: string): string {
  if (!body.includes("<")) return body.trim();
  const page = new DOMParser().parseFromString(body, "text/html");
  const alert = page.querySelector("[role=alert], .err, .note, main, body");
  return (alert?.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** Asks for a fragment. A page that wants a sign-in reloads the whole page. */
export async function fragment(url: string, signal?: AbortSignal): Promise<string | null> {
  const init: RequestInit = { headers: { Accept: "text/html", "HX-Request": "true" } };
  if (signal) init.signal = signal;
  const answer = await fetch(url, init).catch((fault: unknown) => {
    if (!signal?.aborted) lost();
    throw fault;
  });
  if (answer.headers.has(COPY_HEADER)) {
    lost();
    throw new Error("there is no connection");
  }
  reached();
  if (answer.status === 204) return null;
  if (answer.status === 401 || (answer.redirected && answer.url.includes("/login"))) {
    location.reload();
    throw new Error("signed out");
  }
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}
