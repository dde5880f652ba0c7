/*
 * Brings an element to a new shape with the fewest changes, so that focus, typed text, open menus
 * and scroll positions stay. Children with an id keep their identity wherever they move.
 */

/** What the browser holds and the server does not know: open menus, started islands, tabs. */
const KEPT = new Set(["open", "data-own-keys", "data-started", "data-lane"]);

function copyAttributes(from: Element, to: Element): void {
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !KEPT.has(name)) from.removeAttribute(name);
  }
  for (const { name, value } of [...to.attributes]) {
    if (from.getAttribute(name) !== value && !KEPT.has(name)) from.setAttribute(name, value);
  }
}

const same = (one: Node, other: Node): boolean =>
  one.nodeType === other.nodeType &&
  one.nodeName === other.nodeName &&
  (one as Element).id === (other as Element).id;

function morphNode(from: Node, to: Node): void {
  if (!(from instanceof Element) || !(to instanceof Element)) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  if (from.hasAttribute("data-morph-skip") || from.isEqualNode(to)) return;
  copyAttributes(from, to);
  morphChildren(from, to);
}

function morphChildren(from: Element, to: Element): void {
  const named = new Map([...from.children].filter((it) => it.id).map((it) => [it.id, it]));
  let at: ChildNode | null = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const id = wanted instanceof Element ? wanted.id : "";
    const match = id ? (named.get(id) ?? null) : null;
    if (match && match.nodeName === wanted.nodeName) {
      if (match === at) at = at.nextSibling;
      else from.insertBefore(match, at);
      morphNode(match, wanted);
    } else if (at && same(at, wanted)) {
      const next: ChildNode | null = at.nextSibling;
      morphNode(at, wanted);
      at = next;
    } else {
      from.insertBefore(document.importNode(wanted, true), at);
    }
  }
  while (at) {
    const next: ChildNode | null = at.nextSibling;
    at.remove();
    at = next;
  }
}

/** Keeps the focus and the selection within a field over `change`. */
function keepingFocus(change: () => void): void {
  const focused = document.activeElement;
  const field = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
  const start = field ? focused.selectionStart : null;
  const end = field ? focused.selectionEnd : null;
  change();
  if (!(focused instanceof HTMLElement) || focused === document.activeElement) return;
  const again = focused.isConnected ? focused : document.getElementById(focused.id);
  again?.focus({ preventScroll: true });
  if (field && start !== null && again === focused) focused.setSelectionRange(start, end);
}

/** Gives `target` the shape of `html`: of the element with its id, or all of it as content. */
export function morph(target: Element, html: string): void {
  const page = new DOMParser().parseFromString(html, "text/html");
  const twin = target.id ? page.getElementById(target.id) : null;
  const chosen = target.querySelector(".is-sel")?.id;
  keepingFocus(() => {
    if (twin) morphNode(target, twin);
    else morphChildren(target, page.body);
  });
  const before = chosen ? document.getElementById(chosen) : null;
  if (before && target.contains(before) && !before.classList.contains("is-sel")) {
    const list = before.closest("[data-nav-list]") ?? target;
    for (const it of list.querySelectorAll(".is-sel")) it.classList.remove("is-sel");
    before.classList.add("is-sel");
  }
  target.dispatchEvent(new CustomEvent("steward:swap", { bubbles: true }));
}
