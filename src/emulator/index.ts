export type { CallRecord } from "./call-log.ts";
export type { EmulatorOptions } from "./emulator-options.ts";
export { FAULT_KINDS, type FaultKind } from "./fault-rules.ts";
export { type Emulator, startEmulator } from "./start-emulator.ts";
export type { Truth } from "./truth.ts";
export type { TruthAlarm, TruthAttribute, TruthLog, TruthMetric, TruthRecord, TruthResource, TruthTrace } from "./truth-rows.ts";
