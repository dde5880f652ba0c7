/*
 * The service worker. It keeps the files of the front end, and the last copy of the pages that
 * must go on without a line: somebody's own day, and a customer's ticket. All else is left to the
 * network. It is one file without imports, and `scripts/pack.mjs` puts `STEWARD` before it.
 */

export {};
declare const self: ServiceWorkerGlobalScope;
declare const STEWARD: { version: string; files: string[] };

const FILES = `files:${STEWARD.version}`;
const GUEST = "copies:guest";
const PLAIN = "plain";
const PLACEHOLDER = "/offline";
const DAY = "/my-day";
const SLOW = 8_000;
const GUEST_HOURS = 24;

const COPIED = [/^\/my-day(\/now)?$/, /^\/at\/[^/]+\/tickets\/[^/]+(\/state)?$/];
const isCopied = (url: URL): boolean => COPIED.some((pattern) => pattern.test(url.pathname));
const isGuest = (url: URL): boolean => url.pathname.startsWith("/at/");

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      await (await caches.open(FILES)).addAll(STEWARD.files);
      await (await caches.open(PLAIN)).add(new Request(PLACEHOLDER, { cache: "reload" }));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((it) => it.startsWith("files:") && it !== FILES);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

/** The shelf of copies for an address: a guest's, or that of whoever's day was shown last. */
async function shelf(url: URL): Promise<string | undefined> {
  if (isGuest(url)) return GUEST;
  const names = await caches.keys();
  return names.find((name) => name.startsWith("copies:") && name !== GUEST);
}

/** Takes the copies of everybody but this person away. */
async function clear(person: string): Promise<void> {
  const kept = [GUEST, `copies:${person}`];
  const names = (await caches.keys()).filter((name) => name.startsWith("copies:"));
  await Promise.all(names.filter((name) => !kept.includes(name)).map((it) => caches.delete(it)));
}

async function keep(url: URL, answer: Response): Promise<void> {
  const html = await answer.text();
  const person = /<html[^>]* data-person="([^"]*)"/.exec(html)?.[1];
  if (person !== undefined) await clear(person);
  const name = person === undefined ? await shelf(url) : `copies:${person}`;
  if (!name) return;
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": answer.headers.get("Content-Security-Policy") ?? "",
    "Steward-Copy": String(Date.now()),
  };
  await (await caches.open(name)).put(url.pathname + url.search, new Response(html, { headers }));
  if (person !== undefined || isGuest(url)) await placeholderIn(html);
}

/** Keeps the placeholder in the language of the pages. */
async function placeholderIn(html: string): Promise<void> {
  const language = (text: string): string => /<html[^>]* lang="([^"]*)"/.exec(text)?.[1] ?? "";
  const plain = await caches.open(PLAIN);
  const now = await (await plain.match(PLACEHOLDER))?.text();
  if (!/<html/.test(html) || (now && language(now) === language(html))) return;
  await plain.add(new Request(PLACEHOLDER, { cache: "reload" })).catch(() => undefined);
}

/** The last copy; a whole page says in its first tag when it was made. */
async function copy(url: URL): Promise<Response | undefined> {
  const name = await shelf(url);
  const found = name && (await (await caches.open(name)).match(url.pathname + url.search));
  if (!found) return undefined;
  const at = Number(found.headers.get("Steward-Copy"));
  if (name === GUEST && Date.now() - at > GUEST_HOURS * 3_600_000) return undefined;
  const html = (await found.text()).replace(/<html /, `<html data-copied="${at}" `);
  return new Response(html, { headers: found.headers });
}

/** The network, unless it says nothing for so long that somebody waits. */
async function network(request: Request, patience: boolean): Promise<Response> {
  if (patience) return fetch(request);
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), SLOW);
  try {
    return await fetch(request, { signal: control.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function page(request: Request, event: FetchEvent): Promise<Response> {
  const url = new URL(request.url);
  const copied = request.method === "GET" && isCopied(url);
  try {
    const answer = await network(request, !copied);
    if (new URL(answer.url || request.url).pathname === "/login") event.waitUntil(clear(""));
    else if (copied && answer.ok && !answer.redirected) {
      event.waitUntil(keep(url, answer.clone()));
    }
    return answer;
  } catch (fault) {
    const day = new URL(DAY, url);
    const kept = copied ? await copy(url) : undefined;
    if (kept) return kept;
    if (request.mode !== "navigate") throw fault;
    // The app opens at the root; without a line it opens at the day that was kept.
    if (url.pathname === "/" && (await copy(day))) return Response.redirect(day.href, 302);
    const plain = await (await caches.open(PLAIN)).match(PLACEHOLDER);
    return plain ?? Response.error();
  }
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(file(request));
  else if (request.mode === "navigate" || (request.method === "GET" && isCopied(url))) {
    event.respondWith(page(request, event));
  }
});

/** The first page was loaded before there was a worker: it is fetched once more, to be kept. */
self.addEventListener("message", (event) => {
  const wanted: unknown = event.data?.keep;
  if (!Array.isArray(wanted)) return;
  event.waitUntil(
    (async () => {
      for (const path of wanted) {
        const url = new URL(String(path), self.location.origin);
        const name = await shelf(url);
        const there = name && (await (await caches.open(name)).match(url.pathname + url.search));
        if (url.origin !== self.location.origin || !isCopied(url) || there) continue;
        const fragment = /\/(now|state)$/.test(url.pathname);
        const headers = fragment ? { "HX-Request": "true" } : { Accept: "text/html" };
        const answer = await fetch(url, { headers }).catch(() => undefined);
        if (answer?.ok && !answer.redirected) await keep(url, answer);
      }
    })(),
  );
});
