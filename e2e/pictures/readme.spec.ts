/** Pictures of the running product for the README: `npm run pictures` writes docs/pictures. */
import { type Page } from "@playwright/test";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PHONE, WIDE, expect, test } from "../src/steward.ts";

const FOLDER = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));

/** Takes a picture and, where pngquant is installed, makes it a third of the size. */
async function picture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => undefined);
  await page.evaluate(() => document.fonts.ready);
  const path = `${FOLDER}${name}.png`;
  await page.screenshot({ path, animations: "disabled" });
  spawnSync("pngquant", ["--force", "--strip", "--quality=80-95", "--output", path, path]);
}

test("the desk", async ({ desk }) => {
  await desk.setViewportSize(WIDE);
  await desk.goto("/today");
  await picture(desk, "today");
  await desk.goto("/calendar");
  await picture(desk, "calendar");
  await desk.goto("/blueprints");
  await desk.getByRole("main").locator('a[href^="/blueprints/0"]').first().click();
  await desk.locator("a.bp--fr").nth(1).click();
  await expect(desk).toHaveURL(/step=/);
  await picture(desk, "blueprint");
});

test("the phone", async ({ phone }) => {
  await phone.setViewportSize(PHONE);
  await phone.goto("/at/lotus/riverside");
  await phone.locator("a.svc").first().tap();
  await picture(phone, "booking");
  await phone.goto("/at/lotus/riverside/queue");
  await phone.locator("label.svc").first().tap();
  await phone.getByRole("button", { name: "Take a number" }).tap();
  await expect(phone.locator("[data-pos]")).toBeVisible();
  await picture(phone, "ticket");
});
