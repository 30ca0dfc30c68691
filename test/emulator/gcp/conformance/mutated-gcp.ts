import { createGcpCloud } from "../../../../src/emulator/gcp/index.ts";
import { gcp } from "../../../../src/providers/gcp/index.ts";
import { type MutableReply, type MutatedCloud, mutableReply } from "../../conformance/mutated-cloud.ts";
import { operationOf } from "../../conformance/operation-of.ts";
import { probesOf } from "../../conformance/provider-probes.ts";
import type { TapedReply } from "../../conformance/wire-exchange.ts";
import { MAIN, NOW_MS, openGcp, WINDOW } from "../open-gcp.ts";
import { recordErrors, recordReplies } from "./recorded-replies.ts";
import { fieldPathsOf, type RecordedReply, renameField, violations } from "./violations.ts";

const WORLD = { providers: ["gcp"], now: () => NOW_MS };
const CLOUD = createGcpCloud().create(1, 1);
const TRUTH_WINDOW = { fromMs: Date.parse(WINDOW.from), toMs: Date.parse(WINDOW.to) };

const mutable = (reply: RecordedReply & TapedReply): MutableReply =>
  mutableReply<typeof reply>(reply, {
    kindOf: ({ operation, status }) => `${operation}${status === 200 ? "" : ` (${status})`}`,
    fieldPathsOf,
    renamed: (each, path) => ({ ...each, body: renameField(each, path) }),
    violations,
    headers: [],
  });

export const mutatedGcp: MutatedCloud = {
  id: "gcp",
  worlds: { small: { ...WORLD, instances: 200 }, large: { ...WORLD, instances: 1_500 } },
  truthWindow: TRUTH_WINDOW,
  createProvider: (runtime) => gcp({}, runtime),
  async recordConformance() {
    const world = await openGcp({ instances: 1_000 });
    try {
      const replies = [...(await recordReplies(world)), ...(await recordErrors(world))];
      return replies.map((reply) => mutable({ ...reply, headers: new Headers() }));
    } finally {
      await world.close();
    }
  },
  // Every assertion is signed anew; there is one identity, whose tokens differ by nothing but their time.
  keyOf: ({ method, target, body }) => [method, target, target === "/token" ? "" : body].join(" "),
  mutable: (exchange, reply) => {
    const { searchParams } = new URL(exchange.target, "http://127.0.0.1");
    const numericEnums = searchParams.get("$alt")?.includes("enum-encoding=int") === true;
    return mutable({ ...operationOf(CLOUD, exchange), ...reply, numericEnums });
  },
  probes: probesOf({
    provider: "gcp",
    account: MAIN,
    region: "us-central1",
    nowMs: NOW_MS,
    window: TRUTH_WINDOW,
    kinds: ["virtual-machine", "database"],
    longKinds: ["virtual-machine"],
    metrics: [
      { kind: "virtual-machine", metric: "cpu.utilization" },
      { kind: "virtual-machine", metric: "disk.utilization" },
      { kind: "virtual-machine", metric: "network.in.bytes" },
      { kind: "database", metric: "cpu.utilization" },
    ],
    traces: true,
    nativeLogQuery: "jsonPayload.status >= 500",
    throttled: [
      ["AggregatedListInstances", "virtual-machine"],
      ["ListInstances", "database"],
      ["ListTimeSeries", "metrics"],
      ["ListAlertPolicies", "alarms"],
      ["ListAlerts", "alarms"],
      ["ListLogs", "sources"],
      ["ListLogEntries", "logs"],
      ["ListTraces", "traces"],
    ],
  }),
};
