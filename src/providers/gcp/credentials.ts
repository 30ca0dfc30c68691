import { AsyncLocalStorage } from "node:async_hooks";
import type { AuthClient } from "google-auth-library";
import { z } from "zod";
import type { ProviderContext } from "../../contracts/index.ts";
import { ConfigurationError, type OrchestratorError } from "../../errors/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { sharedWork } from "../shared/shared-work.ts";
import { PROVIDER_ID, toGcpError } from "./errors.ts";
import type { Http } from "./http.ts";

type AuthLibrary = typeof import("google-auth-library");

/** Google's advice: the wide scope, while IAM roles say what is allowed (IAM documentation, "Service account access scopes"). */
const SCOPES = ["https://www.googleapis.com/auth/cloud-platform"];

export interface Credentials {
  /** The headers that authorize a request. Asks for a token where there is none that is good. */
  authorize(context: ProviderContext): Promise<Headers>;
  /** The project that comes with the credentials. */
  projectId(caller: { readonly signal: AbortSignal }): Promise<string | undefined>;
  /** What kind of credentials they are. Throws `CREDENTIAL_MISSING` where there are none. */
  client(caller: { readonly signal: AbortSignal }): Promise<AuthClient>;
  /** Projects that an emulator hands out; undefined outside of emulator mode. */
  emulatedProjects(caller: { readonly signal: AbortSignal }): Promise<readonly EmulatedProject[] | undefined>;
}

interface EmulatedProject {
  readonly id: string;
  readonly name: string;
}

const emulatorCredentialsSchema = z.looseObject({
  credentials: z.looseObject({ private_key_id: z.string(), private_key: z.string(), client_email: z.string() }),
  projects: z.array(z.looseObject({ id: z.string(), name: z.string() })).min(1),
});

/** Application Default Credentials, or what the emulator hands out. Nothing is read before it is asked for. */
export function createCredentials(parts: {
  readonly library: () => Promise<AuthLibrary>;
  readonly http: Http;
  readonly emulator: EmulatorMode | undefined;
}): Credentials {
  const { library, http, emulator } = parts;
  /** Whose request it is that the library asks for a token for. */
  const asking = new AsyncLocalStorage<ProviderContext>();

  const handedOut = sharedWork(
    async ({ signal }: { readonly signal: AbortSignal }) => emulator?.credentials(PROVIDER_ID, emulatorCredentialsSchema, signal),
    { keep: true },
  );

  const defaults = sharedWork(
    async () => {
      const { GoogleAuth } = await library();
      // Tokens are asked for through the gate too, so that they are counted.
      const fetchImplementation = (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
        const send = () => http.send(input instanceof Request ? input.url : input, init);
        return asking.getStore()?.call("gcp.oauth2.Token", { provider: PROVIDER_ID }, send) ?? send();
      };
      return new GoogleAuth({ scopes: SCOPES, clientOptions: { transporterOptions: { fetchImplementation } } });
    },
    { keep: true },
  );

  const client = sharedWork(
    async (caller: { readonly signal: AbortSignal }): Promise<AuthClient> => {
      const document = await handedOut(caller);
      const { JWT } = await library();
      if (document !== undefined) {
        const { client_email: email, private_key: key, private_key_id: keyId } = document.credentials;
        return selfSigning(new JWT({ email, key, keyId, scopes: SCOPES }));
      }
      const auth = await defaults(caller);
      const found = await auth.getClient().catch((error: unknown) => {
        throw unreadableUnlessKnown(error);
      });
      return found instanceof JWT ? selfSigning(found) : found;
    },
    { keep: true },
  );

  return {
    client,
    authorize: sharedWork(
      async (context: ProviderContext) => {
        const ready = await client(context);
        return asking.run(context, () => ready.getRequestHeaders());
      },
      { keep: false },
    ),
    async projectId(caller) {
      try {
        return await (await defaults(caller)).getProjectId();
      } catch (error) {
        if (error instanceof Error && /unable to detect a project id/i.test(error.message)) return undefined;
        throw error;
      }
    },
    emulatedProjects: async (caller) => (await handedOut(caller))?.projects,
  };
}

/** Credentials that were found and cannot be used: the file that is named is not there, or is no key file. */
function unreadableUnlessKnown(error: unknown): OrchestratorError {
  const known = toGcpError(error);
  if (known.code !== "PROVIDER_FAILED") return known;
  const reason = error instanceof Error ? error.message : String(error);
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: { en: `The Google Cloud credentials cannot be read: ${reason}`, zh: `无法读取谷歌云凭证：${reason}` },
    hint: {
      en: "Set GOOGLE_APPLICATION_CREDENTIALS to a key file that exists, or unset it and run `gcloud auth application-default login`; then `nephoscope doctor`.",
      zh: "请将 GOOGLE_APPLICATION_CREDENTIALS 设为存在且有效的密钥文件，或取消该变量并执行 `gcloud auth application-default login`；然后运行 `nephoscope doctor`。",
    },
    cause: error,
  });
}

/** Tokens that a service account signs itself need no request (AIP-4111). */
function selfSigning<Client extends { useJWTAccessWithScope?: boolean }>(client: Client): Client {
  client.useJWTAccessWithScope = true;
  return client;
}
