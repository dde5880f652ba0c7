/** A blueprint is edited and published, and the next order follows it. */
import { type Page } from "@playwright/test";
import { expect, test } from "../src/steward.ts";

test("a published step is in the next order, and not in one begun before", async ({ desk }) => {
  await desk.goto("/blueprints");
  const cards = desk.getByRole("main").locator('a[href^="/blueprints/0"]');
  const blueprint = (await cards.first().getAttribute("href"))?.split("?")[0] ?? "";
  await desk.goto(blueprint);
  await desk.getByRole("link", { name: "Services that follow it" }).click();
  const row = desk.getByRole("main").locator('a[href^="/services/0"]').first();
  const service = (await row.innerText()).split("\n")[0]?.trim() ?? "";
  expect(service).not.toBe("");
  const before = await walkIn(desk, service);

  await desk.goto(blueprint);
  // The first one at the front is done by the booking itself; greeting is done by a person.
  await desk.locator("a.bp--fr").nth(1).click();
  await expect(desk).toHaveURL(/step=/);
  await desk.getByLabel("Name in English").fill("Offer warm tea");
  await desk.getByRole("button", { name: "Save step" }).click();
  await expect(desk.getByText("Step saved")).toBeVisible();
  await desk.getByRole("button", { name: /^Publish v\d/ }).click();
  await expect(desk.getByText("New orders follow this version")).toBeVisible();

  const after = await walkIn(desk, service);
  await desk.goto(after);
  await expect(desk.getByText("Offer warm tea").first()).toBeVisible();
  await desk.goto(before);
  await expect(desk.getByText("Offer warm tea")).toHaveCount(0);
});

/** Takes a walk-in for a service at the desk, starts it, and returns the path of its order. */
async function walkIn(desk: Page, service: string): Promise<string> {
  await desk.goto("/orders/new?kind=walk_in");
  const services = desk.locator("#f-service0");
  const option = services.locator("option", { hasText: service }).first();
  await services.selectOption((await option.getAttribute("value")) ?? "");
  await desk.getByRole("button", { name: "Add walk-in" }).click();
  await expect(desk).toHaveURL(/\/orders\/[0-9a-f-]{36}/);
  const path = new URL(desk.url()).pathname;
  await desk.getByRole("button", { name: /^Start/ }).first().click();
  await expect(desk.locator(".stp").first()).toBeVisible();
  return path;
}

test("a step is moved by Alt and the arrows, and put back", async ({ desk }) => {
  await desk.goto("/blueprints");
  await desk.getByRole("main").locator('a[href^="/blueprints/0"]').last().click();
  const step = desk.locator("a.bp--fr[data-step]").last();
  const id = await step.getAttribute("data-step");
  const place = async () => desk.locator(`[data-step="${id}"]`).getAttribute("style");
  const before = await place();
  await step.focus();
  await desk.keyboard.press("Alt+ArrowDown");
  await expect(desk.getByText("Step moved")).toBeVisible();
  expect(await place()).not.toBe(before);
  await desk.getByRole("button", { name: "Undo" }).click();
  await expect.poll(place).toBe(before);
});

/** Opens a blueprint that nobody else edits meanwhile: a copy of the first one. */
async function ownBlueprint(desk: Page, name: string): Promise<void> {
  await desk.goto("/blueprints/new");
  await desk.getByLabel("Name in English").fill(name);
  await desk.locator("select[name=from]").selectOption({ index: 1 });
  await desk.locator("main form button[type=submit]").click();
  await expect(desk).toHaveURL(/\/blueprints\/[0-9a-f-]{36}/);
}

test("a way is drawn by mouse, another by keyboard, and they become a choice", async ({ desk }) => {
  await ownBlueprint(desk, "Ways");
  const front = desk.locator("a.bp--fr[data-step]");
  const [from, to] = [front.nth(1), front.nth(3)];
  await from.hover();
  const handle = await from.locator(".bp__ln").boundingBox();
  const target = await to.boundingBox();
  if (!handle || !target) throw new Error("the cards are not on the screen");
  await desk.mouse.move(handle.x + 7, handle.y + 7);
  await desk.mouse.down();
  await desk.mouse.move(target.x + 30, target.y + 30, { steps: 6 });
  await desk.mouse.up();
  await expect(desk.getByText("Linked.")).toBeVisible();
  await expect(desk.locator(".bpe path.link")).toHaveCount(2);
  await expect(desk.locator(".bp.is-sel .gw")).toHaveText(/×/);

  const later = desk.locator("a.bp--fr[data-step]").nth(4);
  await later.focus();
  await desk.keyboard.press("l");
  await expect(desk.getByText("Choose the step that may follow")).toBeVisible();
  await desk.locator("a.bp--fr[data-step]").nth(2).focus();
  await desk.keyboard.press("Enter");
  await expect(desk.getByText("Linked.")).toBeVisible();
  await expect(desk.locator(".bpe path.link.back")).toHaveCount(1);
});

test("parts at once are drawn by BPMN's own viewer with nothing lost", async ({ desk }) => {
  await ownBlueprint(desk, "Diagram");
  const steps = await desk.locator("a.bp[id^=step-]").count();
  await desk.getByRole("link", { name: "View as BPMN diagram" }).click();
  const drawing = desk.locator("[data-island=bpmn]");
  await expect(drawing).toHaveAttribute("data-drawn", "0");
  await expect(drawing.locator(".djs-shape[data-element-id^=step_]")).toHaveCount(steps);
  await expect(drawing.locator(".djs-shape[data-element-id^=lane_]")).toHaveCount(4);
});

test("work instructions are there for each role, ready to print", async ({ desk }) => {
  await desk.goto("/blueprints");
  await desk.getByRole("main").locator('a[href^="/blueprints/0"]').first().click();
  await desk.getByRole("link", { name: "Work instructions" }).click();
  const all = await desk.locator("section.sop").count();
  expect(all).toBeGreaterThan(3);
  await desk.locator("main .seg a").nth(1).click();
  const some = await desk.locator("section.sop").count();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  await desk.emulateMedia({ media: "print" });
  await expect(desk.locator(".rail")).toBeHidden();
  await expect(desk.locator("section.sop").first()).toBeVisible();
});
