import { randomUUID } from "node:crypto";
import type { Runtime, Store } from "nephoscope";
import { z } from "zod";
import { Documents } from "../shared/documents.ts";
import { type KeptRows, keptRowsSchema } from "./table-pages.ts";

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

const tableSchema = z.object({ threadKey: z.string(), rows: keptRowsSchema, starts: z.array(z.number()), csv: z.string() });
const chartSchema = z.object({ png: z.base64() });

interface KeptTable {
  readonly rows: KeptRows;
  /** The first row of each page. */
  readonly starts: readonly number[];
  readonly csv: string;
}

/** What messages of Teams cannot hold: tables in full, and charts for those who have a public address. Kept for a week. */
export interface KeptAnswers {
  keepTable(threadKey: string, table: KeptTable): Promise<void>;
  /** Undefined: no longer kept, or of another conversation than the one it is asked for in. */
  table(threadKey: string, questionId: string): Promise<KeptTable | undefined>;
  /** An id that cannot be guessed: whoever has it sees the chart. */
  keepChart(png: Uint8Array): Promise<string>;
  chart(id: string): Promise<Uint8Array | undefined>;
}

export function keptAnswers(store: Store, runtime: Runtime): KeptAnswers {
  const tables = new Documents({ store, runtime, kind: "teams-table", schema: tableSchema });
  const charts = new Documents({ store, runtime, kind: "teams-chart", schema: chartSchema });
  const expiresMs = (): number => runtime.clock.now() + KEPT_MS;
  return {
    async keepTable(threadKey, { rows, starts, csv }) {
      await tables.put(
        rows.questionId,
        (before) => (before === undefined ? { threadKey, rows, starts: [...starts], csv } : undefined),
        expiresMs(),
      );
    },
    async table(threadKey, questionId) {
      const kept = await tables.read(questionId);
      return kept?.value.threadKey === threadKey ? kept.value : undefined;
    },
    async keepChart(png) {
      const id = randomUUID();
      await charts.create(id, { png: Buffer.from(png).toString("base64") }, expiresMs());
      return id;
    },
    async chart(id) {
      const kept = await charts.read(id);
      return kept === undefined ? undefined : Buffer.from(kept.value.png, "base64");
    },
  };
}
