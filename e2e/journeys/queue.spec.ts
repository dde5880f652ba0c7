/** The door and the wall: numbers at a tablet, calls on a screen, the list of turns. */
import { type Page } from "@playwright/test";
import { expect, test } from "../src/steward.ts";

/** Links a device as the owner does, and answers its path. */
async function linked(desk: Page, kind: string): Promise<string> {
  await desk.goto("/queue/devices");
  await desk.getByRole("radio", { name: kind }).check();
  await desk.getByLabel("Name").fill("Entrance");
  await desk.getByRole("button", { name: "Make link" }).click();
  return new URL(await desk.getByLabel("Link", { exact: true }).inputValue()).pathname;
}

test("a number taken at the tablet is called on the wall, with a chime", async ({
  desk,
  phone,
  another,
}) => {
  const kiosk = await linked(desk, "Tablet at the door");
  const wall = await linked(desk, "Screen on the wall");
  const screen = await another();
  await screen.goto(wall);
  const sound = screen.locator("[data-wall-sound]");
  await expect(sound).toHaveAttribute("aria-pressed", "false");
  await sound.click();
  await expect(sound).toHaveAttribute("aria-pressed", "true");
  await expect(sound).not.toContainText("off");

  await phone.goto(kiosk);
  await phone.getByRole("link", { name: /Take a number/ }).click();
  await phone.locator("a.ktile").first().click();
  await phone.getByRole("button", { name: "Take my number" }).click();
  const number = (await phone.locator(".knumber__no b").textContent())?.trim() ?? "";
  expect(number).toMatch(/^[A-Z]+\d{3}$/);
  await expect(phone.locator("[data-idle-left]")).toContainText(/\d+ s/);

  await desk.goto("/today");
  await desk.locator(".qcard", { has: desk.getByText(number, { exact: true }) }).click();
  await desk.keyboard.press("c");
  const call = screen.locator("[data-awaited]", { hasText: number });
  await expect(call).toBeVisible({ timeout: 15_000 });
  await expect(call).toHaveAttribute("data-say-zh", /请/);
});

test("the tablet is left in the middle and goes back to its start", async ({ desk, phone }) => {
  const kiosk = await linked(desk, "Tablet at the door");
  await phone.clock.install();
  await phone.goto(`${kiosk}/services`);
  await phone.clock.fastForward(30_000);
  await expect(phone.locator("[data-idle-left]")).toContainText("15 s");
  await phone.getByRole("button", { name: "I need more time" }).click();
  await expect(phone.locator("[data-idle-left]")).toContainText("45 s");
  await phone.clock.fastForward(46_000);
  await expect(phone).toHaveURL(new RegExp(`${kiosk}(\\?|$)`));
});

test("the tablet is worked by keyboard alone, every target large enough", async ({
  desk,
  phone,
}) => {
  const kiosk = await linked(desk, "Tablet at the door");
  await phone.setViewportSize({ width: 1024, height: 768 });
  for (const path of [kiosk, `${kiosk}/services`, `${kiosk}/booking`]) {
    await phone.goto(path);
    const targets = phone.locator("main :is(a, button, .input), header a, footer :is(a, button)");
    for (const target of await targets.all()) {
      const box = await target.boundingBox();
      if (box) expect(box.height, `${path} ${await target.innerText()}`).toBeGreaterThanOrEqual(64);
    }
  }
  await phone.goto(kiosk);
  await phone.getByRole("link", { name: /Take a number/ }).focus();
  await phone.keyboard.press("Enter");
  await phone.locator("a.ktile").first().focus();
  await phone.keyboard.press("Enter");
  await phone.getByRole("button", { name: "Take my number" }).focus();
  await phone.keyboard.press("Enter");
  await expect(phone.locator(".knumber__no b")).toBeVisible();
});

test("the next customer is called in one click, and the turn goes on", async ({ desk }) => {
  await desk.goto("/queue");
  await desk.getByRole("button", { name: "Call next" }).first().click();
  await expect(desk.locator("[data-toast], .toast").first()).toContainText(/[A-Z]\d{3} called/);
  await desk.getByRole("button", { name: "Break" }).last().click();
  await expect(desk.getByText(/Break until/).first()).toBeVisible();
});
