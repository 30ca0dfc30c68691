import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import { nodeRuntime, Orchestrator } from "nephoscope";
import { teamsBot } from "nephoscope/bots/teams";
import { memory as memoryCloud } from "nephoscope/providers/memory";
import { memory } from "nephoscope/stores/memory";
import { it } from "vitest";
import { startPlayground, TENANT } from "../../../scripts/demo-teams/start-playground.ts";
it("x", { timeout: 120000 }, async () => {
  const store = memory();
  const runtime = { ...nodeRuntime(), logger: { debug: () => {}, warn: (m: string, f: unknown) => console.log("WARN", m, JSON.stringify(f)?.slice(0, 300)) } };
  const resources = Array.from({ length: 60 }, (_, i) => ({ id: `i-${i}`, name: `web-${i} [x](http://evil)`, metrics: { "cpu.utilization": 91 } }));
  const orchestrator = new Orchestrator({ providers: [memoryCloud({ resources })], timezone: "UTC", store, runtime });
  const bot = await teamsBot({ orchestrator, store, access: { rules: [{ everybody: true }] }, timezone: "UTC", runtime, appId: "", tenantId: TENANT, playground: true });
  await bot.start();
  const server = createServer((q, s) => { void bot.routes[0]?.handle(q, s); });
  await new Promise<void>((r) => server.listen(0, "127.0.0.1", r));
  const playground = await startPlayground(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1300, height: 1000 } });
    await page.goto(playground.url);
    await page.waitForTimeout(5000);
    const box = page.locator('[contenteditable="true"], textarea').first();
    await box.click();
    await page.keyboard.type("list servers with CPU > 80%");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(9000);
    await page.screenshot({ path: "/tmp/teamspk/pg1.png" });
    await page.getByText("Next rows").first().click({ timeout: 5000 }).catch((e) => console.log(String(e).slice(0, 200)));
    await page.waitForTimeout(3000);
    await page.screenshot({ path: "/tmp/teamspk/pg2.png" });
  } finally {
    await browser.close(); await playground.stop(); await bot.stop(500); server.close();
  }
});
