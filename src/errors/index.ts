export { type CodeOf, ERROR_CODES, type ErrorCode } from "./codes.ts";
export { nearest } from "./nearest.ts";
export {
  ApprovalError,
  CodeError,
  ConfigurationError,
  type ErrorSummary,
  KnowledgeError,
  ModelError,
  OrchestratorError,
  PlanError,
  ProviderError,
  QuestionError,
  StoreError,
  TimeLimitError,
  toOrchestratorError,
} from "./orchestrator-error.ts";
export type { Language, Text } from "./text.ts";
