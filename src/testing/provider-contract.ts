import assert from "node:assert/strict";
import { type Provider, type ProviderContext, RESOURCE_STATES, resourceKey, type Scope } from "../contracts/index.ts";
import { ProviderError } from "../errors/index.ts";
import { CallGate, UsageMeter } from "../execution/index.ts";
import { nodeRuntime } from "../runtime/index.ts";
import { type ContractTest, kindsOf, listAll, scopesOf } from "./contract-subject.ts";
import { metricsContract } from "./metrics-contract.ts";
import { alarmsContract, logsContract, tracesContract } from "./signals-contract.ts";

/** What a test runner gives: `import { describe, it } from "vitest"`, or from `node:test`. */
export interface TestRunner {
  describe(name: string, suite: () => void): unknown;
  it(name: string, test: () => Promise<void>): unknown;
}

export interface ProviderContractOptions {
  readonly name: string;
  readonly runner: TestRunner;
  /** A provider that can be asked: at least one resource in at least one scope. Made anew for each test. */
  createProvider(): Provider | Promise<Provider>;
  /** When the data of the provider is from, in milliseconds since the epoch. @defaultValue the present */
  now?(): number;
}

/** Registers the tests that every provider passes. One that passes them works with all that nephoscope does. */
export function providerContract({ name, runner, createProvider, now = () => nodeRuntime().clock.now() }: ProviderContractOptions): void {
  const test: ContractTest = (title, body) =>
    runner.it(title, async () => {
      const provider = await createProvider();
      try {
        await provider.load();
        await body({ provider, ...means(provider, new AbortController().signal), nowMs: now() });
      } finally {
        await provider.close?.();
      }
    });

  runner.describe(`${name} keeps the provider contract`, () => {
    test("names itself", async ({ provider }) => {
      assert.equal(provider.contractVersion, "provider-v1");
      assert.match(provider.id, /^[a-z][a-z0-9-]*$/);
      assert.ok(provider.name.en !== "" && provider.name.zh !== "");
      for (const alias of provider.aliases) assert.equal(alias, alias.toLowerCase());
      const regions = provider.regions.map(({ id }) => id);
      assert.equal(new Set(regions).size, regions.length, "regions are listed once");
    });

    test("loads as often as it is told to", async ({ provider }) => {
      await Promise.all([provider.load(), provider.load()]);
    });

    test("finds scopes of its own, each once", async ({ provider, context }) => {
      const scopes = await scopesOf(provider, context);
      assert.ok(scopes.length > 0, "at least one scope");
      const keys = scopes.map(({ account, region }) => `${account}/${region}`);
      assert.equal(new Set(keys).size, keys.length);
      for (const scope of scopes) assert.equal(scope.provider, provider.id);
    });

    test("finds only the scopes that are meant", async ({ provider, context }) => {
      const [first] = await scopesOf(provider, context);
      assert.ok(first);
      const regions = { include: [first.region] };
      for (const scope of await scopesOf(provider, context, { regions })) assert.equal(scope.region, first.region);
      for (const scope of await scopesOf(provider, context, { regions: { exclude: [first.region] } }))
        assert.notEqual(scope.region, first.region);
      for (const scope of await scopesOf(provider, context, { accounts: { include: [first.account] } }))
        assert.equal(scope.account, first.account);
    });

    test("lists resources of the scope and the kind that it is asked for, each once", async (subject) => {
      let found = 0;
      for (const { kind, scope, resources } of await listAll(subject)) {
        found += resources.length;
        assert.equal(new Set(resources.map(resourceKey)).size, resources.length, "no resource comes twice");
        for (const resource of resources) {
          const { provider, account, region } = resource;
          assert.deepEqual({ kind: resource.kind, provider, account, region }, { kind, ...place(scope) });
          assert.ok(resource.id !== "" && resource.name !== "");
          assert.ok(RESOURCE_STATES.includes(resource.state), `a known state: ${resource.state}`);
          for (const value of [...Object.values(resource.attributes), ...Object.values(resource.tags)])
            assert.notEqual(typeof value, "object");
        }
      }
      assert.ok(found > 0, "at least one resource");
    });

    test("sends every request through the context, under its own name", async (subject) => {
      await listAll(subject);
      const { byOperation, total } = subject.meter.usage().apiCalls;
      assert.ok(total > 0);
      for (const operation of Object.keys(byOperation)) assert.match(operation, new RegExp(`^${subject.provider.id}\\.[\\w-]+\\.[\\w-]+$`));
    });

    test("stops when it is told to", async ({ provider }) => {
      const reason = new Error("stopped by the contract");
      const { context: free } = means(provider, new AbortController().signal);
      const [first] = await scopesOf(provider, free);
      const { context } = means(provider, AbortSignal.abort(reason));
      const [kind] = kindsOf(provider);
      assert.ok(first && kind);
      await assert.rejects(async () => {
        for await (const _page of provider.resources[kind]?.(first, {}, context) ?? []);
      }, reason);
    });

    test("makes provider errors of what it does not know", async ({ provider }) => {
      if (provider.toError === undefined) return;
      for (const thrown of [new Error("odd"), "odd", undefined, { code: 7 }]) {
        const error = provider.toError(thrown);
        assert.ok(error instanceof ProviderError);
        assert.equal(error.providerId, provider.id);
        assert.ok(error.text.en !== "" && error.text.zh !== "");
      }
    });

    test("says whether its credentials work", async ({ provider, context }) => {
      const { status, failure } = await provider.check(context);
      assert.equal(status, "ok", failure?.message);
    });

    metricsContract(test);
    logsContract(test);
    tracesContract(test);
    alarmsContract(test);
  });
}

function means(provider: Provider, signal: AbortSignal): { context: ProviderContext; meter: UsageMeter } {
  const meter = new UsageMeter();
  return { meter, context: new CallGate({ runtime: nodeRuntime(), meter }).context(provider, { signal, note: () => {} }) };
}

function place({ provider, account, region }: Scope) {
  return { provider, account, region };
}
