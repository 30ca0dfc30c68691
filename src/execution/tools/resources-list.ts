import {
  type Batch,
  type Cell,
  type Column,
  RESOURCE_KINDS,
  type Resource,
  type ResourceQuery,
  type Row,
  resourceKey,
  resourcesListSchema,
  TOOL_COLUMNS,
  type Tool,
} from "../../contracts/index.ts";
import { streamOf } from "../batch-stream.ts";
import { tagOf } from "../column-access.ts";
import { matchesWhere } from "../matches-where.ts";
import { askedProviders, type Capability } from "./asked-providers.ts";
import { eachScope } from "./each-scope.ts";

/** Lists resources of one kind; pages flow on while others are still being fetched. */
export const resourcesList: Tool<typeof resourcesListSchema> = {
  name: "resources.list",
  description: "lists resources of one kind over accounts and regions, by tags, names, states, ids",
  effect: "read",
  streaming: true,
  input: resourcesListSchema,
  async execute({ kind, where = {}, readTags = false }, context) {
    const query: ResourceQuery = readTags ? { ...where, readTags } : where;
    const { service, plural } = RESOURCE_KINDS[kind];
    const tagKeys = [...new Set((where.tags ?? []).map(({ key }) => key))];
    const columns: Column[] = [
      ...TOOL_COLUMNS["resources.list"],
      ...tagKeys.map((key): Column => ({ name: `tag:${key}`, type: "string" })),
    ];
    const capability: Capability = {
      task: { en: `list ${plural.en}`, zh: `列出${plural.zh}` },
      isCapable: (provider) => provider.resources[kind] !== undefined,
    };
    const asked = await askedProviders(context, where, capability);
    const batches = streamOf<Batch>((emit) =>
      eachScope({
        ...capability,
        context,
        where,
        service,
        asked,
        emit,
        async visit({ provider, scope, context: providerContext, found }) {
          // Pages may overlap when something is created while they are read.
          const seen = new Set<string>();
          for await (const page of provider.resources[kind]?.(scope, query, providerContext) ?? []) {
            const rows: Row[] = [];
            for (const resource of page) {
              const key = resourceKey(resource);
              if (seen.has(key) || !matchesWhere(resource, where)) continue;
              seen.add(key);
              rows.push({ cells: cellsOf(resource, tagKeys), resource });
            }
            found(rows, rows.length);
          }
        },
      }),
    );
    return { columns, batches, providers: asked.providers.map(({ id }) => id) };
  },
};

function cellsOf(resource: Resource, tagKeys: readonly string[]): Cell[] {
  const type = resource.attributes.type;
  return [
    resource.provider,
    resource.account,
    resource.region,
    resource.id,
    resource.name,
    resource.kind,
    type === undefined ? null : String(type),
    resource.state,
    ...tagKeys.map((key) => tagOf(resource, key)),
  ];
}
