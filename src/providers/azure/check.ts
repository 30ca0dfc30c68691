import { z } from "zod";
import type { ProviderCheck, ProviderContext } from "../../contracts/index.ts";
import { failedCheck } from "../shared/account-check.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { maskEmail, maskKey } from "../shared/mask.ts";
import type { Accounts } from "./accounts.ts";
import type { Cloud } from "./clouds.ts";
import { toAzureError, toProviderError } from "./errors.ts";
import type { IssuedToken, Tokens } from "./tokens.ts";

/** Links of the default credential chain, by the names of their classes in @azure/identity. */
const SOURCES: Readonly<Record<string, string>> = {
  EnvironmentCredential: "environment (AZURE_CLIENT_ID)",
  WorkloadIdentityCredential: "workload identity",
  ManagedIdentityCredential: "managed identity",
  VisualStudioCodeCredential: "Visual Studio Code",
  AzureCliCredential: "Azure CLI (az login)",
  AzurePowerShellCredential: "Azure PowerShell",
  AzureDeveloperCliCredential: "Azure Developer CLI (azd auth login)",
  BrokerCredential: "the system's broker",
};

export interface CheckParts {
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly cloud: Cloud;
  readonly emulator: EmulatorMode | undefined;
}

/** Signs in, and asks which subscriptions can be read. */
export async function checkAccounts({ accounts, tokens, cloud, emulator }: CheckParts, context: ProviderContext): Promise<ProviderCheck> {
  let source = emulator === undefined ? "default chain" : `emulator ${emulator.url}`;
  try {
    const issued = await tokens.get(cloud.resourceManager, context);
    if (emulator === undefined) source = sourceOf(issued);
    const found = await accounts.find({}, context);
    return { status: "ok", source, identity: found.map(({ name, id }) => `${name} (${id})`).join(", ") || null };
  } catch (error) {
    context.signal.throwIfAborted();
    return failedCheck(error, source, { toError: toAzureError, toProviderError });
  }
}

function sourceOf({ token, source }: IssuedToken): string {
  const found = source === null ? undefined : (SOURCES[source] ?? source);
  const who = holderOf(token);
  return `default chain${found === undefined ? "" : `, ${found}`}${who === undefined ? "" : ` (${who})`}`;
}

/** Claims that name who signed in (Microsoft identity platform, "Access token claims reference"). */
const claimsSchema = z.looseObject({ appid: z.string().optional(), upn: z.string().optional(), unique_name: z.string().optional() });

/** Masked. Tokens of Azure Resource Manager can be read; where one cannot, nothing is told. */
function holderOf(token: string): string | undefined {
  try {
    const claims = claimsSchema.parse(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")));
    const user = claims.upn ?? claims.unique_name;
    if (user !== undefined) return maskEmail(user);
    return claims.appid === undefined ? undefined : maskKey(claims.appid);
  } catch {
    return undefined;
  }
}
