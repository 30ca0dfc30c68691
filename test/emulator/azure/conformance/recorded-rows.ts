import { type AzureWorld, MAIN } from "../azure-world.ts";
import { GRAPH_PROPERTIES, LOG_COLUMNS } from "./row-shapes.ts";
import type { RecordedRows } from "./row-violations.ts";

const ARM = "https://management.azure.com";
const LOGS = "https://api.loganalytics.io";
const WORKSPACES = `Resources | where type == 'microsoft.operationalinsights/workspaces' and subscriptionId == '${MAIN}'`;
const TABLES: readonly (readonly [begin: string, table: string])[] = [
  ["microsoft.alertsmanagement/", "alertsmanagementresources"],
  ["microsoft.resources/", "ResourceContainers"],
];

/** Rows of each type of resources and of each table of logs, all columns as they are. */
export async function recordRows(world: AzureWorld): Promise<readonly RecordedRows[]> {
  const [arm, logs] = await Promise.all([world.token(ARM), world.token(LOGS)]);
  const graph = (query: string) =>
    world.raw(`${ARM}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`, {
      method: "POST",
      token: arm,
      body: { query, options: { resultFormat: "objectArray" } },
    });
  const rows: RecordedRows[] = [];
  for (const source of Object.keys(GRAPH_PROPERTIES)) {
    const table = TABLES.find(([begin]) => source.startsWith(begin))?.[1] ?? "Resources";
    rows.push({ source, ...(await graph(`${table} | where type =~ '${source}' | take 200`)) });
  }
  const found = JSON.parse((await graph(`${WORKSPACES} | project id = tostring(properties.customerId)`)).body) as {
    data: { id: string }[];
  };
  for (const source of Object.keys(LOG_COLUMNS)) {
    const url = `${LOGS}/v1/workspaces/${found.data[0]?.id}/query`;
    rows.push({
      source,
      ...(await world.raw(url, { method: "POST", token: logs, body: { query: `${source} | take 5`, timespan: "PT10M" } })),
    });
  }
  return rows;
}
