import type { Runtime } from "../../contracts/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { anyFileInHome } from "../shared/home-files.ts";
import { machineVendor } from "../shared/machine-vendor.ts";
import { PROVIDER_ID } from "./errors.ts";
import type { AzureOptions } from "./options.ts";

/** What the default credential chain looks at (Azure Identity library, "Environment variables"), and the Azure CLI's own folder. */
const VARIABLES = [
  "AZURE_CLIENT_ID",
  "AZURE_TENANT_ID",
  "AZURE_FEDERATED_TOKEN_FILE",
  "AZURE_TOKEN_CREDENTIALS",
  "AZURE_CONFIG_DIR",
  // App Service, Functions and Container Apps say with these where their managed identity is asked.
  "IDENTITY_ENDPOINT",
  "MSI_ENDPOINT",
] as const;

/** Left behind by `az login`, `azd auth login` and `Connect-AzAccount`. */
const FILES = [".azure/azureProfile.json", ".azure/msal_token_cache.json", ".azure/AzureRmContext.json", ".azd/auth.json"];

/** Whether anything here points at Azure credentials: options, environment, files, the machine. Asks no cloud. */
export async function isConfigured(
  options: AzureOptions,
  emulator: EmulatorMode | undefined,
  env: Runtime["env"],
  signal: AbortSignal,
): Promise<boolean> {
  if (emulator !== undefined) return emulator.emulates(PROVIDER_ID, signal);
  if (options.tenantId !== undefined || options.subscriptions !== undefined) return true;
  if (VARIABLES.some((name) => env[name])) return true;
  return (await anyFileInHome(env, FILES)) || (await machineVendor()) === "azure";
}
