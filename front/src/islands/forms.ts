import { all, debounced, fragment } from "../dom";
import { lostSince, probe } from "../line";
import { morph } from "../morph";
import { say } from "./toast";

/** A form is sent once; its button turns busy until the next page is here. */
function once(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "post" || form.hasAttribute("data-many")) return;
    if (form.dataset["sent"]) {
      event.preventDefault();
      return;
    }
    if (lostSince() && !event.defaultPrevented) {
      // What was typed would be gone with the page that the browser shows instead.
      event.preventDefault();
      void whenBack(form, event.submitter);
      return;
    }
    form.dataset["sent"] = "1";
    const button = event.submitter;
    // After this turn, so that the button's own value is still sent.
    setTimeout(() => {
      if (event.defaultPrevented) return release(form);
      button?.classList.add("is-busy");
      button?.setAttribute("aria-busy", "true");
    });
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of all<HTMLFormElement>("form[data-sent]")) release(form);
  });
}

/** Sends a form if there is a line after all; says that it was not sent otherwise. */
async function whenBack(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  await probe();
  if (!lostSince()) return form.requestSubmit(button);
  const bar = document.querySelector<HTMLElement>("[data-offline]");
  say(bar?.dataset["wordUnsent"] ?? "", true);
}

function release(form: HTMLFormElement): void {
  delete form.dataset["sent"];
  for (const button of all(".is-busy", form)) {
    button.classList.remove("is-busy");
    button.removeAttribute("aria-busy");
  }
}

/** Dialogs by `commandfor` (for browsers that do not know it yet) and by `data-dialog`. */
function dialogs(): void {
  const native = "command" in HTMLButtonElement.prototype;
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog], [commandfor]");
    const id = opener?.dataset["dialog"] ?? opener?.getAttribute("commandfor");
    const dialog = id ? document.getElementById(id) : null;
    if (opener && dialog instanceof HTMLDialogElement) {
      const closes = opener.getAttribute("command") === "close";
      if (native && !opener.dataset["dialog"]) return;
      event.preventDefault();
      if (closes) dialog.close();
      else if (!dialog.open) dialog.showModal();
    } else if (target instanceof HTMLDialogElement && target.open) {
      target.close();
    }
  });
}

/** Menus in `details` close on a press elsewhere and on Escape. */
function menus(): void {
  const close = (except: Element | null): void => {
    for (const menu of all<HTMLDetailsElement>("details[data-menu][open]")) {
      if (!except || !menu.contains(except)) menu.open = false;
    }
  };
  document.addEventListener("pointerdown", (event) => close(event.target as Element));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>("details[data-menu][open]");
    if (!open) return;
    close(null);
    open.querySelector("summary")?.focus();
  });
}

/** `data-live-search="/path"` fills `data-target` while typing, never while composing. */
function searches(): void {
  const search = debounced(150, async (input: HTMLInputElement) => {
    const target = document.querySelector(input.dataset["target"] ?? "#find");
    const path = input.dataset["liveSearch"];
    if (!target || !path) return;
    const text = input.value;
    try {
      const html = await fragment(`${path}?q=${encodeURIComponent(text)}`);
      if (input.value === text) morph(target, html ?? "");
    } catch {
      // What was found before stays.
    }
  });
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.dataset["liveSearch"]) return;
    if (!(event as InputEvent).isComposing) search(input);
  });
  document.addEventListener("compositionend", (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.dataset["liveSearch"]) search(input);
  });
}

/** `data-submit` on a control sends its form as soon as it changes (choices in the address). */
function changes(): void {
  document.addEventListener("change", (event) => {
    const control = event.target as HTMLElement;
    if (control.closest("[data-submit]")) control.closest("form")?.requestSubmit();
  });
}

/** After a refusal the first bad field has the focus. */
function firstError(): void {
  document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}

/** Everything about forms, dialogs and menus. */
export function forms(): void {
  once();
  dialogs();
  menus();
  searches();
  changes();
  firstError();
}
