import type { AnswerTable, ResourceKind, RunDocument, Statistic } from "../../../src/contracts/index.ts";
import { around, type Condition, rangeOf } from "./conditions.ts";
import { type Fold, failedRequest } from "./expectations.ts";
import type { Expectation, Question, Range, Truth, TruthLog, TruthResource, World } from "./question.ts";
import { checkQuestion } from "./run-question.ts";

type Cloud = "aws" | "azure" | "gcp" | "alicloud" | "volcengine";
type AccountName = "main" | "payments";

/** Every cloud has two accounts of the same names. No id is that of two clouds, so the account of a row tells its cloud. */
const ACCOUNTS: Readonly<Record<Cloud, Readonly<Record<AccountName, string>>>> = {
  aws: { main: "111122223333", payments: "444455556666" },
  azure: { main: "3f9d2b10-6c1e-4a55-8f01-00000000a001", payments: "3f9d2b10-6c1e-4a55-8f01-00000000b002" },
  gcp: { main: "nimbus-main-417203", payments: "nimbus-payments-418851" },
  alicloud: { main: "1403275690172345", payments: "1782046351908264" },
  volcengine: { main: "2100012345", payments: "2100067890" },
};
const CLOUDS = Object.keys(ACCOUNTS) as Cloud[];

interface Placed {
  readonly account: string;
  readonly region: string;
}

function cloudOf({ account }: Placed): Cloud {
  const cloud = CLOUDS.find((candidate) => Object.values(ACCOUNTS[candidate]).includes(account));
  if (cloud === undefined) throw new Error(`No cloud has the account ${account}.`);
  return cloud;
}

/** In one of these clouds. */
export function on(...clouds: readonly Cloud[]): Condition<Placed> {
  return (item) => (clouds.includes(cloudOf(item)) ? "yes" : "no");
}

/** In the accounts of that name, of whatever cloud. */
export function accountNamed(name: AccountName): Condition<Placed> {
  return (item) => (ACCOUNTS[cloudOf(item)][name] === item.account ? "yes" : "no");
}

/** The regions in which something runs, by cloud: one id may be another place in another cloud. */
type Place = Readonly<Partial<Record<Cloud, readonly string[]>>>;

export const SINGAPORE: Place = {
  aws: ["ap-southeast-1"],
  azure: ["southeastasia"],
  gcp: ["asia-southeast1"],
  alicloud: ["ap-southeast-1"],
};
export const JOHOR: Place = { volcengine: ["ap-southeast-1"] };
export const JAPAN: Place = { aws: ["ap-northeast-1"], azure: ["japaneast"] };
export const FRANKFURT: Place = { aws: ["eu-central-1"], alicloud: ["eu-central-1"] };
export const VIRGINIA: Place = { aws: ["us-east-1"], azure: ["eastus"] };
export const BEIJING: Place = { alicloud: ["cn-beijing"], volcengine: ["cn-beijing"] };
export const SHANGHAI: Place = { alicloud: ["cn-shanghai"], volcengine: ["cn-shanghai"] };
export const UNITED_STATES: Place = { aws: ["us-east-1", "us-west-2"], azure: ["eastus"], gcp: ["us-central1"] };
export const EUROPE: Place = {
  aws: ["eu-west-1", "eu-central-1"],
  azure: ["westeurope"],
  gcp: ["europe-west1"],
  alicloud: ["eu-central-1"],
};
export const MAINLAND: Place = {
  alicloud: ["cn-hangzhou", "cn-beijing", "cn-shanghai"],
  volcengine: ["cn-beijing", "cn-shanghai", "cn-guangzhou"],
};
/** Whether mainland China is meant too is left open. */
export const ASIA_PACIFIC: Place = {
  aws: ["ap-southeast-1", "ap-northeast-1"],
  azure: ["southeastasia", "japaneast"],
  gcp: ["asia-east1", "asia-southeast1"],
  alicloud: ["ap-southeast-1"],
  volcengine: ["ap-southeast-1"],
};

export function at(place: Place, perhaps: Place = {}): Condition<Placed> {
  return (item) => {
    const cloud = cloudOf(item);
    if (place[cloud]?.includes(item.region)) return "yes";
    return perhaps[cloud]?.includes(item.region) ? "maybe" : "no";
  };
}

/** An application's lines, of every cloud. Those of AWS's functions that belong to it may be among them. */
export function linesOf(service: string): Condition<TruthLog> {
  return (log) => (log.service !== service ? "no" : log.source.startsWith("/aws/lambda/") ? "maybe" : "yes");
}

/** Columns that make a group; one that is no place is a tag. */
type GroupColumns = readonly ("provider" | "account" | "region" | "env" | "team")[];

export type CloudExpectation =
  | Expectation
  /** As `groups`, by several columns at once. */
  | {
      readonly type: "grouped";
      readonly by: GroupColumns;
      readonly of: (world: World) => ReadonlyMap<string, Range>;
      readonly top?: number;
    }
  /** The words can be read in several ways, and one of them must fit. */
  | { readonly type: "one-of"; readonly readings: readonly CloudExpectation[] };

export interface CloudQuestion extends Pick<Question, "id" | "language" | "text" | "window" | "statistic"> {
  readonly expect: CloudExpectation;
}

/** How many resources of a kind each group has. */
export function countsPer(by: GroupColumns, kind: ResourceKind, condition: Condition, top?: number): CloudExpectation {
  const itemsOf = (truth: Truth) => truth.resources.filter((resource) => resource.kind === kind);
  // A terminated machine is listed for a while after it has gone: answers may count it or not.
  const ifThere: Condition = (resource) =>
    condition(resource) === "yes" && resource.state === "terminated" ? "maybe" : condition(resource);
  return grouped({ by, itemsOf, condition: ifThere, measure: sizes, top });
}

