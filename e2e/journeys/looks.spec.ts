/** Every page as everybody sees it. A new page takes its place in one of the two lists. */
import { type Page } from "@playwright/test";
import { everyLook, expect, test } from "../src/steward.ts";

test.describe.configure({ mode: "parallel", timeout: 150_000 });

/** Pages behind the log-in: name of the picture, and path. */
const DESK: [string, string][] = [
  ["today", "/today"],
  ["calendar", "/calendar"],
  ["calendar-rooms", "/calendar?view=rooms"],
  ["calendar-week", "/calendar?view=week"],
  ["calendar-feeds", "/calendar/feeds"],
  ["my-day", "/my-day"],
  ["orders", "/orders"],
  ["order-new", "/orders/new"],
  ["order-new-booking", "/orders/new?kind=booking"],
  ["order-times", "/orders/times?day=2026-11-22&at=14:00"],
  ["walk-in", "/today/walk-in"],
  ["sessions", "/sessions"],
  ["session-new", "/sessions/new"],
  ["waiting", "/waiting"],
  ["waiting-new", "/waiting/new"],
  ["enquiries", "/enquiries"],
  ["enquiries-mine", "/enquiries?tray=mine"],
  ["enquiry-new", "/enquiries/new"],
  ["enquiry-targets", "/enquiries/targets"],
  ["help", "/help"],
  ["help-article", "/help/enquiries"],
  ["help-releases", "/help/releases"],
  ["help-first-hour", "/help/first-hour"],
  ["customers", "/customers"],
  ["customer-new", "/customers/new"],
  ["services", "/services"],
  ["service-new", "/services/new"],
  ["blueprints", "/blueprints"],
  ["blueprint-new", "/blueprints/new"],
  ["blueprint-import", "/blueprints/import"],
  ["fields", "/fields"],
  ["field-new", "/fields/new?subject=customer"],
  ["imports", "/imports"],
  ["archives", "/archives"],
  ["health", "/health"],
  ["sites", "/sites"],
  ["site-new", "/sites/new"],
  ["resources", "/resources"],
  ["resource-moves", "/resources/moves"],
  ["booking-rules", "/booking-rules"],
  ["booking-rule", "/booking-rules/level/vip"],
  ["staff", "/staff"],
  ["staff-new", "/staff/new"],
  ["staff-week", "/staff/week"],
  ["staff-requests", "/staff/requests"],
  ["requests", "/requests"],
  ["offline", "/offline"],
  ["user-new", "/users/new"],
  ["queue", "/queue"],
  ["queue-code", "/queue/qr"],
  ["queue-waits", "/queue/waits"],
  ["queue-rules", "/queue/rules"],
  ["queue-lines", "/queue/lines"],
  ["queue-counters", "/queue/counters"],
  ["queue-devices", "/queue/devices"],
  ["messages", "/messages"],
  ["message-unreachable", "/messages/unreachable"],
  ["message-wordings", "/messages/wordings"],
  ["message-wording", "/messages/wordings/booked/zh-CN"],
  ["message-settings", "/messages/settings"],
  ["journal", "/journal"],
  ["settings", "/settings"],
  ["settings-code", "/settings/code"],
  ["settings-api", "/settings/api"],
  ["settings-api-found", "/settings/api?q=post+orders"],
  ["webhooks", "/settings/webhooks"],
  ["access", "/access"],
  ["access-roles", "/access/roles"],
  ["access-role-new", "/access/roles/new?copy=desk"],
  ["access-sign-ins", "/access/sign-ins"],
  ["audit", "/audit"],
  ["regions", "/regions"],
  ["regions-edit", "/regions/edit"],
  ["search", "/search?q=a"],
  ["orders-none", "/orders?q=nobody+is+called+so"],
];

/** Pages of one thing: name of the picture, the list, and how the thing's path begins. */
const ONE: [string, string, string][] = [
  ["order", "/orders", "/orders/"],
  ["customer", "/customers", "/customers/"],
  ["enquiry", "/enquiries", "/enquiries/"],
  ["service", "/services", "/services/"],
  ["blueprint", "/blueprints", "/blueprints/"],
  ["site", "/sites", "/sites/"],
  ["staff-member", "/staff", "/staff/"],
  ["user", "/staff", "/users/"],
  ["resource", "/resources", "/resources/"],
  ["session", "/sessions", "/sessions/"],
  ["waiting-entry", "/waiting", "/waiting/"],
];

/** What an order asks on pages of their own. */
const ASKED = ["slot", "content", "cancellation"];

