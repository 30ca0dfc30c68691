import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeInstancesCommand, DescribeRegionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

/** One account in one region, ready to be asked. */
export interface CloudScope {
  readonly account: string;
  readonly region: string;
  readonly ec2: EC2Client;
  readonly cloudWatch: CloudWatchClient;
}

export interface Server {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

interface EmulatorAccount {
  readonly id: string;
  readonly roleArn?: string;
}

/** What the baselines have in common: every account and region of the emulator by the same SDK, with connections that are kept. */
export async function openCloud(emulatorUrl: string): Promise<readonly CloudScope[]> {
  const { aws } = (await (await fetch(`${emulatorUrl}/_emulator/credentials`)).json()) as {
    aws: { accessKeyId: string; secretAccessKey: string; region: string; accounts: EmulatorAccount[] };
  };
  const { accessKeyId, secretAccessKey, region, accounts } = aws;
  const agent = { keepAlive: true, maxSockets: 256 };
  const base = { endpoint: emulatorUrl, region, credentials: { accessKeyId, secretAccessKey }, requestHandler: { httpAgent: agent } };
  const opened = accounts.map(async ({ id, roleArn }) => {
    const config = { ...base, credentials: roleArn === undefined ? base.credentials : await assumeRole(new STSClient(base), roleArn) };
    const { Regions = [] } = await new EC2Client(config).send(new DescribeRegionsCommand({}));
    return Regions.map(({ RegionName = region }) => {
      const here = { ...config, region: RegionName };
      return { account: id, region: RegionName, ec2: new EC2Client(here), cloudWatch: new CloudWatchClient(here) };
    });
  });
  return (await Promise.all(opened)).flat();
}

async function assumeRole(sts: STSClient, roleArn: string) {
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "bench" }));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** Servers of a scope, page by page. */
export async function* serverPages({ ec2 }: CloudScope): AsyncGenerator<readonly Server[]> {
  let token: string | undefined;
  do {
    const reply = await ec2.send(new DescribeInstancesCommand({ MaxResults: 1_000, ...(token === undefined ? {} : { NextToken: token }) }));
    yield (reply.Reservations ?? [])
      .flatMap(({ Instances = [] }) => Instances)
      .map(({ InstanceId = "", Tags = [], State }) => ({
        id: InstanceId,
        name: Tags.find(({ Key }) => Key === "Name")?.Value ?? InstanceId,
        state: State?.Name ?? "unknown",
      }));
    token = reply.NextToken;
  } while (token !== undefined);
}

/** Average CPU by id, of at most 500 servers of one scope. Servers without a point are left out. */
export async function cpuOf({ cloudWatch }: CloudScope, ids: readonly string[], window: Window): Promise<ReadonlyMap<string, number>> {
  const reply = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: window.from,
      EndTime: window.to,
      MetricDataQueries: ids.map((id, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Metric: { Namespace: "AWS/EC2", MetricName: "CPUUtilization", Dimensions: [{ Name: "InstanceId", Value: id }] },
          Period: 300,
          Stat: "Average",
        },
      })),
    }),
  );
  const values = new Map<string, number>();
  for (const { Id = "", Values = [] } of reply.MetricDataResults ?? []) {
    const id = ids[Number(Id.slice(1))];
    if (id !== undefined && Values[0] !== undefined) values.set(id, Values[0]);
  }
  return values;
}

export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** The last five minutes that both monitoring modes have whole points of. */
export function lastFiveMinutes(): Window {
  const stepMs = 5 * 60_000;
  const toMs = Math.floor((Date.now() - 2 * 60_000) / stepMs) * stepMs;
  return { from: new Date(toMs - stepMs), to: new Date(toMs) };
}

/** Stopped servers have no points to ask for. */
export function isMeasurable({ state }: Pick<Server, "state">): boolean {
  return state !== "stopped" && state !== "terminated";
}

export function closeCloud(scopes: readonly CloudScope[]): void {
  for (const { ec2, cloudWatch } of scopes) {
    ec2.destroy();
    cloudWatch.destroy();
  }
}
