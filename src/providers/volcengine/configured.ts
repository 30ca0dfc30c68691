import type { Runtime } from "../../contracts/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { findCredentials, pointsAtKeys } from "./credentials.ts";
import { PROVIDER_ID } from "./errors.ts";
import type { VolcengineOptions } from "./options.ts";

/** Whether anything here points at keys. A machine of Volcengine's own does not: its role is nothing that the SDK could use. */
export async function isConfigured(
  options: VolcengineOptions,
  emulator: EmulatorMode | undefined,
  env: Runtime["env"],
  signal: AbortSignal,
): Promise<boolean> {
  if (emulator !== undefined) return emulator.emulates(PROVIDER_ID, signal);
  return options.accounts !== undefined || pointsAtKeys(env) || (await findCredentials(env)) !== undefined;
}
