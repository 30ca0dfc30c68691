import type { SpecDocAgent } from "../agents/spec-doc-agent.ts";
import type { Approval, Knowledge, OperationClass, Sandbox, SandboxLimits } from "../contracts/index.ts";
import type { BrokerLimits } from "./broker.ts";
import type { ProgramChecker } from "./check-program.ts";

/** What code generation works with. */
export interface CodegenParts {
  readonly sandbox: Sandbox;
  readonly knowledge: Knowledge;
  readonly descriptions: SpecDocAgent;
  readonly checker: ProgramChecker;
  /** Classes of operations that may be offered, approved and called; `read` always is. */
  readonly allowed: ReadonlySet<OperationClass>;
  readonly limits: SandboxLimits & BrokerLimits;
  /** How long an approval may wait, in milliseconds. */
  readonly approvalTtlMs: number;
  /** Decides at once, in the operator's name: the only thing that loosens "a person decides". */
  readonly approve?: ((approval: Approval) => Promise<"approve" | "reject" | "wait">) | undefined;
}
