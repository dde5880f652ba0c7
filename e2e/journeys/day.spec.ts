/**
 * One Saturday at Lotus from 08:50 to closing, with four people at once: the owner, the desk, a
 * stylist on a phone and a customer on a phone. Told in each language, on each database.
 */
import { type Browser, type BrowserContext, type Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Server, demo, verify } from "../src/server.ts";
import { type Language, PHONE, WIDE, expect, silent, speak, test } from "../src/steward.ts";

const EVENING_BEFORE = "2026-11-20T15:00:00+08:00";
const on = (time: string): string => `2026-11-21T${time}:00+08:00`;
/** 11:30 in Shanghai, as a time button of the public page carries it. */
const HALF_PAST_ELEVEN = "2026-11-21T03:30:00Z";

interface Words {
  customer: string;
  walkIn: string;
  yourTurn: string;
  arrived: string;
  finished: string;
  thanks: string;
  noShow: string;
  journal: RegExp;
}

const WORDS: Record<Language, Words> = {
  en: {
    customer: "Qiao An",
    walkIn: "Tang Bo",
    yourTurn: "It is your turn",
    arrived: "Arrived",
    finished: "Finished",
    thanks: "Thank you",
    noShow: "No-show",
    journal: /finished/i,
  },
  "zh-CN": {
    customer: "乔安",
    walkIn: "唐博",
    yourTurn: "轮到您了",
    arrived: "已到店",
    finished: "已完成",
    thanks: "谢谢光临",
    noShow: "未到",
    journal: /完成/,
  },
};

/** The shop through the day: the same address, however late it is. */
class Day {
  private server: Server | undefined;
  constructor(
    private readonly place: string,
    private readonly listen: string,
  ) {}

  async at(clock: string): Promise<Server> {
    await this.server?.stop();
    this.server = await demo({ place: this.place, clock, listen: this.listen, pastDays: 3 });
    return this.server;
  }

  async close(): Promise<void> {
    await this.server?.stop();
    this.server = undefined;
  }
}

class People {
  private readonly contexts: BrowserContext[] = [];
  private readonly pages: Page[] = [];
  constructor(
    private readonly browser: Browser,
    private readonly address: string,
    private readonly language: Language,
  ) {}

  async guest(): Promise<Page> {
    return this.page({ viewport: PHONE, hasTouch: true, isMobile: true });
  }

  async colleague(login: string, password: string, phone: boolean): Promise<Page> {
    const device = phone ? { viewport: PHONE, hasTouch: true, isMobile: true } : { viewport: WIDE };
    const page = await this.page(device);
    await page.goto("/login");
    await page.locator("[name=login]").fill(login);
    await page.locator("[name=password]").fill(password);
    await page.locator("form [type=submit]").first().click();
    await page.waitForURL((url) => !url.pathname.startsWith("/login"));
    return page;
  }

  private async page(device: object): Promise<Page> {
    const context = await this.browser.newContext({ ...device, baseURL: this.address });
    await speak(context, this.address, this.language, "light");
    this.contexts.push(context);
    const page = await context.newPage();
    this.pages.push(page);
    return page;
  }

  async leave(): Promise<void> {
    for (const page of this.pages) silent(page);
    for (const context of this.contexts) await context.close();
  }
}

/** A customer books a short cut for half past eleven; the address of the booking. */
async function book(phone: Page, name: string): Promise<string> {
  await phone.goto("/at/lotus/riverside/CUT-S/times");
  await phone.locator(`button.sl[value="${HALF_PAST_ELEVEN}"]`).tap();
  await phone.locator("[name=name]").fill(name);
  await phone.locator("[name=phone]").fill("139 5555 0101");
  await phone.locator("[form=details][type=submit]").tap();
  await expect(phone).toHaveURL(/\/bookings\/[a-z0-9]+$/);
  return phone.url();
}

/** The desk finds the order and gives it to Jonas; its path. */
async function giveToJonas(desk: Page, name: string): Promise<string> {
  await desk.goto(`/orders?q=${encodeURIComponent(name)}`);
  const link = desk.getByRole("main").locator('a[href^="/orders/0"]').first();
  const path = (await link.getAttribute("href"))?.split("?")[0] ?? "";
  await desk.goto(`${path}/slot`);
  const jonas = desk.locator("[name=with] option", { hasText: "Jonas" });
  await desk.locator("[name=with]").selectOption((await jonas.getAttribute("value")) ?? "");
  await desk.locator("main form button").first().click();
  await desk.locator(`[name=start][value="${HALF_PAST_ELEVEN}"]`).check({ force: true });
  await desk.locator("main form .btn--primary").last().click();
  await expect(desk).toHaveURL(new RegExp(`${path}$`));
  await expect(desk.getByRole("main")).toContainText("Jonas");
  return path;
}

