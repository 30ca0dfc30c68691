import type { Answer, openGcp } from "../open-gcp.ts";
import { LISTINGS, thingsIn } from "../operation-paths.ts";
import type { RecordedReply } from "./violations.ts";

type Gcp = Awaited<ReturnType<typeof openGcp>>;

/** An application of the fleet that every seed has. */
const SECRET = "/v1/projects/nimbus-main-417203/secrets/checkout-api-token/versions/latest:access";

/** Addresses that a GET asks: listings, and a secret. */
export const OPERATION_PATHS: Readonly<Record<string, string>> = { ...LISTINGS, "projects.secrets.versions.access": SECRET };

const PAGED: Readonly<Record<string, string>> = {
  "disks.aggregatedList": "maxResults",
  "snapshots.list": "maxResults",
  "firewalls.list": "maxResults",
};

/** Successes of every kind; writes come last. */
export async function recordOperations(gcp: Gcp): Promise<readonly RecordedReply[]> {
  const replies: RecordedReply[] = [];
  const things = await thingsIn(gcp);
  for (const [operation, path] of Object.entries(LISTINGS)) {
    const size = PAGED[operation] ?? "pageSize";
    replies.push(recorded(operation, await gcp.get(path, { [size]: 3 })), recorded(operation, await gcp.get(path, { [size]: 400 })));
    if (PAGED[operation] === undefined) replies.push(recorded(operation, await gcp.get(path, { pageSize: 40, $alt: NUMERIC }), true));
  }
  await gcp.control("faults", { deny: ["gcp:asia-east1"] });
  const disks = LISTINGS["disks.aggregatedList"] ?? "";
  replies.push(recorded("disks.aggregatedList", await gcp.get(disks, { returnPartialSuccess: "true", filter: "lastDetachTimestamp:*" })));
  await gcp.control("faults", { deny: [] });
  replies.push(
    recorded("projects.secrets.versions.access", await gcp.get(things.secret.path)),
    recorded("instances.stop", await gcp.post(`${things.machine.path}/stop`, {})),
    recorded("disks.delete", await gcp.delete(things.freeDisk.path)),
  );
  return replies;
}

/** Refusals of writes and of what is about one thing; those of listings are recorded with all others. */
export async function recordOperationErrors(gcp: Gcp): Promise<readonly RecordedReply[]> {
  const things = await thingsIn(gcp);
  const replies: RecordedReply[] = [];
  const write = async (operation: string, path: string, token?: string) => {
    const answer = operation === "disks.delete" ? await gcp.delete(path, token) : await gcp.post(`${path}/stop`, {}, token);
    replies.push(recorded(operation, answer));
  };
  const targets = [
    ["disks.delete", things.freeDisk.path],
    ["instances.stop", things.machine.path],
  ] as const;
  for (const [operation, path] of targets) {
    for (const kind of ["throttle", "500", "expired"]) {
      await gcp.control("faults", { faults: [`gcp:${operation}:${kind}`] });
      await write(operation, path);
    }
    await gcp.control("faults", { faults: [], deny: REGIONS.map((region) => `gcp:${region}`) });
    await write(operation, path);
    await gcp.control("faults", { deny: [] });
    await write(operation, path, "");
    await write(operation, `${path}-none`);
  }
  await write("disks.delete", things.usedDisk.path);
  replies.push(recorded("projects.secrets.versions.access", await gcp.get(things.secret.path.replace("latest", "99"))));
  replies.push(recorded("projects.secrets.versions.access", await gcp.get(SECRET.replace("checkout-api-token", "none"))));
  return replies;
}

const NUMERIC = "json;enum-encoding=int";
const REGIONS = ["us-central1", "europe-west1", "asia-east1", "asia-southeast1"] as const;

function recorded(operation: string, { status, text }: Answer, numericEnums = false): RecordedReply {
  return { operation, status, body: text, numericEnums };
}
