import type { PlanningFacts, ResourceKind } from "../../contracts/index.ts";
import { providerUnknown } from "../failures.ts";
import { WORDS } from "../lexicon/index.ts";
import { longestPhrase } from "../text/dictionary.ts";
import { lowerCase } from "../text/normalise.ts";
import { hasSense, type Token } from "../text/token.ts";
import type { Placed } from "./element.ts";
import type { PhraseContext } from "./phrase-context.ts";

/** "EC2 instances" are those of AWS: where several clouds are configured, a vendor's own word is a condition too. */
export function withVendors(context: PhraseContext, elements: readonly Placed[]): readonly Placed[] {
  const configured = context.facts.providers.map(({ id }) => id);
  return elements.flatMap((element) => {
    if (element.type !== "subject" || element.vendors.length === 0) return [element];
    const { from, to } = element;
    const values = element.vendors.filter((vendor) => configured.includes(vendor));
    if (values.length === 0) return [{ type: "error" as const, error: unknownVendor(context, element), from, to }];
    if (configured.length === values.length) return [element];
    return [element, { type: "scope" as const, condition: { on: "provider" as const, values, negated: false }, from, to }];
  });
}

/** A metric by the name that one cloud has for it ("CPUUtilization") means the resources of that cloud, where several are configured. */
export function withNatives(context: PhraseContext, elements: readonly Placed[]): readonly Placed[] {
  if (context.domain !== "resources") return elements;
  const kinds = elements.flatMap((element) => (element.type === "subject" ? [element.kind] : []));
  const measured = elements.filter(({ type }) => type === "metric" || type === "order");
  const restricting = measured.flatMap(({ from, to }): Placed[] => {
    const tokens = context.tokens.slice(from, to).filter((token) => hasSense(token, "metric"));
    return tokens.flatMap((token): Placed[] => {
      const values = cloudsCalling(token, kinds, context.facts);
      if (values.length === 0 || values.length === context.facts.providers.length) return [];
      return [{ type: "scope", condition: { on: "provider", values, negated: false }, from, to }];
    });
  });
  // At the end, where they stand between no two conditions.
  return [...elements, ...restricting];
}

function cloudsCalling(token: Token, kinds: readonly ResourceKind[], { providers }: PlanningFacts): string[] {
  const ordinary = longestPhrase([WORDS], token.lower, 0)?.end === token.lower.length;
  if (ordinary) return [];
  const namespace = token.lower.slice(0, token.lower.lastIndexOf(":") + 1);
  const owners = (test: (native: string, kind: ResourceKind) => boolean) =>
    providers.filter(({ nativeMetrics }) => nativeMetrics.some(({ native, kind }) => test(native, kind))).map(({ id }) => id);
  const calling = (native: string) => [native, native.slice(native.lastIndexOf(":") + 1)].some((name) => spells(token, name));
  const ofKind = owners((native, kind) => kinds.includes(kind) && calling(native));
  if (ofKind.length > 0) return ofKind;
  const all = owners(calling);
  return all.length > 0 || namespace === "" ? all : owners((native) => lowerCase(native).startsWith(namespace));
}

/** "Percentage CPU" is a name as the vendor writes it; "percentage cpu" is just words. */
function spells({ text, lower }: Token, name: string): boolean {
  return name.includes(" ") ? text === name : lower === lowerCase(name);
}

function unknownVendor({ text, tokens, facts }: PhraseContext, { from, to }: Placed) {
  return providerUnknown(text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0), facts);
}
