export { type CodeOf, ERROR_CODES, type ErrorCode } from "./codes.ts";
export { nearest } from "./nearest.ts";
export {
  ConfigurationError,
  type ErrorSummary,
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
