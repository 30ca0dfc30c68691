import { volcengineCloud } from "../../../../src/emulator/volcengine/index.ts";
import { volcengine } from "../../../../src/providers/volcengine/index.ts";
import { type MutableReply, type MutatedCloud, mutableReply } from "../../conformance/mutated-cloud.ts";
import { operationOf } from "../../conformance/operation-of.ts";
import { probesOf } from "../../conformance/provider-probes.ts";
import { MAIN, NOW_MS, openVolcengine, WINDOW } from "../started-volcengine.ts";
import { recordErrors, recordEverything } from "./recorded-replies.ts";
import { fieldPathsOf, renameField } from "./rename-field.ts";
import { type VolcengineReply, violations } from "./reply-violations.ts";

const WORLD = { providers: ["volcengine"], now: () => NOW_MS };
const CLOUD = volcengineCloud.create(1, 1);
const TRUTH_WINDOW = { fromMs: WINDOW.from.getTime(), toMs: WINDOW.to.getTime() };

const mutable = (reply: VolcengineReply): MutableReply =>
  mutableReply(reply, {
    kindOf: ({ service, operation, body }) => `${service} ${operation}${refusalOf(body)}`,
    fieldPathsOf,
    renamed: (each, path) => ({ ...each, body: renameField(each, path) }),
    violations,
    // TLS API reference, "Common response headers".
    headers: ["x-tls-requestid"],
  });

/** Codes have fields of their own, and the cloud monitor refuses with status 200 too. */
function refusalOf(body: string): string {
  const { ErrorCode, ResponseMetadata } = JSON.parse(body);
  const code = ErrorCode ?? ResponseMetadata?.Error?.Code;
  return code === undefined ? "" : ` (${code})`;
}

export const mutatedVolcengine: MutatedCloud = {
  id: "volcengine",
  worlds: { small: { ...WORLD, instances: 300 }, large: { ...WORLD, instances: 1_000 } },
  truthWindow: TRUTH_WINDOW,
  createProvider: (runtime) => volcengine({}, runtime),
  async recordConformance() {
    const world = await openVolcengine({ instances: 400 });
    try {
      return [...(await recordEverything(world)), ...(await recordErrors(world))].map(mutable);
    } finally {
      await world.close();
    }
  },
  keyOf: ({ method, target, headers, body }) => {
    const [, accessKey, region, service] = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
    return [method, target, accessKey, region, service, body].join(" ");
  },
  mutable: (exchange, reply) => mutable({ ...operationOf(CLOUD, exchange), ...reply }),
  probes: probesOf({
    provider: "volcengine",
    account: MAIN,
    region: "cn-beijing",
    nowMs: NOW_MS,
    window: TRUTH_WINDOW,
    kinds: ["virtual-machine", "database", "load-balancer"],
    longKinds: ["virtual-machine"],
    metrics: [
      { kind: "virtual-machine", metric: "cpu.utilization" },
      { kind: "virtual-machine", metric: "disk.utilization" },
      // No metric names of PostgreSQL are published.
      { kind: "database", metric: "cpu.utilization", isMeasured: (id) => id.startsWith("mysql") },
      { kind: "load-balancer", metric: "requests.count", statistic: "sum" },
    ],
    traces: true,
    nativeLogQuery: "* | select level, count(*) as n group by level",
    throttled: [
      ["DescribeInstances", "virtual-machine"],
      ["DescribeDBInstances", "database"],
      ["DescribeLoadBalancers", "load-balancer"],
      ["GetMetricData", "metrics"],
      ["ListRules", "alarms"],
      ["DescribeTopics", "sources"],
      ["SearchLogs", "logs"],
      ["SearchTraces", "traces"],
    ],
  }),
};
