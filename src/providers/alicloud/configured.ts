import type { Runtime } from "../../contracts/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { anyFileInHome } from "../shared/home-files.ts";
import { machineVendor } from "../shared/machine-vendor.ts";
import { PROVIDER_ID } from "./errors.ts";
import type { AlicloudOptions } from "./options.ts";

/** What the default credential chain looks at (@alicloud/credentials, README, "The default credential provider chain"). */
const VARIABLES = [
  "ALIBABA_CLOUD_ACCESS_KEY_ID",
  "ALIBABA_CLOUD_PROFILE",
  "ALIBABA_CLOUD_ROLE_ARN",
  "ALIBABA_CLOUD_CREDENTIALS_FILE",
  "ALIBABA_CLOUD_CREDENTIALS_URI",
  "ALIBABA_CLOUD_ECS_METADATA",
] as const;

/** Whether anything here points at Alibaba Cloud credentials: options, environment, files, the machine. Asks no cloud. */
export async function isConfigured(
  options: AlicloudOptions,
  emulator: EmulatorMode | undefined,
  env: Runtime["env"],
  signal: AbortSignal,
): Promise<boolean> {
  if (emulator !== undefined) return emulator.emulates(PROVIDER_ID, signal);
  if (options.accounts !== undefined || VARIABLES.some((name) => env[name])) return true;
  if (await anyFileInHome(env, [".aliyun/config.json", ".alibabacloud/credentials"])) return true;
  return env.ALIBABA_CLOUD_ECS_METADATA_DISABLED !== "true" && (await machineVendor()) === PROVIDER_ID;
}
