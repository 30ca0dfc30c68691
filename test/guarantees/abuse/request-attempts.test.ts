import { beforeAll, describe, expect, it } from "vitest";
import { OrchestratorError } from "../../../src/errors/index.ts";
import { type AbuseWorld, OTHER_ACCOUNTS, PLACES, startAbuseWorld } from "./abuse-world.ts";
import { REQUEST_ATTEMPTS, REQUEST_GUARDS, type RequestAttempt } from "./request-attempts.ts";

let world: AbuseWorld;
beforeAll(async () => {
  world = await startAbuseWorld();
  return () => world[Symbol.asyncDispose]();
}, 60_000);

/** One request past the broker, straight to the provider. */
async function invoked({ cloud, operation, input = {}, link }: RequestAttempt, account: string = PLACES[cloud].account) {
  const before = (await world.calls()).length;
  const scope = { ...PLACES[cloud], account };
  const request = { operation: await world.describe(operation), scope, input, ...(link === undefined ? {} : { link }) };
  const ended = await world
    .provider(cloud)
    .operations?.invoke(request, world.context(cloud))
    .then(
      () => ({ code: "ok", message: "" }),
      (error: unknown) => (OrchestratorError.isInstance(error) ? error : { code: String(error), message: "" }),
    );
  return { ended, reached: (await world.calls()).slice(before) };
}

/** Values that the guard cannot look into and the wire can: no program has such, because what it hands over is JSON. */
function unseen(attempt: RequestAttempt): RequestAttempt {
  const values = Object.entries(attempt.input ?? {}).map(([name, value]) => {
    const isPlace = name === "project";
    return [name, isPlace ? value : Object.defineProperty({}, "toJSON", { value: () => value })] as const;
  });
  return { ...attempt, input: Object.fromEntries(values) };
}

describe("a request that would go elsewhere", () => {
  it("is tried at every guard, each attempt under a name of its own", () => {
    expect(new Set(REQUEST_ATTEMPTS.map(({ name }) => name)).size).toBe(REQUEST_ATTEMPTS.length);
    expect(Object.keys(REQUEST_GUARDS).filter((guard) => !REQUEST_ATTEMPTS.some((attempt) => attempt.guard === guard))).toEqual([]);
  });

  for (const attempt of REQUEST_ATTEMPTS) {
    const { name, guard, cloud, ends, unchecked, goal } = attempt;
    it(`${guard} stops ${name}`, async () => {
      const { ended, reached } = await invoked(attempt);
      expect(ended?.code).toBe(ends);
      // The emulator knows no such host either: the refusal must be ours.
      if (guard === "pinned-host") expect(ended?.message).toContain("names no usable host");
      expect(reached).toEqual([]);
    });

    it(`without ${guard} there is ${name}`, async () => {
      if (unchecked !== undefined) {
        const { hostname, pathname } = new URL(unchecked);
        expect({ host: hostname, path: pathname }).toMatchObject(goal ?? {});
        return;
      }
      const { reached } = await (cloud === "gcp" ? invoked(unseen(attempt)) : invoked(attempt, OTHER_ACCOUNTS[cloud]));
      expect(reached.length).toBeGreaterThan(0);
    });
  }
});
