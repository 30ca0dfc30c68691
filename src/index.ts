// The public API. Everything here is meant; drivers have subpaths of their own.

export { isKeepableName } from "./codegen/learned-tools.ts";
export type { Answer, AnswerSeries, AnswerTable, AnswerWindow, RunDocument, Usage } from "./contracts/answer.ts";
export {
  type Actor,
  type Approval,
  type ApprovalDecision,
  type ApprovalPolicy,
  type ApprovalRequest,
  type ApprovalSubject,
  type AuditRecord,
  type LearnedTool,
  operationsOf,
} from "./contracts/approval.ts";
export { DATA_KINDS, type DataKind } from "./contracts/data-kind.ts";
export type { RunEvent } from "./contracts/event.ts";
export type { Executor } from "./contracts/executor.ts";
export type { Knowledge, KnowledgeAnswer, KnowledgeDocument, KnowledgeQuery } from "./contracts/knowledge.ts";
export { METRICS, type MetricName, type Statistic } from "./contracts/metric.ts";
export type { Model, ModelReply, ModelRequest } from "./contracts/model.ts";
export type { ObservedRequest, Observer } from "./contracts/observer.ts";
export type { DescriptionSource, OperationDescription } from "./contracts/operation.ts";
export { isTimezone, type Plan, type PlanStep } from "./contracts/plan.ts";
export { MAX_ATTEMPTS, type Program } from "./contracts/program.ts";
export type {
  Alarm,
  LogEntry,
  MetricReading,
  NativeMetric,
  OperationRequest,
  OperationsCapability,
  Provider,
  ProviderCheck,
  ProviderContext,
  ScopeFinding,
  TraceSummary,
} from "./contracts/provider.ts";
export type { Receipt, ScopeReceipt } from "./contracts/receipt.ts";
export type { RegionName, Resource, ResourceKind, Scope } from "./contracts/resource.ts";
export type { Clock, Logger, Runtime } from "./contracts/runtime.ts";
export type { Sandbox, SandboxHost, SandboxLimits, SandboxOutcome, SandboxProgram } from "./contracts/sandbox.ts";
export type { ResourceWhere, Restriction, Where } from "./contracts/selection.ts";
export type { Store, StoredResult, StoredRun } from "./contracts/store.ts";
export type { Cell, Column, Point } from "./contracts/table.ts";
export type { Unit } from "./contracts/unit.ts";
export {
  ApprovalError,
  CodeError,
  ConfigurationError,
  type ErrorCode,
  type ErrorSummary,
  KnowledgeError,
  type Language,
  ModelError,
  nearest,
  OrchestratorError,
  PlanError,
  ProviderError,
  QuestionError,
  StoreError,
  type Text,
  TimeLimitError,
  toOrchestratorError,
} from "./errors/index.ts";
export { detectLanguage } from "./language/detect-language.ts";
export { Orchestrator, type OrchestratorOptions, type Run } from "./orchestrator.ts";
export type { Limits, RunOptions } from "./pipeline/run-options.ts";
export { columnTitle, statisticTitle } from "./pipeline/wording/conditions.ts";
export { formatDuration, formatTime, formatValue, formatWindow } from "./pipeline/wording/format.ts";
export { stepTitle } from "./pipeline/wording/step-title.ts";
export { nodeRuntime } from "./runtime/index.ts";
export { createLogger, type LeveledLogger, LOG_LEVELS, type LogLevel, type LogRecord, logLine } from "./runtime/logger.ts";
export { createRedactor } from "./runtime/redact-secrets.ts";
export { createTelemetry } from "./runtime/telemetry.ts";
export { verifyAudit } from "./stores/shared/audit-chain.ts";
