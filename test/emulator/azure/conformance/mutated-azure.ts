import { azureCloud } from "../../../../src/emulator/azure/index.ts";
import { azure } from "../../../../src/providers/azure/index.ts";
import { type MutableReply, type MutatedCloud, mutableReply } from "../../conformance/mutated-cloud.ts";
import { operationOf } from "../../conformance/operation-of.ts";
import { probesOf } from "../../conformance/provider-probes.ts";
import type { TapedReply } from "../../conformance/wire-exchange.ts";
import { MAIN, NOON_MS, NOW_MS, startAzureWorld } from "../azure-world.ts";
import { recordReplies } from "./recorded-replies.ts";
import { recordRows } from "./recorded-rows.ts";
import { type RecordedRows, renameRowField, rowPathsOf, rowViolations } from "./row-violations.ts";
import { fieldPathsOf, type RecordedReply, renameField, violations } from "./violations.ts";

const WORLD = { providers: ["azure"], now: () => NOW_MS };
const CLOUD = azureCloud.create(1, 1);
const WINDOW = { fromMs: NOON_MS - 300_000, toMs: NOON_MS };

/** Resource Manager, "Track asynchronous Azure operations", "Request limits and throttling" and common response headers; Resource Graph, "Guidance for throttled requests". */
const HEADERS = [
  "azure-asyncoperation",
  "location",
  "x-ms-request-id",
  "x-ms-error-code",
  "x-ms-user-quota-remaining",
  "x-ms-user-quota-resets-after",
];

const mutable = (reply: RecordedReply & TapedReply): MutableReply =>
  mutableReply<typeof reply>(reply, {
    kindOf: ({ operation, status }) => `${operation}${status < 300 ? "" : ` (${status})`}`,
    fieldPathsOf,
    renamed: (each, path) => ({ ...each, body: renameField(each, path).body }),
    violations,
    headers: HEADERS,
  });

const mutableRows = (rows: RecordedRows & TapedReply): MutableReply =>
  mutableReply<typeof rows>(rows, {
    kindOf: ({ source }) => `rows of ${source}`,
    fieldPathsOf: rowPathsOf,
    renamed: (each, path) => ({ ...each, body: renameRowField(each, path) }),
    violations: rowViolations,
    headers: HEADERS,
  });

export const mutatedAzure: MutatedCloud = {
  id: "azure",
  worlds: { small: { ...WORLD, instances: 400 }, large: { ...WORLD, instances: 1_500 } },
  truthWindow: WINDOW,
  createProvider: (runtime) => azure({}, runtime),
  async recordConformance() {
    const world = await startAzureWorld({ instances: 300 });
    const headers = new Headers();
    try {
      const replies = (await recordReplies(world)).map((reply) => mutable({ ...reply, headers: reply.headers ?? headers }));
      return [...replies, ...(await recordRows(world)).map((rows) => mutableRows({ ...rows, headers }))];
    } finally {
      await world.emulator.close();
    }
  },
  keyOf: ({ method, target, headers, body }) => {
    const { pathname } = new URL(target, "http://127.0.0.1");
    // What asks for a token has an id of its own each time, in the address and in the body.
    const question = pathname.endsWith("/oauth2/v2.0/token") ? [pathname, new URLSearchParams(body).get("scope")] : [target, body];
    return [method, headers.host, ...question].join(" ");
  },
  mutable: (exchange, reply) => mutable({ ...operationOf(CLOUD, exchange), ...reply }),
  probes: probesOf({
    provider: "azure",
    account: MAIN,
    region: "eastus",
    nowMs: NOW_MS,
    window: WINDOW,
    kinds: ["virtual-machine", "database", "function", "load-balancer"],
    longKinds: ["virtual-machine"],
    metrics: [
      { kind: "virtual-machine", metric: "cpu.utilization" },
      { kind: "virtual-machine", metric: "disk.utilization" },
      { kind: "database", metric: "cpu.utilization" },
      { kind: "load-balancer", metric: "requests.count", statistic: "sum" },
    ],
    traces: true,
    nativeLogQuery: "AppTraces | summarize count() by AppRoleName",
    throttled: [
      ["Resources", "virtual-machine"],
      ["ListAtSubscriptionScope", "metrics"],
      ["Query", "logs"],
      ["Query", "traces"],
    ],
  }),
};
