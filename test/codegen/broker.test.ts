import { describe, expect, it } from "vitest";
import { Broker, type BrokerOptions } from "../../src/codegen/broker.ts";
import { createJournal } from "../../src/codegen/journal.ts";
import { TRUNCATED_FIELD } from "../../src/codegen/read-pages.ts";
import type { OperationDescription, OperationRequest, Provider, Store } from "../../src/contracts/index.ts";
import { ProviderError } from "../../src/errors/index.ts";
import { memory as memoryCloud } from "../../src/providers/memory/index.ts";
import { memory } from "../../src/stores/memory/index.ts";
import { fakeContext } from "../providers/fake-context.ts";
import { METRIC_FILTERS, operationOf } from "./programs/operations.ts";

/** As CloudWatch Logs speaks it: the samples are spoken in no real way. */
const FILTERS: OperationDescription = {
  ...METRIC_FILTERS,
  wire: { protocol: "aws-json-1.1", method: "POST", target: "Logs_20140328.DescribeMetricFilters" },
};
const SCOPE = { provider: "aws", account: "111122223333", region: "us-east-1" };
const { signal } = new AbortController();

type Answer = (request: OperationRequest) => unknown;

/** A cloud that answers as it is told to, and writes down what it is asked. */
function cloud(answer: Answer, more: Partial<Provider> = {}): { readonly provider: Provider; readonly asked: OperationRequest[] } {
  const asked: OperationRequest[] = [];
  const provider: Provider = {
    ...memoryCloud({ id: "aws" }),
    ...more,
    operations: {
      partition: () => "aws",
      async invoke(request) {
        asked.push(request);
        return answer(request);
      },
    },
  };
  return { provider, asked };
}

interface Settings extends Partial<BrokerOptions> {
  readonly operation?: OperationDescription;
  readonly varying?: readonly string[];
  readonly store?: Store;
}

function brokerFor(provider: Provider, { operation = FILTERS, varying = [], store = memory(), ...more }: Settings = {}): Broker {
  return new Broker({
    program: {
      purpose: "",
      code: "",
      javascript: "",
      columns: [],
      parameters: { type: "object", fields: {} },
      input: {},
      provider: operation.provider,
      calls: [{ operation: operation.id, literals: {}, varying, line: 1 }],
      operations: [{ operation, origin: { kind: "shipped", source: "", date: "" }, class: "read", hash: "" }],
      declarationsHash: "",
    },
    scope: SCOPE,
    approvedScopes: [more.scope ?? SCOPE],
    allowed: new Set(["read"]),
    provider,
    context: fakeContext(),
    journal: createJournal(store, "run_1", "step"),
    limits: { maxCalls: 10, maxPages: 10, maxReplyBytes: 1_000_000 },
    ...more,
  });
}

function callOf({ provider, service, name }: OperationDescription, parameters: unknown = {}) {
  return { provider, service, operation: name, parameters };
}