/** Somebody takes a number on the own phone; the number. */
async function takeNumber(phone: Page): Promise<string> {
  await phone.goto("/at/lotus/riverside/queue");
  await phone.locator("label.svc").first().tap();
  await phone.locator("main form [type=submit], [form][type=submit]").last().tap();
  await expect(phone).toHaveURL(/\/tickets\//);
  return ((await phone.locator(".tk__no b").textContent()) ?? "").trim();
}

/** Works through every step of an order on the phone. */
async function work(stylist: Page, order: string): Promise<void> {
  await stylist.locator(`form[action="/my-day/orders/${order}/start"] button`).tap();
  await expect(stylist.locator(`.nowjob[data-job="${order}"]`)).toBeVisible();
  const step = stylist.locator(`form[action="/my-day/orders/${order}/step"] [type=submit]`);
  for (let steps = 0; steps < 20 && (await step.count()) > 0; steps += 1) {
    const before = await stylist.locator(`[data-job="${order}"] h2`).first().innerText();
    await step.first().tap();
    await expect
      .poll(async () => {
        const now = stylist.locator(`.nowjob[data-job="${order}"] h2`);
        return (await now.count()) === 0 ? "" : now.first().innerText();
      })
      .not.toBe(before);
  }
  await stylist.locator(`form[action="/my-day/orders/${order}/finish"] [type=submit]`).tap();
  await expect(stylist.locator(`.nowjob[data-job="${order}"]`)).toHaveCount(0);
}

async function tellTheDay(browser: Browser, place: string, language: Language): Promise<void> {
  const words = WORDS[language];
  const port = await freePort();
  const day = new Day(place, `127.0.0.1:${port}`);
  await day.at(EVENING_BEFORE);
  const shop = await day.at(on("08:50"));
  const people = new People(browser, shop.address, language);

  // 08:50: the owner looks at the day, the desk opens, a customer books from home.
  const owner = await people.colleague(shop.user, shop.password, false);
  const desk = await people.colleague("he.jia", shop.password, false);
  const phone = await people.guest();
  await expect(owner).toHaveURL(/\/today/);
  await desk.goto("/calendar");
  await expect(desk.getByText(words.customer)).toHaveCount(0);
  const booking = await book(phone, words.customer);
  await expect(desk.getByText(words.customer).first()).toBeVisible();
  const path = await giveToJonas(desk, words.customer);
  const order = path.replace("/orders/", "");

  // 11:05: Jonas begins his shift; somebody walks in and watches the line on a phone.
  await day.at(on("11:05"));
  const stylist = await people.colleague("jonas", shop.password, true);
  await stylist.goto("/my-day");
  await expect(stylist.locator("#my-day")).toContainText(words.customer);
  await desk.goto("/today");
  const other = await people.guest();
  const number = await takeNumber(other);
  const card = desk.locator(".qcard", { has: desk.getByText(number, { exact: true }) });
  await expect(card).toBeVisible();
  await card.click();
  await desk.keyboard.press("c");
  await expect(other.getByText(words.yourTurn).first()).toBeVisible();
  await card.click();
  await desk.keyboard.press("s");
  await expect(card).toHaveCount(0);

  // 11:26: the customer comes and is checked in; the stylist sees it and does the work.
  await day.at(on("11:26"));
  await desk.goto("/today");
  await stylist.goto("/my-day");
  await desk.locator("#checkin, .checkin__in").first().fill(words.customer);
  const found = desk.locator("#find li").first();
  await expect(found).toContainText(words.customer);
  await found.locator("button").first().click();
  await expect(desk.locator(`#b-${order}`)).toContainText(words.arrived);
  await work(stylist, order);
  await desk.goto(path);
  await expect(desk.getByText(words.finished).first()).toBeVisible();
  await phone.goto(booking);
  await expect(phone.getByRole("main")).toContainText(words.thanks);

  // 20:40: who did not come is closed, and the owner reads what the day was.
  await day.at(on("20:40"));
  await desk.goto("/today");
  const missing = desk.locator("#lane-attention button", { hasText: words.noShow }).first();
  const waiting = await desk.locator("#lane-attention button", { hasText: words.noShow }).count();
  expect(waiting).toBeGreaterThan(0);
  await missing.click();
  await expect(desk.locator("#lane-attention button", { hasText: words.noShow })).toHaveCount(
    waiting - 1,
  );
  await owner.goto("/journal");
  await expect(owner.getByRole("main")).toContainText(words.journal);
  expect((await owner.goto("/queue/waits"))?.status()).toBe(200);
  expect((await owner.goto("/regions"))?.status()).toBe(200);
  await expect(owner.getByRole("main")).toContainText(/Riverside|滨江店/);
  await people.leave();
  await day.close();
  expect(await verify(place)).toBe("");
}

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

for (const language of ["en", "zh-CN"] as const) {
  test(`a day at Lotus on the embedded database, in ${language}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const folder = mkdtempSync(join(tmpdir(), "steward-day-"));
    await tellTheDay(browser, folder, language);
    rmSync(folder, { recursive: true, force: true });
  });

  test(`a day at Lotus on PostgreSQL, in ${language}`, async ({ browser }) => {
    const server = process.env["STEWARD_TEST_POSTGRES"];
    test.skip(!server, "STEWARD_TEST_POSTGRES names no server");
    test.setTimeout(300_000);
    const name = `steward_day_${process.pid}_${language.slice(0, 2)}`;
    const psql = (statement: string) =>
      execFileSync("psql", ["-q", "-d", server ?? "", "-c", statement], { stdio: "pipe" });
    psql(`create database ${name}`);
    await tellTheDay(browser, (server ?? "").replace(/[^/]*$/, name), language);
    psql(`drop database ${name} with (force)`);
  });
}
