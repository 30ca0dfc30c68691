import type { Provider } from "../../../src/contracts/index.ts";
import { aws } from "../../../src/providers/aws/index.ts";
import { ACCOUNT, NOON_MS, startAwsWorld } from "../aws-world.ts";
import { awsCallOf, awsKeyOf } from "./aws-exchange.ts";
import { errorViolations } from "./error-violations.ts";
import { type MutableReply, type MutatedCloud, mutableReply } from "./mutated-cloud.ts";
import { collect, type Probe, probeContext } from "./probe.ts";
import { probesOf } from "./provider-probes.ts";
import { recordErrors } from "./recorded-errors.ts";
import { recordEverything } from "./recorded-replies.ts";
import type { RecordedReply } from "./recorder.ts";
import { fieldPathsOf, renameField } from "./rename-field.ts";
import { replyViolations } from "./reply-violations.ts";

const MINUTE_MS = 60_000;
const REGION = "us-east-1";
const WINDOW = { fromMs: NOON_MS - 40 * MINUTE_MS, toMs: NOON_MS - 10 * MINUTE_MS };
const WORLD = { providers: ["aws"], now: () => NOON_MS };
const mutable = (reply: RecordedReply): MutableReply =>
  mutableReply<typeof reply>(reply, {
    kindOf: ({ id, operation, status }) => `${id} ${operation}${status === 200 ? "" : " (error)"}`,
    fieldPathsOf,
    renamed: (each, path) => ({ ...each, body: renameField(each, path) }),
    violations: (each) => (each.status === 200 ? replyViolations(each) : errorViolations(each)),
    // "AWS JSON 1.0 protocol", "AWS restJson1 protocol" (Smithy), and the query-compatible trait.
    headers: ["x-amzn-requestid", "x-amzn-errortype", "x-amzn-query-error"],
  });

/** A single small group is read in another way than several of them. */
const SMALL_GROUP: Probe = {
  name: "log entries of a small group",
  world: "small",
  ask: async (provider: Provider) => {
    const scope = { provider: "aws", account: ACCOUNT, region: REGION, service: "logs" };
    const groups = (await collect(provider.logs?.sources(scope, undefined, probeContext(NOON_MS)))).flat();
    const sources = groups.filter((group) => group.name.startsWith("/aws/lambda/")).slice(0, 1);
    return collect(provider.logs?.read(scope, { sources, window: WINDOW, limit: 5_000 }, probeContext(NOON_MS)));
  },
  verify: (answer, truth) => {
    const entries = (answer as { entries?: { message: string }[] }[]).flatMap((page) => page.entries ?? []);
    const written = new Set(truth.logs.map(({ message }) => message));
    if (!entries.every(({ message }) => written.has(message))) throw new Error("lines that nobody wrote");
  },
};

export const mutatedAws: MutatedCloud = {
  id: "aws",
  worlds: { small: { ...WORLD, instances: 400 }, large: { ...WORLD, instances: 6_000 } },
  truthWindow: WINDOW,
  createProvider: (runtime) => aws({}, runtime),
  async recordConformance() {
    const world = await startAwsWorld({ instances: 2_000 });
    try {
      return [...(await recordEverything(world)), ...(await recordErrors(world))].map(mutable);
    } finally {
      await world.emulator.close();
    }
  },
  keyOf: awsKeyOf,
  mutable: (exchange, reply) => {
    const call = awsCallOf(exchange);
    return call === undefined ? undefined : mutable({ ...call, ...reply });
  },
  probes: [
    ...probesOf({
      provider: "aws",
      account: ACCOUNT,
      region: REGION,
      nowMs: NOON_MS,
      window: WINDOW,
      traceWindow: { fromMs: NOON_MS - 300 * MINUTE_MS, toMs: WINDOW.toMs },
      kinds: ["virtual-machine", "database", "function", "load-balancer"],
      longKinds: ["virtual-machine", "function"],
      metrics: [
        { kind: "virtual-machine", metric: "cpu.utilization" },
        { kind: "load-balancer", metric: "targets.unhealthy" },
      ],
      traces: true,
      nativeLogQuery: "stats count(*) as n, max(latencyMs) by service, bin(5m)",
      throttled: [
        ["DescribeInstances", "virtual-machine"],
        ["DescribeDBInstances", "database"],
        ["ListFunctions", "function"],
        ["DescribeLoadBalancers", "load-balancer"],
        ["DescribeAlarms", "alarms"],
        ["DescribeLogGroups", "sources"],
        ["GetTraceSummaries", "traces"],
      ],
    }),
    SMALL_GROUP,
  ],
};