describe("the broker", () => {
  it("gives a program the whole reply, one request a page", async () => {
    const { provider, asked } = cloud(({ input }) => ({
      metricFilters: [{ filterName: String(input.nextToken ?? "first") }],
      ...(input.nextToken === "3" ? {} : { nextToken: input.nextToken === undefined ? "2" : "3" }),
    }));
    const reply = await brokerFor(provider, { varying: ["logGroupName"] }).call(callOf(FILTERS, { logGroupName: "/x" }), signal);
    expect(reply).toMatchObject({ metricFilters: [{ filterName: "first" }, { filterName: "2" }, { filterName: "3" }] });
    expect(asked.map(({ input }) => input)).toEqual([
      { logGroupName: "/x" },
      { logGroupName: "/x", nextToken: "2" },
      { logGroupName: "/x", nextToken: "3" },
    ]);
    expect(asked.every(({ scope }) => scope === SCOPE)).toBe(true);
  });

  it("marks what it cut, and says so", async () => {
    const { provider } = cloud(({ input }) => ({ metricFilters: [{}], nextToken: `${input.nextToken ?? ""}x` }));
    const broker = brokerFor(provider, { limits: { maxCalls: 10, maxPages: 3, maxReplyBytes: 1_000 } });
    expect(await broker.call(callOf(FILTERS), signal)).toMatchObject({ metricFilters: [{}, {}, {}], [TRUNCATED_FIELD]: true });
    expect(broker.report()).toEqual({ failures: [], truncated: [FILTERS.id] });
  });

  it("asks what reaches the whole account without a region", async () => {
    const { provider, asked } = cloud(() => ({}));
    const operation: OperationDescription = { ...FILTERS, reach: "account" };
    await brokerFor(provider, { operation }).call(callOf(operation), signal);
    expect(asked.map(({ scope }) => scope)).toEqual([{ ...SCOPE, region: "*" }]);
  });

  it("says itself which account and region are meant", async () => {
    const text = { shape: { type: "string" } } as const;
    const output = { type: "object", fields: {} } as const;
    const operation = operationOf("alicloud.ecs.DescribeDisks", { RegionId: { ...text, required: true }, DiskIds: text }, output, {
      wire: { protocol: "alicloud-rpc", method: "POST" },
    });
    const { provider, asked } = cloud(() => ({}));
    const scope = { provider: "alicloud", account: "1", region: "cn-beijing" };
    await brokerFor(provider, { operation, scope, varying: ["DiskIds"] }).call(callOf(operation, { DiskIds: "[]" }), signal);
    expect(asked.map(({ input }) => input)).toEqual([{ DiskIds: "[]", RegionId: "cn-beijing" }]);
  });

  it("says why it refuses in its own words, whatever the provider makes of errors", async () => {
    const toError = () => new ProviderError({ code: "PROVIDER_FAILED", providerId: "aws", message: { en: "?", zh: "?" } });
    const { provider, asked } = cloud(() => ({}), { toError });
    const broker = brokerFor(provider);
    await expect(broker.call(callOf(FILTERS, { limit: 5 }), signal)).rejects.toMatchObject({ code: "CALL_NOT_APPROVED" });
    expect(broker.report().failures).toMatchObject([{ call: `${FILTERS.id}#1`, error: { code: "CALL_NOT_APPROVED" } }]);
    expect(asked).toEqual([]);
  });

  it("tells what a cloud refused, also where the program goes on", async () => {
    const refusal = new ProviderError({ code: "PROVIDER_FORBIDDEN", providerId: "aws", message: { en: "no", zh: "不" } });
    const { provider } = cloud(() => {
      throw refusal;
    });
    const broker = brokerFor(provider);
    await broker.call(callOf(FILTERS), signal).catch(() => {});
    await broker.call(callOf(FILTERS), signal).catch(() => {});
    expect(broker.report().failures).toEqual([
      { call: `${FILTERS.id}#1`, error: refusal },
      { call: `${FILTERS.id}#2`, error: refusal },
    ]);
  });

  it("takes an object of parameters, or none", async () => {
    const { provider, asked } = cloud(() => ({}));
    for (const parameters of [undefined, null, {}]) await brokerFor(provider).call(callOf(FILTERS, parameters), signal);
    expect(asked.map(({ input }) => input)).toEqual([{}, {}, {}]);
    for (const parameters of [[], ["x"], "x", 1, true]) {
      const refused = brokerFor(provider).call(callOf(FILTERS, parameters), signal);
      await expect(refused).rejects.toMatchObject({ code: "CALL_NOT_APPROVED" });
    }
    expect(asked).toHaveLength(3);
  });

  it("ends with the reason of the run's signal, and counts that as no failure", async () => {
    const reason = new Error("stopped");
    const { provider } = cloud(() => {
      stop.abort(reason);
      throw new Error("broken off");
    });
    const stop = new AbortController();
    const broker = brokerFor(provider);
    await expect(broker.call(callOf(FILTERS), stop.signal)).rejects.toBe(reason);
    expect(broker.report().failures).toEqual([]);
  });

  it("sends nothing where the cloud takes no operations", async () => {
    const { operations: _, ...provider } = cloud(() => ({})).provider;
    await expect(brokerFor(provider).call(callOf(FILTERS), signal)).rejects.toMatchObject({ code: "CALL_NOT_APPROVED" });
  });

  it("asks nothing again that was answered before, pages included", async () => {
    const store = memory();
    const { provider, asked } = cloud(({ input }) => ({
      metricFilters: [{ filterName: "a" }],
      ...(input.nextToken ? {} : { nextToken: "2" }),
    }));
    const first = await brokerFor(provider, { store }).call(callOf(FILTERS), signal);
    expect(asked).toHaveLength(2);
    expect(await brokerFor(provider, { store }).call(callOf(FILTERS), signal)).toEqual(first);
    expect(asked).toHaveLength(2);
  });

  it("checks what was answered before as if it were new", async () => {
    const store = memory();
    const { provider } = cloud(() => ({ metricFilters: [] }));
    await brokerFor(provider, { store }).call(callOf(FILTERS), signal);
    for (const change of [
      { approvedScopes: [] },
      { allowed: new Set<never>() },
      { limits: { maxCalls: 0, maxPages: 1, maxReplyBytes: 1 } },
    ]) {
      const again = brokerFor(provider, { store, ...change }).call(callOf(FILTERS), signal);
      await expect(again).rejects.toMatchObject({ code: expect.stringMatching(/^CALL_/) });
    }
  });
});
