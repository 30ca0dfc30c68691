import {
  ANSWER_STEP,
  type Provider,
  type ResourceWhere,
  resultsLoadSchema,
  type Scope,
  type StoredResult,
  type Tool,
} from "../../contracts/index.ts";
import { QuestionError, StoreError } from "../../errors/index.ts";
import { isPlaceOf, matchesWhere } from "../matches-where.ts";

/** Takes up the answer of an earlier run, with its receipt: no cloud is asked again. */
export const resultsLoad: Tool<typeof resultsLoadSchema> = {
  name: "results.load",
  description: 'rows of an earlier answer: what "of those" means',
  effect: "read",
  streaming: true,
  input: resultsLoadSchema,
  async execute({ runId, where }, context) {
    const result = await context.store.getResult(runId, ANSWER_STEP);
    if (result === undefined) throw gone(runId);
    const { table, receipt, window } = where === undefined ? result : restricted(result, where, context.providers);
    context.progress({ done: table.rows.length, total: table.rows.length, rows: table.rows.length });
    return {
      columns: table.columns,
      batches: (async function* () {
        yield { rows: table.rows, receipt };
      })(),
      providers: [...new Set(table.rows.flatMap(({ resource }) => resource?.provider ?? []))],
      ...(window === undefined ? {} : { window }),
    };
  },
};

/** What a narrower question may see of it: neither rows nor receipts of other places. */
function restricted(result: StoredResult, where: ResourceWhere, providers: readonly Provider[]): StoredResult {
  // Rows that are no resources cannot be told apart by where they come from, so they are refused rather than shown.
  if (result.table.rows.some(({ resource }) => resource === undefined)) throw withoutPlaces();
  const names = new Map(providers.map(({ id, accountNames }) => [id, accountNames]));
  const isMeant = (place: Pick<Scope, "provider" | "account" | "region">) => isPlaceOf(place, where, names.get(place.provider) ?? {});
  const rows = result.table.rows.filter(({ resource }) => resource !== undefined && isMeant(resource) && matchesWhere(resource, where));
  const receipt = result.receipt.filter((entry) => entry.type === "note" || isMeant(entry.scope));
  return { ...result, table: { columns: result.table.columns, rows }, receipt };
}

function withoutPlaces(): QuestionError {
  return new QuestionError({
    code: "QUESTION_WITHOUT_CONTEXT",
    message: {
      en: "The previous answer is no list of resources, so it cannot be restricted to accounts, regions or tags.",
      zh: "上一个回答不是资源列表，无法按账号、区域或标签限制。",
    },
    hint: { en: "Ask the whole question again.", zh: "请重新完整地提问。" },
  });
}

function gone(runId: string): StoreError {
  return new StoreError({
    code: "RUN_NOT_FOUND",
    message: { en: `The answer of run ${runId} is no longer stored.`, zh: `运行 ${runId} 的结果已不在存储中。` },
    hint: { en: "Ask the first question again.", zh: "请重新提出最初的问题。" },
  });
}
