export type { CallRecord } from "./call-log.ts";
export type { EmulatorOptions } from "./emulator-options.ts";
export { FAULT_KINDS, type FaultKind } from "./fault-rules.ts";
export { type Emulator, startEmulator } from "./start-emulator.ts";
export type { Truth } from "./truth.ts";
export type { TruthAlarm, TruthLog, TruthMetric, TruthResource, TruthTrace } from "./truth-rows.ts";
