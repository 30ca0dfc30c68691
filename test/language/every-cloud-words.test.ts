import { describe, expect, test } from "vitest";
import { REGION_GROUPS, SCOPES } from "../../src/language/lexicon/scopes.ts";
import { lowerCase } from "../../src/language/text/normalise.ts";
import { EVERY_CLOUD } from "../guarantees/every-cloud.ts";

const PROVIDERS = EVERY_CLOUD.map(({ create }) => create({}, { env: {} }));

/** Of no part of the world that the grammar knows by name. */
const ELSEWHERE = /^(australia|newzealand|nz|ap-southeast-2|ca-|canada)/;

describe.each(PROVIDERS.map((provider) => [provider.id, provider] as const))("the grammar's own words know %s", (_, provider) => {
  test("by every name, so that one who has it not configured is told so", () => {
    const phrases = SCOPES.filter(([sense]) => sense.is === "providerUnknown").flatMap(([, words]) => words.split("|"));
    const names = [provider.id, provider.name.en, provider.name.zh, ...provider.aliases].map(lowerCase);
    expect(names.filter((name) => !phrases.includes(name))).toEqual([]);
  });

  test("and in which part of the world each of its regions lies", () => {
    const prefixes = REGION_GROUPS.flatMap(([beginnings]) => beginnings);
    const lost = provider.regions
      .map(({ id }) => id)
      .filter((id) => !ELSEWHERE.test(id) && !prefixes.some((prefix) => id.startsWith(prefix)));
    expect(lost).toEqual([]);
  });
});
