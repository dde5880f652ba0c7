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
    const id = await blocks(desk).nth(index).getAttribute("id");
    const block = desk.locator(`#cal-scroll [id="${id}"]`);
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
    const id = await blocks(desk).nth(index).getAttribute("id");
    const block = desk.locator(`#cal-scroll [id="${id}"]`);
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

/** The first person of a day who has something that can be moved, by the address of their week. */
async function weekOfSomebody(page: Page, day: string): Promise<string> {
  await page.goto(`/calendar?day=${day}&view=staff`);
  await expect(blocks(page).first()).toBeVisible();
  const index = await blocks(page)
    .first()
    .evaluate((block) => {
      const column = block.closest(".cc");
      return [...document.querySelectorAll("#cal-scroll .cc")].indexOf(column as Element);
    });
  const href = await page.locator("#cal-scroll .ch a").nth(index).getAttribute("href");
  return href ?? "";
}

/** Tries each block with a way to move it until the server takes one. */
async function movesOne(
  page: Page,
  move: (block: Locator) => Promise<boolean>,
  place: (block: Locator) => Promise<string>,
): Promise<void> {
  const count = Math.min(await blocks(page).count(), 12);
  for (let index = 0; index < count; index += 1) {
    const id = await blocks(page).nth(index).getAttribute("id");
    const block = page.locator(`#cal-scroll [id="${id}"]`);
    const before = await place(block);
    if (await move(block)) {
      await expect.poll(() => place(block)).not.toBe(before);
      await page.reload();
      expect(await place(block)).not.toBe(before);
      return;
    }
  }
  throw new Error("no booking could be moved");
}

const dayOf = (block: Locator): Promise<string> =>
  block.evaluate((element) => element.closest<HTMLElement>(".cc")?.dataset["date"] ?? "");

const timeOf = async (block: Locator): Promise<string> => String(await start(block));

/** Alt with an arrow; whether the server took it. At the last column nothing is asked. */
async function nudged(page: Page, block: Locator, key: string): Promise<boolean> {
  await block.focus();
  const taken = page
    .waitForResponse((each) => each.url().includes("/calendar/moves"), { timeout: 4_000 })
    .then((answer) => answer.ok())
    .catch(() => false);
  await page.keyboard.down("Alt");
  await page.keyboard.press(key);
  await page.keyboard.up("Alt");
  return taken;
}

test("in a person's week a booking is dragged to another day", async ({ desk }) => {
  test.setTimeout(120_000);
  await desk.goto(await weekOfSomebody(desk, "2026-11-25"));
  await movesOne(
    desk,
    async (block) => {
      await block.scrollIntoViewIfNeeded();
      const box = await block.boundingBox();
      const columns = desk.locator("#cal-scroll .cc");
      if (!box) return false;
      await desk.mouse.move(box.x + box.width / 2, box.y + 8);
      await desk.mouse.down();
      for (const day of ["2026-11-26", "2026-11-27", "2026-11-24"]) {
        const column = desk.locator(`#cal-scroll .cc[data-date="${day}"]`);
        const target = await column.boundingBox();
        if (!target || (await columns.count()) !== 7) continue;
        for (const lower of [0, 34, 68, 136, -34, -68]) {
          const asked = desk.waitForResponse((each) => each.url().includes("/calendar/check"));
          await desk.mouse.move(target.x + target.width / 2, box.y + 8 + lower, { steps: 4 });
          if ((await asked).ok()) {
            const moved = desk.waitForResponse((each) => each.url().includes("/calendar/moves"));
            await desk.mouse.up();
            return (await moved).ok();
          }
        }
      }
      await desk.keyboard.press("Escape");
      await desk.mouse.up();
      return false;
    },
    dayOf,
  );
});

test("in a person's week Alt and the arrows carry a booking to the next day", async ({ desk }) => {
  test.setTimeout(120_000);
  await desk.goto(await weekOfSomebody(desk, "2026-11-25"));
  const either = async (block: Locator): Promise<boolean> =>
    (await nudged(desk, block, "ArrowRight")) || (await nudged(desk, block, "ArrowLeft"));
  await movesOne(desk, either, dayOf);
});

test("in the rooms a booking keeps whoever serves and moves in time", async ({ desk }) => {
  test.setTimeout(120_000);
  const rooms = "/calendar?day=2026-11-25&view=rooms";
  await desk.goto(rooms);
  await expect(blocks(desk).first()).toBeVisible();
  await movesOne(desk, (block) => drag(desk, block), timeOf);
  await desk.goto(rooms);
  const either = async (block: Locator): Promise<boolean> =>
    (await nudged(desk, block, "ArrowDown")) || (await nudged(desk, block, "ArrowUp"));
  await movesOne(desk, either, timeOf);
});

test("an empty time leads to what fits there, and so does the button", async ({ desk }) => {
  await desk.goto("/calendar?day=2026-11-25&view=staff");
  const column = desk.locator("#cal-scroll .cc[data-staff]").first();
  const staff = await column.getAttribute("data-staff");
  // The last quarter of an hour of the day: nobody begins anything there.
  const box = await column.boundingBox();
  await column.click({ position: { x: 12, y: (box?.height ?? 20) - 6 } });
  await expect(desk).toHaveURL(new RegExp(`/orders/times\\?day=2026-11-25.*with=${staff}`));
  await expect(desk.getByText("is not offered because").or(desk.getByText("is free"))).toBeVisible();
  await desk.goto("/calendar?day=2026-11-25&view=staff");
  await desk.getByRole("link", { name: "Does it fit?" }).click();
  await desk.getByLabel("Time").fill("10:00");
  await desk.getByRole("button", { name: "Does it fit?" }).click();
  await expect(desk.getByText("is not offered because").or(desk.getByText("is free"))).toBeVisible();
});
