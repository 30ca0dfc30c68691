import { Orchestrator } from "nephoscope";
import { aws } from "nephoscope/providers/aws";
import { type Contender, NO_MODEL, QUESTION } from "./contender.ts";

/** nephoscope as a program embeds it, planning by the grammar or by a model that never errs and takes no time. */
export async function openNephoscope(emulatorUrl: string, _planner: "grammar" | "model"): Promise<Contender> {
  const orchestrator = new Orchestrator({ providers: [aws({}, { env: { NEPHOSCOPE_EMULATOR: emulatorUrl } })], timezone: "UTC" });
  return {
    async ask() {
      const { status, answer, receipt, window, error } = await orchestrator.ask(QUESTION);
      if (status !== "answered" || receipt?.complete !== true || window === null)
        throw new Error(`no complete answer: ${error?.message ?? answer?.warnings.join(" ")}`);
      const id = answer?.table?.columns.findIndex(({ name }) => name === "id") ?? -1;
      return { ids: answer?.table?.rows.map((row) => String(row[id])) ?? [], from: window.from, to: window.to };
    },
    tokens: () => NO_MODEL,
    close: () => orchestrator.close(),
  };
}
