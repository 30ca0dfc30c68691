import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson, sha256 } from "../../src/contracts/canonical-json.ts";

it("says the same as JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it("does not depend on the order of keys", () => {
  const shuffled = fc
    .dictionary(fc.string(), fc.jsonValue())
    .chain((value) =>
      fc.shuffledSubarray(Object.keys(value), { minLength: Object.keys(value).length }).map((keys) => [value, keys] as const),
    );
  fc.assert(
    fc.property(shuffled, ([value, keys]) => {
      expect(canonicalJson(Object.fromEntries(keys.map((key) => [key, value[key]])))).toBe(canonicalJson(value));
    }),
  );
});

it("differs where values differ", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const isSame = JSON.stringify(JSON.parse(canonicalJson(a))) === JSON.stringify(JSON.parse(canonicalJson(b)));
      expect(canonicalJson(a) === canonicalJson(b)).toBe(isSame);
    }),
  );
});

it("leaves out what JSON has not, and keeps a key called __proto__", () => {
  expect(canonicalJson({ b: 1, a: undefined, c: [undefined, Number.NaN] })).toBe('{"b":1,"c":[null,null]}');
  expect(canonicalJson(JSON.parse('{"__proto__":{"x":1},"a":2}'))).toBe('{"__proto__":{"x":1},"a":2}');
});

it("hashes as everybody does", () => {
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(sha256("云")).toBe(sha256("\u4e91"));
});
