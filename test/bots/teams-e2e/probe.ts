import { withChromium } from "../chromium.ts";
const shot = (page: any, n: string) => page.screenshot({ path: `test-artifacts/teams/${n}.png` });
await withChromium(async (page) => {
  await page.goto("http://localhost:56199/");
  await page.locator('[contenteditable="true"], textarea').first().waitFor({ timeout: 30000 });
  await page.getByText("Incident", { exact: true }).first().click();
  await page.waitForTimeout(800);
  const box = page.locator('[contenteditable="true"], textarea').first();
  await box.click();
  await page.keyboard.type("@");
  await page.waitForTimeout(1200);
  await shot(page, "probe-mention");
  console.log((await page.locator("body").innerText()).slice(-400));
  console.log(await page.locator('[role="option"], [role="listitem"], [role="menuitem"]').allInnerTexts());
  console.log((await box.evaluate((e: any) => e.outerHTML)).slice(0, 600));
});
