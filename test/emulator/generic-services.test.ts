import { expect, it } from "vitest";
import { ACCOUNT, type AwsWorld, NOON_MS, startAwsWorld } from "./aws-world.ts";
import { errorCodeOf } from "./conformance/error-violations.ts";
import { jsonMember, type Recorder, recorder } from "./conformance/recorder.ts";
import type { WireInput } from "./conformance/wire-services.ts";

/** An emulator, and calls to services of which no package is at hand. */
async function world(work: (call: Recorder["call"], world: AwsWorld) => Promise<void>): Promise<void> {
  const started = await startAwsWorld({ instances: 800 });
  try {
    await work(recorder(started).call, started);
  } finally {
    await started.emulator.close();
  }
}

type Listed = Readonly<Record<string, unknown>>;

async function everyPage(call: Recorder["call"], service: "servicequotas" | "secretsmanager", input: WireInput): Promise<Listed[]> {
  const [operation, member] = service === "servicequotas" ? ["ListServiceQuotas", "Quotas"] : ["ListSecrets", "SecretList"];
  const found: Listed[] = [];
  let token: unknown;
  do {
    const reply = await call(service, operation, { ...input, ...(token === undefined ? {} : { NextToken: token }) });
    found.push(...(jsonMember(reply, member) as Listed[]));
    token = (JSON.parse(reply.body) as Listed).NextToken;
  } while (token !== undefined);
  return found;
}

async function recordsOf({ truth }: AwsWorld, type: string) {
  const { records } = await truth(NOON_MS - 60_000, NOON_MS);
  return records.filter((record) => record.type === type && record.account === ACCOUNT && record.region === "us-east-1");
}

it.each([1, 2, 100])("quotas of a service come %i a page as the truth has them", (MaxResults) =>
  world(async (call, started) => {
    const expected = (await recordsOf(started, "quota")).filter(({ attributes }) => attributes.service === "ec2");
    const told = await everyPage(call, "servicequotas", { ServiceCode: "ec2", MaxResults });
    expect(told.map(({ QuotaCode, QuotaName, Value }) => [`ec2/${QuotaCode}`, QuotaName, Value])).toEqual(
      expected.map(({ id, name, attributes }) => [id, name, attributes.value]),
    );
    expect(told.length).toBeGreaterThan(3);
  }),
);

it.each([3, 100])("secrets come %i a page as the truth has them, none with its value", (MaxResults) =>
  world(async (call, started) => {
    const expected = await recordsOf(started, "secret");
    const told = await everyPage(call, "secretsmanager", { MaxResults });
    const rows = told.map(({ ARN, RotationEnabled, Tags }) => [
      ARN,
      RotationEnabled,
      Object.fromEntries((Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value])),
    ]);
    expect(new Set(rows)).toEqual(new Set(expected.map(({ id, attributes }) => [id, attributes.rotationDays !== null, attributes.tags])));
    expect(told.length).toBe(expected.length);
    expect(JSON.stringify([told, expected])).not.toContain("emulated-secret-");
  }),
);

it("the value of a secret is told by name and by ARN, and to nobody who asks for another version", () =>
  world(async (call, started) => {
    const [secret] = await recordsOf(started, "secret");
    const byName = await call("secretsmanager", "GetSecretValue", { SecretId: secret?.name });
    const byArn = await call("secretsmanager", "GetSecretValue", { SecretId: secret?.id });
    expect(jsonMember(byName, "SecretString")).toContain("emulated-secret-");
    expect(byArn.body).toBe(byName.body);
    const old = await call("secretsmanager", "GetSecretValue", { SecretId: secret?.name, VersionStage: "AWSPREVIOUS" });
    expect(errorCodeOf(old)).toBe("ResourceNotFoundException");
  }));

it("secrets are found by name, tag and order", () =>
  world(async (call) => {
    const all = await everyPage(call, "secretsmanager", {});
    const byName = await everyPage(call, "secretsmanager", { Filters: [{ Key: "name", Values: ["prod/checkout"] }] });
    expect(byName).toEqual(all.filter(({ Name }) => String(Name).startsWith("prod/checkout")));
    expect(byName).not.toEqual([]);
    expect(await everyPage(call, "secretsmanager", { SortOrder: "asc" })).toHaveLength(all.length);
    const created = all.map(({ CreatedDate }) => Number(CreatedDate));
    expect(created).toEqual(created.toSorted((left, right) => right - left));
  }));

it.each(["servicequotas", "secretsmanager"] as const)("a lost page of %s is refused, or comes again and again", (service) =>
  world(async (call, { emulator }) => {
    const [operation, input] =
      service === "servicequotas" ? ["ListServiceQuotas", { ServiceCode: "ec2", MaxResults: 1 }] : ["ListSecrets", { MaxResults: 1 }];
    const NextToken = jsonMember(await call(service, operation, input), "NextToken");
    await fetch(`${emulator.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults: [`aws:${operation}:lost-page`] }) });
    expect(errorCodeOf(await call(service, operation, { ...input, NextToken }))).toMatch(/^Invalid.*Token/);
    expect(jsonMember(await call(service, operation, { ...input, NextToken }), "NextToken")).toBe(NextToken);
  }),
);
