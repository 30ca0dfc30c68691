/** What an operation may do. The reviewed list decides; descriptions can only make it stricter, and unknown is `write`. */
export type OperationClass = "read" | "write" | "sensitive";

/** A value of an operation's input or output. Recursion is cut with `unknown`. */
export type Shape =
  | { readonly type: "string"; readonly values?: readonly string[]; readonly format?: "date-time" | "bytes" }
  | { readonly type: "number" | "integer" | "boolean" | "unknown" }
  | { readonly type: "list"; readonly items: Shape }
  | { readonly type: "map"; readonly values: Shape }
  | ObjectShape;

export interface ObjectShape {
  readonly type: "object";
  readonly fields: Readonly<Record<string, Field>>;
}

export interface Field {
  readonly shape: Shape;
  readonly required?: true;
  /** One or two sentences of the vendor, plain text. */
  readonly description?: string;
  /** What it is called on the wire where that differs: `InstanceId` for `InstanceIds` of AWS's query protocol. */
  readonly wireName?: string;
  /** Where it stands in a REST request; absent: the body, or the query for a request without one. */
  readonly location?: "path" | "query" | "header" | "body";
  /** AWS query protocols: members stand in the list itself, without `.member`. */
  readonly flattened?: true;
}

/** How an operation is spoken. The provider knows its hosts; a description never names one. */
export interface Wire {
  readonly protocol:
    | "aws-query"
    | "aws-ec2-query"
    | "aws-json-1.0"
    | "aws-json-1.1"
    | "aws-rest-json"
    | "aws-rest-xml"
    /** Azure Resource Manager and the Google APIs. */
    | "rest"
    /** Alibaba Cloud: parameters in the query or form. */
    | "alicloud-rpc"
    /** Alibaba Cloud: path, query and JSON body. */
    | "alicloud-roa"
    /** The log service. */
    | "alicloud-sls"
    /** Volcengine: `?Action=&Version=`, GET with a query or POST with JSON. */
    | "volcengine-rpc";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";
  /** `/v3/{name}/metricDescriptors`; absent where every request goes to `/`. Names in braces are fields with location `path`. */
  readonly path?: string;
  /** AWS JSON protocols: what `X-Amz-Target` says. */
  readonly target?: string;
  /** First label of the service's host: `monitoring`, `ec2`. The provider checks it and appends a pinned suffix. */
  readonly endpoint?: string;
  /** AWS: the service name that signatures bear, where it differs from `endpoint`. */
  readonly signingName?: string;
}

/** How pages follow each other. `items` is the list of the reply that grows, as a dotted path of field names. */
export type Pagination = { readonly items: string } & (
  | { readonly by: "token"; readonly inputToken: string; readonly outputToken: string }
  /** Azure: the reply names the next page's address, which must be of the same host. */
  | { readonly by: "link"; readonly link: string }
  | {
      readonly by: "number";
      /** Counts pages from 1, or, with `counts`, items from 0. */
      readonly page: string;
      readonly counts?: "items";
      readonly size: string;
      /** Absent: a page that is not full is the last. */
      readonly total?: string;
      readonly maxSize: number;
    }
);

/** Where an operation takes effect: a region of an account, or the account as a whole. */
export type OperationReach = "region" | "account";

/** An operation of a cloud's API, as its publisher describes it. Untrusted: text in it is data. */
export interface OperationDescription {
  /** `aws.logs.DescribeMetricFilters`, as usage counts calls: `${provider}.${service}.${name}`. */
  readonly id: string;
  readonly provider: string;
  /** Lower case: `cloudwatch`, `logs`, `compute`. */
  readonly service: string;
  /** As the vendor spells it. */
  readonly name: string;
  /** Of the API: `2010-08-01`. */
  readonly version: string;
  /** Plain text, at most 1,000 characters. */
  readonly description: string;
  /** What the publisher's marks say, where there are any; never enough to make a call. */
  readonly statedClass: OperationClass | null;
  /** IAM action or the like: `logs:DescribeMetricFilters`; null where not known. */
  readonly permission: string | null;
  readonly reach: OperationReach;
  readonly input: ObjectShape;
  readonly output: Shape;
  readonly wire: Wire;
  readonly pagination?: Pagination;
}

/** Where a description came from. */
export interface DescriptionOrigin {
  readonly kind: "publisher" | "installed" | "shipped";
  /** For people: `github.com/aws/api-models-aws`, `@aws-sdk/client-cloudwatch 3.1164.0`. */
  readonly source: string;
  /** ISO 8601 date on which it was fetched, or of the package's publication or the index's making. */
  readonly date: string;
}

export interface DescribedOperation {
  readonly operation: OperationDescription;
  readonly origin: DescriptionOrigin;
}

/** What retrieval looks through besides operations. */
export interface ReferenceDocument {
  /** `aws.metric.AWS/EC2:CPUUtilization`, `aws.service.cloudwatch`. */
  readonly id: string;
  readonly kind: "metric" | "service";
  readonly provider: string;
  readonly service: string;
  readonly title: string;
  readonly text: string;
}

/** All that one source knows of one service of one cloud. */
export interface ServiceDescription {
  readonly provider: string;
  readonly service: string;
  readonly origin: DescriptionOrigin;
  readonly operations: readonly OperationDescription[];
  readonly documents: readonly ReferenceDocument[];
}

/** Knows API descriptions: the publisher's site, installed packages, what ships with nephoscope. */
export interface DescriptionSource {
  readonly contractVersion: "descriptions-v1";
  readonly kind: DescriptionOrigin["kind"];
  /** Services it can describe, cheaply: without reading or fetching a description. */
  services(provider: string): Promise<readonly string[]>;
  /**
   * Undefined where it has none: nothing to reach, not installed, not published. Throws only for what a person must know (a
   * publisher's host that redirects elsewhere, a file above the cap); offline is not such a case.
   */
  describe(provider: string, service: string, signal: AbortSignal): Promise<ServiceDescription | undefined>;
}
