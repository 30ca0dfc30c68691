import { type AzureWorld, MAIN, NOON_MS, type RawOptions, TENANT } from "../azure-world.ts";
import { recordProviders } from "./recorded-providers.ts";
import type { RecordedReply } from "./violations.ts";

const ARM = "https://management.azure.com";
const LOGIN = "https://login.microsoftonline.com";
const LOGS = "https://api.loganalytics.io";
const METRICS = "https://metrics.monitor.azure.com";
const GRAPH = `${ARM}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`;
const MACHINES = "Resources | where type =~ 'microsoft.compute/virtualmachines'";

type Send = (operation: string, url: string, options?: RawOptions) => Promise<string>;

/** Replies of every operation, good and bad, as they went over the wire. */
export async function recordReplies(world: AzureWorld): Promise<readonly RecordedReply[]> {
  const replies: RecordedReply[] = [];
  const send: Send = async (operation, url, options) => {
    const { status, body } = await world.raw(url, options);
    replies.push({ operation, status, body });
    return body;
  };
  await recordEntra(world, send);
  const arm = await world.token(ARM);
  await recordArm(arm, send);
  await recordProviders(world, arm, replies);
  const { ids, workspace } = await recordGraph(arm, send);
  await recordMetrics(arm, await world.token(METRICS), ids, send);
  await recordLogs(await world.token(LOGS), workspace, send);
  await recordFaults(world, replies);
  return replies;
}

async function recordEntra({ credentials }: AzureWorld, send: Send): Promise<void> {
  const form = (secret: string) => {
    const { clientId: client_id } = credentials;
    return new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret: secret, scope: `${ARM}/.default` }).toString();
  };
  const token = `${LOGIN}/${TENANT}/oauth2/v2.0/token`;
  await send("Token", token, { method: "POST", body: form(credentials.clientSecret) });
  await send("Token", token, { method: "POST", body: form("wrong") });
  await send("OpenIdConfiguration", `${LOGIN}/${TENANT}/v2.0/.well-known/openid-configuration`);
  const discovery = `${LOGIN}/common/discovery/instance?api-version=1.1&authorization_endpoint=`;
  await send("InstanceDiscovery", `${discovery}${encodeURIComponent(`${LOGIN}/${TENANT}/oauth2/v2.0/authorize`)}`);
  await send("InstanceDiscovery", `${discovery}nowhere`);
}

async function recordArm(token: string, send: Send): Promise<void> {
  await send("ListSubscriptions", `${ARM}/subscriptions?api-version=2022-12-01`, { token });
  await send("ListSubscriptions", `${ARM}/subscriptions`, { token });
  await send("ListSubscriptions", `${ARM}/subscriptions?api-version=2022-12-01`);
}

async function recordGraph(token: string, send: Send) {
  const ask = (query: string, options: object = {}) => send("Resources", GRAPH, { method: "POST", token, body: { query, options } });
  const query = `${MACHINES} and location == 'eastus' and subscriptionId == '${MAIN}' | project id`;
  const machines = JSON.parse(await ask(query, { $top: 10 })) as { data: { id: string }[] };
  await ask("Resources | take 3");
  await ask(`${MACHINES} | project id, tags, n = 1, r = 1.5, b = true, t = now()`, { resultFormat: "table", $top: 2 });
  await ask("Resources | wher x");
  await ask("Resources | where nothing == 1");
  await ask("Resources", { $top: 5_000 });
  const workspaces = JSON.parse(
    await ask("Resources | where type == 'microsoft.operationalinsights/workspaces' | project id = tostring(properties.customerId)"),
  ) as { data: { id: string }[] };
  return { ids: machines.data.map(({ id }) => id), workspace: workspaces.data[0]?.id ?? "" };
}

