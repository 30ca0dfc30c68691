import { expect } from "vitest";
import type { ErrorCode, RunDocument } from "../../src/index.ts";
import {
  ACCOUNTS,
  ALARMS,
  CHECKOUT_ERRORS,
  type FleetQuestion,
  HOT_SERVERS,
  type Place,
  REGIONS,
  SERVERS,
  SLOWEST_REQUESTS,
} from "./fleet-questions.ts";
import type { AskOptions, SeenCall } from "./world.ts";

/** What a kind of fault looks like in a receipt when it does not go away. */
export const KINDS: Readonly<Record<string, { readonly outcome: "throttled" | "denied" | "failed"; readonly code: ErrorCode }>> = {
  throttle: { outcome: "throttled", code: "PROVIDER_RATE_LIMITED" },
  "500": { outcome: "failed", code: "PROVIDER_UNAVAILABLE" },
  timeout: { outcome: "failed", code: "PROVIDER_UNAVAILABLE" },
  reset: { outcome: "failed", code: "PROVIDER_UNAVAILABLE" },
  malformed: { outcome: "failed", code: "PROVIDER_REPLY_INVALID" },
  expired: { outcome: "denied", code: "PROVIDER_UNAUTHENTICATED" },
};
export const PASSING_KINDS = ["throttle", "500", "timeout", "reset", "malformed"] as const;

export interface Operation {
  readonly name: string;
  readonly question: FleetQuestion;
  /** Where nothing can be listed when the operation keeps failing; by the calls, which say where it was asked. */
  readonly unlisted: "everywhere" | "main" | "payments" | "nowhere";
}

export const OPERATIONS: readonly Operation[] = [
  { name: "DescribeRegions", question: SERVERS, unlisted: "everywhere" },
  { name: "AssumeRole", question: SERVERS, unlisted: "payments" },
  { name: "GetCallerIdentity", question: SERVERS, unlisted: "main" },
  { name: "DescribeInstances", question: SERVERS, unlisted: "everywhere" },
  { name: "GetMetricData", question: HOT_SERVERS, unlisted: "nowhere" },
  { name: "DescribeLogGroups", question: CHECKOUT_ERRORS, unlisted: "everywhere" },
  { name: "FilterLogEvents", question: CHECKOUT_ERRORS, unlisted: "nowhere" },
  { name: "StartQuery", question: CHECKOUT_ERRORS, unlisted: "nowhere" },
  { name: "GetQueryResults", question: CHECKOUT_ERRORS, unlisted: "nowhere" },
  { name: "GetTraceSummaries", question: SLOWEST_REQUESTS, unlisted: "everywhere" },
  { name: "DescribeAlarms", question: ALARMS, unlisted: "everywhere" },
];

/** A fault named `timeout` needs a client that loses patience. */
export function patience(kind: string): AskOptions {
  return kind === "timeout" ? { aws: { requestTimeoutMs: 300 } } : {};
}

export function faulted(calls: readonly SeenCall[]): number {
  return calls.filter(({ fault }) => fault !== null).length;
}

/** The receipt's view of a place; that of its whole account where its regions could not be found. */
export function scopeAt({ receipt }: RunDocument, { account, region }: Place) {
  const scopes = receipt?.scopes.filter((scope) => scope.account === account) ?? [];
  return scopes.find((scope) => scope.region === region) ?? scopes.find((scope) => scope.region === "*");
}

export const PLACES: readonly Place[] = ACCOUNTS.flatMap((account) => REGIONS.map((region) => ({ account, region })));

/** What was counted is what the cloud saw. */
export function expectCounted(document: RunDocument, calls: readonly SeenCall[]): void {
  const byOperation: Record<string, number> = {};
  for (const { operation } of calls) byOperation[`aws.${operation}`] = (byOperation[`aws.${operation}`] ?? 0) + 1;
  // Past the gate: a query that is given up is stopped on the way out.
  delete byOperation["aws.logs.StopQuery"];
  expect(document.usage.apiCalls.byOperation).toEqual(byOperation);
  expect(document.usage.apiCalls.total).toBe(Object.values(byOperation).reduce((sum, count) => sum + count, 0));
}
