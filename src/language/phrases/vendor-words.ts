import { providerUnknown } from "../failures.ts";
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

function unknownVendor({ text, tokens, facts }: PhraseContext, { from, to }: Placed) {
  return providerUnknown(text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0), facts);
}
