/** What every journey stands on: a running shop, a signed-in page, and a look at every page. */
import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, type Page, test as base, expect } from "@playwright/test";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Server, demo } from "./server.ts";

export type Language = "zh-CN" | "en";
export type Theme = "light" | "dark";

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
const NARROW = { width: 320, height: 800 };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

interface WorkerFixtures {
  shop: Server;
  /** A file that needs a shop nobody else has touched names itself here. */
  alone: string;
}

interface Fixtures {
  /** Page of the shop's owner, signed in. */
  desk: Page;
  /** Page of a passer-by with a phone. */
  phone: Page;
  /** Opens one more window of the owner. */
  another: () => Promise<Page>;
}

/** Everything a browser complained about while a page was open. */
const complaints = new WeakMap<Page, string[]>();

export const test = base.extend<Fixtures, WorkerFixtures>({
  alone: ["", { option: true, scope: "worker" }],

  shop: [
    async ({}, use) => {
      const seed = process.env["STEWARD_SEED"];
      if (!seed) throw new Error("the seed was not built");
      const folder = mkdtempSync(join(tmpdir(), "steward-shop-"));
      cpSync(seed, folder, { recursive: true });
      const server = await demo(folder);
      await use(server);
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],

  baseURL: async ({ shop }, use) => use(shop.address),

  another: async ({ browser, shop }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL: shop.address, viewport: WIDE });
      opened.push(context);
      return signedIn(context, shop);
    });
    for (const context of opened) await context.close();
  },

  desk: async ({ browser, shop }, use) => {
    const context = await browser.newContext({ baseURL: shop.address, viewport: WIDE });
    const page = await signedIn(context, shop);
    await use(page);
    silent(page);
    await context.close();
  },

  phone: async ({ browser, shop }, use) => {
    const context = await browser.newContext({
      baseURL: shop.address,
      viewport: PHONE,
      hasTouch: true,
      isMobile: true,
    });
    await speak(context, shop.address, "en", "light");
    const page = await context.newPage();
    listen(page);
    await use(page);
    silent(page);
    await context.close();
  },
});

export { expect };

/** Signs the owner in through the form. */
async function signedIn(context: BrowserContext, shop: Server): Promise<Page> {
  await speak(context, shop.address, "en", "light");
  const page = await context.newPage();
  listen(page);
  await page.goto("/login");
  await page.locator("[name=login]").fill(shop.user);
  await page.locator("[name=password]").fill(shop.password);
  await page.locator("form [type=submit]").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  return page;
}

/** Sets language and theme as the switches in the shell do. */
export async function speak(
  context: BrowserContext,
  address: string,
  language: Language,
  theme: Theme,
): Promise<void> {
  await context.addCookies([
    { name: "locale", value: language, url: address },
    { name: "theme", value: theme, url: address },
  ]);
}

/** The machine's own network, when an address of it comes or goes, ends what Chromium has under way. */
const NETWORK_CHANGED = /ERR_NETWORK_CHANGED/;

/** Hears what the browser complains about; goes once more to a page that a change of network cut off. */
function listen(page: Page): void {
  const go = page.goto.bind(page);
  page.goto = (path, options) =>
    go(path, options).catch((error: unknown) => {
      if (!NETWORK_CHANGED.test(String(error))) throw error;
      return go(path, options);
    });
  const heard: string[] = [];
  complaints.set(page, heard);
  page.on("console", (message) => {
    // A refused form answers 422 or 409 with the form itself, a page that is not there 404 with
    // words: Chromium logs the status, no fault.
    const status = /the server responded with a status of (404|409|422)/.test(message.text());
    const known = status || NETWORK_CHANGED.test(message.text());
    if (message.type() === "error" && !known) heard.push(message.text());
  });
  page.on("pageerror", (error) => heard.push(String(error)));
}

/** No error on the console and nothing stopped by the content security policy. */
export function silent(page: Page): void {
  expect(complaints.get(page) ?? [], `console of ${page.url()}`).toEqual([]);
}

/** Words of axe's findings, short enough to read. */
async function axe(page: Page, where: string): Promise<void> {
  const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const faults = found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
  );
  expect.soft(faults, where).toEqual([]);
}

/**
 * Looks at a page as everybody sees it: wide and on a phone, in both languages and both themes,
 * checked by axe, and never scrolling sideways, down to 320 pixels. Keeps a picture of each.
 * `open` shows what is hidden at first: a dialog, a menu.
 */
export async function everyLook(
  page: Page,
  path: string,
  name: string,
  options: { status?: number; open?: (page: Page) => Promise<void> } = {},
): Promise<void> {
  const address = new URL(page.url()).origin;
  for (const [size, viewport] of Object.entries({ wide: WIDE, mobile: PHONE })) {
    await page.setViewportSize(viewport);
    for (const language of ["zh-CN", "en"] as const) {
      for (const theme of ["light", "dark"] as const) {
        await speak(page.context(), address, language, theme);
        const answer = await page.goto(path);
        const where = `${path} ${size} ${language} ${theme}`;
        expect.soft(answer?.status(), where).toBe(options.status ?? 200);
        await expect.soft(page.locator("html"), where).toHaveAttribute("lang", language);
        await options.open?.(page);
        await settled(page);
        await axe(page, where);
        await noSideways(page, where);
        await noBelow(page, where);
        const picture = `test-results/looks/${name}.${size}.${language}.${theme}.png`;
        await page.screenshot({ path: picture });
      }
    }
  }
  await page.setViewportSize(NARROW);
  await noSideways(page, `${path} at 320`);
  await page.setViewportSize(WIDE);
  await speak(page.context(), address, "en", "light");
  silent(page);
}

/** Waits until movement has ended, so that colours are final. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const moving = document.getAnimations().filter((a) => {
      const timing = a.effect?.getComputedTiming();
      return timing !== undefined && timing.iterations !== Infinity;
    });
    await Promise.all(moving.map((animation) => animation.finished.catch(() => undefined)));
  });
}

async function noSideways(page: Page, where: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Where a part of the page scrolls, the window holds nothing below it: a jump would show it. */
async function noBelow(page: Page, where: string): Promise<void> {
  const below = await page.evaluate(() => {
    const { scrollHeight, clientHeight } = document.documentElement;
    return getComputedStyle(document.body).overflowY === "hidden" ? scrollHeight - clientHeight : 0;
  });
  expect.soft(below, `${where} goes on below the window`).toBeLessThanOrEqual(0);
}
