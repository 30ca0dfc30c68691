import assert from "node:assert/strict";
import { METRICS, type MetricsCapability, type MetricTarget } from "../contracts/index.ts";
import { allOf, type ContractTest, listAll, type Subject } from "./contract-subject.ts";

const FIVE_MINUTES_MS = 300_000;

/** Tests for providers with metrics; the others pass them. */
export function metricsContract(test: ContractTest): void {
  const metricsTest = (title: string, body: (metrics: MetricsCapability, subject: Subject) => Promise<void>) =>
    test(title, async (subject) => {
      if (subject.provider.metrics !== undefined) await body(subject.provider.metrics, subject);
    });

  metricsTest("has metrics of the vocabulary, each once per kind, that can be read by their native names", async (metrics) => {
    assert.ok(metrics.batchSize >= 1 && metrics.lagMs >= 0);
    const keys = metrics.catalogue.map(({ metric, kind }) => `${metric}/${kind}`);
    assert.equal(new Set(keys).size, keys.length);
    for (const { metric, kind, native, scale } of metrics.catalogue) {
      assert.ok(metric === undefined || (METRICS[metric].of as readonly string[]).includes(kind), `${native}: ${metric} of ${kind}`);
      assert.ok(Number.isFinite(scale) && scale !== 0);
      assert.equal(metrics.parseNative(native, kind)?.native, native);
    }
  });

  metricsTest("does not take anything for a native name", async (metrics) => {
    for (const text of ["", "nonsense", "no/such:thing"]) assert.equal(metrics.parseNative(text, "virtual-machine"), undefined, text);
  });

  metricsTest("gives one reading for each target: a finite value or none, with points inside the window", async (metrics, subject) => {
    const toMs = Math.floor((subject.nowMs - metrics.lagMs) / FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
    const window = { fromMs: toMs - FIVE_MINUTES_MS, toMs };
    for (const { kind, scope, resources } of await listAll(subject)) {
      const native = metrics.catalogue.find((metric) => metric.kind === kind);
      if (native === undefined || resources.length === 0) continue;
      const targets = resources.slice(0, metrics.batchSize).map((resource): MetricTarget => ({ resource, metric: native }));
      const readings = await allOf(metrics.read(scope, { targets, statistic: "average", window }, subject.context));
      assert.deepEqual(readings.map(({ target }) => target.resource.id).sort(), targets.map(({ resource }) => resource.id).sort());
      for (const { target, value, points, periodMs } of readings) {
        assert.ok(value === null || Number.isFinite(value), `${native.native} of ${target.resource.id} is ${value}`);
        assert.ok(periodMs > 0);
        assert.deepEqual(
          points,
          points.toSorted(([a], [b]) => a - b),
        );
        for (const [timeMs] of points) assert.ok(timeMs >= window.fromMs && timeMs < window.toMs, "points lie in the window");
        assert.notEqual(metrics.nativeQuery(target, { statistic: "average", window }), "");
      }
    }
  });
}
