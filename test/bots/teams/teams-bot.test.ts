import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigurationError, nodeRuntime, Orchestrator } from "nephoscope";
import { teamsBot } from "nephoscope/bots/teams";
import { memory as memoryCloud } from "nephoscope/providers/memory";
import { memory } from "nephoscope/stores/memory";
import { describe, expect, it } from "vitest";
import { fakeConnector } from "./fake-connector.ts";
import { ASKER, message, TENANT } from "./teams-stage.ts";

const quiet = { ...nodeRuntime(), logger: { debug: () => {}, warn: () => {} } };

function parts() {
  const store = memory();
  const resources = [
    { id: "i-1", name: "web-1", metrics: { "cpu.utilization": 91 } },
    { id: "i-2", name: "web-2", metrics: { "cpu.utilization": 12 } },
  ];
  const orchestrator = new Orchestrator({ providers: [memoryCloud({ resources })], timezone: "UTC", store, runtime: quiet });
  return { orchestrator, store, access: { rules: [{ everybody: true }] }, timezone: "UTC", runtime: quiet };
}

describe("a bot for Teams", () => {
  it.each([
    ["app id", { appId: "", tenantId: TENANT, appPassword: "secret" }],
    ["tenant", { appId: "a", appPassword: "secret" }],
    ["secret", { appId: "a", tenantId: TENANT }],
  ])("is not made without its %s, and says what is missing", async (_what, options) => {
    await expect(teamsBot({ ...parts(), ...options })).rejects.toThrow(ConfigurationError);
  });

  it.each(["botbuilder", "agents-hosting"] as const)("answers in the thread, and refuses strangers, through %s", async (transport) => {
    await using connector = await fakeConnector();
    const member = { id: ASKER.id, aadObjectId: ASKER.aadObjectId, name: "Ann", tenantId: TENANT, userRole: "user" };
    connector.members.set("19:team@thread.tacv2", [member]);
    connector.channels.set("19:team@thread.tacv2", [{ id: "19:chan@thread.tacv2", type: "standard" }]);
    const bot = await teamsBot({ ...parts(), appId: "", tenantId: TENANT, playground: true, transport });
    await bot.start();
    const server = createServer((request, response) => void bot.routes[0]?.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const say = async (activity: Record<string, unknown>): Promise<number> => {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
      return (await fetch(address, { method: "POST", body: JSON.stringify({ serviceUrl: connector.url, ...activity }) })).status;
    };
    const posted = (): string => JSON.stringify(connector.posted.map(({ activity }) => activity));
    expect(await say(message({ text: "list servers with CPU &gt; 80%" }))).toBe(200);
    expect(await say(message({ text: "list servers with CPU &gt; 80%" }))).toBe(200);
    await expect.poll(posted, { timeout: 15_000 }).toContain("Good answer");
    expect(posted()).toContain("web-1");
    // The answer and its chart, once each.
    await expect.poll(() => connector.posted.length, { timeout: 15_000 }).toBe(2);
    const stranger = { id: "29:x", name: "Eve", aadObjectId: "55555555-5555-4555-8555-555555555555" };
    expect(await say(message({ id: "2", from: stranger }))).toBe(200);
    await expect.poll(posted, { timeout: 15_000 }).toContain("Guests and people of other organisations");
    await bot.stop(1000);
    await new Promise((resolve) => server.close(resolve));
  });
});
