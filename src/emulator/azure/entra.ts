import type { SignatureVerdict } from "../cloud.ts";
import { issueToken, TOKEN_LIFETIME_SECONDS } from "./access-token.ts";
import type { AzureError } from "./azure-error.ts";
import { entraError } from "./entra-error.ts";
import { AZURE_TENANT } from "./native-names.ts";
import type { AzureReply, AzureRequest, AzureRoute, AzureService } from "./service.ts";

export const AZURE_CLIENT_ID = "33333333-4444-4555-8666-0000000000cc";
export const AZURE_CLIENT_SECRET = "emulator-client-secret-for-tests-only";

const HOST = "login.microsoftonline.com";
const NO_TENANT_NEEDED: ReadonlySet<string> = new Set(["common", "organizations", "consumers"]);
/** What tokens can be had for: the audiences of the services the emulator speaks. */
const RESOURCES: ReadonlySet<string> = new Set([
  "https://management.azure.com",
  "https://management.core.windows.net",
  "https://metrics.monitor.azure.com",
  "https://api.loganalytics.io",
  "https://api.loganalytics.azure.com",
]);

/** Microsoft Entra ID: instance discovery, OpenID configuration, and tokens for client credentials. */
export const entraService: AzureService = {
  id: "entra",
  host: /^login\.microsoftonline\.com$/,
  wording: {
    unauthenticated: () => entraError("expiredSecret", `The provided client secret keys for app '${AZURE_CLIENT_ID}' are expired.`),
    denied: () => entraError("unknownApplication", `Application with identifier '${AZURE_CLIENT_ID}' was not found in the directory.`),
    throttled: () => entraError("throttled", "There are too many incoming requests."),
    failed: () => entraError("failed", "There was an error issuing a token or an issue with our sign-in service."),
    notFound: (request) => entraError("missingParameter", `The path ${request.path} is not known.`),
  },
  operations: { InstanceDiscovery: discoverInstance, OpenIdConfiguration: openIdConfiguration, Token: token },
  route: ({ method, path }) => {
    const operation = operationOf(method, path);
    return operation === undefined ? undefined : { operation, account: null, region: null };
  },
  verify: (request) => (operationOf(request.method, request.path) === "Token" ? clientVerdict(new URLSearchParams(request.text)) : "ok"),
};

function operationOf(method: string, path: string): AzureRoute["operation"] | undefined {
  if (method === "GET" && path === "/common/discovery/instance") return "InstanceDiscovery";
  if (method === "GET" && /^\/[^/]+\/v2\.0\/\.well-known\/openid-configuration$/.test(path)) return "OpenIdConfiguration";
  return method === "POST" && /^\/[^/]+\/oauth2\/v2\.0\/token$/.test(path) ? "Token" : undefined;
}

/** Which hosts are the same authority (MSAL asks before it trusts one it does not know). */
function discoverInstance({ query }: AzureRequest): AzureReply {
  const endpoint = query.get("authorization_endpoint") ?? "";
  const address = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (address?.hostname !== HOST) throw entraError("unknownInstance", "Unknown or invalid instance.");
  const tenant = address.pathname.split("/")[1] ?? AZURE_TENANT;
  return {
    body: {
      tenant_discovery_endpoint: `https://${HOST}/${tenant}/v2.0/.well-known/openid-configuration`,
      "api-version": "1.1",
      metadata: [
        {
          preferred_network: HOST,
          preferred_cache: "login.windows.net",
          aliases: [HOST, "login.windows.net", "login.microsoft.com", "sts.windows.net"],
        },
      ],
    },
  };
}

function openIdConfiguration(request: AzureRequest): AzureReply {
  const tenant = tenantOf(request);
  const base = `https://${HOST}/${tenant}`;
  return {
    body: {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ["query", "fragment", "form_post"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
      response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
      scopes_supported: ["openid", "profile", "email", "offline_access"],
      issuer: `${base}/v2.0`,
      request_uri_parameter_supported: false,
      userinfo_endpoint: "https://graph.microsoft.com/oidc/userinfo",
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      http_logout_supported: true,
      frontchannel_logout_supported: true,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      claims_supported: ["sub", "iss", "aud", "exp", "iat", "tid", "ver"],
      tenant_region_scope: "NA",
      cloud_instance_name: "microsoftonline.com",
      cloud_graph_host_name: "graph.windows.net",
      msgraph_host: "graph.microsoft.com",
      rbac_url: "https://pas.windows.net",
    },
  };
}

function token(request: AzureRequest): AzureReply {
  tenantOf(request);
  const form = new URLSearchParams(request.text);
  for (const name of ["grant_type", "client_id", "scope"]) {
    if (!form.get(name)) throw entraError("missingParameter", `The request body must contain the following parameter: '${name}'.`);
  }
  const grant = form.get("grant_type") ?? "";
  if (grant !== "client_credentials") throw entraError("unsupportedGrant", `The app requested an unsupported grant type '${grant}'.`);
  const refusal = REFUSALS[clientVerdict(form)];
  if (refusal !== undefined) throw refusal(form.get("client_id") ?? "");
  return {
    body: {
      token_type: "Bearer",
      expires_in: TOKEN_LIFETIME_SECONDS,
      ext_expires_in: TOKEN_LIFETIME_SECONDS,
      access_token: issueToken(audienceOf(form.get("scope") ?? ""), AZURE_CLIENT_ID, Date.now()),
    },
  };
}

const REFUSALS: Partial<Readonly<Record<SignatureVerdict, (clientId: string) => AzureError>>> = {
  "unknown-key": (clientId) =>
    entraError(
      "unknownApplication",
      `Application with identifier '${clientId}' was not found in the directory '${AZURE_TENANT}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    ),
  missing: () =>
    entraError(
      "missingCredentials",
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
    ),
  wrong: (clientId) =>
    entraError(
      "wrongSecret",
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
    ),
};

function clientVerdict(form: URLSearchParams): SignatureVerdict {
  if (form.get("client_id")?.toLowerCase() !== AZURE_CLIENT_ID) return "unknown-key";
  const secret = form.get("client_secret");
  if (secret === null) return "missing";
  return secret === AZURE_CLIENT_SECRET ? "ok" : "wrong";
}

/** A resource and `/.default`; OpenID's own scopes may stand beside it. */
function audienceOf(scope: string): string {
  const wanted = scope.split(" ").filter((one) => !["openid", "profile", "offline_access"].includes(one));
  const [only = "", ...others] = wanted;
  if (others.length > 0 || !only.endsWith("/.default")) {
    throw entraError(
      "invalidScope",
      `The provided value for scope ${wanted.join(" ")} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  }
  const audience = only.slice(0, -"/.default".length);
  if (RESOURCES.has(audience.replace(/\/+$/, ""))) return audience;
  throw entraError("unknownResource", `The resource principal named ${audience} was not found in the tenant named ${AZURE_TENANT}.`);
}

function tenantOf({ path }: AzureRequest): string {
  const tenant = path.split("/")[1]?.toLowerCase() ?? "";
  if (tenant === AZURE_TENANT || NO_TENANT_NEEDED.has(tenant)) return tenant;
  throw entraError(
    "unknownTenant",
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
}
