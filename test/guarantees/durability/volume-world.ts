import { type Emulator, startEmulator } from "../../../src/emulator/index.ts";
import { Orchestrator, type OrchestratorOptions } from "../../../src/index.ts";
import { aws } from "../../../src/providers/aws/index.ts";
import { OPERATIONS, volumeDescriptions, writer } from "./volume-question.ts";

export const newCloud = (options: { readonly now?: () => number; readonly seed?: number } = {}): Promise<Emulator> =>
  startEmulator({ providers: ["aws"], instances: 60, seed: 7, ...options });

/** An orchestrator that has code written for an emulated AWS. */
export function volumeOrchestrator({ env }: Pick<Emulator, "env">, options: Partial<OrchestratorOptions> = {}): Orchestrator {
  return new Orchestrator({
    providers: [aws({}, { env })],
    model: writer(),
    descriptions: [volumeDescriptions()],
    timezone: "UTC",
    ...options,
  });
}

/** Requests of the program that the cloud has seen so far. */
export async function requestsTo({ url }: Pick<Emulator, "url">): Promise<number> {
  const { calls } = (await (await fetch(`${url}/_emulator/calls`)).json()) as { calls: { operation: string }[] };
  return calls.filter(({ operation }) => (OPERATIONS as readonly string[]).includes(operation)).length;
}
