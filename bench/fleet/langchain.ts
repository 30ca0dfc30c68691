import { tool } from "@langchain/core/tools";
import { createAgent } from "langchain";
import { z } from "zod";
import { type CloudScope, closeCloud, cpuOf, lastFiveMinutes, openCloud, type Server, serverPages, type Window } from "./cloud.ts";
import { type Contender, QUESTION } from "./contender.ts";
import { IdealModel, type ListedScope, type MetricTool } from "./ideal-model.ts";

/** LangChain's `createAgent` with tools over the same SDK, driven by a model that never errs and takes no time. */
export async function openLangChain(emulatorUrl: string, metricTool: MetricTool): Promise<Contender> {
  const scopes = await openCloud(emulatorUrl);
  const model = new IdealModel(metricTool);
  // Of the question being asked: a question that takes long must not see several windows.
  let question = { atMost: Number.POSITIVE_INFINITY, window: lastFiveMinutes() };
  const agent = createAgent({
    model,
    tools: [
      listTool(scopes, () => question.atMost),
      metricTool === "single" ? singleTool(scopes, () => question.window) : batchTool(scopes, () => question.window),
    ],
    systemPrompt: "You answer questions about servers in AWS. Use the tools. Answer with the ids of the servers as a JSON array.",
  });
  return {
    async ask(options = {}) {
      const window = lastFiveMinutes();
      question = { atMost: options.atMost ?? Number.POSITIVE_INFINITY, window };
      model.reset();
      const { messages } = await agent.invoke({ messages: [{ role: "user", content: QUESTION }] }, { recursionLimit: 100_000 });
      const ids = z.array(z.string()).parse(JSON.parse(String(messages.at(-1)?.content)));
      return { ids, from: window.from.toISOString(), to: window.to.toISOString() };
    },
    tokens: (count) => model.usage(count),
    close: async () => closeCloud(scopes),
  };
}

/** All accounts and regions in one call, as compact as it gets. */
function listTool(scopes: readonly CloudScope[], atMost: () => number) {
  return tool(
    async () => {
      let left = atMost();
      const listed = await Promise.all(
        scopes.map(async (scope): Promise<ListedScope> => {
          const servers: Server[] = [];
          for await (const page of serverPages(scope)) servers.push(...page.slice(0, left));
          left -= servers.length;
          const { account, region } = scope;
          return { account, region, servers: servers.map(({ id, name, state }) => [id, name, state]) };
        }),
      );
      return JSON.stringify(listed);
    },
    { name: "list_servers", description: "All servers by account and region, each as [id, name, state].", schema: z.object({}) },
  );
}

function singleTool(scopes: readonly CloudScope[], window: () => Window) {
  return tool(
    async ({ account, region, id }) => {
      const values = await cpuOf(scopeOf(scopes, account, region), [id], window());
      return String(values.get(id) ?? "no data");
    },
    {
      name: "get_cpu",
      description: "Average CPU utilization of one server over the last 5 minutes, in percent.",
      schema: z.object({ account: z.string(), region: z.string(), id: z.string() }),
    },
  );
}

function batchTool(scopes: readonly CloudScope[], window: () => Window) {
  return tool(async ({ account, region, ids }) => JSON.stringify([...(await cpuOf(scopeOf(scopes, account, region), ids, window()))]), {
    name: "get_cpu",
    description:
      "Average CPU utilization over the last 5 minutes, in percent, of up to 500 servers of one account and region, as [id, percent].",
    schema: z.object({ account: z.string(), region: z.string(), ids: z.array(z.string()).max(500) }),
  });
}

function scopeOf(scopes: readonly CloudScope[], account: string, region: string): CloudScope {
  const scope = scopes.find((candidate) => candidate.account === account && candidate.region === region);
  if (scope === undefined) throw new RangeError(`no scope ${account} ${region}`);
  return scope;
}
