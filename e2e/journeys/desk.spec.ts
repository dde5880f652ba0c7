/** The desk without a mouse: find, check in, start, step by step, close. */
import { tabTo, walkTo } from "../src/keys.ts";
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

test("a customer is booked, checked in, served and closed without a mouse", async ({ desk }) => {
  test.setTimeout(120_000);
  await desk.goto("/today");
  await desk.keyboard.press("g");
  await desk.keyboard.press("c");
  await expect(desk).toHaveURL(/\/calendar/);
  await desk.keyboard.press("b");
  await expect(desk).toHaveURL(/kind=booking/);
  await tabTo(desk, "[name=customer]");
  await desk.keyboard.type("Tang Wei 139 0000 4711");
  await tabTo(desk, "[name=service0]");
  await desk.keyboard.press("ArrowDown");
  await tabTo(desk, "[formaction]");
  await desk.keyboard.press("Enter");
  await expect(desk.locator("[name=start]").first()).toBeAttached();
  await expect(desk.locator("[name=customer]")).toHaveValue(/Tang Wei/);
  await tabTo(desk, "[name=start]");
  await desk.keyboard.press("Space");
  await tabTo(desk, "form .btn--primary[type=submit], form button.btn--primary");
  await desk.keyboard.press("Enter");
  await expect(desk).toHaveURL(/\/orders\/[0-9a-f-]{36}/);
  // D does what comes next: check in, start, each step, close.
  const closed = desk.getByText("Finished").first();
  for (let steps = 0; steps < 24 && !(await closed.isVisible()); steps += 1) {
    const loaded = desk.waitForEvent("load");
    await desk.keyboard.press("d");
    await loaded;
  }
  await expect(closed).toBeVisible();
});

test("free time on the board leads to a booking with person and time filled in", async ({
  desk,
}) => {
  await desk.goto("/today");
  const free = desk.locator("#lane-arriving .bk--open").first();
  const time = (await free.locator("time").innerText()).trim();
  await free.getByRole("link", { name: "Offer" }).click();
  await expect(desk).toHaveURL(/kind=booking/);
  await expect(desk.locator("label.slot", { hasText: time }).locator("input")).toBeChecked();
  await expect(desk.locator("[name=with]")).not.toHaveValue("");
});

test("a check-in and a finish are taken back", async ({ desk }) => {
  await desk.goto("/today");
  const row = desk.locator("#lane-arriving li.bk[data-nav-item]", { hasText: "Confirmed" }).first();
  const id = (await row.getAttribute("id")) ?? "";
  await walkTo(desk, id);
  await desk.keyboard.press("c");
  await expect(desk.locator(`#${id}`)).toContainText("Arrived");
  await desk.keyboard.press("u");
  await expect(desk.locator(`#${id}`)).not.toContainText("Arrived");

  await desk.goto("/orders?state=serving");
  await desk.getByRole("main").locator('a[href^="/orders/0"]').first().click();
  await desk.getByRole("button", { name: /^Finish order/ }).click();
  await expect(desk.getByText("Finished").first()).toBeVisible();
  await desk.getByRole("button", { name: /^Undo/ }).first().click();
  await expect(desk.getByText("In service").first()).toBeVisible();
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

test("an operation of the API is found while typing and opened by its address", async ({ desk }) => {
  await desk.goto("/settings/api");
  await desk.getByRole("searchbox", { name: "Find an operation" }).fill("post /orders");
  await desk.getByRole("link", { name: "POST /orders", exact: true }).click();
  await expect(desk).toHaveURL(/\/settings\/api\/orders#ordersCreate$/);
  await expect(desk.locator("summary", { hasText: "Take an order" })).toBeInViewport();
  await expect(desk.locator("#ordersCreate")).toContainText("lines[].service");
  await expect(desk.locator("#ordersCancel")).toBeHidden();
});
