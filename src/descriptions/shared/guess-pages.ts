import type { ObjectShape, Pagination, Shape } from "../../contracts/index.ts";
import { itemsOf } from "./guess-items.ts";

/** Pairs of names with which Alibaba Cloud and Volcengine page: none of their descriptions marks them. */
const TOKENS: readonly (readonly [input: string, output: string])[] = [
  ["NextToken", "NextToken"],
  ["nextToken", "nextToken"],
];
const PAGES = ["PageNumber", "Page", "CurrentPage", "PageIndex"];
const SIZES = ["PageSize", "Size"];
/** The log service counts entries, not pages. */
const OFFSETS: readonly (readonly [offset: string, size: string])[] = [["offset", "size"]];
const TOTALS = ["TotalCount", "Total", "TotalNum", "TotalRecordCount"];
/** Of what is counted in entries (`ListProject`, `ListLogStores`, `ListDashboard`: 100 unless asked for otherwise). */
const MAX_OFFSET_SIZE = 100;
/** Pages of these clouds hold between 50 and 100 entries at most; 50 is allowed everywhere. */
const MAX_PAGE_SIZE = 50;

/** How pages of an operation follow each other, from the names of its parameters and of what it answers. */
export function guessPages(input: ObjectShape, output: Shape): Pagination | undefined {
  const items = itemsOf(output);
  if (items === undefined || output.type !== "object") return undefined;
  const isInput = (name: string) => Object.hasOwn(input.fields, name);
  const page = PAGES.find(isInput);
  const size = SIZES.find(isInput);
  const total = TOTALS.map((name) => pathTo(output, name)).find((path) => path !== undefined);
  // Numbers before tokens: where an operation has both, it gives a token only to who asked for a number of results (ECS, "DescribeDisks").
  const whole = total === undefined ? {} : { total };
  if (page !== undefined && size !== undefined) return { items, by: "number", page, size, ...whole, maxSize: MAX_PAGE_SIZE };
  const offset = OFFSETS.find((names) => names.every(isInput));
  if (offset !== undefined)
    return { items, by: "number", page: offset[0], counts: "items", size: offset[1], ...whole, maxSize: MAX_OFFSET_SIZE };
  const token = TOKENS.find(([inputToken, outputToken]) => isInput(inputToken) && Object.hasOwn(output.fields, outputToken));
  return token === undefined ? undefined : { items, by: "token", inputToken: token[0], outputToken: token[1] };
}

function pathTo(output: ObjectShape, name: string): string | undefined {
  if (Object.hasOwn(output.fields, name)) return name;
  const holder = Object.entries(output.fields).find(([, { shape }]) => shape.type === "object" && Object.hasOwn(shape.fields, name));
  return holder === undefined ? undefined : `${holder[0]}.${name}`;
}