/** What opens over a page: name of the picture, path, the key that opens it. */
const OVER: [string, string, string][] = [
  ["over-walk-in", "/today", "w"],
  ["over-keys", "/today", "?"],
  ["over-command-box", "/orders", "Control+k"],
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

test("settings-api-part looks right", async ({ desk }) => {
  const open = (page: Page) => page.locator("summary", { hasText: "POST /orders" }).first().click();
  await everyLook(desk, "/settings/api/orders", "settings-api-part", { open });
});

test("webhook looks right", async ({ desk }) => {
  await desk.goto("/settings/webhooks");
  await desk.locator("main input[name=url]").fill("https://shop.example/in");
  await desk.locator("main form.form button[type=submit]").click();
  await desk.goto("/settings/webhooks");
  await everyLook(desk, await firstPath(desk, "/settings/webhooks/"), "webhook");
});

test("log-in looks right", async ({ phone }) => {
  await phone.goto("/login");
  await everyLook(phone, "/login", "login");
});

for (const [name, path, key] of OVER) {
  test(`${name} looks right`, async ({ desk }) => {
    const open = async (page: Page) => {
      await page.locator("body").press(key);
      await expect(page.getByRole("dialog").first()).toBeVisible();
    };
    await everyLook(desk, path, name, { open });
  });
}

test("what a booking asks looks right", async ({ desk }) => {
  test.setTimeout(300_000);
  await desk.goto("/orders?state=booked");
  const order = await firstPath(desk, "/orders/");
  for (const noun of ASKED) await everyLook(desk, `${order}/${noun}`, `order-${noun}`);
  await everyLook(desk, order.replace("/orders/", "/calendar/orders/"), "calendar-move");
});

test("the number and the called number look right", async ({ desk, phone }) => {
  test.setTimeout(300_000);
  await phone.goto("/at/lotus/riverside/queue");
  await everyLook(phone, "/at/lotus/riverside/queue", "queue-join");
  await phone.locator("label.svc").first().click();
  await phone.getByRole("button", { name: "Take a number" }).click();
  await expect(phone).toHaveURL(/\/tickets\//);
  const ticket = new URL(phone.url()).pathname;
  const number = (await phone.locator(".tk__no b").textContent())?.trim() ?? "";
  await everyLook(phone, ticket, "ticket");
  await desk.goto("/today");
  await desk.locator(".qcard", { has: desk.getByText(number, { exact: true }) }).click();
  await desk.keyboard.press("c");
  await phone.goto(ticket);
  await expect(phone.getByRole("heading", { name: "It is your turn" })).toBeVisible();
  await everyLook(phone, ticket, "ticket-called");
});

test("what is printed or drawn of a blueprint looks right", async ({ desk }) => {
  test.setTimeout(300_000);
  await desk.goto("/blueprints");
  const blueprint = await firstPath(desk, "/blueprints/");
  await everyLook(desk, `${blueprint}/sop`, "blueprint-sop");
  await everyLook(desk, `${blueprint}/diagram`, "blueprint-diagram");
  await desk.goto(blueprint);
  const step = await desk.locator("a.bp--ba").first().getAttribute("href");
  await everyLook(desk, step ?? "", "blueprint-step");
});

test("the tablet at the door looks right", async ({ desk, phone }) => {
  test.setTimeout(420_000);
  const kiosk = await linked(desk, "Tablet at the door");
  await phone.goto("/login");
  await everyLook(phone, kiosk, "kiosk");
  await everyLook(phone, `${kiosk}/services`, "kiosk-services");
  await everyLook(phone, `${kiosk}/booking`, "kiosk-booking");
  await phone.goto(`${kiosk}/services`);
  await phone.locator("a.ktile").first().click();
  const details = new URL(phone.url());
  await everyLook(phone, details.pathname + details.search, "kiosk-details");
  await phone.goto(details.pathname + details.search);
  await phone.getByRole("button", { name: "Take my number" }).click();
  await expect(phone).toHaveURL(/\/numbers\//);
  await everyLook(phone, new URL(phone.url()).pathname, "kiosk-number");
});

test("the screen on the wall looks right", async ({ desk, phone }) => {
  test.setTimeout(300_000);
  const wall = await linked(desk, "Screen on the wall");
  await desk.goto("/queue");
  await desk.getByRole("button", { name: "Call next" }).first().click();
  await phone.goto("/login");
  await everyLook(phone, wall, "wall");
});

test("a link to set a password looks right", async ({ desk, phone }) => {
  await desk.goto("/staff");
  await desk.goto(await firstPath(desk, "/users/"));
  await desk.getByRole("button", { name: "Make password link" }).click();
  const text = (await desk.locator("main").innerHTML()).match(/\/set-password\/[\w.-]+/)?.[0] ?? "";
  expect(text).not.toBe("");
  await phone.goto("/login");
  await everyLook(phone, text, "set-password");
});

test("pages that are not there look right", async ({ desk, phone }) => {
  await desk.goto("/today");
  const missing = { status: 404 };
  await everyLook(desk, "/orders/00000000-0000-7000-8000-000000000000", "missing", missing);
  await phone.goto("/login");
  await everyLook(phone, "/at/lotus/nowhere", "missing-shop", missing);
  await everyLook(phone, "/set-password/used-up", "missing-link", missing);
});

test("every entry of the menu is among the pages looked at", async ({ desk }) => {
  await desk.goto("/today");
  const links = desk.locator(".rail nav a[href]");
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(paths.length).toBeGreaterThan(8);
  const looked = DESK.map(([, path]) => path);
  for (const path of paths) expect(looked).toContain(path?.split("?")[0]);
});

/** Links a device and answers its path. */
async function linked(desk: Page, kind: string): Promise<string> {
  await desk.goto("/queue/devices");
  await desk.getByRole("radio", { name: kind }).check();
  await desk.getByLabel("Name").fill("Entrance");
  await desk.getByRole("button", { name: "Make link" }).click();
  return new URL(await desk.getByLabel("Link", { exact: true }).inputValue()).pathname;
}

/** The first link whose path is below `begins`, with an id at its end. */
async function firstPath(page: Page, begins: string): Promise<string> {
  const paths = await page
    .locator(`a[href^="${begins}"]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  const found = paths.find((path) => /\/[0-9a-f-]{36}(\?|$)/.test(path));
  expect(found, `a link below ${begins}`).toBeTruthy();
  return found ?? "";
}
