import { crc32c } from "./crc32c.ts";
import { GoogleError, invalidArgument } from "./google-error.ts";
import { compileListFilter } from "./list-filter.ts";
import { listPage } from "./list-page.ts";
import { fingerprintOf, projectNumber } from "./native-names.ts";
import { formatTimestamp, QueryFields } from "./query-fields.ts";
import { type GcpSecret, payloadOf, secretsOf } from "./secret-data.ts";
import { CLOUD_PLATFORM_SCOPE, type GoogleReply, type GoogleRequest, type GoogleServiceFactory } from "./service.ts";

/** The vendor tells a largest page only (API reference, `projects.secrets.list`). */
const LARGEST_PAGE = 25_000;
const DEFAULT_PAGE = 100;
const DAY_S = 86_400;

/** Secret Manager: secrets without what they hold, and what a version holds. */
export const secretManagerService: GoogleServiceFactory = (fleet) => {
  const secrets = secretsOf(fleet);
  return {
    id: "secretmanager",
    host: "secretmanager.googleapis.com",
    scopes: [CLOUD_PLATFORM_SCOPE],
    quota: { metric: "read_requests", limit: "ReadRequestsPerMinutePerProject", title: "Read requests" },
    legacyErrors: false,
    methods: [
      {
        name: "projects.secrets.list",
        rpc: "google.cloud.secretmanager.v1.SecretManagerService.ListSecrets",
        verb: "GET",
        path: /^\/v1\/projects\/(?<project>[^/]+)\/secrets$/,
        permission: "secretmanager.secrets.list",
        answer: (request) => listSecrets(secrets, request),
      },
      {
        name: "projects.secrets.versions.access",
        rpc: "google.cloud.secretmanager.v1.SecretManagerService.AccessSecretVersion",
        verb: "GET",
        path: /^\/v1\/projects\/(?<project>[^/]+)\/secrets\/(?<secret>[^/]+)\/versions\/(?<version>[^/:]+):access$/,
        permission: "secretmanager.versions.access",
        answer: (request) => accessVersion(secrets, request),
      },
    ],
  };
};

function listSecrets(secrets: readonly GcpSecret[], request: GoogleRequest): GoogleReply {
  const filter = new QueryFields(request.query).text("filter");
  const matches = compileListFilter(filter, () => invalidArgument(`Invalid filter: "${filter}".`));
  const found = secrets
    .filter(({ account }) => account === request.project)
    .map((secret) => secretShape(secret, request.nowMs))
    .filter(matches);
  const { items, rest } = listPage(found, request, { defaultSize: DEFAULT_PAGE, largestSize: LARGEST_PAGE, binding: [filter] });
  return { ...(items.length > 0 ? { secrets: items } : {}), ...rest, ...(found.length > 0 ? { totalSize: found.length } : {}) };
}

function accessVersion(secrets: readonly GcpSecret[], request: GoogleRequest): GoogleReply {
  const { secret: id = "", version = "" } = request.path;
  const secret = secrets.find((one) => one.account === request.project && one.id === id);
  const name = `projects/${projectNumber(request.project)}/secrets/${id}`;
  if (secret === undefined) throw new GoogleError("NOT_FOUND", `Secret [${name}] not found or has no versions.`);
  const wanted = version === "latest" ? secret.versions : Number(version);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > secret.versions)
    throw new GoogleError("NOT_FOUND", `Secret Version [${name}/versions/${version}] not found.`);
  const payload = payloadOf(secret, wanted);
  return { name: `${name}/versions/${wanted}`, payload: { data: payload.toString("base64"), dataCrc32c: String(crc32c(payload)) } };
}

/** The `Secret` of the vendor's discovery document. */
function secretShape({ key, name, createdMs, rotationDays, regions, labels }: GcpSecret, nowMs: number): Readonly<Record<string, unknown>> {
  return {
    name,
    replication: regions === null ? { automatic: {} } : { userManaged: { replicas: regions.map((location) => ({ location })) } },
    createTime: formatTimestamp(createdMs),
    labels,
    etag: `"${fingerprintOf(key, "etag")}"`,
    ...(rotationDays === null ? {} : { rotation: rotation(createdMs, rotationDays, nowMs) }),
  };
}

function rotation(createdMs: number, days: number, nowMs: number): Readonly<Record<string, string>> {
  const periodMs = days * DAY_S * 1_000;
  const periods = Math.max(1, Math.ceil((nowMs - createdMs) / periodMs));
  return { nextRotationTime: formatTimestamp(createdMs + periods * periodMs), rotationPeriod: `${days * DAY_S}s` };
}
