import { describe, expect, it } from "vitest";
import type { Provider, ScopeFinding } from "../../src/contracts/index.ts";
import { ConfigurationError, ProviderError } from "../../src/errors/index.ts";
import { memory } from "../../src/providers/memory/index.ts";
import { objectsOf, runSteps } from "./run.ts";

type Code = ConstructorParameters<typeof ProviderError>[0]["code"];

function problem(code: Code, providerId = "memory"): ProviderError {
  return new ProviderError({ code, providerId, message: { en: `it said ${code}`, zh: `返回 ${code}` } });
}

const list = (providers: readonly Provider[], where = {}, kind = "virtual-machine") =>
  runSteps([["list", "resources.list", { kind, where }]], { providers });

const TWO = [
  { id: "a", region: "north", tags: { env: "prod" }, attributes: { type: "large" } },
  { id: "b", region: "south", name: "bee", tags: {} },
];

describe("resources.list", () => {
  it("has the columns every list has, and one for each tag that is asked for", async () => {
    const where = { tags: [{ key: "Env", operator: "exists" }] };
    const { table } = await list([memory({ resources: TWO })], where);
    expect(objectsOf(table)).toEqual([
      {
        provider: "memory",
        account: "main",
        region: "north",
        id: "a",
        name: "a",
        kind: "virtual-machine",
        type: "large",
        state: "running",
        "tag:Env": "prod",
      },
    ]);
  });

  it("checks conditions itself, and counts what matches", async () => {
    const { table, receipt } = await list([memory({ resources: TWO })], { names: [{ operator: "is", value: "BEE" }] });
    expect(objectsOf(table)?.map(({ id }) => id)).toEqual(["b"]);
    expect(receipt.scopes.map(({ region, listed }) => [region, listed])).toEqual([
      ["north", 0],
      ["south", 1],
    ]);
    expect(receipt.complete).toBe(true);
  });

  it.each<[Code, "denied" | "throttled" | "failed"]>([
    ["PROVIDER_FORBIDDEN", "denied"],
    ["PROVIDER_UNAUTHENTICATED", "denied"],
    ["PROVIDER_RATE_LIMITED", "throttled"],
    ["PROVIDER_UNAVAILABLE", "failed"],
    ["PROVIDER_FAILED", "failed"],
  ])("tells a region that ends with %s as %s", async (code, outcome) => {
    const intercept = (_operation: string, { region }: { region?: string }) => {
      if (region === "south") throw problem(code);
    };
    const { receipt, table } = await list([memory({ resources: TWO, intercept })]);
    expect(table?.rows).toHaveLength(1);
    expect(receipt.scopes[1]).toMatchObject({ listing: "failed", listed: 0, queried: 1, [outcome]: 1, reasons: [{ code, count: 1 }] });
  });

  it("keeps the pages before a lost one, and says that the list is not whole", async () => {
    let pages = 0;
    const intercept = () => {
      if (++pages > 1) throw problem("PROVIDER_PAGE_LOST");
    };
    const { receipt, table } = await list([memory({ resources: [{ id: "a" }, { id: "b" }], pageSize: 1, intercept })]);
    expect(table?.rows).toHaveLength(1);
    expect(receipt).toMatchObject({
      complete: false,
      scopes: [{ listing: "partial", listed: 1, reasons: [{ code: "PROVIDER_PAGE_LOST" }] }],
    });
  });

  it("takes a resource once that two pages show", async () => {
    const base = memory({ resources: TWO });
    const twice: Provider = {
      ...base,
      resources: {
        async *"virtual-machine"(...input) {
          yield* base.resources["virtual-machine"]!(...input);
          yield* base.resources["virtual-machine"]!(...input);
        },
      },
    };
    const { table, receipt } = await list([twice]);
    expect(table?.rows).toHaveLength(2);
    expect(receipt.scopes.map(({ listed }) => listed)).toEqual([1, 1]);
  });

  it("asks a place once that two credentials open", async () => {
    const base = memory({ resources: TWO });
    const double: Provider = {
      ...base,
      async *scopes(...input) {
        yield* base.scopes(...input);
        yield* base.scopes(...input);
      },
    };
    const { table, receipt, usage } = await list([double]);
    expect(table?.rows).toHaveLength(2);
    expect(receipt.scopes.map(({ listed }) => listed)).toEqual([1, 1]);
    expect(usage.apiCalls.total).toBe(2);
  });

  it("leaves out scopes that have other services only", async () => {
    const base = memory({ resources: TWO });
    const placeless: Provider = {
      ...base,
      async *scopes(...input): AsyncGenerator<ScopeFinding> {
        yield { scope: { provider: "memory", account: "main", region: "global" }, services: ["logs"] };
        yield* base.scopes(...input);
      },
    };
    expect((await list([placeless])).receipt.scopes.map(({ region }) => region)).toEqual(["north", "south"]);
  });

  it("tells scopes that cannot be opened, and asks the others", async () => {
    const base = memory({ resources: TWO });
    const failing: Provider = {
      ...base,
      async *scopes(...input): AsyncGenerator<ScopeFinding> {
        yield { scope: { provider: "memory", account: "locked", region: "*" }, failure: problem("PROVIDER_FORBIDDEN") };
        yield* base.scopes(...input);
      },
    };
    const { table, receipt } = await list([failing]);
    expect(table?.rows).toHaveLength(2);
    expect(receipt.scopes[0]).toMatchObject({ account: "locked", region: "*", listing: "failed", denied: 1 });
  });

  it("goes on with the other clouds when one cannot be asked at all", async () => {
    const broken: Provider = {
      ...memory({ id: "broken" }),
      load: () => Promise.reject(new ConfigurationError({ code: "DEPENDENCY_MISSING", message: "no sdk" })),
    };
    const { table, receipt } = await list([broken, memory({ resources: TWO })]);
    expect(table?.rows).toHaveLength(2);
    expect(receipt.scopes[0]).toMatchObject({ provider: "broken", account: "*", failed: 1, reasons: [{ code: "DEPENDENCY_MISSING" }] });
    expect((await list([broken])).failure).toMatchObject({ code: "DEPENDENCY_MISSING" });
  });

  it("fails with the error itself when credentials open nothing anywhere", async () => {
    const intercept = () => {
      throw problem("PROVIDER_UNAUTHENTICATED");
    };
    const { failure, receipt, table } = await list([memory({ resources: TWO, intercept })]);
    expect(failure).toMatchObject({ code: "PROVIDER_UNAUTHENTICATED" });
    expect(table).toBeNull();
    expect(receipt.scopes).toHaveLength(2);
  });

  it("says which cloud cannot list such things", async () => {
    const { receipt } = await list([{ ...memory({ resources: TWO }), resources: {} }]);
    expect(receipt).toEqual({ complete: false, scopes: [], notes: ["memory cannot list servers here; it was left out."] });
  });

  it.each([
    [{ providers: { include: ["gcp"] } }, "PROVIDER_UNKNOWN", "Configured: memory."],
    [{ regions: { include: ["nrth"] } }, "REGION_UNKNOWN", "Did you mean north?"],
    [{ accounts: { include: ["mian"] } }, "ACCOUNT_UNKNOWN", "Name the account in the configuration."],
    [{ providers: { exclude: ["memory"] } }, "QUESTION_CONTRADICTORY", "Configured: memory."],
  ])("refuses %j with %s", async (where, code, hint) => {
    expect((await list([memory({ resources: TWO })], where)).failure).toMatchObject({ code, hint: { en: hint } });
  });

  it("without any cloud says what to do", async () => {
    expect((await list([])).failure).toMatchObject({ code: "CONFIGURATION_INVALID" });
  });
});
