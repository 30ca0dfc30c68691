import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { disksOf } from "../../../src/emulator/azure/disk-data.ts";
import { AZURE_FLEET_PLAN } from "../../../src/emulator/azure/native-names.ts";
import { buildFleet } from "../../../src/emulator/fleet.ts";
import type { TruthRecord } from "../../../src/emulator/index.ts";
import { type AzureWorld, MAIN, NOW_MS, PAYMENTS, startAzureWorld } from "./azure-world.ts";
import { ARM, activityUrl, listed, type ProviderCall, providerCalls } from "./provider-calls.ts";

const DAY_MS = 86_400_000;
const LINK = "$skiptoken=";

let world: AzureWorld;
let token: string;
let calls: Awaited<ReturnType<typeof providerCalls>>["calls"];
let named: Awaited<ReturnType<typeof providerCalls>>["named"];

beforeAll(async () => {
  world = await startAzureWorld({ instances: 400 });
  token = await world.token(ARM);
});
afterAll(() => world.emulator.close());
beforeEach(async () => {
  await fetch(`${world.emulator.url}/_emulator/reset`, { method: "POST" });
  ({ calls, named } = await providerCalls(world));
});

interface Arm {
  readonly id: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const recordsOf = async (type: string, account = MAIN): Promise<readonly TruthRecord[]> =>
  (await world.truth(NOW_MS - 60_000, NOW_MS)).records.filter((record) => record.type === type && record.account === account);
const send = ({ url, method = "GET" }: ProviderCall) => world.raw(url, { method, token });
const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
const codeOf = (body: string) => (JSON.parse(body) as { error: { code: string } }).error.code;

describe("every operation of the resource providers", () => {
  it("speaks the words of Resource Manager when faults befall it", async () => {
    for (const [operation, call] of Object.entries(calls)) {
      const name = operation.split(".")[1];
      await world.setRules({ faults: ["throttle", "500", "expired", "malformed"].map((kind) => `azure:${name}:${kind}:1`) });
      const throttled = await send(call);
      expect([throttled.status, codeOf(throttled.body), throttled.headers["retry-after"]]).toEqual([429, "TooManyRequests", "1"]);
      const failed = await send(call);
      expect([failed.status, codeOf(failed.body)]).toEqual([500, "InternalServerError"]);
      const expired = await send(call);
      expect([expired.status, codeOf(expired.body)]).toEqual([401, "ExpiredAuthenticationToken"]);
      await send(call);
      expect((await world.calls()).slice(-4).map((each) => [each.operation, each.fault])).toEqual(
        ["throttle", "500", "expired", "malformed"].map((fault) => [operation, fault]),
      );
    }
  });

  it("wants a version that its provider has", async () => {
    for (const call of Object.values<ProviderCall>(calls)) {
      const without = await send({ ...call, url: call.url.replace(/api-version=[^&]+&?/, "") });
      expect([without.status, codeOf(without.body)]).toEqual([400, "MissingApiVersionParameter"]);
      const malformed = await send({ ...call, url: call.url.replace(/api-version=[^&]+/, "api-version=newest") });
      expect([malformed.status, codeOf(malformed.body)]).toEqual([400, "InvalidApiVersionParameter"]);
      const old = await send({ ...call, url: call.url.replace(/api-version=[^&]+/, "api-version=1999-01-01") });
      expect([old.status, codeOf(old.body)]).toBeOneOf([
        [404, "InvalidResourceType"],
        [400, "NoRegisteredProviderFound"],
      ]);
      expect(old.body).toContain("The supported api-versions are");
    }
  });

  it("wants a token for Resource Manager, and a subscription that is there", async () => {
    const foreign = await world.token("https://api.loganalytics.io");
    for (const { url, method = "GET" } of Object.values<ProviderCall>(calls)) {
      expect((await world.raw(url, { method })).status).toBe(401);
      expect((await world.raw(url, { method, token: foreign })).status).toBe(401);
      const unknown = await world.raw(url.replaceAll(MAIN, "00000000-0000-0000-0000-000000000001"), { method, token });
      expect([unknown.status, codeOf(unknown.body)]).toEqual([403, "AuthorizationFailed"]);
    }
  });

  it("refuses what is about a denied region, with the permission that is missing", async () => {
    await world.setRules({ deny: ["azure:eastus"] });
    const refused = [];
    for (const [operation, call] of Object.entries(calls)) {
      const { status, body } = await send(call);
      if (status === 403) refused.push([operation, /perform action '([^']+)'/.exec(body)?.[1]]);
    }
    expect(refused).toEqual([
      ["compute.Usage_List", "Microsoft.Compute/locations/usages/read"],
      ["monitor.DiagnosticSettings_List", "Microsoft.Insights/diagnosticSettings/read"],
      ["storage.StorageAccounts_ListKeys", "Microsoft.Storage/storageAccounts/listKeys/action"],
      ["compute.Disks_Delete", "Microsoft.Compute/disks/delete"],
      ["compute.VirtualMachines_Deallocate", "Microsoft.Compute/virtualMachines/deallocate/action"],
    ]);
    expect(await recordsOf("machine-state")).toEqual([]);
  });
});

describe("lists", () => {
  it.each([
    ["compute.Disks_List", "disk"],
    ["compute.Snapshots_List", "snapshot"],
    ["network.NetworkSecurityGroups_ListAll", "security-group"],
    ["storage.StorageAccounts_List", "storage-account"],
  ] as const)("%s has what the truth has, page after page", async (operation, type) => {
    const items = await listed<Arm>(world, token, calls[operation].url);
    const records = await recordsOf(type);
    expect(sorted(items.map(({ id, name }) => [id, name]))).toEqual(sorted(records.map(({ id, name }) => [id, name])));
  });

  it("link to the next page as long as there is one, for the same question only", async () => {
    const { body } = await send(calls["compute.Disks_List"]);
    const { value, nextLink } = JSON.parse(body) as { value: unknown[]; nextLink: string };
    expect(value).toHaveLength(200);
    expect(nextLink.startsWith(`${calls["compute.Disks_List"].url}&${LINK}`)).toBe(true);
    const elsewhere = nextLink.replace("/disks?", "/snapshots?");
    expect((await world.raw(elsewhere, { token })).status).toBe(400);
    expect((await world.raw(nextLink.replace(MAIN, PAYMENTS), { token })).status).toBe(400);
  });

  it("lose a page: the link is refused, the next time it comes back again", async () => {
    const { nextLink } = JSON.parse((await send(calls["compute.Disks_List"])).body) as { nextLink: string };
    await world.setRules({ faults: ["azure:Disks_List:lost-page:2"] });
    expect((await world.raw(nextLink, { token })).status).toBe(400);
    expect(JSON.parse((await world.raw(nextLink, { token })).body).nextLink).toBe(nextLink);
    expect(JSON.parse((await world.raw(nextLink, { token })).body).nextLink).not.toBe(nextLink);
  });

  it("grow with the fleet", () => {
    expect(disksOf(buildFleet(AZURE_FLEET_PLAN, 7, 10_000)).length).toBeGreaterThan(10_000);
  });
});

describe("disks and snapshots", () => {
  it("tell size, kind, key, state and owner as the truth does", async () => {
    const disks = await listed<Arm & { sku: { name: string }; managedBy?: string }>(world, token, calls["compute.Disks_List"].url);
    const told = disks.map(({ id, sku, managedBy = null, properties: p }) => [
      id,
      sku.name,
      p.diskSizeGB,
      p.diskState,
      managedBy,
      (p.encryption as { type: string }).type === "EncryptionAtRestWithCustomerKey",
    ]);
    const records = await recordsOf("disk");
    const expected = records.map(({ id, attributes: a }) => [id, a.diskType, a.sizeGib, a.state, a.attachedTo, a.customerKey]);
    expect(sorted(told)).toEqual(sorted(expected));
    expect(new Set(records.map(({ attributes }) => attributes.state))).toEqual(new Set(["Attached", "Reserved", "Unattached"]));
  });

  it("are old or not there: some snapshots are months old, and many disks have none", async () => {
    const records = await recordsOf("snapshot");
    expect(records.filter(({ attributes }) => Number(attributes.createdMs) < NOW_MS - 60 * DAY_MS).length).toBeGreaterThan(10);
    const snapshots = await listed<Arm>(world, token, calls["compute.Snapshots_List"].url);
    const sources = Map.groupBy(snapshots, ({ properties }) => (properties.creationData as { sourceResourceId: string }).sourceResourceId);
    const disks = await recordsOf("disk");
    expect(disks.map(({ id, attributes }) => [id, attributes.snapshots])).toEqual(
      disks.map(({ id }) => [id, sources.get(id)?.length ?? 0]),
    );
    expect(disks.filter(({ attributes }) => attributes.snapshots === 0).length).toBeGreaterThan(disks.length / 3);
  });
});

describe("security groups", () => {
  it("are open to the world at port 22 where the first rule that fits allows it", async () => {
    interface Rule {
      readonly priority: number;
      readonly access: string;
      readonly direction: string;
      readonly sourceAddressPrefix: string;
      readonly destinationPortRange?: string;
      readonly destinationPortRanges: readonly string[];
    }
    const groups = await listed<{ id: string; properties: { securityRules: { properties: Rule }[] } }>(
      world,
      token,
      calls["network.NetworkSecurityGroups_ListAll"].url,
    );
    const fits = ({ destinationPortRange, destinationPortRanges }: Rule) =>
      [destinationPortRange ?? [], destinationPortRanges].flat().some((range) => {
        const [low = 0, high = low] = range.split("-").map(Number);
        return low <= 22 && 22 <= high;
      });
    const open = groups.filter(({ properties }) => {
      const rules = properties.securityRules.map((rule) => rule.properties).filter((rule) => rule.direction === "Inbound" && fits(rule));
      const foreign = rules.filter(({ sourceAddressPrefix }) => ["*", "0.0.0.0/0", "Internet"].includes(sourceAddressPrefix));
      return foreign.toSorted((left, right) => left.priority - right.priority)[0]?.access === "Allow";
    });
    const records = await recordsOf("security-group");
    const expected = records.filter(({ attributes }) => attributes.open22ToWorld === true);
    expect(open.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
    // Who looks for rules that allow, and not for those before them, finds more.
    const allowing = records.filter(({ attributes }) =>
      (attributes.openPorts as readonly string[]).some((port) => port === "22" || port === "20-25"),
    );
    expect(expected.length).toBeGreaterThan(2);
    expect(allowing.length).toBeGreaterThan(expected.length);
  });
});

describe("quotas", () => {
  it("are told by region; some are as good as exhausted; there is no other region", async () => {
    const usages = await listed<{ name: { value: string }; currentValue: number; limit: number }>(
      world,
      token,
      calls["compute.Usage_List"].url,
    );
    const records = (await recordsOf("quota")).filter(({ region }) => region === "eastus");
    expect(sorted(usages.map(({ name, currentValue, limit }) => [name.value, currentValue, limit]))).toEqual(
      sorted(records.map(({ id, attributes }) => [id, attributes.used, attributes.limit])),
    );
    const all = await recordsOf("quota");
    expect(all.filter(({ attributes }) => Number(attributes.used) > 0.9 * Number(attributes.limit)).length).toBeGreaterThan(0);
    const nowhere = await send({ url: calls["compute.Usage_List"].url.replace("eastus", "atlantis") });
    expect([nowhere.status, codeOf(nowhere.body)]).toEqual([400, "NoRegisteredProviderFound"]);
  });
});

describe("the activity log", () => {
  const since = (days: number) => `eventTimestamp ge '${new Date(NOW_MS - days * DAY_MS).toISOString()}'`;

  it("has two events of each activity, the newest first", async () => {
    const events = await listed<{ correlationId: string; eventTimestamp: string; status: { value: string }; caller: string }>(
      world,
      token,
      activityUrl(since(7)),
    );
    const times = events.map(({ eventTimestamp }) => Date.parse(eventTimestamp));
    expect(times).toEqual(times.toSorted((left, right) => right - left));
    const started = events.filter(({ status }) => status.value === "Started");
    const records = (await recordsOf("activity")).filter(({ attributes }) => Number(attributes.timestampMs) < NOW_MS - 180_000);
    expect(sorted(started.map(({ correlationId, caller }) => [correlationId, caller]))).toEqual(
      sorted(records.map(({ id, attributes }) => [id, attributes.caller])),
    );
    expect(new Set(events.map(({ status }) => status.value))).toEqual(new Set(["Started", "Succeeded", "Failed"]));
  });

  it("is narrowed by group, resource, provider or correlation, and by properties", async () => {
    const [record] = await recordsOf("activity");
    const id = String(record?.attributes.resource);
    const of = async (clause: string) => listed<Readonly<Record<string, unknown>>>(world, token, activityUrl(`${since(8)} and ${clause}`));
    expect(new Set((await of(`resourceUri eq '${id}'`)).map(({ resourceId }) => resourceId))).toEqual(new Set([id]));
    expect(new Set((await of(`correlationId eq '${record?.id}'`)).map(({ correlationId }) => correlationId))).toEqual(
      new Set([record?.id]),
    );
    expect(await of("resourceProvider eq 'Microsoft.Web'")).toEqual([]);
    expect(new Set((await of("resourceGroupName eq 'rg-checkout'")).map(({ resourceGroupName }) => resourceGroupName))).toEqual(
      new Set(["rg-checkout"]),
    );
    const selected = await listed<object>(world, token, `${activityUrl(since(8))}&$select=caller,status`);
    expect(Object.keys(selected[0] ?? {}).sort()).toEqual(["caller", "id", "status"]);
  });

  it.each(["", "resourceGroupName eq 'x'", since(91), `${since(1)} and caller eq 'x'`, "eventTimestamp ge 'yesterday'"])(
    "refuses the filter %j, without an envelope",
    async (filter) => {
      const { status, body } = await send({ url: activityUrl(filter) });
      expect([status, JSON.parse(body).code]).toEqual([400, "BadRequest"]);
    },
  );
});

describe("diagnostic settings", () => {
  it("are those of one resource, perhaps none", async () => {
    const records = (await recordsOf("diagnostic-setting")).filter(({ attributes }) => attributes.resource === named.database);
    const settings = await listed<Arm>(world, token, calls["monitor.DiagnosticSettings_List"].url);
    expect(settings.map(({ id, properties }) => [id, properties.workspaceId])).toEqual(
      records.map(({ id, attributes }) => [id, attributes.workspace]),
    );
    const machine = calls["monitor.DiagnosticSettings_List"].url.replace(named.database, named.machine);
    expect(await listed(world, token, machine)).toEqual([]);
    const nothing = await send({ url: machine.replace(named.machine, `${named.machine}-none`) });
    expect([nothing.status, codeOf(nothing.body)]).toEqual([404, "ResourceNotFound"]);
  });
});

describe("access keys", () => {
  it("are handed out on demand and stand nowhere else", async () => {
    const { body } = await send(calls["storage.StorageAccounts_ListKeys"]);
    const { keys } = JSON.parse(body) as { keys: { keyName: string; value: string }[] };
    expect(keys.map(({ keyName }) => keyName)).toEqual(["key1", "key2"]);
    expect(keys.map(({ value }) => Buffer.from(value, "base64").length)).toEqual([64, 64]);
    expect(JSON.stringify(await world.truth(NOW_MS - 60_000, NOW_MS))).not.toContain(keys[0]?.value);
    const none = await send({ method: "POST", url: calls["storage.StorageAccounts_ListKeys"].url.replace("/listKeys", "none/listKeys") });
    expect([none.status, codeOf(none.body)]).toEqual([404, "ResourceNotFound"]);
  });
});

describe("writes", () => {
  const powerStateOf = async (id: string) => {
    const query = `Resources | where id == '${id}' | project state = tostring(properties.extended.instanceView.powerState.code)`;
    const { body } = await world.raw(`${ARM}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`, {
      method: "POST",
      token,
      body: { query },
    });
    return (JSON.parse(body) as { data: { state: string }[] }).data[0]?.state;
  };

  it("deallocate a machine: accepted, told where to look, and so until the reset", async () => {
    const cores = async () => (await recordsOf("quota")).find(({ region, id }) => region === "eastus" && id === "cores")?.attributes;
    const before = await cores();
    const { status, headers, body } = await send(calls["compute.VirtualMachines_Deallocate"]);
    expect([status, body, headers["retry-after"]]).toEqual([202, "", "10"]);
    expect(JSON.parse((await world.raw(String(headers["azure-asyncoperation"]), { token })).body)).toMatchObject({ status: "Succeeded" });
    expect(await powerStateOf(named.machine)).toBe("PowerState/deallocated");
    const truth = await world.truth(NOW_MS - 60_000, NOW_MS);
    expect(truth.resources.find(({ id }) => id === named.machine)?.state).toBe("stopped");
    expect(await recordsOf("machine-state")).toMatchObject([{ id: named.machine, region: "eastus", attributes: { state: "deallocated" } }]);
    const disks = (await recordsOf("disk")).filter(({ attributes }) => attributes.attachedTo === named.machine);
    expect(new Set(disks.map(({ attributes }) => attributes.state))).toEqual(new Set(["Reserved"]));
    expect(await cores()).toEqual({ limit: before?.limit, used: expect.toSatisfy((used: number) => used < Number(before?.used)) });
    expect((await world.calls()).find(({ operation }) => operation === "compute.VirtualMachines_Deallocate")).toMatchObject({
      account: MAIN,
      region: "eastus",
    });
    await fetch(`${world.emulator.url}/_emulator/reset`, { method: "POST" });
    expect(await powerStateOf(named.machine)).toBe("PowerState/running");
    expect(await cores()).toEqual(before);
  });

  it("delete a disk that is free, once, and refuse one in use", async () => {
    const used = await send({ url: calls["compute.Disks_Delete"].url.replace(named.disk, named.attachedDisk), method: "DELETE" });
    expect([used.status, codeOf(used.body)]).toEqual([409, "OperationNotAllowed"]);
    expect((await send(calls["compute.Disks_Delete"])).status).toBe(202);
    expect((await send(calls["compute.Disks_Delete"])).status).toBe(204);
    const ids = (await listed<Arm>(world, token, calls["compute.Disks_List"].url)).map(({ id }) => id);
    expect([ids.includes(named.disk), ids.includes(named.attachedDisk)]).toEqual([false, true]);
    expect((await recordsOf("disk")).map(({ id }) => id).sort()).toEqual(ids.toSorted());
  });

  it("that a fault befell have not happened", async () => {
    await world.setRules({ faults: ["azure:Disks_Delete:500:1", "azure:Disks_Delete:reset:1"] });
    expect((await send(calls["compute.Disks_Delete"])).status).toBe(500);
    await expect(send(calls["compute.Disks_Delete"])).rejects.toThrow();
    expect((await recordsOf("disk")).some(({ id }) => id === named.disk)).toBe(true);
  });

  it("of what is not there is refused", async () => {
    const { status, body } = await send({
      url: calls["compute.VirtualMachines_Deallocate"].url.replace("/deallocate", "x/deallocate"),
      method: "POST",
    });
    expect([status, codeOf(body)]).toEqual([404, "ResourceNotFound"]);
  });
});
