import fc from "fast-check";
import { expect, test } from "vitest";
import { valueMatcher } from "../../../src/emulator/aws/ec2-filters.ts";
import { caseVariants } from "../../../src/providers/aws/case-variants.ts";

/** A spelling that the core takes for the same text. */
const respelled = (text: string) =>
  fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }).map((upper) => {
    const spelled = [...text].map((character, index) => (upper[index] ? character.toUpperCase() : character.toLowerCase())).join("");
    return spelled.toLowerCase() === text.toLowerCase() ? spelled : text;
  });

test("patterns match a text in every spelling", () => {
  const texts = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.stringMatching(/^[a-zA-Z*?\\-]{1,12}$/),
    fc.constantFrom("订单-服务", "Straße", "owner"),
  );
  fc.assert(
    fc.property(
      texts.chain((text) => fc.tuple(fc.constant(text), respelled(text))),
      ([text, spelling]) => {
        expect(valueMatcher(caseVariants(text))(spelling)).toBe(true);
      },
    ),
  );
});

test("there are never more than EC2 takes", () => {
  fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => caseVariants(text).length <= 200));
});

test("short texts match nothing else", () => {
  const matches = valueMatcher(caseVariants("env"));
  expect(matches("Env")).toBe(true);
  expect(matches("enw")).toBe(false);
  expect(matches("envs")).toBe(false);
});

test("wildcards in a text stand for themselves", () => {
  const matches = valueMatcher(caseVariants("a*"));
  expect(matches("A*")).toBe(true);
  expect(matches("ab")).toBe(false);
});
