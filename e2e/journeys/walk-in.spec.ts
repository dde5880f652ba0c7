/** Somebody walks in: the desk gives a number, and the phone page moves with the line. */
import { type Page } from "@playwright/test";
import { expect, test } from "../src/steward.ts";

// Others take numbers and call them: here the line is the one the shop opened with.
test.use({ alone: "walk-in" });

/** Takes a walk-in at the desk by keyboard and returns the ticket's number. */
async function take(desk: Page, customer: string): Promise<string> {
  await desk.goto("/today");
  await desk.keyboard.press("w");
  const dialog = desk.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await dialog.getByLabel(/^Customer/).fill(customer);
  const services = dialog.getByLabel(/^Service/);
  const first = await services.locator("option:not([value=''])").first().getAttribute("value");
  await services.selectOption(first);
  await dialog.getByRole("button", { name: "Give a number" }).click();
  const said = desk.locator("[data-toast], .toast").first();
  await expect(said).toContainText(/[A-Z]+\d+/);
  return /[A-Z]+\d+/.exec((await said.textContent()) ?? "")?.[0] ?? "";
}

function card(desk: Page, number: string) {
  return desk.locator(".qcard", { has: desk.getByText(number, { exact: true }) });
}

test("a walk-in gets a number and watches the place in line on the phone", async ({
  desk,
  phone,
}) => {
  const number = await take(desk, "Mei 138 0013 8000");
  await card(desk, number).getByRole("link").first().click();
  await desk.goto(await ticketPath(desk, number));
  const address = await desk.getByRole("link", { name: "Open the customer" }).getAttribute("href");
  expect(address).toContain("/tickets/");

  await phone.goto(address ?? "");
  await expect(phone.getByText(number)).toBeVisible();
  const place = phone.locator("[data-pos]");
  const before = Number.parseInt((await place.textContent()) ?? "", 10);
  expect(before).toBeGreaterThan(1);
  // Nobody else's number or name is on the page.
  const others = (await phone.locator("main").innerText()).match(/\b[A-Z]\d{3}\b/g) ?? [];
  expect(new Set(others)).toEqual(new Set([number]));

  await desk.goto("/today");
  // Somebody ahead in the same line is called and served.
  const line = new RegExp(`^${number.replace(/\d+/, "")}\\d+$`);
  const ahead = desk.locator("#lane-queue .qcard", { has: desk.locator(".tno", { hasText: line }) });
  await ahead.first().click();
  await desk.keyboard.press("c");
  await desk.keyboard.press("s");
  await expect(async () => {
    const now = Number.parseInt((await place.textContent()) ?? "", 10);
    expect(now).toBeLessThan(before);
  }).toPass({ timeout: 15_000 });
});

test("the phone is called and answers", async ({ desk, phone }) => {
  await phone.goto("/at/lotus/riverside/queue");
  await phone.locator("label.svc").first().click();
  await phone.getByRole("button", { name: "Take a number" }).click();
  await expect(phone).toHaveURL(/\/tickets\//);
  const number = (await phone.locator(".tk__no b").textContent())?.trim() ?? "";

  await desk.goto("/today");
  await card(desk, number).click();
  await desk.keyboard.press("c");
  await expect(phone.getByRole("heading", { name: "It is your turn" })).toBeVisible({
    timeout: 10_000,
  });
  await phone.getByRole("button", { name: "I am on my way" }).click();
  await expect(phone.getByText("We know you are coming")).toBeVisible();
});

async function ticketPath(desk: Page, number: string): Promise<string> {
  await desk.goto("/today");
  const link = card(desk, number).locator('a[href^="/today/tickets/"]').first();
  return (await link.getAttribute("href")) ?? "";
}
