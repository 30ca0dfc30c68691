/** Every error code, by the class that carries it. `docs/errors.md` has one heading per code; a test compares the two. */
export const ERROR_CODES = {
  OrchestratorError: ["INTERNAL", "RUN_INTERRUPTED"],
  ConfigurationError: ["CONFIGURATION_INVALID", "DEPENDENCY_MISSING", "CREDENTIAL_MISSING"],
  QuestionError: [
    "QUESTION_EMPTY",
    "QUESTION_NOT_UNDERSTOOD",
    "QUESTION_OFF_TOPIC",
    "QUESTION_WRITE_REQUEST",
    "QUESTION_CONTRADICTORY",
    "QUESTION_WITHOUT_CONTEXT",
    "DATA_NOT_ALLOWED",
    "PROVIDER_UNKNOWN",
    "ACCOUNT_UNKNOWN",
    "REGION_UNKNOWN",
    "METRIC_UNKNOWN",
    "UNIT_MISSING",
    "UNIT_MISMATCH",
    "WINDOW_INVALID",
  ],
  ProviderError: [
    "PROVIDER_UNAUTHENTICATED",
    "PROVIDER_FORBIDDEN",
    "PROVIDER_NOT_FOUND",
    "PROVIDER_RATE_LIMITED",
    "PROVIDER_UNAVAILABLE",
    "PROVIDER_REPLY_INVALID",
    "PROVIDER_PAGE_LOST",
    "PROVIDER_FAILED",
  ],
  ModelError: [
    "MODEL_UNAVAILABLE",
    "MODEL_UNAUTHENTICATED",
    "MODEL_RATE_LIMITED",
    "MODEL_REFUSED",
    "MODEL_OUTPUT_INVALID",
    "MODEL_BUDGET_EXCEEDED",
  ],
  PlanError: ["PLAN_INVALID", "PLAN_VERSION", "PLAN_TOO_LARGE", "TOOL_UNKNOWN", "TOOL_INPUT_INVALID"],
  CodeError: ["CODE_NOT_WRITTEN", "CODE_NO_OPERATION", "CODE_FAILED", "CALL_NOT_APPROVED", "CALL_LIMIT_REACHED"],
  ApprovalError: [
    "APPROVAL_PENDING",
    "APPROVAL_NOT_FOUND",
    "APPROVAL_DECIDED",
    "APPROVAL_EXPIRED",
    "APPROVAL_FORBIDDEN",
    "APPROVAL_CHANGED",
    "APPROVAL_REJECTED",
  ],
  KnowledgeError: ["KNOWLEDGE_UNAVAILABLE", "DESCRIPTION_REFUSED"],
  StoreError: ["STORE_FAILED", "RUN_NOT_FOUND", "RUN_HELD", "AUDIT_BROKEN"],
  TimeLimitError: ["RUN_TIMEOUT", "STEP_TIMEOUT"],
} as const;

type Families = typeof ERROR_CODES;

/** Codes of one family of errors. */
export type CodeOf<Family extends keyof Families> = Families[Family][number];

/** Every code an {@link OrchestratorError} can carry. */
export type ErrorCode = CodeOf<keyof Families>;
