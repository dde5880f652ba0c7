/** Moving about the board by keys alone, as the desk does. */
import { type Page, expect } from "@playwright/test";

/** Walks with the arrows and J until the item with this id is selected. */
export async function walkTo(page: Page, id: string): Promise<void> {
  const item = page.locator(`#${id}`);
  const lane = page.locator("[data-nav-list]", { has: item });
  await page.keyboard.press("j");
  for (let steps = 0; steps < 4; steps += 1) {
    if ((await lane.locator(".is-sel").count()) > 0) break;
    await page.keyboard.press("ArrowRight");
  }
  await expect(lane.locator(".is-sel")).toHaveCount(1);
  for (let steps = 0; steps < 60; steps += 1) {
    if (await item.evaluate((element) => element.classList.contains("is-sel"))) return;
    const above = await item.evaluate((element) => {
      const chosen = document.querySelector("[data-nav-item].is-sel");
      return chosen !== null && Boolean(chosen.compareDocumentPosition(element) & 2);
    });
    await page.keyboard.press(above ? "k" : "j");
  }
  throw new Error(`${id} was not reached`);
}

/** Presses Tab until something that matches has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`${selector} was not reached`);
}
