import type { LogsTable } from "@azure/monitor-query-logs";
import type { ProviderContext, TimeWindow } from "../../contracts/index.ts";
import { ProviderError, type Text } from "../../errors/index.ts";
import type { Clients } from "./clients.ts";
import { required } from "./errors.ts";
import type { Workspace } from "./workspaces.ts";

const OPERATION = "Query";

export interface KqlResult {
  readonly columns: readonly LogsTable["columnDescriptors"][number][];
  readonly rows: readonly LogsTable["rows"][number][];
  /** The service gave only a part of the result. */
  readonly partial?: Text;
}

/** Runs a query in a workspace; the window bounds it even where its text does not. */
export function runKql(
  clients: Clients,
  { customerId, account, region }: Workspace,
  query: string,
  window: TimeWindow,
  context: ProviderContext,
): Promise<KqlResult> {
  return clients.call(
    {
      service: "logs",
      operation: OPERATION,
      place: { account, region },
      send: (client) => client.queryWorkspace(customerId, query, { startTime: new Date(window.fromMs), endTime: new Date(window.toMs) }),
      read: (result) => {
        const tables = result.status === "Success" ? result.tables : result.partialTables;
        const table = required(tables[0], OPERATION, "a table");
        const columns = required(table.columnDescriptors, OPERATION, "columns");
        for (const { name, type } of columns) if (!name || !type) required(undefined, OPERATION, "the name and type of a column");
        for (const row of table.rows) if (row.length !== columns.length) required(undefined, OPERATION, "a cell for each column");
        return { columns, rows: table.rows, ...(result.status === "Success" ? {} : { partial: partialText(result.partialError) }) };
      },
    },
    context,
  );
}

/**
 * The same for a query of our own: undefined for a workspace to which nothing of the kind was ever sent, so that it does not have the tables
 * (`SemanticError`, "Failed to resolve table").
 */
export async function runOwnKql(...parts: Parameters<typeof runKql>): Promise<KqlResult | undefined> {
  try {
    return await runKql(...parts);
  } catch (error) {
    if (error instanceof ProviderError && /failed to resolve table/i.test(error.message)) return undefined;
    throw error;
  }
}

/** How to get at a column's cell. Throws `PROVIDER_REPLY_INVALID` where the column is missing. */
export function column({ columns }: KqlResult, name: string): (row: KqlResult["rows"][number]) => unknown {
  const index = columns.findIndex((each) => each.name === name);
  if (index === -1) return required<never>(undefined, OPERATION, `the column ${name}`);
  return (row) => row[index];
}

/** A moment in milliseconds since the epoch. */
export function timeOf(cell: unknown, name: string): number {
  const timeMs = cell instanceof Date ? cell.getTime() : Date.parse(String(cell));
  return Number.isNaN(timeMs) ? required<number>(undefined, OPERATION, `a readable ${name}`) : timeMs;
}

/** A number; `PROVIDER_REPLY_INVALID` for anything else. */
export function numberOf(cell: unknown, name: string): number {
  const value = typeof cell === "number" ? cell : typeof cell === "string" && cell !== "" ? Number(cell) : Number.NaN;
  return Number.isFinite(value) ? value : required<number>(undefined, OPERATION, `a number as ${name}`);
}

/** A text, or null for none. */
export function nullableText(cell: unknown): string | null {
  return typeof cell === "string" && cell !== "" ? cell : null;
}

function partialText({ code, message }: { readonly code?: string; readonly message?: string }): Text {
  const detail = [code, message?.split("\n", 1)[0]].filter(Boolean).join(": ");
  return { en: `Log Analytics gave only a part of the result (${detail}).`, zh: `Log Analytics 只返回了部分结果（${detail}）。` };
}
