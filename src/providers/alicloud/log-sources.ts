import type { LogSource, ProviderContext, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { hostLabel, required } from "./errors.ts";
import { countedPages } from "./paging.ts";

/** The most that ListProject and ListLogStores give at a time. */
const PAGE_SIZE = 500;

/** A logstore in its project; `PROJECT/LOGSTORE` as a log source. */
export interface LogPlace {
  readonly project: string;
  readonly logstore: string;
}

export function sourceName({ project, logstore }: LogPlace): string {
  return `${project}/${logstore}`;
}

/** Neither name can have a slash. */
export function placeOf({ name }: LogSource): LogPlace {
  const [project = "", logstore] = name.split("/");
  return { project: hostLabel(project), logstore: required(logstore, "GetLogsV2", "a logstore in the name of the source") };
}

/** Whether the name of a logstore says that it is a service's own. */
export function isNamedAfter({ logstore }: LogPlace, service: string): boolean {
  return logstore.toLowerCase().includes(service.toLowerCase());
}

/**
 * Logstores of a region, project by project. Those that are named after the service are its own; where there are none, the service
 * writes, if at all, into one that it shares with others.
 */
export async function* listLogstores(
  accounts: Accounts,
  scope: Scope,
  service: string | undefined,
  context: ProviderContext,
): AsyncGenerator<readonly LogSource[]> {
  const connection = await accounts.connect(scope, context);
  const shared: LogSource[] = [];
  let found = false;
  for await (const projects of listProjects(connection)) {
    for (const project of projects) {
      for await (const page of logstoresOf(connection, project)) {
        const places = page.map((logstore) => ({ project, logstore }));
        const own = places.filter((place) => service === undefined || isNamedAfter(place, service));
        if (own.length > 0) {
          found = true;
          yield own.map((place) => ({ name: sourceName(place) }));
        } else shared.push(...places.map((place) => ({ name: sourceName(place) })));
      }
    }
  }
  if (!found && shared.length > 0) yield shared;
}

function listProjects({ sls }: Connection): AsyncGenerator<readonly string[]> {
  const operation = "ListProject";
  return countedPages(operation, ({ offset }) =>
    sls(
      operation,
      (client, sdk, runtime) => client.listProjectWithOptions(new sdk.ListProjectRequest({ offset, size: PAGE_SIZE }), {}, runtime),
      ({ body }) => ({
        rows: required(body?.projects, operation, "projects").map(({ projectName }) =>
          hostLabel(required(projectName, operation, "projectName")),
        ),
        total: required(body?.total, operation, "total"),
      }),
    ),
  );
}

function logstoresOf({ sls }: Connection, project: string): AsyncGenerator<readonly string[]> {
  const operation = "ListLogStores";
  return countedPages(operation, ({ offset }) =>
    sls(
      operation,
      (client, sdk, runtime) => {
        // Stores of time series are none of logs.
        const request = new sdk.ListLogStoresRequest({ offset, size: PAGE_SIZE, telemetryType: "None" });
        return client.listLogStoresWithOptions(project, request, {}, runtime);
      },
      ({ body }) => ({ rows: required(body?.logstores, operation, "logstores"), total: required(body?.total, operation, "total") }),
    ),
  );
}
