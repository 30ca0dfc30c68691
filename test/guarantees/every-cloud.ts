import type { Provider } from "../../src/index.ts";
import { alicloud } from "../../src/providers/alicloud/index.ts";
import { aws } from "../../src/providers/aws/index.ts";
import { azure } from "../../src/providers/azure/index.ts";
import { gcp } from "../../src/providers/gcp/index.ts";
import { volcengine } from "../../src/providers/volcengine/index.ts";

/** What tests of all clouds need to know of each. */
export interface CloudCase {
  readonly id: string;
  create(options: { readonly requestTimeoutMs?: number }, surroundings: { readonly env: Readonly<Record<string, string>> }): Provider;
  /** Operations that list virtual machines and read their metrics, as fault rules name them. */
  readonly list: string;
  readonly metrics: string;
  /** A region that can be denied, and what its scopes then say: a cloud whose list is global still lists them. */
  readonly region: string;
  readonly denied: { readonly listing: "complete" | "failed"; readonly outcome: "denied" | "failed" };
  /** Virtual machines with which a list has at least two pages. */
  readonly paged: number;
}

export const EVERY_CLOUD: readonly CloudCase[] = [
  {
    id: "aws",
    create: aws,
    list: "DescribeInstances",
    metrics: "GetMetricData",
    region: "eu-west-1",
    denied: { listing: "failed", outcome: "denied" },
    paged: 5_000,
  },
  {
    id: "azure",
    create: azure,
    list: "Resources",
    metrics: "GetBatch",
    region: "westeurope",
    denied: { listing: "complete", outcome: "denied" },
    paged: 1_100,
  },
  {
    id: "gcp",
    create: gcp,
    list: "AggregatedListInstances",
    metrics: "ListTimeSeries",
    region: "europe-west1",
    denied: { listing: "failed", outcome: "failed" },
    paged: 900,
  },
  {
    id: "alicloud",
    create: alicloud,
    list: "DescribeInstances",
    metrics: "DescribeMetricList",
    region: "cn-shanghai",
    denied: { listing: "failed", outcome: "denied" },
    paged: 700,
  },
  {
    id: "volcengine",
    create: volcengine,
    list: "DescribeInstances",
    metrics: "GetMetricData",
    region: "cn-shanghai",
    denied: { listing: "failed", outcome: "denied" },
    paged: 500,
  },
];
