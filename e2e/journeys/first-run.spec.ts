/** The first two minutes of a new business: from an empty folder to a booking page. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { type Server, serve } from "../src/server.ts";
import { everyLook } from "../src/steward.ts";

const test = base.extend<{ server: Server }>({
  server: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "steward-new-"));
    const server = await serve(folder);
    await use(server);
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  },
});

test("the first page of a new business looks right", async ({ page, server }) => {
  test.setTimeout(120_000);
  await page.goto(`${server.address}/welcome`);
  await everyLook(page, `${server.address}/welcome`, "welcome");
});

test("a new business is open for bookings after one form", async ({ page, server }) => {
  await page.goto(server.address);
  await expect(page).toHaveURL(/\/welcome/);
  await page.locator("[name=name]").fill("Mei's Salon");
  await page.locator("[name=owner_name]").fill("Mei");
  await page.locator("[name=login]").fill("mei");
  await page.locator("[name=password]").fill("a quiet lotus pond");
  await page.locator("form [type=submit]").last().click();
  await expect(page).not.toHaveURL(/\/welcome/);

  await page.goto(`${server.address}/services`);
  await expect(page.getByRole("main").locator('a[href^="/services/0"]').first()).toBeVisible();
  await page.goto(`${server.address}/today`);
  await expect(page.locator("#board")).toBeVisible();

  // What is said below a table does not lie beneath it.
  await page.goto(`${server.address}/regions`);
  const table = await page.locator(".tblw").first().boundingBox();
  const hint = await page.locator(".tblw + p").boundingBox();
  expect(hint?.y ?? 0).toBeGreaterThanOrEqual((table?.y ?? 0) + (table?.height ?? 0));

  // Nobody can found it a second time.
  await page.context().clearCookies();
  await page.goto(`${server.address}/welcome`);
  await expect(page.locator("[name=owner_name]")).toHaveCount(0);
});
