import { alicloudCloud } from "../../../../src/emulator/alicloud/index.ts";
import { alicloud } from "../../../../src/providers/alicloud/index.ts";
import { type MutableReply, type MutatedCloud, mutableReply } from "../../conformance/mutated-cloud.ts";
import { operationOf } from "../../conformance/operation-of.ts";
import { probesOf } from "../../conformance/provider-probes.ts";
import type { TapedReply } from "../../conformance/wire-exchange.ts";
import { MAIN, NOW_MS, openAlicloudWorld, WINDOW } from "../alicloud-world.ts";
import { recordErrors, recordEverything } from "./recorded-replies.ts";
import { fieldPathsOf, renameField } from "./rename-field.ts";
import { type AlicloudReply, violations } from "./violations.ts";

const WORLD = { providers: ["alicloud"], now: () => NOW_MS };
const CLOUD = alicloudCloud.create(1, 1);

const mutable = (reply: AlicloudReply & TapedReply): MutableReply =>
  mutableReply<typeof reply>(reply, {
    kindOf: ({ service, operation, status }) => `${service} ${operation}${status === 200 ? "" : ` (${status})`}`,
    fieldPathsOf,
    renamed: (each, path) => ({ ...each, body: renameField(each, path) }),
    violations,
    // "V3 request structure and signature", response headers; Log Service, "Common response headers".
    headers: ["x-acs-request-id", "x-log-requestid"],
  });

export const mutatedAlicloud: MutatedCloud = {
  id: "alicloud",
  worlds: { small: { ...WORLD, instances: 300 }, large: { ...WORLD, instances: 1_000 } },
  truthWindow: WINDOW,
  createProvider: (runtime) => alicloud({}, runtime),
  async recordConformance() {
    const world = await openAlicloudWorld({ instances: 400 });
    try {
      const replies = [...(await recordEverything(world)), ...(await recordErrors(world))];
      return replies.map((reply) => mutable({ ...reply, headers: new Headers() }));
    } finally {
      await world.close();
    }
  },
  keyOf: ({ method, target, headers, body }) => {
    const [, accessKey] = /Credential=([^,/]+)/.exec(headers.authorization ?? "") ?? [];
    return [method, headers.host, target, headers["x-acs-action"], accessKey, body].join(" ");
  },
  mutable: (exchange, reply) => mutable({ ...operationOf(CLOUD, exchange), ...reply }),
  probes: probesOf({
    provider: "alicloud",
    account: MAIN,
    region: "cn-hangzhou",
    nowMs: NOW_MS,
    window: WINDOW,
    kinds: ["virtual-machine", "database"],
    longKinds: ["virtual-machine"],
    metrics: [
      { kind: "virtual-machine", metric: "cpu.utilization" },
      { kind: "virtual-machine", metric: "disk.utilization" },
      { kind: "database", metric: "cpu.utilization" },
    ],
    traces: false,
    nativeLogQuery: "* | select level, count(1) as n, max(cast(latencyMs as bigint)) as slowest group by level",
    throttled: [
      ["DescribeInstances", "virtual-machine"],
      ["DescribeDBInstances", "database"],
      ["DescribeMetricList", "metrics"],
      ["DescribeMetricRuleList", "alarms"],
      ["ListLogStores", "sources"],
      ["GetLogsV2", "logs"],
    ],
  }),
};
