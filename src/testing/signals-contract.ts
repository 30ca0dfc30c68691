import assert from "node:assert/strict";
import { allOf, type ContractTest, type Subject, scopesOf } from "./contract-subject.ts";

const HOUR_MS = 3_600_000;
const windowOf = ({ nowMs }: Subject) => ({ fromMs: nowMs - HOUR_MS, toMs: nowMs });

/** A test for providers with logs; the others pass it. */
export function logsContract(test: ContractTest): void {
  test("reads log entries of the sources and the window that it is asked for", async (subject) => {
    const { provider, context } = subject;
    const { logs } = provider;
    if (logs === undefined) return;
    assert.ok(logs.batchSize >= 1);
    const window = windowOf(subject);
    for (const scope of await scopesOf(provider, context, {}, "logs")) {
      const sources = (await allOf(logs.sources(scope, undefined, context))).slice(0, logs.batchSize);
      if (sources.length === 0) continue;
      for await (const { entries = [] } of logs.read(scope, { sources, window, limit: 20 }, context)) {
        for (const { timestampMs, source } of entries) {
          assert.ok(timestampMs >= window.fromMs && timestampMs < window.toMs, "entries lie in the window");
          assert.ok(
            sources.some(({ name }) => name === source),
            `${source} was asked for`,
          );
        }
      }
    }
  });
}

/** A test for providers with traces; the others pass it. */
export function tracesContract(test: ContractTest): void {
  test("finds traces and services", async (subject) => {
    const { provider, context } = subject;
    const { traces } = provider;
    if (traces === undefined) return;
    const window = windowOf(subject);
    for (const scope of await scopesOf(provider, context, {}, "traces")) {
      for await (const page of traces.search(scope, { window, errorsOnly: false }, context)) {
        for (const { id, durationMs } of page) assert.ok(id !== "" && durationMs >= 0);
      }
      for await (const page of traces.services(scope, { window }, context)) {
        for (const { service, requests, errors } of page) assert.ok(service !== "" && errors <= requests);
      }
    }
  });
}

/** A test for providers with alarms; the others pass it. */
export function alarmsContract(test: ContractTest): void {
  test("lists alarms in the states that it is asked for", async ({ provider, context }) => {
    if (provider.alarms === undefined) return;
    for (const scope of await scopesOf(provider, context, {}, "alarms")) {
      for await (const page of provider.alarms.list(scope, ["alarm"], context)) {
        for (const { id, name, state } of page)
          assert.deepEqual({ state, named: id !== "" && name !== "" }, { state: "alarm", named: true });
      }
    }
  });
}
