/** A class with seats, a waiting list, a booking that repeats. */
import { everyLook, expect, test } from "../src/steward.ts";

const CLASS = "/at/lotus/riverside/YOGA";

test("a customer takes a seat on the phone, and the desk sees it on the page of the class", async ({
  phone,
  desk,
}) => {
  await phone.goto(`${CLASS}/times`);
  await expect(phone.getByRole("heading", { name: "Choose a session" })).toBeVisible();
  await phone.getByRole("button", { name: "Choose" }).last().tap();
  await phone.getByLabel("Name").fill("Tang Xin");
  await phone.getByLabel("Mobile").fill("139 3434 5678");
  await phone.getByRole("button", { name: "Book" }).tap();
  await expect(phone.getByRole("heading", { name: "You are booked" })).toBeVisible();
  await desk.goto("/sessions");
  await desk.getByRole("main").locator('a[href^="/sessions/0"]').last().click();
  await expect(desk.getByRole("main")).toContainText("Tang Xin");
  await desk.getByLabel("Customer").fill("Ning Hao 139 5656 1234");
  await desk.getByRole("button", { name: "Book seats" }).click();
  await expect(desk.getByRole("main")).toContainText("Ning Hao");
});

test("who finds a class full waits, and has the seat that comes free in one tap", async ({
  phone,
  desk,
}) => {
  await phone.goto(`${CLASS}/sessions`);
  await phone.getByRole("link", { name: "Waiting list" }).first().tap();
  await phone.getByLabel("Name").fill("Fang Yu");
  await phone.getByLabel("Phone").fill("139 7878 1234");
  await phone.getByRole("button", { name: "Join the waiting list" }).tap();
  await expect(phone.getByRole("heading", { name: "You are on the list" })).toBeVisible();
  const page = phone.url();
  // Those before her are taken off, so that it is her turn.
  await desk.goto("/waiting");
  for (;;) {
    await desk.goto("/waiting");
    const first = desk.getByRole("main").locator('a[href^="/waiting/0"]').first();
    await first.click();
    if (await desk.getByRole("heading", { name: "Fang Yu" }).isVisible()) break;
    await desk.getByRole("button", { name: "Take off the list" }).click();
  }
  await desk.goto("/sessions");
  await desk.getByRole("main").locator('a[href^="/sessions/0"]').first().click();
  await desk.getByRole("main").locator('a[href^="/orders/0"]').first().click();
  await desk.getByRole("link", { name: "Cancel order" }).click();
  await desk.getByLabel("Why is it cancelled?").fill("ill");
  await desk.getByRole("button", { name: "Cancel order" }).click();
  await expect(async () => {
    await phone.goto(page);
    await expect(phone.getByRole("heading", { name: "A time is free for you" })).toBeVisible();
  }).toPass({ timeout: 30_000 });
  await everyLook(phone, new URL(page).pathname, "waiting-offer");
  await phone.goto(page);
  await phone.getByRole("button", { name: "Take it" }).tap();
  await expect(phone.getByRole("heading", { name: "You are booked" })).toBeVisible();
});

test("a booking is repeated, seen date by date before it is taken", async ({ desk }) => {
  await desk.goto("/orders?state=booked&q=Cut");
  await desk.getByRole("main").locator('a[href^="/orders/0"]').first().click();
  await desk.getByRole("link", { name: "Repeat …" }).click();
  await desk.getByLabel("Times in all").fill("4");
  await desk.getByRole("button", { name: "Show the dates" }).click();
  await expect(desk.getByRole("heading", { name: /3 dates/ })).toBeVisible();
  await desk.getByRole("button", { name: "Book these dates" }).click();
  await expect(desk.getByRole("heading", { name: "Repeating booking" })).toBeVisible();
  const series = new URL(desk.url()).pathname;
  expect(series).toMatch(/^\/series\/0/);
  await everyLook(desk, series, "series");
  await desk.goto(series);
  await desk.getByRole("main").locator('a[href$="/slot"]').last().click();
  await expect(desk.getByRole("main")).toContainText(/of \d/);
});

test("the pages of classes and waiting look right on a phone", async ({ phone }) => {
  test.setTimeout(300_000);
  await phone.goto(`${CLASS}/sessions`);
  await everyLook(phone, `${CLASS}/sessions`, "class-seats");
  await everyLook(phone, "/at/lotus/riverside/CUT-C/waiting", "waiting-join");
});
