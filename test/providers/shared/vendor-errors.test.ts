import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError, ProviderError } from "../../../src/errors/index.ts";
import { vendorErrors } from "../../../src/providers/shared/vendor-errors.ts";

const HINT = { en: "Do this.", zh: "请这样做。" };
const hints = { PROVIDER_UNAUTHENTICATED: HINT, PROVIDER_FORBIDDEN: HINT };
const latin = vendorErrors({ id: "nimbus", name: { en: "Nimbus", zh: "Nimbus" }, hints });
const chinese = vendorErrors({ id: "nimbus", name: { en: "Nimbus", zh: "雨云" }, hints });

describe("the failures of a cloud", () => {
  test("set Latin names off in Chinese text, and Chinese ones not", () => {
    expect(latin.notReached("ListRain", null, undefined).text.zh).toBe("Nimbus 没有及时响应 ListRain。");
    expect(latin.notReached("ListRain", "EPIPE", undefined).text.zh).toBe("执行 ListRain 时与 Nimbus 的连接中断（EPIPE）。");
    expect(chinese.notReached("ListRain", "EPIPE", undefined).text.zh).toBe("执行 ListRain 时与雨云的连接中断（EPIPE）。");
    expect(chinese.said("PROVIDER_FAILED", "NoRain", "It is dry.").text.zh).toBe("雨云返回：NoRain: It is dry.");
  });

  test("have the hint of their code, or their own", () => {
    expect(latin.said("PROVIDER_FORBIDDEN", "", "no").hint).toEqual(HINT);
    expect(latin.failure("PROVIDER_FORBIDDEN", HINT, { hint: { en: "own", zh: "自己的" } }).hint?.en).toBe("own");
    expect(latin.said("PROVIDER_FAILED", "", "no").hint).toBeUndefined();
  });

  test("a missing part of a reply is an error, an empty one is not", () => {
    for (const part of ["", 0, false, []]) expect(latin.required(part, "ListRain", "drops")).toBe(part);
    for (const part of [null, undefined])
      expect(() => latin.required(part, "ListRain", "drops")).toThrow("Nimbus answered ListRain without drops.");
  });

  test("a missing credential is one that would be refused, and other errors of ours keep their words", () => {
    const missing = new ConfigurationError({ code: "CREDENTIAL_MISSING", message: HINT, hint: HINT });
    expect(latin.asProviderError(missing)).toMatchObject({ code: "PROVIDER_UNAUTHENTICATED", text: HINT, hint: HINT });
    const known = new ProviderError({ code: "PROVIDER_FORBIDDEN", providerId: "nimbus", message: HINT });
    expect(latin.asProviderError(known)).toBe(known);
  });
});

test("only what stays within a label of a host name may become one", () => {
  for (const label of ["cn-hangzhou", "eastus2", "a", "x".repeat(63)]) expect(latin.hostLabel(label)).toBe(label);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "-", ".", "/", "@", "#", ":", "?", "%", "\\", "\n", "A", " ") }), (text) => {
      const isLabel = /^[a-z-]{1,63}$/.test(text) && !text.endsWith("\n");
      if (isLabel) expect(new URL(`https://x${latin.hostLabel(text)}.vendor.example`).hostname).toBe(`x${text}.vendor.example`);
      else expect(() => latin.hostLabel(text)).toThrow(ProviderError);
    }),
  );
});
