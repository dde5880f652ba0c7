/** The calendar: a booking moves by mouse and by keys, under the same checks as everywhere. */
import { type Locator, type Page } from "@playwright/test";
import { expect, test } from "../src/steward.ts";

const DAY = "/calendar?day=2026-11-22&view=staff";

const blocks = (page: Page): Locator => page.locator("#cal-scroll .ev[data-moves]");

const start = (block: Locator): Promise<number> =>
  block.evaluate((element) => Number((element as HTMLElement).style.getPropertyValue("--s")));

/** Carries a block over the column of its own person until the server says it may be there. */
async function drag(page: Page, block: Locator): Promise<boolean> {
  await block.scrollIntoViewIfNeeded();
  const box = await block.boundingBox();
  const hour = await page
    .locator("#cal-scroll")
    .evaluate((grid) => Number.parseFloat(getComputedStyle(grid).getPropertyValue("--hh")));
  if (!box) return false;
  const x = box.x + box.width / 2;
  const y = box.y + 8;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (const quarters of [1, -1, 2, -2, 3, -3, 4, 6, 8]) {
    const asked = page.waitForResponse((answer) => answer.url().includes("/calendar/check"));
    await page.mouse.move(x, y + (quarters * hour) / 4, { steps: 4 });
    const answer = await asked;
    if (answer.ok()) {
      const moved = page.waitForResponse((each) => each.url().includes("/calendar/moves"));
      await page.mouse.up();
      return (await moved).ok();
    }
  }
  await page.keyboard.press("Escape");
  await page.mouse.up();
  return false;
}

test("a booking is dragged to another time", async ({ desk }) => {
  await desk.goto(DAY);
  await expect(blocks(desk).first()).toBeVisible();
  const count = await blocks(desk).count();
  for (let index = 0; index < count; index += 1) {
    const order = await blocks(desk).nth(index).getAttribute("data-order");
    const block = desk.locator(`#cal-scroll .ev[data-order="${order}"]`);
    const before = await start(block);
    if (await drag(desk, block)) {
      await expect.poll(() => start(block)).not.toBe(before);
      await desk.reload();
      expect(await start(block)).not.toBe(before);
      return;
    }
  }
  throw new Error("no booking could be moved");
});

test("a booking is moved by Alt and the arrows", async ({ desk }) => {
  await desk.goto(DAY);
  const count = await blocks(desk).count();
  for (let index = 0; index < count; index += 1) {
    const order = await blocks(desk).nth(index).getAttribute("data-order");
    const block = desk.locator(`#cal-scroll .ev[data-order="${order}"]`);
    const before = await start(block);
    for (const key of ["ArrowDown", "ArrowUp"]) {
      await block.focus();
      const answer = desk.waitForResponse((each) => each.url().includes("/calendar/moves"));
      await desk.keyboard.down("Alt");
      await desk.keyboard.press(key);
      await desk.keyboard.up("Alt");
      if ((await answer).ok()) {
        await expect.poll(() => start(block)).not.toBe(before);
        return;
      }
      await expect.poll(() => start(block)).toBe(before);
    }
  }
  throw new Error("no booking could be moved");
});

test("a booking moves without dragging, on a page of its own", async ({ desk }) => {
  await desk.goto(DAY);
  const order = await blocks(desk).first().getAttribute("data-order");
  await desk.goto(`/calendar/orders/${order}`);
  await expect(desk.getByRole("heading").first()).toBeVisible();
});