async function recordMetrics(arm: string, token: string, ids: readonly string[], send: Send): Promise<void> {
  const [from, to] = [NOON_MS - 600_000, NOON_MS + 300_000].map((ms) => new Date(ms).toISOString());
  const metric = "metricnamespace=Microsoft.Compute%2FvirtualMachines&metricnames=Percentage%20CPU,Network%20In%20Total&interval=PT5M";
  const all = "aggregation=average,minimum,maximum,total,count&api-version=2024-02-01";
  const batch = `https://eastus.metrics.monitor.azure.com/subscriptions/${MAIN}/metrics:getBatch?${metric}&${all}`;
  await send("GetBatch", `${batch}&starttime=${from}&endtime=${to}`, { method: "POST", token, body: { resourceids: ids } });
  await send("GetBatch", batch, { method: "POST", token, body: { resourceids: [] } });
  const scope = `${ARM}/subscriptions/${MAIN}/providers/Microsoft.Insights/metrics?region=eastus&${metric}&${all}&timespan=${from}/${to}`;
  await send("ListAtSubscriptionScope", scope, { token: arm });
  await send("ListAtSubscriptionScope", `${scope}&$filter=${encodeURIComponent("Microsoft.ResourceId eq '*'")}`, { token: arm });
  await send("ListAtSubscriptionScope", `${scope}&top=3`, { token: arm });
}

async function recordLogs(token: string, workspace: string, send: Send): Promise<void> {
  const url = `${LOGS}/v1/workspaces/${workspace}/query`;
  const ask = (query: string, headers: Record<string, string> = {}) =>
    send("Query", url, { method: "POST", token, body: { query, timespan: "PT10M" }, headers });
  for (const table of ["AppTraces", "AppRequests", "AppDependencies", "AppExceptions", "InsightsMetrics", "Usage"])
    await ask(`${table} | take 5`);
  await ask("AppTraces | summarize avg(SeverityLevel), count() by bin(TimeGenerated, 1m)", { prefer: "include-statistics=true" });
  await ask("print a = 1, b = 1.5, c = 1m, d = true, e = dynamic([1]), f = now()");
  await ask("AppTraces | wher x");
  await ask("AppTraces | where Nothing == 1");
  await send("Query", `${LOGS}/v1/workspaces/none/query`, { method: "POST", token, body: { query: "Usage" } });
  const requests = ["Usage | count", "Usag | count"].map((query, index) => ({ id: String(index), workspace, body: { query } }));
  await send("QueryBatch", `${LOGS}/v1/$batch`, { method: "POST", token, body: { requests } });
  await send("QueryBatch", `${LOGS}/v1/$batch`, { method: "POST", token, body: {} });
}

/** What faults and denied regions say. */
async function recordFaults(world: AzureWorld, replies: RecordedReply[]): Promise<void> {
  for (const rules of [
    { faults: ["azure:*:throttle"] },
    { faults: ["azure:*:500"] },
    { faults: ["azure:*:expired"] },
    { faults: ["azure:Query:lost-page"] },
    { deny: ["azure:eastus"] },
  ]) {
    const [arm, metrics, logs] = await Promise.all([ARM, METRICS, LOGS].map((audience) => world.token(audience)));
    const workspace = await workspaceIn(world, "eastus");
    await world.setRules(rules);
    const send: Send = async (operation, url, options) => {
      const { status, body } = await world.raw(url, options);
      replies.push({ operation, status, body });
      return body;
    };
    await send("Token", `${LOGIN}/${TENANT}/oauth2/v2.0/token`, { method: "POST", body: tokenForm(world) });
    await send("ListSubscriptions", `${ARM}/subscriptions?api-version=2022-12-01`, { token: arm! });
    await send("Resources", GRAPH, { method: "POST", token: arm!, body: { query: "Resources | count" } });
    await send("GetBatch", `https://eastus.metrics.monitor.azure.com/subscriptions/${MAIN}/metrics:getBatch`, {
      method: "POST",
      token: metrics!,
    });
    await send("ListAtSubscriptionScope", `${ARM}/subscriptions/${MAIN}/providers/Microsoft.Insights/metrics?region=eastus`, {
      token: arm!,
    });
    await send("Query", `${LOGS}/v1/workspaces/${workspace}/query`, { method: "POST", token: logs!, body: { query: "Usage | take 4" } });
    await world.setRules({});
  }
}

function tokenForm({ credentials: { clientId, clientSecret } }: AzureWorld): string {
  return new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${ARM}/.default`,
  }).toString();
}

async function workspaceIn(world: AzureWorld, region: string): Promise<string> {
  const query = `Resources | where type == 'microsoft.operationalinsights/workspaces' and location == '${region}' | project id = tostring(properties.customerId)`;
  const { body } = await world.raw(GRAPH, { method: "POST", token: await world.token(ARM), body: { query } });
  return (JSON.parse(body) as { data: { id: string }[] }).data[0]!.id;
}
