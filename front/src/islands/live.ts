import { now, timeOfDay } from "../clock";
import { all, fragment } from "../dom";
import { probe, reached } from "../line";
import { morph } from "../morph";

/*
 * Live sections: `data-live="order ticket"` is refetched from `data-live-src` (or from this page)
 * whenever the stream names one of these kinds. One stream for a page; `data-live-url` says where.
 */

const SETTLE = 150;
const AWAY_AFTER = 3_000;
const OLD_AFTER = 20_000;
const POLL_EVERY = 15_000;
const HIDDEN_FOR = 30_000;
const STEADY = 8_000;

interface Change {
  kinds?: string[];
}

const waiting = new Map<Element, number>();
const running = new Set<Element>();
let fresh = now();
let streaming = false;

async function refetch(section: HTMLElement): Promise<void> {
  if (running.has(section)) return plan(section);
  running.add(section);
  try {
    const html = await fragment(section.dataset["liveSrc"] ?? location.href);
    if (html !== null && section.isConnected) morph(section, html);
    fresh = now();
  } catch {
    // The last good copy stays; the dot says how old it is.
  } finally {
    running.delete(section);
  }
}

function plan(section: HTMLElement): void {
  clearTimeout(waiting.get(section));
  waiting.set(
    section,
    window.setTimeout(() => void refetch(section), SETTLE),
  );
}

/** Refetches every section that shows one of these kinds; all of them without kinds. */
export function refresh(kinds?: string[]): void {
  for (const section of all("[data-live]")) {
    const wanted = (section.dataset["live"] ?? "").split(" ").filter(Boolean);
    const every = !kinds || kinds.includes("*") || wanted.length === 0;
    if (every || wanted.some((kind) => kinds.includes(kind))) plan(section);
  }
}

/** Keeps one stream open and says how it is. */
class Stream {
  private source: EventSource | null = null;
  private timers: number[] = [];
  private broken = false;

  constructor(
    private readonly dot: HTMLElement,
    private readonly url: string,
    private readonly pauses: boolean,
  ) {}

  start(): void {
    this.open();
    addEventListener("pagehide", () => this.source?.close());
    if (this.pauses) this.pauseWhenHidden();
  }

  private open(): void {
    this.source?.close();
    const source = new EventSource(this.url);
    this.source = source;
    source.onopen = () => this.opened();
    source.onerror = () => this.failed();
    source.onmessage = (message) => this.changed(String(message.data));
  }

  private opened(): void {
    this.timers.forEach(clearTimeout);
    this.timers = [];
    if (this.broken) refresh();
    this.broken = false;
    streaming = true;
    fresh = now();
    reached();
    this.say("live");
  }

  private failed(): void {
    if (this.broken) return;
    this.broken = true;
    streaming = false;
    void probe();
    this.timers = [
      window.setTimeout(() => this.say("away"), AWAY_AFTER),
      window.setTimeout(() => this.old(), OLD_AFTER),
      window.setTimeout(() => this.retry(), AWAY_AFTER),
    ];
  }

  /** The browser gives up after some answers; ask again until the stream is back. */
  private retry(): void {
    if (this.source?.readyState === EventSource.CLOSED) this.open();
    this.timers.push(window.setTimeout(() => this.retry(), AWAY_AFTER));
  }

  private old(): void {
    refresh();
    this.say("old");
    this.timers.push(window.setTimeout(() => this.old(), POLL_EVERY));
  }

  private changed(data: string): void {
    fresh = now();
    let change: Change = {};
    try {
      change = JSON.parse(data) as Change;
    } catch {
      // Anything that is not JSON means: something changed.
    }
    refresh(change.kinds);
  }

  private say(state: "live" | "away" | "old"): void {
    this.dot.dataset["state"] = state;
    const words = this.dot.querySelector("span");
    const key = { live: "wordLive", away: "wordAway", old: "wordOld" }[state];
    const text = this.dot.dataset[key];
    if (words && text) words.textContent = text.replace("{}", timeOfDay(fresh));
  }

  private pauseWhenHidden(): void {
    let timer = 0;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(timer);
      if (document.hidden) {
        timer = window.setTimeout(() => this.source?.close(), HIDDEN_FOR);
      } else if (this.source?.readyState === EventSource.CLOSED) {
        this.broken = true;
        this.open();
      }
    });
  }
}

/** Starts the page's stream. */
export function live(): void {
  const dot = document.querySelector<HTMLElement>("[data-live-url]");
  const url = dot?.dataset["liveUrl"];
  if (!dot || !url) return;
  new Stream(dot, url, dot.matches("[data-island=live]")).start();
}

/**
 * `data-poll="4"` refetches every four seconds until a 204; a section that a stream keeps fresh, too,
 * only now and then while the stream is open.
 */
export function poll(): void {
  for (const section of all("[data-poll]")) {
    const every = Math.max(2, Number(section.dataset["poll"]) || 10) * 1000;
    let fetched = 0;
    const timer = window.setInterval(async () => {
      if (!section.isConnected) return clearInterval(timer);
      const steady = streaming && section.hasAttribute("data-live");
      if (steady && now() - fetched < STEADY) return;
      try {
        fetched = now();
        const html = await fragment(section.dataset["liveSrc"] ?? location.href);
        if (html === null) return clearInterval(timer);
        morph(section, html);
        section.dataset["state"] = "live";
      } catch {
        section.dataset["state"] = "away";
      }
    }, every);
  }
}
