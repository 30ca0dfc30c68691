import type { DataKind } from "../contracts/index.ts";

/** Services whose every operation may bring log lines or spans. */
const DATA_OF_SERVICE: Readonly<Record<string, DataKind>> = {
  "aws.cloudtrail": "logs",
  "aws.logs": "logs",
  "aws.xray": "traces",
  "azure.applicationinsights": "logs",
  "azure.loganalytics": "logs",
  "gcp.clouderrorreporting": "logs",
  "gcp.cloudtrace": "traces",
  "gcp.logging": "logs",
  "alicloud.actiontrail": "logs",
  "alicloud.arms": "traces",
  "alicloud.sls": "logs",
  "alicloud.xtrace": "traces",
  "volcengine.apmplus": "traces",
  "volcengine.cloudtrail": "logs",
  "volcengine.tls": "logs",
};
/** In other services the name of an operation tells: `DownloadDBLogFilePortion`, `DescribeSlowLogs`, `instances.getSerialPortOutput`. */
const WORDS: Readonly<Record<string, DataKind>> = {
  log: "logs",
  logs: "logs",
  syslog: "logs",
  binlog: "logs",
  output: "logs",
  // What commands wrote: `GetCommandInvocation`, `DescribeInvocationResults`.
  invocation: "logs",
  invocations: "logs",
  screenshot: "logs",
  lookup: "logs",
  trace: "traces",
  traces: "traces",
  span: "traces",
  spans: "traces",
};

/** What a program that calls this operation may show besides what any program does. Rather one kind too many: a name is all there is. */
export function dataOfOperation(operationId: string): readonly DataKind[] {
  const [provider, service, ...name] = operationId.split(".");
  const words = name.join("_").match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  const kinds = [DATA_OF_SERVICE[`${provider}.${service}`], ...words.map((word) => WORDS[word.toLowerCase()])];
  return [...new Set(kinds.filter((kind) => kind !== undefined))];
}