/** One number for each group over the metric of its servers. Of several statistics any will do, and whatever lies between them. */
export function foldedPer(
  by: GroupColumns,
  fold: Fold,
  metric: string,
  condition: Condition,
  { statistics = ["average"], top }: { readonly statistics?: readonly Statistic[]; readonly top?: number } = {},
): CloudExpectation {
  const itemsOf = (truth: Truth) => truth.resources.filter(({ kind, metrics }) => kind === "virtual-machine" && metric in metrics);
  const measure = (must: readonly TruthResource[]) => {
    const ranges = statistics.map((statistic) => foldOf(fold, metric, statistic, must));
    return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))] as const;
  };
  return grouped({ by, itemsOf, condition, measure, top });
}

/** How many log lines each group has. */
export function linesPer(by: GroupColumns, condition: Condition<TruthLog>): CloudExpectation {
  return grouped({ by, itemsOf: (truth) => truth.logs, condition, measure: sizes });
}

/** How many requests failed in each group; throttled ones may count. */
export function failuresPer(by: GroupColumns): CloudExpectation {
  return grouped({ by, itemsOf: (truth) => truth.traces, condition: failedRequest, measure: sizes });
}

/** How many alarms are firing in each group. */
export function firingPer(by: GroupColumns): CloudExpectation {
  return grouped({ by, itemsOf: (truth) => truth.alarms, condition: ({ state }) => (state === "alarm" ? "yes" : "no"), measure: sizes });
}

export function oneOf(...readings: readonly CloudExpectation[]): CloudExpectation {
  return { type: "one-of", readings };
}

interface Grouping<Item> {
  readonly by: GroupColumns;
  readonly itemsOf: (truth: Truth) => readonly Item[];
  readonly condition: Condition<Item>;
  readonly measure: (must: readonly Item[], may: readonly Item[]) => Range;
  readonly top?: number | undefined;
}

function grouped<Item extends Placed & { readonly tags?: Readonly<Record<string, string>> }>(grouping: Grouping<Item>): CloudExpectation {
  const { by, itemsOf, condition, measure, top } = grouping;
  const groupOf = (item: Item) =>
    by.map((column) => {
      if (column === "provider") return cloudOf(item);
      return column === "account" || column === "region" ? item[column] : (item.tags?.[column] ?? "");
    });
  const of = ({ truth }: World) => {
    const groups = new Map<string, { readonly must: Item[]; readonly may: Item[] }>();
    for (const item of itemsOf(truth)) {
      const verdict = condition(item);
      if (verdict === "no") continue;
      const name = groupOf(item).join(" ");
      const group = groups.get(name) ?? { must: [], may: [] };
      groups.set(name, group);
      group[verdict === "yes" ? "must" : "may"].push(item);
    }
    return new Map([...groups].map(([name, { must, may }]) => [name, measure(must, may)]));
  };
  return { type: "grouped", by, of, ...(top !== undefined && { top }) };
}

function sizes(must: readonly unknown[], may: readonly unknown[]): Range {
  return [must.length, must.length + may.length];
}

function foldOf(fold: Fold, metric: string, statistic: Statistic, members: readonly TruthResource[]): Range {
  const values = members.flatMap((resource) => {
    const range = rangeOf(resource, metric, statistic);
    return range === undefined ? [] : [(range[0] + range[1]) / 2];
  });
  const sum = values.reduce((total, value) => total + value, 0);
  return around({ average: sum / values.length, maximum: Math.max(...values), sum }[fold]);
}

/** What is wrong with the answer; empty when it is right. */
export async function checkCloudQuestion(entry: CloudQuestion, document: RunDocument, world: World): Promise<readonly string[]> {
  const { expect } = entry;
  if (expect.type === "one-of") {
    const problems: string[][] = [];
    for (const reading of expect.readings) {
      const found = await checkCloudQuestion({ ...entry, expect: reading }, document, world);
      if (found.length === 0) return [];
      problems.push([...found]);
    }
    return problems.flatMap((found, index) => found.map((problem) => `reading ${index + 1}: ${problem}`));
  }
  if (expect.type !== "grouped") return checkQuestion({ ...entry, kind: "list", expect }, document, world);
  const { by, of, top } = expect;
  const groups: Expectation = { type: "groups", by: by.join(" "), of, ...(top !== undefined && { top }) };
  const joined = withGroup(document, by);
  if (joined === undefined) return [`no group by ${by.join(", ")}: ${document.answer?.table?.columns.map(({ name }) => name).join(", ")}`];
  return checkQuestion({ ...entry, kind: "aggregation", expect: groups }, joined, world);
}

/** The same answer, with the columns that make a group joined to one, which stands first. Undefined where one of them is not there. */
function withGroup(document: RunDocument, by: GroupColumns): RunDocument | undefined {
  const { answer } = document;
  if (answer === null || answer.table === null) return document;
  const { columns, rows } = answer.table;
  const positions = by.map((wanted) => columns.findIndex(({ name }) => name === wanted || name === `tag:${wanted}`));
  if (positions.includes(-1)) return undefined;
  const table: AnswerTable = {
    ...answer.table,
    columns: [{ name: by.join(" "), type: "string" }, ...columns],
    rows: rows.map((row) => [positions.map((position) => row[position] ?? "").join(" "), ...row]),
  };
  return { ...document, answer: { ...answer, table } };
}
