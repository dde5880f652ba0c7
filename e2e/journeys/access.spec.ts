/** Ways in besides the password: a passkey of the device, and turns at a computer that is shared. */
import { type BrowserContext, type Page } from "@playwright/test";
import { type Server } from "../src/server.ts";
import { expect, test } from "../src/steward.ts";

/** Browsers make passkeys for names only, so these journeys come by the name of the machine. */
const named = (shop: Server): string => shop.address.replace("127.0.0.1", "localhost");

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto("/login?lang=en");
  await page.getByLabel("E-mail or name").fill(login);
  await page.locator("#f-password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** A device that keeps passkeys and always finds its owner. */
async function device(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a passkey made under Settings signs in without login and password", async ({
  browser,
  shop,
}) => {
  const context = await browser.newContext({ baseURL: named(shop) });
  const page = await context.newPage();
  await device(context, page);
  await signIn(page, "zhang.wei", shop.password);
  await page.goto("/settings");
  await page.locator("[data-passkey=create] [name=passkey_name]").fill("Work laptop");
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await expect(page.getByText("Passkey made")).toBeVisible();
  await expect(page.locator('[name=passkey_name][value="Work laptop"]')).toBeVisible();

  await page.locator(".rail summary.me").click();
  await page.locator(".rail").getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(/\/today/);
  await expect(page.locator(".rail summary.me")).toContainText("Zhang Wei");

  await page.goto("/settings");
  await expect(page.getByRole("main")).toContainText("Passkey");
  await page.locator("tr", { has: page.locator("[value='Work laptop']") })
    .getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Passkey removed")).toBeVisible();
  await context.close();
});

test("at a shared computer each takes a turn by name and PIN", async ({ browser, shop }) => {
  const own = await browser.newContext({ baseURL: shop.address });
  const hers = await own.newPage();
  await signIn(hers, "li.mei", shop.password);
  await hers.goto("/settings");
  await hers.getByLabel("New PIN").fill("2580");
  await hers.getByRole("button", { name: "Set PIN" }).click();
  await expect(hers.getByText("PIN set")).toBeVisible();
  await own.close();

  const context = await browser.newContext({ baseURL: shop.address });
  const page = await context.newPage();
  await signIn(page, "he.jia", shop.password);
  await page.goto("/settings");
  await page.getByRole("button", { name: "Share this computer" }).click();
  await expect(page.getByRole("heading", { name: "Whose turn is it?" })).toBeVisible();
  await page.getByText("Li Mei").click();
  await page.getByLabel("PIN").fill("1199");
  await page.getByRole("button", { name: "Take over" }).click();
  await expect(page.getByText("This PIN is not right")).toBeVisible();
  await page.getByLabel("PIN").fill("2580");
  await page.getByRole("button", { name: "Take over" }).click();
  await expect(page).toHaveURL(/\/today/);
  await expect(page.locator(".top__act")).toContainText("Li Mei");
  await page.locator(".top__act").getByRole("button", { name: /Li Mei/ }).click();
  await expect(page.getByRole("heading", { name: "Whose turn is it?" })).toBeVisible();
  await page.goto("/orders");
  await expect(page).toHaveURL(/\/switch/);
  await context.close();
});
