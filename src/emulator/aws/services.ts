import type { TruthSources } from "../truth-rows.ts";
import type { AwsServiceFactory } from "./service.ts";

/** Every AWS service the emulator speaks. */
export const AWS_SERVICES: readonly AwsServiceFactory[] = [];

/** Logs, traces and alarms of the AWS world. */
export const AWS_TRUTH: TruthSources = {
  logs: () => [],
  traces: () => [],
  alarms: () => [],
};
