import { RpcError } from "./rpc-error.ts";
import type { RpcRequest } from "./rpc-service.ts";

type Input = RpcRequest["input"];
type Test<Row> = (row: Row) => boolean;

const MOST_TAGS = 20;

/** Each wanted value, by the parameter that names it. Parameters that are not given want nothing. */
export function valueTests<Row>(input: Input, values: Readonly<Record<string, (row: Row) => string>>): Test<Row>[] {
  return Object.entries(values).flatMap(([parameter, read]) => {
    const value = input[parameter];
    return value ? [(row: Row) => read(row) === value] : [];
  });
}

/** `Tag.N.Key` and `Tag.N.Value`; the lower-case names are older ones of the same. */
export function tagTests<Row extends { readonly tags: Readonly<Record<string, string>> }>(input: Input): Test<Row>[] {
  const numbers = Object.keys(input).flatMap((name) => /^Tag\.(\d+)\.(?:[Kk]ey|[Vv]alue)$/.exec(name)?.[1] ?? []);
  return [...new Set(numbers)].map((number) => {
    if (Number(number) < 1 || Number(number) > MOST_TAGS)
      throw new RpcError(400, "InvalidTagCount", "The specified tags are beyond the permitted range.");
    const key = input[`Tag.${number}.Key`] ?? input[`Tag.${number}.key`];
    if (!key) throw new RpcError(400, "InvalidTag.Mismatch", "The specified Tag.n.Key and Tag.n.Value are not match.");
    const value = input[`Tag.${number}.Value`] ?? input[`Tag.${number}.value`];
    return ({ tags }) => (value === undefined ? Object.hasOwn(tags, key) : tags[key] === value);
  });
}

/** `["i-1","i-2"]`; undefined for a text that is no array of strings. */
export function jsonArray(text: string): readonly string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof one === "string") ? list : undefined;
  } catch {
    return undefined;
  }
}

/** Parameters of the reference that nothing in the emulator differs by: refused rather than ignored. */
export function refuseParameters(input: Input, names: readonly string[]): void {
  const refused = names.find((name) => (input[name] ?? "") !== "");
  if (refused !== undefined) throw new RpcError(400, "InvalidParameter", `The emulator does not take ${refused}.`);
}

/** The region that is asked for has to be that of the endpoint; a dry run ends here. */
export function requireRegion({ input, region }: RpcRequest, missingCode = "MissingParameter"): void {
  if (!input.RegionId)
    throw new RpcError(400, missingCode, 'The input parameter "RegionId" that is mandatory for processing this request is not supplied.');
  if (input.RegionId !== region)
    throw new RpcError(
      404,
      "InvalidOperation.NotSupportedEndpoint",
      "The specified endpoint can't operate this region. Please use API DescribeRegions to get the appropriate endpoint, or upgrade your SDK to latest version.",
    );
  if (input.DryRun === "true") throw new RpcError(400, "DryRunOperation", "Request validation has been passed with DryRun flag set.");
}

/** `Filter.1.Key=CreationStartTime` and `Filter.2.Key=CreationEndTime`, each with a time in minutes: `2017-12-05T22:40Z`. */
export function creationTests<Row extends { readonly createdMs: number }>(input: Input): Test<Row>[] {
  return ["1", "2"].flatMap((number) => {
    const key = input[`Filter.${number}.Key`];
    if (!key) return [];
    if (key !== "CreationStartTime" && key !== "CreationEndTime")
      throw new RpcError(404, "InvalidFilterKey.NotFound", "The filter key is not found.");
    const value = input[`Filter.${number}.Value`] ?? "";
    const timeMs = /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(timeMs)) throw new RpcError(404, "InvalidFilterValue", "The filter value is not valid.");
    return [({ createdMs }: Row) => (key === "CreationStartTime" ? createdMs >= timeMs : createdMs <= timeMs)];
  });
}

/** `2021-06-07T06:08:54Z`. */
export function secondTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

/** The `Tags` of a reply. */
export function tagList(tags: Readonly<Record<string, string>>): { readonly Tag: readonly Readonly<Record<string, string>>[] } {
  return { Tag: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) };
}
