/** A phone that loses its line: my day and the ticket go on, nothing is done twice, nothing stays. */
import { type Browser, type BrowserContext, type Page } from "@playwright/test";
import { expect, PHONE, speak, test } from "../src/steward.ts";
import { type Server } from "../src/server.ts";

/** A browser's log of failed requests is what these tests are about, so nobody listens to it. */
async function handheld(browser: Browser, shop: Server): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: shop.address,
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
  });
  await speak(context, shop.address, "en", "light");
  return context;
}

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.locator("[name=login]").fill(login);
  await page.locator("[name=password]").fill(password);
  await page.locator("form [type=submit]").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
}

/** Opens a page and waits until the device has a copy of it. */
async function kept(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect
    .poll(() => page.evaluate(async (it) => (await caches.match(it)) !== undefined, path))
    .toBe(true);
}

const bar = (page: Page) => page.locator("[data-offline]");
const job = (page: Page) => page.locator("#my-day .nowjob h2").first();

test("my day goes on without a line and is sent when it is back, once", async ({
  browser,
  shop,
}) => {
  const context = await handheld(browser, shop);
  const page = await context.newPage();
  await signIn(page, "li.mei", shop.password);
  await kept(page, "/my-day");
  const step = (await job(page).innerText()).trim();
  await expect(bar(page)).toBeHidden();

  await context.setOffline(true);
  await expect(bar(page)).toContainText("Offline since");
  await page.getByRole("button", { name: "Complete step" }).first().click();
  await expect(job(page)).not.toHaveText(step);
  const next = (await job(page).innerText()).trim();
  const acts = page.locator("[data-acts] li");
  await expect(acts).toHaveCount(1);
  await expect(acts.first()).toContainText("Waiting");

  await page.reload();
  await expect(bar(page)).toContainText("Shown as of");
  await expect(acts.first()).toContainText("Waiting");
  await expect(job(page)).toHaveText(next);

  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.headers()["idempotency-key"] ?? "");
  });
  await context.setOffline(false);
  await expect(bar(page)).toBeHidden({ timeout: 15_000 });
  await expect(page.locator("html[data-copied]")).toHaveCount(0);
  await expect(job(page)).toHaveText(next);
  await expect(acts.first()).toContainText("Sent");
  await expect(page.locator("[data-acts]")).toBeHidden({ timeout: 30_000 });
  // However often it was sent, it went under one key.
  expect(new Set(sent).size).toBe(1);
  expect(sent[0]).toMatch(/^[0-9a-f]{32}$/);
  await page.reload();
  await expect(job(page)).toHaveText(next);
  await context.close();
});

test("an act that the shop no longer takes is shown with its reason", async ({
  browser,
  shop,
  desk,
}) => {
  const context = await handheld(browser, shop);
  const page = await context.newPage();
  await signIn(page, "li.mei", shop.password);
  await kept(page, "/my-day");
  const box = page.locator("#my-day .nowjob [name=tick]").first();
  const state = (): Promise<string> =>
    page
      .locator("#my-day")
      .evaluate((day) =>
        [...day.querySelectorAll("form, h2")]
          .map((one) => one.getAttribute("action") ?? one.textContent)
          .join(),
      );
  for (let steps = 0; steps < 14 && !(await box.isVisible()); steps += 1) {
    const before = await state();
    await page.locator("#my-day .btn--primary").first().click();
    await expect.poll(state).not.toBe(before);
  }
  const order = await page.locator("#my-day .nowjob").first().getAttribute("data-job");
  await context.setOffline(true);
  await expect(bar(page)).toBeVisible();
  await box.check();
  await expect(page.locator("[data-acts] li").last()).toContainText("Waiting");

  const finished = await desk.request.post(`/today/orders/${order}/finish`);
  expect(finished.ok()).toBe(true);

  await context.setOffline(false);
  const act = page.locator('[data-acts] li[data-state="refused"]');
  await expect(act).toContainText("Refused", { timeout: 15_000 });
  await expect(act.getByRole("link", { name: "Look at the order" })).toHaveAttribute(
    "href",
    `/orders/${order}`,
  );
  await act.getByRole("button", { name: "Forget this" }).click();
  await expect(page.locator("[data-acts]")).toBeHidden();
  await context.close();
});

