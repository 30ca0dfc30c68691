import { DescribeInstancesCommand, DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { METRICS } from "../../src/contracts/index.ts";
import { startEmulator } from "../../src/emulator/index.ts";
import { ConfigurationError } from "../../src/errors/index.ts";
import { CREDENTIALS, MAIN, PAYMENTS, PAYMENTS_ROLE, refusal, startedEmulator, WINDOW } from "./started-emulator.ts";

describe("the emulator", () => {
  it("listens on 127.0.0.1 and says what to export", async () => {
    const emulator = await startEmulator();
    expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(emulator.env).toEqual({ NEPHOSCOPE_EMULATOR: emulator.url });
    await emulator.close();
    await expect(fetch(emulator.url)).rejects.toThrow();
  });

  it("says which credentials and accounts there are", async () => {
    const { url } = await startedEmulator();
    expect(await (await fetch(`${url}/_emulator/credentials`)).json()).toEqual({
      aws: {
        ...CREDENTIALS,
        region: "us-east-1",
        accounts: [
          { id: MAIN, name: "main" },
          { id: PAYMENTS, name: "payments", roleArn: PAYMENTS_ROLE },
        ],
      },
    });
  });

  it("answers what it does not know with what it knows", async () => {
    const { url } = await startedEmulator();
    const unknown = await fetch(`${url}/_emulator/nothing`);
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain("GET /_emulator/truth?from=ISO&to=ISO");
    const noCloud = await fetch(`${url}/hello`);
    expect(noCloud.status).toBe(404);
    expect(await noCloud.text()).toContain("no protocol the emulator speaks");
  });
});

describe("truth", () => {
  it("has every resource of every kind, with its metrics in canonical units", async () => {
    const emulator = await startedEmulator({ instances: 200 });
    const truth = await emulator.truth(WINDOW.from, WINDOW.to);
    expect([truth.from, truth.to]).toEqual([WINDOW.from.toISOString(), WINDOW.to.toISOString()]);
    const count = (service: string) => truth.resources.filter((resource) => resource.service === service).length;
    expect([count("compute"), count("database"), count("function"), count("load-balancer")]).toEqual([200, 10, 10, 5]);
    for (const resource of truth.resources) {
      expect(Object.keys(resource.metrics).length > 0).toBe(resource.state === "running" || resource.state === "available");
      for (const [name, metric] of Object.entries(resource.metrics)) {
        const definition = METRICS[name as keyof typeof METRICS];
        expect(metric.unit).toBe(definition.unit);
        expect("sum" in metric).toBe(definition.kind === "total");
        expect(definition.of).toContain(resource.kind);
        expect(metric.min <= metric.avg && metric.avg <= metric.max).toBe(true);
      }
    }
  });

  it("has records of what is no resource, each once, of every cloud that has them", async () => {
    const emulator = await startEmulator({ instances: 100, now: () => WINDOW.to.getTime() });
    const { records } = await emulator.truth(WINDOW.from.toISOString(), WINDOW.to.toISOString());
    await emulator.close();
    const keys = records.map(({ provider, account, region, type, id }) => [provider, account, region, type, id].join(" "));
    expect(new Set(keys).size).toBe(keys.length);
    const disks = new Set(records.filter(({ type }) => type === "disk").map(({ provider }) => provider));
    expect([disks.has("aws"), disks.has("volcengine")]).toEqual([true, true]);
    for (const { type, attributes } of records) {
      expect(type).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(Object.keys(attributes)).not.toEqual([]);
    }
  });

  it("is the same for the same seed, whenever one looks", async () => {
    const [one, other] = await Promise.all([startedEmulator({ seed: 3 }), startedEmulator({ seed: 3, now: () => 0 })]);
    expect((await one.truth(WINDOW.from, WINDOW.to)).resources).toEqual((await other.truth(WINDOW.from, WINDOW.to)).resources);
  });

  it("of a window is made of the truths of its minutes", async () => {
    const emulator = await startedEmulator({ instances: 20 });
    const minutes = await Promise.all(
      Array.from({ length: 5 }, (_, index) => {
        const from = WINDOW.from.getTime() + index * 60_000;
        return emulator.truth(new Date(from), new Date(from + 60_000));
      }),
    );
    const whole = await emulator.truth(WINDOW.from, WINDOW.to);
    for (const [index, resource] of whole.resources.entries()) {
      const cpu = resource.metrics["cpu.utilization"];
      if (cpu === undefined) continue;
      const parts = minutes.map((minute) => minute.resources[index]?.metrics["cpu.utilization"]?.avg ?? Number.NaN);
      expect(cpu.avg).toBe(parts.reduce((sum, part) => sum + part, 0) / 5);
      expect(cpu.max).toBe(Math.max(...parts));
      expect(cpu.last).toBe(parts[4]);
    }
  });

  it("is told to the program that started it as well, in the same words", async () => {
    await using emulator = await startEmulator({ instances: 10 });
    const told = await emulator.truth(WINDOW.from.toISOString(), WINDOW.to.toISOString());
    const url = `${emulator.url}/_emulator/truth?from=${WINDOW.from.toISOString()}&to=${WINDOW.to.toISOString()}`;
    expect(await (await fetch(url)).json()).toEqual(told);
    await expect(emulator.truth("yesterday", "today")).rejects.toBeInstanceOf(ConfigurationError);
  });

  it.each(["", "?from=yesterday&to=today", "?from=2026-03-10T09:00:00Z&to=2026-03-10T08:00:00Z"])(
    "wants a window, not %j",
    async (query) => {
      const { url } = await startedEmulator();
      expect((await fetch(`${url}/_emulator/truth${query}`)).status).toBe(400);
    },
  );
});

describe("the call log", () => {
  it("tells operation, scope, verdict, status and time of every call", async () => {
    const emulator = await startedEmulator();
    const before = performance.timeOrigin + performance.now();
    await emulator.ec2("eu-west-1").send(new DescribeInstancesCommand({}));
    const [call] = await emulator.calls();
    expect(call).toMatchObject({
      provider: "aws",
      operation: "ec2.DescribeInstances",
      account: MAIN,
      region: "eu-west-1",
      signature: "ok",
      fault: null,
      status: 200,
    });
    expect(call!.startMs).toBeGreaterThanOrEqual(before - 1);
    expect(call!.endMs).toBeGreaterThanOrEqual(call!.startMs);
  });
});

describe("rules at run time", () => {
  it("replace those of the start, and a reset brings them back and clears the log", async () => {
    const emulator = await startedEmulator({ deny: ["aws:us-west-2"] });
    const list = (region: string) => emulator.ec2(region).send(new DescribeInstancesCommand({}));
    expect((await emulator.post("faults", { faults: ["aws:DescribeRegions:throttle"], deny: ["aws:eu-west-1"] })).status).toBe(200);
    expect((await refusal(list("eu-west-1"))).name).toBe("UnauthorizedOperation");
    expect((await refusal(emulator.ec2().send(new DescribeRegionsCommand({})))).name).toBe("RequestLimitExceeded");
    await list("us-west-2");
    await emulator.post("reset", {});
    expect(await emulator.calls()).toEqual([]);
    expect((await refusal(list("us-west-2"))).name).toBe("UnauthorizedOperation");
    await list("eu-west-1");
    await emulator.ec2().send(new DescribeRegionsCommand({}));
  });

  it("that cannot be change nothing", async () => {
    const emulator = await startedEmulator({ deny: ["aws:us-west-2"] });
    const wrong = await emulator.post("faults", { deny: [], faults: ["aws:DescribeInstances:explode"] });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ code: "CONFIGURATION_INVALID", message: expect.stringContaining("explode") });
    expect((await emulator.post("faults", "nonsense")).status).toBe(400);
    expect((await refusal(emulator.ec2("us-west-2").send(new DescribeInstancesCommand({})))).name).toBe("UnauthorizedOperation");
  });
});
