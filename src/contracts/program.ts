import type { DescribedOperation, ObjectShape, OperationClass } from "./operation.ts";
import type { Column } from "./table.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A place in the code that calls, as known before it runs. Of a call's parameters those in `literals` are as they stand there, those in
 * `varying` may have any value of their type, and others are not allowed.
 */
export interface ApprovedCall {
  /** Id of the operation: `aws.logs.DescribeMetricFilters`. */
  readonly operation: string;
  readonly literals: Readonly<Record<string, Json>>;
  readonly varying: readonly string[];
  /** Line in the code, from 1. */
  readonly line: number;
}

/** Generated code that has been checked: what can be rehearsed, approved, run and kept. JSON-safe. */
export interface Program {
  /** One sentence, the doc comment of `main`: untrusted text. */
  readonly purpose: string;
  /** TypeScript as written: what people read and approve. */
  readonly code: string;
  /** The same without types, line by line. */
  readonly javascript: string;
  /** Fields of `Row`; `@unit bytes` in a field's doc comment gives its unit. */
  readonly columns: readonly ProgramColumn[];
  /** `Input`: what may be given anew when it is run again. */
  readonly parameters: ObjectShape;
  /** The literal `input`: the values it was written for. */
  readonly input: Readonly<Record<string, Json>>;
  readonly provider: string;
  readonly calls: readonly ApprovedCall[];
  /** Every operation it can call, as described when it was written. */
  readonly operations: readonly ProgramOperation[];
  /** SHA-256, hex, of the declarations it was checked against. */
  readonly declarationsHash: string;
}

export interface ProgramColumn extends Column {
  readonly nullable?: true;
}

export interface ProgramOperation extends DescribedOperation {
  readonly class: OperationClass;
  /** SHA-256, hex, of the description as canonical JSON. */
  readonly hash: string;
}

/** How a rehearsal went, for the person who approves. */
export interface RehearsalReport {
  /** Which answers the program was given: `typed samples`, `several pages`, `fields left out`, `nothing found`, `throttled`. */
  readonly scenarios: readonly { readonly name: string; readonly calls: number; readonly rows: number }[];
}

/** Attempts to write a program. */
export const MAX_ATTEMPTS = 3;

/** One attempt to write a program, for the report of three failures. */
export interface CodeAttempt {
  readonly code: string;
  readonly problems: readonly CodeProblem[];
}

/** What is wrong with a program: fed back to the model, and told to the person in the end. */
export interface CodeProblem {
  /** `review`: what a person wants changed. */
  readonly stage: "reply" | "syntax" | "types" | "policy" | "rehearsal" | "review";
  /** English, for the model: may quote the program. */
  readonly message: string;
  /** From 1; null where there is no place. */
  readonly line: number | null;
  readonly column: number | null;
}
