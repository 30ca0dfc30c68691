import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** What the provider reads and how it fails, in a process in which the packages of a pattern cannot be found. */
function answersWithout(missing: string): Record<string, unknown> {
  const source = `
    import { registerHooks } from "node:module";
    registerHooks({ resolve(name, context, next) {
      if (new RegExp(${JSON.stringify(missing)}).test(name))
        throw Object.assign(new Error("Cannot find package '" + name + "' imported from here"), { code: "ERR_MODULE_NOT_FOUND" });
      return next(name, context);
    } });
    const { openWorld, FIVE_MINUTES } = await import(${JSON.stringify(new URL("./world.ts", import.meta.url).href)});
    const { collect } = await import(${JSON.stringify(new URL("../fake-context.ts", import.meta.url).href)});
    const world = await openWorld({ instances: 30 });
    const { metrics, logs, traces } = world.provider;
    const resources = [...(await world.list("virtual-machine")), ...(await world.list("function"))];
    const scope = (await world.scopes())[0];
    const here = resources.filter(({ account, region }) => account === scope.account && region === scope.region);
    const targets = here.flatMap((resource) => ["cpu.utilization", "network.in.bytes", "latency.duration"].flatMap((name) => {
      const metric = metrics.catalogue.find((each) => each.metric === name && each.kind === resource.kind);
      return metric === undefined ? [] : [{ resource, metric }];
    }));
    const read = (context = world.context()) => collect(metrics.read(scope, { targets, statistic: "average", window: FIVE_MINUTES }, context));
    const request = { sources: [{ name: "law-" + scope.region }], window: FIVE_MINUTES, limit: 20 };
    const readLogs = (more) => collect(logs.read(scope, { ...request, ...more }, world.context()));
    const failureOf = (work) => work.then(() => "none", (error) => error.code + " " + (error.retryAfterMs ?? ""));
    const answer = {
      readings: (await read()).flat().map(({ target, value, points }) => [target.resource.id, target.metric.native, value, points]),
      entries: await readLogs({}),
      counts: await readLogs({ countBy: "status" }),
      native: await readLogs({ native: "AppTraces | summarize Newest = max(TimeGenerated), Roles = make_set(AppRoleName), Lines = count()" }),
      traces: (await collect(traces.search(scope, { errorsOnly: false, window: FIVE_MINUTES }, world.context()))).flat(),
      services: (await collect(traces.services(scope, { window: FIVE_MINUTES }, world.context()))).flat(),
      failures: {},
    };
    for (const kind of ["throttle", "500", "reset", "malformed", "expired"]) {
      await world.fault("azure:GetBatch:" + kind, "azure:Query:" + kind);
      answer.failures[kind] = [await failureOf(read()), await failureOf(readLogs({}))];
      await world.fault();
      await failureOf(readLogs({}));
    }
    const controller = new AbortController();
    const aborted = collect(logs.read(scope, request, world.context({ signal: controller.signal }))).catch((error) => String(error));
    controller.abort("stopped");
    answer.aborted = await aborted;
    console.log(JSON.stringify(answer));
    await world[Symbol.asyncDispose]();`;
  const child = spawnSync(process.execPath, ["--conditions=@nephoscope/source", "--input-type=module", "-e", source], { encoding: "utf8" });
  expect(child.stderr).toBe("");
  return JSON.parse(child.stdout) as Record<string, unknown>;
}

test("metrics, logs and traces are the same by the maintained packages and by the one that came before them", { timeout: 60_000 }, () => {
  const maintained = answersWithout("^@azure/monitor-query$");
  const earlier = answersWithout("^@azure/monitor-query-(metrics|logs)$");
  expect(earlier).toEqual(maintained);
  for (const list of ["readings", "entries", "counts", "traces", "services"])
    expect((maintained[list] as unknown[]).length, list).toBeGreaterThan(0);
  expect(maintained.failures).toEqual({
    throttle: ["PROVIDER_RATE_LIMITED 1000", "PROVIDER_RATE_LIMITED 1000"],
    "500": ["PROVIDER_UNAVAILABLE ", "PROVIDER_UNAVAILABLE "],
    reset: ["PROVIDER_UNAVAILABLE ", "PROVIDER_UNAVAILABLE "],
    malformed: ["PROVIDER_REPLY_INVALID ", "PROVIDER_REPLY_INVALID "],
    expired: ["PROVIDER_UNAUTHENTICATED ", "PROVIDER_UNAUTHENTICATED "],
  });
  expect(maintained.aborted).toBe("stopped");
});
