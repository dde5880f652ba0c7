import { all, debounced, fragment } from "../dom";

/*
 * The command palette: ⌘K or Ctrl K. Before anything is typed it offers the places of the rail;
 * then the server answers `/search?q=…&palette=1` with links.
 */

const dialog = (): HTMLDialogElement | null => document.querySelector("dialog.palette");
const list = (): HTMLElement | null => document.querySelector("[data-palette-list]");
const options = (): HTMLAnchorElement[] => all<HTMLAnchorElement>("[data-palette-list] a[href]");

function choose(index: number): void {
  const input = dialog()?.querySelector("input");
  options().forEach((option, at) => {
    option.id = `palette-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(at === index));
    if (at !== index) return;
    option.scrollIntoView({ block: "nearest" });
    input?.setAttribute("aria-activedescendant", option.id);
  });
}

const chosen = (): number =>
  options().findIndex((option) => option.getAttribute("aria-selected") === "true");

/** The places of the rail, each with its keys. */
function places(): void {
  const links = all<HTMLAnchorElement>(".rail nav a").map((link) => {
    const copy = document.createElement("a");
    copy.href = link.href;
    const icon = link.querySelector("svg");
    if (icon) copy.append(icon.cloneNode(true));
    const words = document.createElement("span");
    words.textContent = link.querySelector("span")?.textContent ?? "";
    copy.append(words);
    for (const key of link.dataset["go"] ? ["G", link.dataset["go"].toUpperCase()] : []) {
      copy.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    }
    return copy;
  });
  list()?.replaceChildren(...links);
  choose(0);
}

const search = debounced(120, async (text: string) => {
  if (!text.trim()) return places();
  try {
    const html = await fragment(`/search?q=${encodeURIComponent(text)}&palette=1`);
    if (dialog()?.querySelector("input")?.value !== text) return;
    const page = new DOMParser().parseFromString(html ?? "", "text/html");
    const found = page.querySelector("main") ?? page.body;
    list()?.replaceChildren(...found.childNodes);
    choose(0);
  } catch {
    // What was found before stays.
  }
});

/** Opens the palette, empty. */
export function openPalette(): void {
  const it = dialog();
  const input = it?.querySelector("input");
  if (!it || !input) return;
  if (!it.open) it.showModal();
  input.value = "";
  input.focus();
  places();
}

/** Starts the palette. */
export function palette(): void {
  const input = dialog()?.querySelector("input");
  document.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-palette]")) return;
    event.preventDefault();
    openPalette();
  });
  input?.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) search(input.value);
  });
  input?.addEventListener("compositionend", () => search(input.value));
  input?.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(Math.min(Math.max(chosen() + step, 0), options().length - 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      options()[chosen()]?.click();
    }
  });
}
