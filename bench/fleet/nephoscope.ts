import { Orchestrator } from "nephoscope";
import { scripted } from "nephoscope/models/scripted";
import { aws } from "nephoscope/providers/aws";
import { type Contender, QUESTION, THRESHOLD_PERCENT, TOKENS_A_MESSAGE } from "./contender.ts";

/** Means the same as `QUESTION` in words the grammar does not know, so that a model has to plan. */
export const QUESTION_FOR_MODEL = "which of our boxes are sweating: processor above 80 percent";

/** What a model that never errs replies to it. */
const IDEAL_REPLY = JSON.stringify({
  kind: "plan",
  steps: [
    { id: "list", tool: "resources.list", input: { kind: "virtual-machine" } },
    {
      id: "cpu",
      tool: "metrics.query",
      input: { resources: { from: "list" }, metrics: ["cpu.utilization"], statistic: "average", window: { lastMs: 300_000 } },
    },
    {
      id: "hot",
      tool: "table.filter",
      input: { rows: { from: "cpu" }, all: [{ column: "cpu.utilization", operator: "gt", value: THRESHOLD_PERCENT, unit: "percent" }] },
    },
  ],
});
const MOST_QUESTIONS = 100;

/** nephoscope as a program embeds it, planning by the grammar or by a model that never errs and takes no time. */
export async function openNephoscope(emulatorUrl: string, planner: "grammar" | "model"): Promise<Contender> {
  const providers = [aws({}, { env: { NEPHOSCOPE_EMULATOR: emulatorUrl } })];
  const model = scripted(Array.from({ length: MOST_QUESTIONS }, () => IDEAL_REPLY));
  const orchestrator = new Orchestrator({ providers, model, timezone: "UTC" });
  const question = planner === "grammar" ? QUESTION : QUESTION_FOR_MODEL;
  let earlierCalls = 0;
  return {
    async ask() {
      earlierCalls = model.requests.length;
      const { status, answer, receipt, window, error, planner: planned } = await orchestrator.ask(question);
      if (status !== "answered" || receipt?.complete !== true || window === null) {
        throw new Error(`no complete answer: ${error?.message ?? answer?.warnings.join(" ")}`);
      }
      if (planned !== planner) throw new Error(`planned by the ${planned}, not by the ${planner}`);
      const id = answer?.table?.columns.findIndex(({ name }) => name === "id") ?? -1;
      return { ids: answer?.table?.rows.map((row) => String(row[id])) ?? [], from: window.from, to: window.to };
    },
    tokens(count) {
      const requests = model.requests.slice(earlierCalls);
      const prompts = requests.map(({ messages }) => messages.reduce((sum, { content }) => sum + count(content) + TOKENS_A_MESSAGE, 0));
      return {
        modelCalls: prompts.length,
        promptTokens: prompts.reduce((sum, tokens) => sum + tokens, 0),
        largestPrompt: Math.max(0, ...prompts),
        completionTokens: requests.length * count(IDEAL_REPLY),
      };
    },
    close: () => orchestrator.close(),
  };
}
