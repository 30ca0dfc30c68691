import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveWindow } from "../../src/execution/resolve-window.ts";

const NOW_MS = Date.UTC(2026, 0, 1, 12, 7, 31);
const facts = { nowMs: NOW_MS, lagMs: 120_000, alignment: "points" as const };
const iso = (timeMs: number) => new Date(timeMs).toISOString();

describe("a relative window", () => {
  it("has its length, ends on whole minutes, as late as every cloud can deliver", () => {
    const minutes = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(minutes, fc.nat(4e12), fc.nat(600_000), (count, nowMs, lagMs) => {
        const { window, note } = resolveWindow({ lastMs: count * 60_000 }, { nowMs, lagMs, alignment: "points" });
        const alignMs = count >= 5 ? 300_000 : 60_000;
        expect(window.toMs - window.fromMs).toBe(count * 60_000);
        expect(Math.abs(window.toMs % alignMs)).toBe(0);
        expect(window.toMs).toBeLessThanOrEqual(nowMs - lagMs);
        expect(window.toMs).toBeGreaterThan(nowMs - lagMs - alignMs);
        expect(note).toBeNull();
      }),
    );
  });

  it("of logs ends on the last whole minute, however long it is", () => {
    const { window } = resolveWindow({ lastMs: 3_600_000 }, { nowMs: NOW_MS, lagMs: 0, alignment: "minutes" });
    expect(iso(window.toMs)).toBe("2026-01-01T12:07:00.000Z");
  });
});

describe("an absolute window", () => {
  it("is taken as it is", () => {
    const spec = { from: "2026-01-01T09:00:00+08:00", to: "2026-01-01T11:00:00+08:00" };
    expect(resolveWindow(spec, facts)).toEqual({ window: { fromMs: Date.UTC(2026, 0, 1, 1), toMs: Date.UTC(2026, 0, 1, 3) }, note: null });
  });

  it("is cut at the present, which is told", () => {
    const { window, note } = resolveWindow({ from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" }, facts);
    expect(window.toMs).toBe(NOW_MS);
    expect(note?.en).toContain("cut at the present");
  });

  it("that ends a moment ago is told to miss points", () => {
    const { window, note } = resolveWindow({ from: "2026-01-01T12:00:00Z", to: iso(NOW_MS - 60_000) }, facts);
    expect(window.toMs).toBe(NOW_MS - 60_000);
    expect(note?.en).toContain("may still be missing");
  });

  it.each([
    ["reversed", { from: "2026-01-01T02:00:00Z", to: "2026-01-01T01:00:00Z" }],
    ["empty", { from: "2026-01-01T01:00:00Z", to: "2026-01-01T01:00:00Z" }],
    ["in the future", { from: "2026-01-01T13:00:00Z", to: "2026-01-01T14:00:00Z" }],
  ])("that is %s is refused", (_name, spec) => {
    expect(() => resolveWindow(spec, facts)).toThrow(expect.objectContaining({ code: "WINDOW_INVALID" }));
  });
});
