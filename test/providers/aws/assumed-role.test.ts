import { expect, test } from "vitest";
import type { ProviderContext } from "../../../src/contracts/index.ts";
import type { FakeContext } from "../fake-context.ts";
import { NOW, openWorld } from "./world.ts";

const ROLE_SCOPE = { provider: "aws", account: "444455556666", region: "us-east-1", service: "compute" };

/** A context of the day after, when a role's hour is over. */
function nextDay(context: FakeContext): FakeContext {
  const { runtime } = context;
  return { ...context, runtime: { ...runtime, clock: { ...runtime.clock, now: () => NOW + 86_400_000 } } };
}

test("a run that is stopped while it assumes a role does not fail another one that waits for the role", async () => {
  await using world = await openWorld({ instances: 20 });
  await world.scopes();
  const controller = new AbortController();
  const { signal } = controller;
  const asked = Promise.withResolvers<void>();
  const never: ProviderContext["call"] = () => {
    asked.resolve();
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
  const list = world.provider.resources["virtual-machine"]!;
  const stopped = list(ROLE_SCOPE, {}, { ...nextDay(world.context({ signal })), call: never })
    [Symbol.asyncIterator]()
    .next();
  await asked.promise;
  const context = nextDay(world.context());
  const going = list(ROLE_SCOPE, {}, context)[Symbol.asyncIterator]().next();
  // The second one comes to wait for the role.
  await new Promise((resolve) => setImmediate(resolve));
  const reason = new Error("stopped");
  controller.abort(reason);
  await expect(stopped).rejects.toBe(reason);
  expect((await going).value.length).toBeGreaterThan(0);
  expect(context.calls).toEqual(["aws.sts.AssumeRole", "aws.ec2.DescribeInstances"]);
});
