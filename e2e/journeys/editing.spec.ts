/** Two people change one order: nothing is overwritten, and the second one is told. */
import { expect, test } from "../src/steward.ts";

test("the second of two people who edit an order is told what it says now", async ({
  desk,
  another,
}) => {
  const other = await another();
  await desk.goto("/orders?state=booked");
  const first = desk.getByRole("main").locator('a[href^="/orders/0"]').first();
  const order = (await first.getAttribute("href")) ?? "";
  await desk.goto(`${order}/content`);
  await other.goto(`${order}/content`);
  await desk.locator("[name=note]").fill("Comes with a pram");
  await desk.getByRole("button", { name: "Save" }).click();
  await expect(desk).toHaveURL(new RegExp(`${order}$`));

  await other.locator("[name=note]").fill("Wants the quiet room");
  await other.getByRole("button", { name: "Save" }).click();
  // Told, shown what is kept now, and nothing typed is lost.
  await expect(other.getByRole("main")).toContainText("Comes with a pram");
  await expect(other.locator("[name=note]")).toHaveValue("Wants the quiet room");
  await desk.reload();
  await expect(desk.getByText("Comes with a pram").first()).toBeVisible();
  await expect(desk.getByText("Wants the quiet room")).toHaveCount(0);
});
