import type { Runtime } from "../../contracts/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { anyFileInHome } from "../shared/home-files.ts";
import { machineVendor } from "../shared/machine-vendor.ts";
import { PROVIDER_ID } from "./errors.ts";
import type { AwsOptions } from "./options.ts";

/** What the default credential chain looks at (AWS SDK for JavaScript, "Credential provider chain"). */
const VARIABLES = [
  "AWS_ACCESS_KEY_ID",
  "AWS_PROFILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_CONFIG_FILE",
  "AWS_ENDPOINT_URL",
] as const;

/** Whether anything here points at AWS credentials: options, environment, files, the machine. Asks no cloud. */
export async function isConfigured(
  options: AwsOptions,
  emulator: EmulatorMode | undefined,
  env: Runtime["env"],
  signal: AbortSignal,
): Promise<boolean> {
  if (emulator !== undefined) return emulator.emulates(PROVIDER_ID, signal);
  if (options.accounts !== undefined || options.endpoint !== undefined || VARIABLES.some((name) => env[name])) return true;
  if (await anyFileInHome(env, [".aws/credentials", ".aws/config"])) return true;
  return env.AWS_EC2_METADATA_DISABLED !== "true" && (await machineVendor()) === "aws";
}
