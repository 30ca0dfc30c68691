import { ANSWER_STEP, resultsLoadSchema, type Tool } from "../../contracts/index.ts";
import { StoreError } from "../../errors/index.ts";

/** Takes up the answer of an earlier run, with its receipt: no cloud is asked again. */
export const resultsLoad: Tool<typeof resultsLoadSchema> = {
  name: "results.load",
  description: 'rows of an earlier answer: what "of those" means',
  effect: "read",
  streaming: true,
  input: resultsLoadSchema,
  async execute({ runId }, context) {
    const result = await context.store.getResult(runId, ANSWER_STEP);
    if (result === undefined) throw gone(runId);
    const { table, receipt, window } = result;
    context.progress({ done: table.rows.length, total: table.rows.length, rows: table.rows.length });
    return {
      columns: table.columns,
      batches: (async function* () {
        yield { rows: table.rows, receipt };
      })(),
      ...(window === undefined ? {} : { window }),
    };
  },
};

function gone(runId: string): StoreError {
  return new StoreError({
    code: "RUN_NOT_FOUND",
    message: { en: `The answer of run ${runId} is no longer stored.`, zh: `运行 ${runId} 的结果已不在存储中。` },
    hint: { en: "Ask the first question again.", zh: "请重新提出最初的问题。" },
  });
}
