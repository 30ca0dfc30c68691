import { z } from "zod";
import type { ProviderContext } from "../../contracts/index.ts";
import { optionalImport } from "../../runtime/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { sharedWork } from "../shared/shared-work.ts";
import type { Cloud } from "./clouds.ts";
import { PROVIDER_ID } from "./errors.ts";
import type { AzureOptions } from "./options.ts";
import type { CredentialFactory } from "./tokens.ts";

const emulatorCredentialsSchema = z.looseObject({
  tenantId: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  subscriptions: z.array(z.looseObject({ id: z.string(), name: z.string() })).min(1),
});
type EmulatorCredentials = z.infer<typeof emulatorCredentialsSchema>;

/** What the emulator hands out; undefined outside emulator mode. */
export type EmulatorCredentialsSource = (caller: Pick<ProviderContext, "signal">) => Promise<EmulatorCredentials | undefined>;

export function emulatorCredentials(emulator: EmulatorMode | undefined): EmulatorCredentialsSource {
  return sharedWork(async ({ signal }) => emulator?.credentials(PROVIDER_ID, emulatorCredentialsSchema, signal), { keep: true });
}

export const loadIdentity = () => optionalImport("@azure/identity", () => import("@azure/identity"));

/** The default chain of @azure/identity, which reads the environment itself; in emulator mode the secret that the emulator hands out, and nothing else. */
export function credentialFactory(options: AzureOptions, cloud: Cloud, handedOut: EmulatorCredentialsSource): CredentialFactory {
  return async ({ httpClient }, signal) => {
    const [identity, fixed] = await Promise.all([loadIdentity(), handedOut({ signal })]);
    const common = { httpClient, authorityHost: cloud.authority, retryOptions: { maxRetries: 0 } };
    if (fixed !== undefined) return new identity.ClientSecretCredential(fixed.tenantId, fixed.clientId, fixed.clientSecret, common);
    return new identity.DefaultAzureCredential({ ...common, ...(options.tenantId === undefined ? {} : { tenantId: options.tenantId }) });
  };
}
