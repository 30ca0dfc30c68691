/** Questions and their plans in the notation of `notation.ts`. */
export interface PlanTable {
  readonly en: readonly (readonly [question: string, plan: string])[];
  readonly zh: readonly (readonly [question: string, plan: string])[];
}
