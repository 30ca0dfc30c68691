import { expect, test } from "vitest";
import { parseLine } from "../../../src/providers/aws/log-fields.ts";

test.each([
  ['{"level":"ERROR","service":"auth","message":"no"}', { severity: "error", service: "auth", message: "no" }],
  ['{"level":"warn","msg":"slow error"}', { severity: "warning", service: "api", message: "slow error" }],
  ['{"level":50,"msg":"pino"}', { severity: "error", service: "api", message: "pino" }],
  ['{"log":{"level":"fatal"},"service":{"name":"pay"},"message":"x"}', { severity: "critical", service: "pay", message: "x" }],
  ['{"severity":"NOTICE","message":"x"}', { severity: "info", service: "api", message: "x" }],
  ['{"level":"strange","message":"an error"}', { severity: null, service: "api", message: "an error" }],
  ["2026-11-22 [WARN] disk is nearly full\n", { severity: "warning", service: "api", message: "2026-11-22 [WARN] disk is nearly full" }],
  ["FATAL: error in main", { severity: "critical", service: "api", message: "FATAL: error in main" }],
  ["hello", { severity: null, service: "api", message: "hello" }],
  ['{"broken', { severity: null, service: "api", message: '{"broken' }],
])("%s", (text, expected) => {
  expect(parseLine(text, "/aws/lambda/api")).toEqual(expected);
});
