import { z } from "zod";
import type { Fleet } from "../fleet.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { armWording } from "./arm-wording.ts";
import { armError } from "./azure-error.ts";
import type { AzureChanges } from "./changes.ts";
import { alertRows } from "./graph-alerts.ts";
import { graphError, graphQueryError, graphThrottled } from "./graph-errors.ts";
import { alertRuleRows, containerRows, resourceRows } from "./graph-rows.ts";
import { GRAPH_COLUMNS, rowsToTable, tableReply } from "./graph-tables.ts";
import { answer } from "./kql/evaluate.ts";
import { KqlError } from "./kql/kql-error.ts";
import { parseQuery } from "./kql/parse-query.ts";
import type { Query } from "./kql/syntax.ts";
import type { KqlTable } from "./kql/value.ts";
import type { AzureCircumstances, AzureReply, AzureRequest, AzureService } from "./service.ts";
import { ARM_AUDIENCES, ARM_HOST, requireApiVersion } from "./subscriptions.ts";

const API_VERSIONS = ["2024-04-01", "2022-10-01", "2021-03-01"];
/** "Working with large Azure resource data sets": the default and the greatest number of records in a reply. */
const MAX_PAGE = 1_000;

const bodySchema = z.object({
  query: z.string(),
  subscriptions: z.array(z.string()).optional(),
  managementGroups: z.array(z.string()).optional(),
  options: z
    .object({
      $top: z.int().min(1).max(MAX_PAGE).optional(),
      $skip: z.int().min(0).optional(),
      $skipToken: z.string().optional(),
      resultFormat: z.enum(["table", "objectArray"]).optional(),
      allowPartialScopes: z.boolean().optional(),
      authorizationScopeFilter: z.string().optional(),
    })
    .optional(),
});

type Body = z.infer<typeof bodySchema>;

/** Azure Resource Graph: one list of everything, asked in KQL. */
export function resourceGraphService(fleet: Fleet, changes: AzureChanges): AzureService {
  const fixed = { version: changes.version, resources: resourceRows(fleet, changes), resourcecontainers: containerRows(fleet, changes) };
  const tables = (name: string, nowMs: number) => {
    switch (name) {
      case "resources":
        if (fixed.version !== changes.version) {
          fixed.version = changes.version;
          fixed.resources = resourceRows(fleet, changes);
        }
        return [...fixed.resources, ...alertRuleRows(fleet, nowMs)];
      case "resourcecontainers":
        return fixed.resourcecontainers;
      case "alertsmanagementresources":
        return alertRows(fleet, nowMs);
      default:
        return undefined;
    }
  };
  const known = new Set(fleet.accounts.map(({ id }) => id));
  return {
    id: "resourcegraph",
    host: ARM_HOST,
    audiences: ARM_AUDIENCES,
    wording: { ...armWording("Microsoft.ResourceGraph/resources/read"), throttled: graphThrottled },
    route: ({ method, path, json }) => {
      if (method !== "POST" || !/^\/providers\/Microsoft\.ResourceGraph\/resources$/i.test(path)) return undefined;
      const { data } = bodySchema.safeParse(json);
      const only = data?.subscriptions?.length === 1 ? data.subscriptions[0] : undefined;
      return { operation: "Resources", account: only ?? null, region: null, continues: data?.options?.$skipToken !== undefined };
    },
    operations: {
      Resources: (request, circumstances) => {
        const body = readBody(request);
        const wanted = body.subscriptions?.map((id) => id.toLowerCase()) ?? [...known];
        const unknown = wanted.find((id) => !known.has(id));
        if (unknown !== undefined) throw graphError("AccessDenied", `Access to the subscriptions '${unknown}' is denied.`, 403);
        const visible = new Set(wanted);
        return resources(body, circumstances, (name) => {
          const rows = tables(name.toLowerCase(), circumstances.nowMs)?.filter((row) => visible.has(row.subscriptionId));
          return rows && rowsToTable(rows, GRAPH_COLUMNS);
        });
      },
    },
  };
}

function readBody({ json, query }: AzureRequest): Body {
  requireApiVersion(query, API_VERSIONS);
  const parsed = bodySchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw graphError("InvalidRequestBody", `The request body is invalid: ${issue?.path.join(".")} ${issue?.message}`, 400);
}

function resources(body: Body, { fault, repeat, nowMs }: AzureCircumstances, tableOf: (name: string) => KqlTable | undefined): AzureReply {
  const { options = {} } = body;
  const binding = [body.query, body.subscriptions ?? null, options.resultFormat ?? null];
  const lost = fault === "lost-page";
  const position = lost && !repeat ? undefined : pagePosition(options.$skipToken, binding);
  if (position === undefined) throw graphError("InvalidSkipToken", "The provided skip token is invalid or has expired.", 400);
  const { query, table } = evaluated(body.query, nowMs, tableOf);
  const rows = [...table.rows];
  const start = options.$skip ?? position;
  const page = rows.slice(start, start + (options.$top ?? MAX_PAGE));
  const rest = start + page.length < rows.length;
  const token = rest && isPageable(query, table) ? pageToken(start + page.length, binding) : undefined;
  const next = lost ? options.$skipToken : token;
  return {
    headers: { "x-ms-user-quota-remaining": "14", "x-ms-user-quota-resets-after": "00:00:05" },
    body: {
      totalRecords: rows.length,
      count: page.length,
      data: tableReply(table.columns, page, options.resultFormat ?? "objectArray"),
      facets: [],
      resultTruncated: rest && token === undefined ? "true" : "false",
      ...(next === undefined ? {} : { $skipToken: next }),
    },
  };
}

function evaluated(text: string, nowMs: number, tableOf: (name: string) => KqlTable | undefined): { query: Query; table: KqlTable } {
  try {
    // A query may begin with an operator: it is then asked of the table `resources`.
    const query = parseQuery(
      /^\s*(where|project|extend|summarize|order|sort|top|take|limit|count|distinct)\b/.test(text) ? `resources | ${text}` : text,
    );
    requireFew(query);
    const table = answer(query, { nowMs, table: tableOf });
    return { query, table: { ...table, rows: [...table.rows] } };
  } catch (error) {
    if (error instanceof KqlError) throw graphQueryError(error);
    throw error;
  }
}

/** "Understanding the Azure Resource Graph query language": at most three joins and three unions in a query. */
function requireFew({ pipeline }: Query): void {
  for (const kind of ["join", "union"] as const) {
    const count = pipeline.operators.filter((operator) => operator.kind === kind).length;
    if (count > 3) throw armError(400, "BadRequest", `The query has ${count} ${kind} operators; at most 3 are allowed.`);
  }
}

/** "Paging results": no token where the query limits its rows itself or has nothing but dynamic columns. */
function isPageable({ pipeline }: Query, { columns }: KqlTable): boolean {
  return !pipeline.operators.some(({ kind }) => kind === "take") && columns.some(({ type }) => type !== "dynamic");
}
