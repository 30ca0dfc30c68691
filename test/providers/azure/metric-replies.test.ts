import { describe, expect, test } from "vitest";
import type { MetricReading, Resource, Statistic } from "../../../src/contracts/index.ts";
import { openStubWorld, SCOPE, type StubReply, type StubRequest } from "./stub-azure.ts";
import { FIVE_MINUTES, MAIN } from "./world.ts";

const ROOT = `/subscriptions/${MAIN}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines`;
const stamp = (minute: number) => new Date(FIVE_MINUTES.fromMs + minute * 60_000).toISOString();

function machine(number: number): Resource {
  const name = `m-${number}`;
  return { ...SCOPE, kind: "virtual-machine", id: `${ROOT}/${name}`, name, state: "running", tags: {}, attributes: {} };
}

interface MetricJson {
  readonly name?: string;
  readonly localizedName?: string;
  readonly data?: readonly object[];
  readonly errorCode?: string;
}

function metricJson(id: string, { name = "Percentage CPU", localizedName = name, data = [], errorCode = "Success" }: MetricJson): object {
  return {
    id: `${id}/providers/Microsoft.Insights/metrics/${name}`,
    type: "Microsoft.Insights/metrics",
    name: { value: name, localizedValue: localizedName },
    unit: "Percent",
    timeseries: data.length === 0 ? [] : [{ metadatavalues: [], data }],
    errorCode,
  };
}

/** A reply of metrics:getBatch to the resources that were asked for, which a test may change one by one. */
function batchReply(request: StubRequest, of: (id: string) => MetricJson | undefined): StubReply {
  const ids = request.body.resourceids as string[];
  const values = ids.flatMap((id) => {
    const metric = of(id);
    const place = { starttime: stamp(0), endtime: stamp(5), interval: "PT1M", namespace: "microsoft.compute/virtualmachines" };
    return metric === undefined ? [] : [{ ...place, resourceregion: "westeurope", resourceid: id, value: [metricJson(id, metric)] }];
  });
  return { body: { values } };
}

function subscriptionReply(series: readonly { readonly id: string; readonly data: readonly object[] }[]): StubReply {
  const timeseries = series.map(({ id, data }) => ({
    metadatavalues: [{ name: { value: "microsoft.resourceid", localizedValue: "microsoft.resourceid" }, value: id.toLowerCase() }],
    data,
  }));
  const metric = { ...metricJson(`/subscriptions/${MAIN}`, {}), timeseries };
  return { body: { timespan: "", interval: "PT1M", value: [metric], namespace: "microsoft.compute/virtualmachines" } };
}

async function read(
  count: number,
  answer: (request: StubRequest) => StubReply | undefined,
  statistic: Statistic = "average",
): Promise<{ readings: Map<string, MetricReading>; requests: StubRequest[]; error?: { code: string } }> {
  await using world = await openStubWorld((request) => (request.path.endsWith("/token") ? undefined : answer(request)));
  const metric = world.provider.metrics!.catalogue.find((each) => each.metric === "cpu.utilization")!;
  const targets = Array.from({ length: count }, (_, number) => ({ resource: machine(number), metric }));
  const readings = new Map<string, MetricReading>();
  const work = async () => {
    for await (const page of world.provider.metrics!.read(SCOPE, { targets, statistic, window: FIVE_MINUTES }, world.context))
      for (const reading of page) readings.set(reading.target.resource.name, reading);
  };
  const error = await work().catch((thrown: { code: string }) => thrown);
  const requests = world.requests.filter(({ path }) => !path.endsWith("/token"));
  return { readings, requests, ...(error === undefined ? {} : { error }) };
}

const isBatch = ({ path }: StubRequest) => path.endsWith(":getBatch");
const POINTS = [{ timeStamp: stamp(0), average: 10, count: 1 }, { timeStamp: stamp(1) }, { timeStamp: stamp(2), average: 40, count: 3 }];

