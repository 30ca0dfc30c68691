import { describe, expect, it } from "vitest";
import { asSeenByProgram, withScope } from "../../src/codegen/program-parameters.ts";
import { shipped } from "../../src/descriptions/shipped/index.ts";

const source = shipped();

async function describedAs(provider: string, service: string, name: string) {
  const description = await source.describe(provider, service, new AbortController().signal);
  const operation = description?.operations.find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error(`${provider}.${service}.${name} is not described`);
  return operation;
}

describe("parameters that name a place", () => {
  it.each([
    ["azure", "compute", "Disks_List", "*", { subscriptionId: "ours" }],
    ["azure", "compute", "Usage_List", "westeurope", { subscriptionId: "ours", location: "westeurope" }],
    ["gcp", "compute", "snapshots.list", "*", { project: "ours" }],
    ["gcp", "logging", "projects.sinks.list", "*", { projectsId: "ours" }],
    ["gcp", "logging", "entries.list", "*", { resourceNames: ["projects/ours"] }],
    ["alicloud", "ecs", "DescribeDisks", "cn-beijing", { RegionId: "cn-beijing" }],
    ["alicloud", "ecs", "DescribeDisks", "*", {}],
    ["aws", "ec2", "DescribeVolumes", "us-east-1", {}],
    ["volcengine", "storage_ebs", "DescribeVolumes", "cn-beijing", {}],
  ])("are hidden from programs and filled in by the core: %s.%s.%s in %s", async (provider, service, name, region, filled) => {
    const operation = await describedAs(provider, service, name);
    const scope = { provider, account: "ours", region };
    expect(withScope(operation, { ...filledWith("theirs", filled) }, scope)).toEqual(filled);
    const { fields } = asSeenByProgram(operation).input;
    for (const parameter of Object.keys(filled)) expect(fields).not.toHaveProperty(parameter);
  });

  it("are a program's own where they say what is written", async () => {
    const { input } = asSeenByProgram({
      ...(await describedAs("azure", "compute", "Disks_List")),
      input: { type: "object", fields: { location: { shape: { type: "string" } } } },
    });
    expect(input.fields).toHaveProperty("location");
  });
});

function filledWith(value: string, filled: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(filled).map((name) => [name, value]));
}
