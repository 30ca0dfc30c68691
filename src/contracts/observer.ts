import type { RunEvent } from "./event.ts";

/**
 * Watches runs, for traces and metrics. It is shown questions and rows, and takes counts, names of operations and outcomes from them:
 * those alone may leave the process. What it does never changes a run.
 */
export interface Observer {
  /** Every event of every run, as it is told. */
  event(event: RunEvent): void;
  /** Sends one request, to a cloud or a model; every try is one. Passes on what `send` resolves to or rejects with. */
  request<Reply>(request: ObservedRequest, send: () => Promise<Reply>): Promise<Reply>;
  /** Counts what bots do besides: questions that wait (up and down), calls to their platform that are tried again. */
  count(what: "questions-waiting" | "platform-retries", by: number, platform: string): void;
}

export type ObservedRequest =
  | {
      readonly to: "cloud";
      readonly runId: string;
      readonly stepId: string;
      readonly provider: string;
      /** `aws.cloudwatch.GetMetricData`. */
      readonly operation: string;
      readonly region: string | undefined;
    }
  | { readonly to: "model"; readonly runId: string; readonly model: string };
