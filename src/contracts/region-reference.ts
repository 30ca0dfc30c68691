import type { Where } from "./selection.ts";

/** A region as conditions name it: `eu-west-1` in every cloud that has one of that id, `aws:eu-west-1` in AWS alone. */
export interface RegionReference {
  readonly provider: string | undefined;
  readonly id: string;
}

export function parseRegion(text: string): RegionReference {
  const at = text.indexOf(":");
  return at === -1 ? { provider: undefined, id: text } : { provider: text.slice(0, at), id: text.slice(at + 1) };
}

/** Whether a condition means a region of a cloud. */
export function namesRegion(text: string, provider: string, id: string): boolean {
  const reference = parseRegion(text);
  return reference.id === id && (reference.provider ?? provider) === provider;
}

/** The regions that two lists both mean, each as the narrower of the two names it. */
export function commonRegions(left: readonly string[], right: readonly string[]): string[] {
  const narrower = (text: string, others: readonly string[]) => {
    const { provider, id } = parseRegion(text);
    const same = others.filter((other) => parseRegion(other).id === id);
    if (provider === undefined) return same;
    return same.some((other) => (parseRegion(other).provider ?? provider) === provider) ? [text] : [];
  };
  return [...new Set(left.flatMap((text) => narrower(text, right)))];
}

/** The conditions as one cloud is asked them, regions by its own ids. Undefined where every region that is named is another cloud's. */
export function whereFor<Conditions extends Where>(where: Conditions, provider: string): Conditions | undefined {
  if (where.regions === undefined) return where;
  const own = (names: readonly string[] | undefined) =>
    names
      ?.map(parseRegion)
      .filter((reference) => (reference.provider ?? provider) === provider)
      .map(({ id }) => id);
  const [include, exclude] = [own(where.regions.include), own(where.regions.exclude)];
  if (include?.length === 0) return undefined;
  const regions = { ...(include === undefined ? {} : { include }), ...(exclude === undefined || exclude.length === 0 ? {} : { exclude }) };
  return { ...where, regions };
}
