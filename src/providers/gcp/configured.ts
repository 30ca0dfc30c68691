import { join } from "node:path";
import type { Runtime } from "../../contracts/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { anyFileInHome } from "../shared/home-files.ts";
import { machineVendor } from "../shared/machine-vendor.ts";
import { PROVIDER_ID } from "./errors.ts";
import type { GcpOptions } from "./options.ts";

/** What Application Default Credentials and their project are found by (Google Cloud documentation, "How ADC works"). */
const VARIABLES = ["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT"] as const;
const FILE = "application_default_credentials.json";

/** Whether anything here points at credentials of Google Cloud: options, environment, files, the machine. Asks no cloud. */
export async function isConfigured(
  options: GcpOptions,
  emulator: EmulatorMode | undefined,
  env: Runtime["env"],
  signal: AbortSignal,
): Promise<boolean> {
  if (emulator !== undefined) return emulator.emulates(PROVIDER_ID, signal);
  if (options.projects !== undefined || VARIABLES.some((name) => env[name])) return true;
  if (await anyFileInHome(env, [join(".config", "gcloud", FILE), join("AppData", "Roaming", "gcloud", FILE)])) return true;
  return (await machineVendor()) === "gcp";
}
