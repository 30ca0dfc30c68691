/** Something that answers "which servers have CPU over 80%" of an emulated fleet, in the process that asks. */
export interface Contender {
  /** Asks once. `atMost` servers only, where a whole warm-up would take too long. */
  ask(options?: { readonly atMost?: number }): Promise<ContenderAnswer>;
  /** What the model was sent and wrote in the last `ask`. */
  tokens(count: (text: string) => number): ModelUsage;
  close(): Promise<void>;
}

export interface ContenderAnswer {
  /** Ids of the servers over the threshold. */
  readonly ids: readonly string[];
  /** The window of the averages, ISO 8601. */
  readonly from: string;
  readonly to: string;
}

export interface ModelUsage {
  readonly modelCalls: number;
  readonly promptTokens: number;
  /** Of the largest call: what has to fit into a model's context. */
  readonly largestPrompt: number;
  readonly completionTokens: number;
}

export const NO_MODEL: ModelUsage = { modelCalls: 0, promptTokens: 0, largestPrompt: 0, completionTokens: 0 };

export const THRESHOLD_PERCENT = 80;
export const QUESTION = "which servers have CPU over 80%";

/** What chat formats add to each message: role and separators (OpenAI cookbook, "How to count tokens"). */
export const TOKENS_A_MESSAGE = 3;
