/** Every page as everybody sees it. A new page takes its place in one of the two lists. */
import { type Page } from "@playwright/test";
import { everyLook, expect, test } from "../src/steward.ts";

test.describe.configure({ mode: "parallel", timeout: 150_000 });

/** Pages behind the log-in: name of the picture, and path. */
const DESK: [string, string][] = [
  ["today", "/today"],
  ["calendar", "/calendar"],
  ["my-day", "/my-day"],
  ["orders", "/orders"],
  ["order-new", "/orders/new"],
  ["customers", "/customers"],
  ["services", "/services"],
  ["blueprints", "/blueprints"],
  ["sites", "/sites"],
  ["resources", "/resources"],
  ["staff", "/staff"],
  ["staff-week", "/staff/week"],
  ["queue", "/queue"],
  ["queue-code", "/queue/qr"],
  ["journal", "/journal"],
  ["settings", "/settings"],
  ["search", "/search?q=a"],
];

/** Pages of one thing: name of the picture, the list, and how the thing's path begins. */
const ONE: [string, string, string][] = [
  ["order", "/orders", "/orders/"],
  ["customer", "/customers", "/customers/"],
  ["service", "/services", "/services/"],
  ["blueprint", "/blueprints", "/blueprints/"],
  ["site", "/sites", "/sites/"],
  ["staff-member", "/staff", "/staff/"],
];

for (const [name, path] of DESK) {
  test(`${name} looks right`, async ({ desk }) => {
    await everyLook(desk, path, name);
  });
}

for (const [name, list, begins] of ONE) {
  test(`${name} looks right`, async ({ desk }) => {
    await desk.goto(list);
    await everyLook(desk, await firstPath(desk, begins), name);
  });
}

test("log-in looks right", async ({ phone }) => {
  await phone.goto("/login");
  await everyLook(phone, "/login", "login");
});

test("a page that is not there says so", async ({ another }) => {
  const desk = await another();
  const answer = await desk.goto("/orders/00000000-0000-7000-8000-000000000000");
  expect(answer?.status()).toBe(404);
  await expect(desk.getByRole("heading").first()).toBeVisible();
});

/** The first link whose path is below `begins`, with an id at its end. */
async function firstPath(page: Page, begins: string): Promise<string> {
  const paths = await page
    .locator(`a[href^="${begins}"]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  const found = paths.find((path) => /\/[0-9a-f-]{36}(\?|$)/.test(path));
  expect(found, `a link below ${begins}`).toBeTruthy();
  return found ?? "";
}
