import type { ProviderContext, Runtime } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import { sharedWork } from "../shared/shared-work.ts";
import type { Clients } from "./clients.ts";
import { required } from "./errors.ts";
import type { GcpOptions, GcpProjectOptions } from "./options.ts";
import { pagesOf } from "./paging.ts";

/** The projects that can be asked. */
export interface Accounts {
  /** From the configuration, the emulator, the environment, the credentials, or all that these may see; found once, and kept. */
  all(context: ProviderContext): Promise<readonly GcpProjectOptions[]>;
  /** In emulator mode the projects that are handed out; undefined otherwise. */
  emulated(caller: { readonly signal: AbortSignal }): Promise<readonly GcpProjectOptions[] | undefined>;
}

interface AccountsParts {
  readonly options: GcpOptions;
  readonly clients: Clients;
  readonly env: Runtime["env"];
  /** Filled with names by id, as they become known. */
  readonly names: Record<string, string>;
}

/** The configured projects, kept for the life of the provider. */
export function createAccounts({ options, clients, env, names }: AccountsParts): Accounts {
  const learn = (projects: readonly GcpProjectOptions[]) => {
    for (const { id, name } of projects) if (name !== undefined) names[id] = name;
    return projects;
  };
  learn(options.projects ?? []);

  const emulated: Accounts["emulated"] = async (caller) => {
    const projects = await clients.credentials.emulatedProjects(caller);
    return projects && learn(projects);
  };

  async function find(context: ProviderContext): Promise<readonly GcpProjectOptions[]> {
    const known = options.projects ?? (await emulated(context));
    if (known !== undefined) return known;
    const id = env.GOOGLE_CLOUD_PROJECT || (await clients.credentials.projectId(context));
    if (id) return [{ id }];
    const found: GcpProjectOptions[] = [];
    for await (const page of searchProjects(clients, context)) found.push(...page);
    if (found.length === 0) throw noProject();
    return learn(found);
  }

  return { emulated, all: sharedWork(find, { keep: true }) };
}

const OPERATION = "SearchProjects";

interface SearchReply {
  readonly projects?: readonly { readonly projectId?: string; readonly displayName?: string }[];
  readonly nextPageToken?: string;
}

async function* searchProjects(clients: Clients, context: ProviderContext): AsyncGenerator<readonly GcpProjectOptions[]> {
  yield* pagesOf(OPERATION, (pageToken) =>
    clients.call(context, {
      operation: `resourcemanager.${OPERATION}`,
      scope: {},
      send: () =>
        clients.get("https://cloudresourcemanager.googleapis.com/v3/projects:search", {
          query: "state:ACTIVE",
          pageSize: "500",
          pageToken,
        }),
      read: (reply: SearchReply) => ({
        page: (reply.projects ?? []).map(({ projectId, displayName }) => ({
          id: required(projectId, OPERATION, "projectId"),
          ...(displayName ? { name: displayName } : {}),
        })),
        next: reply.nextPageToken,
      }),
    }),
  );
}

function noProject(): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: {
      en: "There are Google Cloud credentials, but no project to ask about.",
      zh: "已有谷歌云凭证，但不知道要查询哪个项目。",
    },
    hint: {
      en: "Set GOOGLE_CLOUD_PROJECT, or name projects in the configuration; then `nephoscope doctor`.",
      zh: "请设置 GOOGLE_CLOUD_PROJECT，或在配置中列出项目；然后运行 `nephoscope doctor`。",
    },
  });
}
