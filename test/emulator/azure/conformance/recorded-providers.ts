import { type AzureWorld, MAIN, type RawOptions } from "../azure-world.ts";
import { ARM, activityUrl, type ProviderCall, providerCalls } from "../provider-calls.ts";
import type { RecordedReply } from "./violations.ts";

/** Replies of the resource providers' operations, good and bad; writes come last. */
export async function recordProviders(world: AzureWorld, token: string, replies: RecordedReply[]): Promise<void> {
  const { calls, named } = await providerCalls(world);
  const send = async (operation: string, url: string, options: RawOptions): Promise<RecordedReply> => {
    const { status, body, headers } = await world.raw(url, options);
    const kept = Object.entries(headers).filter(([name]) => !PLAIN.has(name));
    const reply = { operation, status, body, headers: new Headers(kept.map(([name, value]) => [name, String(value)])) };
    replies.push(reply);
    return reply;
  };
  const all: readonly (readonly [string, ProviderCall])[] = Object.entries(calls);
  for (const rules of [
    { faults: ["azure:*:throttle"] },
    { faults: ["azure:*:500"] },
    { faults: ["azure:*:expired"] },
    { deny: ["azure:eastus"] },
  ]) {
    await world.setRules(rules);
    for (const [id, { url, method = "GET" }] of all) await send(nameOf(id), url, { method, token });
    await world.setRules({});
  }
  for (const [id, { url, method = "GET" }] of all.filter(([id]) => !WRITES.has(id))) {
    await send(nameOf(id), url, { method, token });
    await send(nameOf(id), url.replace(/api-version=[^&]+/, "api-version=1999-01-01"), { method, token });
    await send(nameOf(id), url.replace(/[?&]api-version=[^&]+/, "?"), { method, token });
    await send(nameOf(id), url.replaceAll(MAIN, "00000000-0000-0000-0000-000000000000"), { method, token });
  }
  await send("Disks_List", `${calls["compute.Disks_List"].url}&$skiptoken=bm8`, { token });
  await send("ActivityLogs_List", activityUrl(""), { token });
  await send(
    "DiagnosticSettings_List",
    calls["monitor.DiagnosticSettings_List"].url.replace(/flexibleServers\/[^/]+/, "flexibleServers/none"),
    { token },
  );
  await recordWrites();

  async function recordWrites(): Promise<void> {
    const [disk, machine] = [calls["compute.Disks_Delete"], calls["compute.VirtualMachines_Deallocate"]];
    await send("Disks_Delete", disk.url, { method: "DELETE", token });
    await send("Disks_Delete", disk.url, { method: "DELETE", token });
    await send("Disks_Delete", `${ARM}${named.attachedDisk}?api-version=2023-04-02`, { method: "DELETE", token });
    await send("VirtualMachines_Deallocate", machine.url.replace("/deallocate", "-none/deallocate"), { method: "POST", token });
    const accepted = await send("VirtualMachines_Deallocate", machine.url, { method: "POST", token });
    const status = accepted.headers?.get("azure-asyncoperation") ?? "";
    await send("AsyncOperation", status, { token });
    await send("AsyncOperation", status.replace(/operations\/[^?]+/, "operations/none"), { token });
  }
}

const WRITES: ReadonlySet<string> = new Set(["compute.Disks_Delete", "compute.VirtualMachines_Deallocate"]);
/** What every HTTP reply has. */
const PLAIN: ReadonlySet<string> = new Set(["connection", "content-length", "date", "keep-alive", "transfer-encoding"]);

function nameOf(id: string): string {
  return id.slice(id.indexOf(".") + 1);
}
