import type { LogSource, ProviderContext, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { failure, required, requiredList } from "./errors.ts";
import { countedPages } from "./paging.ts";

/** The most that lists of projects, topics and trace instances give at a time (types of the SDK: "最大为100"). */
export const PAGE_SIZE = 100;

/** Topics of the log service, by names that are unique in a region: `PROJECT/TOPIC`. */
export interface LogTopics {
  list(scope: Scope, service: string | undefined, context: ProviderContext): AsyncGenerator<LogSource[]>;
  /** The id behind a name. Lists the topics where that was not done in this process. Throws where there is none. */
  idOf(scope: Scope, name: string, context: ProviderContext): Promise<string>;
}

export function createLogTopics(accounts: Accounts): LogTopics {
  const ids = new Map<string, string>();
  const keyOf = (scope: Scope, name: string) => `${scope.account}/${scope.region}/${name}`;

  async function* list(scope: Scope, service: string | undefined, context: ProviderContext): AsyncGenerator<LogSource[]> {
    const connection = await accounts.connect(scope, context);
    // Names of topics have lower-case letters only (types of the SDK, `TopicName`).
    const wanted = service?.toLowerCase();
    for await (const projects of listProjects(connection)) {
      for (const project of projects) {
        for await (const topics of listTopics(connection, project.id)) {
          const sources = topics.map((topic) => ({ ...topic, name: `${project.name}/${topic.name}` }));
          for (const { id, name } of sources) ids.set(keyOf(scope, name), id);
          const matching = sources.filter((_, index) => wanted === undefined || topics[index]?.name.includes(wanted));
          if (matching.length > 0) yield matching.map(({ name }) => ({ name }));
        }
      }
    }
  }

  return {
    list,
    async idOf(scope, name, context) {
      const key = keyOf(scope, name);
      if (!ids.has(key)) for await (const _topics of list(scope, undefined, context));
      const id = ids.get(key);
      if (id !== undefined) return id;
      const message = { en: `There is no log topic ${name} in ${scope.region}.`, zh: `${scope.region} 中没有日志主题 ${name}。` };
      throw failure("PROVIDER_NOT_FOUND", message, { hint: { en: "Name it as PROJECT/TOPIC.", zh: "请以“项目/主题”的形式指定。" } });
    },
  };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function listProjects(connection: Connection): AsyncGenerator<readonly Named[]> {
  const operation = "DescribeProjects";
  return countedPages(operation, (PageNumber) =>
    connection.tls(operation, { PageNumber, PageSize: PAGE_SIZE }, ({ Projects, Total }) => ({
      items: requiredList(Projects, operation, "Projects").map(({ ProjectId, ProjectName }) => ({
        id: required(ProjectId, operation, "ProjectId"),
        name: required(ProjectName, operation, "ProjectName"),
      })),
      total: required(Total, operation, "Total"),
    })),
  );
}

function listTopics(connection: Connection, ProjectId: string): AsyncGenerator<readonly Named[]> {
  const operation = "DescribeTopics";
  return countedPages(operation, (PageNumber) =>
    connection.tls(operation, { ProjectId, PageNumber, PageSize: PAGE_SIZE }, ({ Topics, Total }) => ({
      items: requiredList(Topics, operation, "Topics").map(({ TopicId, TopicName }) => ({
        id: required(TopicId, operation, "TopicId"),
        name: required(TopicName, operation, "TopicName"),
      })),
      total: required(Total, operation, "Total"),
    })),
  );
}
