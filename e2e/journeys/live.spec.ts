/** Two people look at the same day: what one does, the other sees within a second. */
import { walkTo } from "../src/keys.ts";
import { expect, test } from "../src/steward.ts";

test("a second browser sees a check-in within one second", async ({ desk, another }) => {
  const other = await another();
  await desk.goto("/today");
  await other.goto("/today");
  await expect(other.locator("[data-live-url]")).toHaveAttribute("data-state", "live", {
    timeout: 5_000,
  });
  const row = desk.locator("#lane-arriving li.bk[data-nav-item]", { hasText: "Confirmed" }).first();
  const id = (await row.getAttribute("id")) ?? "";
  const before = await other.locator(`#${id}`).innerText();
  await walkTo(desk, id);
  const done = desk.waitForResponse((answer) => answer.request().method() === "POST");
  await desk.keyboard.press("c");
  await done;
  const began = Date.now();
  await expect
    .poll(async () => other.locator(`#${id}`).innerText().catch(() => ""), {
      intervals: [50],
      timeout: 3_000,
    })
    .not.toBe(before);
  expect(Date.now() - began).toBeLessThan(1_000);
});