describe("a batch", () => {
  test("is asked for with region, type, window, grain and the samples behind each point", async () => {
    const { requests } = await read(2, (request) => batchReply(request, () => ({ data: POINTS })), "maximum");
    expect(requests).toHaveLength(1);
    const [{ host, path, parameters, body }] = requests as [StubRequest];
    expect([host, path]).toEqual(["westeurope.metrics.monitor.azure.com", `/subscriptions/${MAIN}/metrics:getBatch`]);
    expect(Object.fromEntries(parameters)).toMatchObject({
      metricnamespace: "microsoft.compute/virtualmachines",
      metricnames: "Percentage CPU",
      aggregation: "maximum,count",
      interval: "PT1M",
      starttime: stamp(0),
      endtime: stamp(5),
    });
    expect(body.resourceids).toEqual([machine(0).id, machine(1).id]);
  });

  test("weighs its points with the samples behind them; minutes without data are no points", async () => {
    const { readings } = await read(1, (request) => batchReply(request, () => ({ data: POINTS })));
    expect(readings.get("m-0")).toMatchObject({
      value: (10 + 3 * 40) / 4,
      points: [
        [FIVE_MINUTES.fromMs, 10],
        [FIVE_MINUTES.fromMs + 120_000, 40],
      ],
    });
  });

  test("leaves out points beyond the window", async () => {
    const outside = [-1, 5].map((minute) => ({ timeStamp: stamp(minute), average: 99, count: 1 }));
    const { readings } = await read(1, (request) => batchReply(request, () => ({ data: [...outside, ...POINTS] })));
    expect(readings.get("m-0")!.points).toHaveLength(2);
  });

  test("is understood though a metric is called what people read", async () => {
    const { readings } = await read(1, (request) => batchReply(request, () => ({ localizedName: "CPU percentage", data: POINTS })));
    expect(readings.get("m-0")!.value).not.toBeNull();
  });

  test("without any data has no value and no failure", async () => {
    const { readings } = await read(1, (request) => batchReply(request, () => ({})));
    expect([readings.get("m-0")!.value, readings.get("m-0")!.failure]).toEqual([null, undefined]);
  });

  test("that leaves a resource out, or a metric of it failed, is a failure of that one only", async () => {
    const answers: Record<string, MetricJson | undefined> = {
      "m-0": { data: POINTS },
      "m-1": undefined,
      "m-2": { errorCode: "Throttled" },
    };
    const { readings } = await read(3, (request) => batchReply(request, (id) => answers[id.split("/").at(-1)!]));
    expect(["m-0", "m-1", "m-2"].map((name) => readings.get(name)!.failure?.code)).toEqual([
      undefined,
      "PROVIDER_REPLY_INVALID",
      "PROVIDER_RATE_LIMITED",
    ]);
  });

  test.each<[string, object]>([
    ["its value", { timeStamp: stamp(0), count: 1 }],
    ["its samples", { timeStamp: stamp(0), average: 1 }],
    ["its time", { average: 1, count: 1 }],
  ])("whose point has lost %s is asked for again", async (_, point) => {
    const { error } = await read(1, (request) => batchReply(request, () => ({ data: [point] })));
    expect(error!.code).toBe("PROVIDER_REPLY_INVALID");
  });

  test("that fails does not take along those that do not", async () => {
    const { readings, error } = await read(60, (request) => {
      if (!isBatch(request)) return { status: 400, body: { code: "BadRequest", message: "no" } };
      const ids = request.body.resourceids as string[];
      return ids.length === 50
        ? batchReply(request, () => ({ data: POINTS }))
        : { status: 500, body: { error: { code: "InternalServerError" } } };
    });
    expect(readings.size).toBe(50);
    expect(error!.code).toBe("PROVIDER_UNAVAILABLE");
  });
});

describe("more than 50 machines", () => {
  const of = (numbers: readonly number[]) => subscriptionReply(numbers.map((number) => ({ id: machine(number).id, data: POINTS })));

  test("are one request for the whole place, whose parameters stand in its body", async () => {
    const { readings, requests } = await read(60, () => of([0, 59]));
    expect(requests.map(({ method, host, path, parameters }) => [method, host, path, parameters.get("region")])).toEqual([
      ["POST", "management.azure.com", `/subscriptions/${MAIN}/providers/Microsoft.Insights/metrics`, "westeurope"],
    ]);
    expect(requests[0]!.body).toMatchObject({ metricNames: "Percentage CPU", filter: "Microsoft.ResourceId eq '*'", top: 5_000 });
    const answered = [...readings].filter(([, { value }]) => value !== null).map(([name]) => name);
    expect([readings.size, answered.sort()]).toEqual([60, ["m-0", "m-59"]]);
    expect([...readings.values()].every(({ failure }) => failure === undefined)).toBe(true);
  });

  test("whose reply is cut are asked for in batches as far as they are missing", async () => {
    const many = Array.from({ length: 5_000 }, (_, number) => number + 55);
    const { readings, requests } = await read(60, (request) =>
      isBatch(request) ? batchReply(request, () => ({ data: POINTS })) : of(many),
    );
    expect(requests.map(({ path }) => path.split("/").at(-1))).toEqual(["metrics", "metrics:getBatch", "metrics:getBatch"]);
    expect([...readings.values()].filter(({ value }) => value !== null)).toHaveLength(60);
    expect(requests.slice(1).flatMap(({ body }) => body.resourceids as string[])).toHaveLength(55);
  });

  test("that may not be asked for together are asked for in batches", async () => {
    const { readings, requests } = await read(60, (request) =>
      isBatch(request)
        ? batchReply(request, () => ({ data: POINTS }))
        : { status: 400, body: { code: "BadRequest", message: "too many time series" } },
    );
    expect(requests).toHaveLength(3);
    expect([...readings.values()].every(({ value }) => value !== null)).toBe(true);
  });

  type Body = { value: { timeseries: Record<string, unknown>[] }[] };
  test.each<[string, (body: Body) => Body]>([
    ["metrics", () => ({ value: [] })],
    ["the resource of a series", ({ value }) => ({ value: [{ ...value[0]!, timeseries: [{ data: POINTS, metadatavalues: [] }] }] })],
    [
      "the points of a series",
      ({ value }) => ({ value: [{ ...value[0]!, timeseries: [{ ...value[0]!.timeseries[0], data: undefined }] }] }),
    ],
  ])("whose reply has lost %s are asked for again", async (_, lose) => {
    const { error } = await read(60, () => ({ body: lose(of([0]).body as Body) }));
    expect(error!.code).toBe("PROVIDER_REPLY_INVALID");
  });
});
