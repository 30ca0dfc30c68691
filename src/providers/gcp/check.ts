import type { AuthClient } from "google-auth-library";
import type { ProviderCheck, ProviderContext, Runtime } from "../../contracts/index.ts";
import { failedCheck } from "../shared/account-check.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { maskEmail } from "../shared/mask.ts";
import type { Accounts } from "./accounts.ts";
import type { Clients } from "./clients.ts";
import { toGcpError, toProviderError } from "./errors.ts";
import type { GcpProjectOptions } from "./options.ts";

interface CheckParts {
  readonly accounts: Accounts;
  readonly clients: Clients;
  readonly emulator: EmulatorMode | undefined;
  readonly env: Runtime["env"];
}

/** What the classes of google-auth-library stand for. */
const SOURCES: Readonly<Record<string, string>> = {
  JWT: "service account key",
  UserRefreshClient: "user (gcloud auth application-default login)",
  Compute: "metadata server",
  Impersonated: "impersonated service account",
  IdentityPoolClient: "workload identity federation",
  AwsClient: "workload identity federation (AWS)",
  PluggableAuthClient: "workload identity federation (executable)",
  ExternalAccountAuthorizedUserClient: "workforce identity federation",
};

/** Asks every project for one of its regions: the smallest thing that who may list instances may read. The first failure is told. */
export async function checkAccounts({ accounts, clients, emulator, env }: CheckParts, context: ProviderContext): Promise<ProviderCheck> {
  let source = emulator === undefined ? "Application Default Credentials" : `emulator ${emulator.url}`;
  try {
    const client = await clients.credentials.client(context);
    if (emulator === undefined) source = sourceOf(client, env);
    const projects = await accounts.all(context);
    const failures = (await Promise.all(projects.map((project) => failureOf(clients, project, context)))).flatMap((each) => each ?? []);
    const [failure] = failures;
    const identity = projects.map(({ id }) => id).join(", ");
    return { status: failure === undefined ? "ok" : "failed", source, identity, ...(failure === undefined ? {} : { failure }) };
  } catch (error) {
    context.signal.throwIfAborted();
    return failedCheck(error, source, { toError: toGcpError, toProviderError });
  }
}

async function failureOf(clients: Clients, { id }: GcpProjectOptions, context: ProviderContext) {
  try {
    await clients.call(context, {
      operation: "compute.ListRegions",
      scope: { account: id },
      send: () => clients.get(`https://compute.googleapis.com/compute/v1/projects/${id}/regions`, { maxResults: "1" }),
      read: () => undefined,
    });
    return undefined;
  } catch (error) {
    context.signal.throwIfAborted();
    return toProviderError(error);
  }
}

function sourceOf(client: AuthClient, env: Runtime["env"]): string {
  const kind = SOURCES[client.constructor.name] ?? client.constructor.name;
  const email = "email" in client && typeof client.email === "string" ? ` ${maskEmail(client.email)}` : "";
  const file = env.GOOGLE_APPLICATION_CREDENTIALS ? "GOOGLE_APPLICATION_CREDENTIALS, " : "";
  return `Application Default Credentials, ${file}${kind}${email}`;
}