test("a ticket stays readable without a line, says how old it is, and catches up", async ({
  browser,
  shop,
}) => {
  const context = await handheld(browser, shop);
  const page = await context.newPage();
  await page.goto("/at/lotus/riverside/queue");
  await page.locator("label.svc").first().click();
  await page.getByRole("button", { name: "Take a number" }).click();
  await expect(page).toHaveURL(/\/tickets\//);
  const number = (await page.locator(".tk__no b").innerText()).trim();
  await kept(page, new URL(page.url()).pathname);

  await context.setOffline(true);
  await expect(bar(page)).toContainText("Offline since");
  await page.reload();
  await expect(page.locator(".tk__no b")).toHaveText(number);
  await expect(bar(page)).toContainText("Shown as of");

  await context.setOffline(false);
  await expect(bar(page)).toBeHidden({ timeout: 15_000 });
  await expect(page.locator(".tk__no b")).toHaveText(number);
  await context.close();
});

test("whoever signs out leaves nothing on a shared phone", async ({ browser, shop }) => {
  const context = await handheld(browser, shop);
  const page = await context.newPage();
  await signIn(page, "li.mei", shop.password);
  await kept(page, "/my-day");
  await page.locator(".tabbar > details > summary").click();
  await page.locator(".sheet .me").click();
  await page.locator(".sheet").getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
  const left = () =>
    page.evaluate(async () => {
      const copies = (await caches.keys()).filter((name) => /^copies:(?!guest)/.test(name));
      const words = Object.keys(localStorage).filter((key) => key.startsWith("steward."));
      return [...copies, ...words];
    });
  await expect.poll(left).toEqual([]);
  await context.setOffline(true);
  await page.goto("/my-day").catch(() => undefined);
  await expect(page.locator("body")).not.toContainText("Shift");
  await expect(page.locator("#my-day")).toHaveCount(0);
  await context.close();
});

test("signing out without a line clears the phone at once and the shop learns of it later", async ({
  browser,
  shop,
}) => {
  const context = await handheld(browser, shop);
  const page = await context.newPage();
  await signIn(page, "li.mei", shop.password);
  await kept(page, "/my-day");
  await context.setOffline(true);
  await expect(bar(page)).toBeVisible();
  await page.locator(".tabbar > details > summary").click();
  await page.locator(".sheet .me").click();
  await page.locator(".sheet").getByRole("button", { name: "Sign out" }).click();
  await expect(page.locator("[data-offline-page]")).toBeVisible();
  await expect(bar(page)).toContainText("Signed out on this device");
  await page.goto("/my-day");
  await expect(page.locator("#my-day")).toHaveCount(0);

  // The shop takes its time to answer; nothing of the day comes back meanwhile.
  await page.route("**/logout", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  const seen: string[] = [];
  page.on("framenavigated", (frame) => seen.push(new URL(frame.url()).pathname));
  await context.setOffline(false);
  await expect(page).toHaveURL(/\/login/, { timeout: 15_000 });
  expect(seen).toEqual(["/login"]);
  await page.goto("/my-day");
  await expect(page).toHaveURL(/\/login/);
  await context.close();
});

test("today says how old it is while live updates are broken, and recovers", async ({
  browser,
  shop,
}) => {
  const context = await browser.newContext({ baseURL: shop.address });
  await speak(context, shop.address, "en", "light");
  const page = await context.newPage();
  await signIn(page, shop.user, shop.password);
  await page.goto("/today");
  const dot = page.locator("[data-live-url]");
  await expect(dot).toHaveAttribute("data-state", "live");
  await context.setOffline(true);
  await expect(bar(page)).toContainText(/Offline since \d\d:\d\d/);
  await expect(bar(page)).toContainText(/Shown as of \d\d:\d\d/);
  await expect(page.locator("#board")).toBeVisible();
  await context.setOffline(false);
  await expect(bar(page)).toBeHidden({ timeout: 15_000 });
  await expect(dot).toHaveAttribute("data-state", "live", { timeout: 15_000 });
  await context.close();
});

test("the product can be installed, in both languages", async ({ browser, shop }) => {
  const context = await browser.newContext({ baseURL: shop.address });
  await speak(context, shop.address, "zh-CN", "light");
  const page = await context.newPage();
  await page.goto("/login");
  for (const [tag, name] of [["zh-CN", "掌柜 Steward"], ["en", "Steward"]]) {
    const answer = await page.request.get(`/manifest.${tag}.webmanifest`);
    expect(answer.headers()["content-type"]).toContain("application/manifest+json");
    const manifest = await answer.json();
    expect(manifest.name).toBe(name);
    const purposes = manifest.icons.map((icon: { purpose: string }) => icon.purpose);
    expect(purposes).toContain("maskable");
    for (const icon of manifest.icons) expect((await page.request.get(icon.src)).ok()).toBe(true);
  }
  const worker = await page.request.get("/service-worker.js");
  expect(worker.headers()["content-type"]).toContain("text/javascript");
  expect(worker.headers()["cache-control"]).toBe("no-cache");
  expect(worker.headers()["content-security-policy"]).toContain("default-src 'none'");
  await context.close();
});

test("a form that cannot be sent keeps what was typed and goes once the line is back", async ({
  browser,
  shop,
}) => {
  const context = await handheld(browser, shop);
  const page = await context.newPage();
  await signIn(page, "he.jia", shop.password);
  await page.goto("/customers/new");
  await page.locator("[name=name]").fill("Ada Lovelace");
  await context.setOffline(true);
  await expect(bar(page)).toContainText("Offline since");
  await page.locator("main form [type=submit]").first().click();
  await expect(page.locator(".toast")).toContainText("nothing was sent");
  await expect(page.locator("[name=name]")).toHaveValue("Ada Lovelace");
  await context.setOffline(false);
  await page.locator("main form [type=submit]").first().click();
  await page.waitForURL((url) => url.pathname !== "/customers/new");
  await expect(page.locator("main")).toContainText("Ada Lovelace");
  await context.close();
});
