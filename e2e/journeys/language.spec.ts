/** Chinese and dark: one tap each, kept for the next page and the next visit. */
import { expect, test } from "../src/steward.ts";

test("the desk switches to Chinese and dark, and stays there", async ({ desk }) => {
  await desk.goto("/today");
  const page = desk.locator("html");
  await desk.locator("button[name=language][value=zh-CN]:visible").first().click();
  await expect(page).toHaveAttribute("lang", "zh-CN");
  await expect(desk.getByRole("heading", { level: 1 })).toContainText("今日");
  await desk.locator("button[name=theme][value=dark]:visible").first().click();
  await expect(page).toHaveAttribute("data-theme", "dark");
  await desk.goto("/orders");
  await expect(page).toHaveAttribute("lang", "zh-CN");
  await expect(page).toHaveAttribute("data-theme", "dark");
  const canvas = await desk.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = canvas.match(/\d+/g)?.slice(0, 3).map(Number) ?? [255];
  expect(Math.max(...light)).toBeLessThan(60);
});

test("a guest reads the shop in the language of the phone, and changes it by one tap", async ({
  browser,
  shop,
}) => {
  const context = await browser.newContext({ baseURL: shop.address, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto("/at/lotus/riverside");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.getByText("English", { exact: true }).first().click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await context.close();
});
