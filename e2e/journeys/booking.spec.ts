/** Booking online on a phone: four taps, and a link that moves or cancels it. */
import { type Page } from "@playwright/test";
import { everyLook, expect, test } from "../src/steward.ts";

/** The shop's own page is where its link and its code lead: from here it is four taps. */
const SHOP = "/at/lotus/riverside";

/** Books the first service at the first free time of a later day; returns the number of taps. */
async function book(phone: Page, name: string): Promise<number> {
  let taps = 0;
  const tap = async (what: ReturnType<Page["locator"]>) => {
    await what.tap();
    taps += 1;
  };
  await phone.goto(SHOP);
  await tap(phone.locator("a.svc").first());
  await tap(phone.locator('a.dy[href]:not([aria-current])').last());
  await tap(phone.locator("button.sl").first());
  await phone.getByLabel("Name").fill(name);
  await phone.getByLabel("Mobile").fill("139 1234 5678");
  await tap(phone.getByRole("button", { name: "Book" }));
  await expect(phone.getByRole("heading", { name: "You are booked" })).toBeVisible();
  return taps;
}

test("a booking takes four taps and reaches the desk", async ({ phone, desk }) => {
  expect(await book(phone, "Lin Xiao")).toBeLessThanOrEqual(4);
  await desk.goto("/orders?q=Lin+Xiao");
  await expect(desk.getByText("Lin Xiao").first()).toBeVisible();
});

test("what is added to a service is told, priced and in the order", async ({ phone, desk }) => {
  await phone.goto(SHOP);
  await phone.locator("a.svc", { hasText: "Cut · short" }).first().tap();
  const chip = phone.locator(".chips .chip", { hasText: "Hair mask" });
  await chip.tap();
  await expect(chip).toHaveAttribute("aria-current", /.+/);
  await phone.locator('a.dy[href]:not([aria-current])').last().tap();
  await phone.locator("button.sl").first().tap();
  await expect(phone.getByRole("main")).toContainText("Hair mask");
  await phone.getByLabel("Name").fill("Shen Lan");
  await phone.getByLabel("Mobile").fill("139 2222 5678");
  await phone.getByRole("button", { name: "Book" }).tap();
  await expect(phone.getByRole("heading", { name: "You are booked" })).toBeVisible();
  await expect(phone.getByRole("main")).toContainText("¥256");
  await desk.goto("/orders?q=Shen+Lan");
  await desk.getByRole("main").locator('a[href^="/orders/0"]').first().click();
  await expect(desk.getByRole("table").first()).toContainText("Hair mask");
  await expect(desk.getByRole("main")).toContainText("¥256.00");
});

test("the link moves the booking, and cancels it", async ({ phone }) => {
  await book(phone, "Zhou Qi");
  const visit = phone.url();
  await phone.getByRole("link", { name: "Change time" }).tap();
  await phone.locator("button.sl").last().tap();
  await expect(phone).toHaveURL(visit);
  await phone.getByText("Cancel booking").first().tap();
  await phone.getByRole("button", { name: "Yes, cancel it" }).tap();
  await expect(phone.getByText("This booking was cancelled")).toBeVisible();
});

test("a wrong phone number is told beside the field, and the name is kept", async ({ phone }) => {
  await phone.goto(SHOP);
  await phone.locator("a.svc").first().tap();
  await phone.locator('a.dy[href]').last().tap();
  await phone.locator("button.sl").first().tap();
  await phone.getByLabel("Name").fill("Gao");
  await phone.getByLabel("Mobile").fill("12");
  await phone.getByRole("button", { name: "Book" }).tap();
  await expect(phone.getByText("This is not a phone number").first()).toBeVisible();
  await expect(phone.getByLabel("Name")).toHaveValue("Gao");
});

test("booking works without JavaScript", async ({ browser, shop }) => {
  const context = await browser.newContext({
    baseURL: shop.address,
    javaScriptEnabled: false,
    hasTouch: true,
    locale: "en-GB",
  });
  const page = await context.newPage();
  await book(page, "Without Script");
  await context.close();
});

test("every booking page looks right", async ({ phone }) => {
  test.setTimeout(240_000);
  await phone.goto("/at/lotus");
  await everyLook(phone, "/at/lotus", "book-0");
  await expect(phone.locator(`a.svc[href="${SHOP}"]`)).toHaveCount(1);
  await everyLook(phone, SHOP, "book-1");
  await phone.goto(SHOP);
  const times = await phone.locator("a.svc").first().getAttribute("href");
  await everyLook(phone, times ?? "", "book-2");
  await phone.locator('a.dy[href]').last().click();
  await phone.locator("button.sl").first().click();
  await everyLook(phone, new URL(phone.url()).pathname, "book-3");
  await phone.getByLabel("Name").fill("Look");
  await phone.getByLabel("Mobile").fill("139 1234 5678");
  await phone.getByRole("button", { name: "Book" }).click();
  await everyLook(phone, new URL(phone.url()).pathname, "booked");
});
