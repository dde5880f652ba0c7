/** The desk without a mouse: find, check in, start, step by step, close. */
import { walkTo } from "../src/keys.ts";
import { expect, test } from "../src/steward.ts";

test("a booking is checked in, served step by step and closed by keyboard", async ({ desk }) => {
  await desk.goto("/today");
  const row = desk.locator("#lane-arriving li.bk[data-nav-item]", { hasText: "Confirmed" }).first();
  const id = (await row.getAttribute("id")) ?? "";
  const order = id.replace(/^b-/, "");
  await walkTo(desk, id);
  await desk.keyboard.press("c");
  await expect(desk.locator(`#${id}`)).toContainText("Arrived");

  await walkTo(desk, id);
  await desk.keyboard.press("s");
  const served = desk.locator(`#s-${order}`);
  await expect(served).toBeVisible();

  for (let steps = 0; steps < 20 && (await served.count()) > 0; steps += 1) {
    await walkTo(desk, `s-${order}`);
    const loaded = desk.waitForEvent("load");
    await desk.keyboard.press("d");
    await loaded;
    await expect(desk.locator("#board")).toBeVisible();
  }
  await expect(served).toHaveCount(0);

  await desk.goto(`/orders/${order}`);
  await expect(desk.getByText("Finished").first()).toBeVisible();
});

test("a name is found from the check-in field and checked in", async ({ desk }) => {
  await desk.goto("/today");
  const row = desk.locator("#lane-arriving li.bk[data-nav-item]", { hasText: "Confirmed" }).last();
  const name = (await row.getByRole("link").first().innerText()).trim();
  await desk.keyboard.press("/");
  await desk.keyboard.type(name);
  const found = desk.locator("#find li").first();
  await expect(found).toContainText(name);
  await found.getByRole("button", { name: "Check in" }).focus();
  await desk.keyboard.press("Enter");
  // The next customer can be typed at once.
  await expect(desk.locator("#checkin")).toBeFocused();
});

test("the desk takes a booking from the command box, without a mouse", async ({ desk }) => {
  await desk.goto("/today");
  await desk.keyboard.press("Control+k");
  await expect(desk.getByRole("dialog")).toBeVisible();
  await desk.keyboard.press("Escape");
  await desk.keyboard.press("n");
  await expect(desk).toHaveURL(/\/orders\/new/);
});

test("the list of keys opens with a question mark", async ({ desk }) => {
  await desk.goto("/today");
  await desk.keyboard.press("?");
  await expect(desk.getByRole("dialog")).toContainText("Walk-in");
});
