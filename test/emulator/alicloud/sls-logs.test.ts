import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { alicloudWorld, at, type Json, MAIN, refusal, rows, succeeded, WINDOW } from "./alicloud-world.ts";
import type { SlsSigning } from "./sls-request.ts";

type World = Awaited<ReturnType<typeof alicloudWorld>>;
const PROJECT = "nephos-main-cn-hangzhou";
const SECONDS = { from: WINDOW.fromMs / 1_000 - 1_500, to: WINDOW.toMs / 1_000 };

function query({ sls }: World, body: Json, more: Partial<SlsSigning> = {}) {
  return sls("/logstores/app-checkout/logs", { project: PROJECT, body: { ...SECONDS, ...body }, ...more });
}

async function found(world: World, body: Json): Promise<Json> {
  return succeeded(await query(world, body));
}

async function linesOf(world: World) {
  const { logs } = await world.truth(SECONDS.from * 1_000, SECONDS.to * 1_000);
  return logs.filter((line) => line.account === MAIN && line.region === "cn-hangzhou" && line.source === `${PROJECT}/app-checkout`);
}

const timeOf = (row: Json) => Number(row.__time__) * 1_000 + Number(row.__time_ns_part__) / 1_000_000;

describe("ListProject and ListLogStores", () => {
  it("tell the places the truth's logs come from", async () => {
    const { sls, truth } = await alicloudWorld({ instances: 200 });
    const [project] = rows(succeeded(await sls("/")), "projects");
    expect(project).toMatchObject({ projectName: PROJECT, region: "cn-hangzhou", status: "Normal" });
    const { logstores, total } = succeeded(await sls("/logstores", { project: PROJECT }));
    const sources = (await truth(WINDOW.fromMs - 7_200_000, WINDOW.toMs)).logs.filter(
      (one) => one.account === MAIN && one.region === "cn-hangzhou",
    );
    expect((logstores as string[]).map((name) => `${PROJECT}/${name}`)).toEqual([...new Set(sources.map((one) => one.source))].sort());
    expect(total).toBe((logstores as string[]).length);
    expect(succeeded(await sls("/logstores", { project: PROJECT, query: { offset: 1, size: 2, logstoreName: "app-" } })).logstores).toEqual(
      (logstores as string[]).slice(1, 3),
    );
    expect(succeeded(await sls("/", { region: "cn-shenzhen" }))).toEqual({ count: 0, total: 0, projects: [] });
  });

  it.each([
    ["a project that is not there", { project: "nephos-nobody-cn-hangzhou" }, "404 ProjectNotExist"],
    ["a project at another region's endpoint", { project: PROJECT, region: "cn-beijing" }, "404 ProjectNotExist"],
    ["the other account's project", { project: "nephos-payments-cn-hangzhou" }, "401 Unauthorized"],
    ["a region that does not exist", { project: PROJECT, region: "mars-1" }, "400 InvalidHost"],
    ["a size of 501", { project: PROJECT, query: { size: 501 } }, "400 ParameterInvalid"],
  ])("refuse %s", async (_, signing, expected) => {
    const { sls } = await alicloudWorld({ instances: 200 });
    expect(refusal(await sls("/logstores", signing as Partial<SlsSigning>))).toBe(expected);
  });
});

describe("GetIndex", () => {
  it("tells which fields can be searched, and how", async () => {
    const { sls } = await alicloudWorld();
    const index = succeeded(await sls("/logstores/app-checkout/index", { project: PROJECT }));
    expect(at(index, "keys.level")).toMatchObject({ type: "text", caseSensitive: false, doc_value: true });
    expect(at(index, "keys.latencyMs")).toMatchObject({ type: "long", doc_value: true });
    expect(at(index, "line.chn")).toBe(true);
  });
});

describe("GetLogsV2", () => {
  it("yields every line of the truth once, whatever the page size", async () => {
    const world = await alicloudWorld();
    const expected = await linesOf(world);
    expect(expected.length).toBeGreaterThan(30);
    for (const line of [7, 30, 100]) {
      const told: Json[] = [];
      for (let offset = 0; ; offset += line) {
        const page = rows(await found(world, { query: "*", line, offset }), "data");
        told.push(...page);
        if (page.length < line) break;
      }
      expect(told.map((row) => ({ message: row.message, timestampMs: timeOf(row) }))).toEqual(
        expected.map(({ message, timestampMs }) => ({ message, timestampMs })),
      );
    }
  });

  it("counts by level as the truth does, searched or computed", async () => {
    const world = await alicloudWorld();
    const expected = (await linesOf(world)).filter((line) => line.severity === "error").length;
    expect(rows(await found(world, { query: "level:ERROR" }), "data")).toHaveLength(expected);
    const counted = await found(world, { query: "* | select level, count(1) as c group by level order by c desc" });
    expect(rows(counted, "data").find((row) => row.level === "ERROR")?.c).toBe(String(expected));
    expect(counted.meta).toMatchObject({
      hasSQL: true,
      aggQuery: "select level, count(1) as c group by level order by c desc",
      whereQuery: "*",
      keys: ["level", "c"],
    });
  });

  it("puts the newest minute first, and promises no more of the order", async () => {
    const world = await alicloudWorld();
    const newest = await found(world, { query: "*", reverse: true });
    expect([at(newest, "meta.isAccurate"), at(await found(world, { query: "*" }), "meta.isAccurate")]).toEqual([false, true]);
    const minutes = rows(newest, "data").map((row) => Math.floor(timeOf(row) / 60_000));
    expect(minutes).toEqual(minutes.toSorted((left, right) => right - left));
    const times = rows(newest, "data").map(timeOf);
    expect(times).not.toEqual(times.toSorted((left, right) => right - left));
    const exact = await found(world, {
      query: "* | select message, __time__, __time_ns_part__ order by __time__ desc, __time_ns_part__ desc limit 5",
    });
    expect(rows(exact, "data").map((row) => row.message)).toEqual(
      (await linesOf(world))
        .slice(-5)
        .reverse()
        .map((line) => line.message),
    );
  });

  it("does not know lines before they were taken in, one to fifteen seconds after they were written", async () => {
    let nowMs = WINDOW.toMs;
    const world = await alicloudWorld({ now: () => nowMs });
    const written = (await world.truth(WINDOW.toMs - 60_000, WINDOW.toMs + 300_000)).logs
      .filter((line) => line.source === `${PROJECT}/app-checkout` && line.account === MAIN)
      .map((line) => line.timestampMs);
    expect(written.length).toBeGreaterThan(3);
    let late = 0;
    for (; nowMs < WINDOW.toMs + 300_000; nowMs += 2_000) {
      const body = { from: WINDOW.toMs / 1_000 - 60, to: WINDOW.toMs / 1_000 + 300, query: "*" };
      const told = rows(await found(world, body), "data").map(timeOf);
      expect(told.every((timeMs) => timeMs <= nowMs - 1_000)).toBe(true);
      expect(written.filter((timeMs) => timeMs <= nowMs - 15_000 && !told.includes(timeMs))).toEqual([]);
      late += written.filter((timeMs) => timeMs <= nowMs && !told.includes(timeMs)).length;
    }
    expect(late).toBeGreaterThan(0);
  });

  it.each(["lz4", "gzip", "deflate"])("is packed in %s where that is accepted, and says how large it was", async (acceptEncoding) => {
    const world = await alicloudWorld();
    const plain = await query(world, { query: "*" });
    const packed = await query(world, { query: "*" }, { acceptEncoding });
    expect(packed.headers["x-log-compresstype"]).toBe(acceptEncoding);
    expect(packed.headers["x-log-bodyrawsize"]).toBe(String(plain.body.length));
    expect(packed.body.length).toBeLessThan(plain.body.length);
    if (acceptEncoding !== "lz4") expect(inflateSync(packed.body).equals(plain.body)).toBe(true);
    expect(plain.headers["x-log-compresstype"]).toBeUndefined();
    const refused = await query(world, { query: "nofield:x" }, { acceptEncoding });
    expect(refused.json).toMatchObject({ errorCode: "ParameterInvalid" });
  });

  it("answers a wide range in part first, and whole when it is asked again", async () => {
    const world = await alicloudWorld();
    const wide = { from: SECONDS.to - 7_200, to: SECONDS.to, query: "* | select count(1) as c" };
    const { logs } = await world.truth(wide.from * 1_000, wide.to * 1_000);
    const expected = logs.filter((line) => line.source === `${PROJECT}/app-checkout` && line.account === MAIN).length;
    const first = await found(world, wide);
    expect(first.meta).toMatchObject({ progress: "Incomplete" });
    expect(Number(rows(first, "data")[0]?.c)).toBe(Math.floor(expected / 2));
    const second = await found(world, wide);
    expect(second.meta).toMatchObject({ progress: "Complete" });
    expect(rows(second, "data")[0]?.c).toBe(String(expected));
    const other = await found(world, { ...wide, query: "*", line: 100 });
    expect(at(other, "meta.progress")).toBe("Incomplete");
    const nextPage = await found(world, { ...wide, query: "*", line: 100, offset: 100 });
    expect(at(nextPage, "meta.progress")).toBe("Complete");
    await world.post("reset", {});
    expect(at(await found(world, wide), "meta.progress")).toBe("Incomplete");
  });

  it.each([
    ["an empty range", { from: 10, to: 10 }, "400 InvalidTimeRange"],
    ["no range", { from: "soon" }, "400 ParameterInvalid"],
    ["101 lines", { line: 101 }, "400 ParameterInvalid"],
    ["a negative offset", { offset: -1 }, "400 ParameterInvalid"],
    ["a field without an index", { query: "colour:red" }, "400 ParameterInvalid"],
    ["an analysis that is none", { query: "* | selekt 1" }, "400 ParameterInvalid"],
  ])("refuses %s", async (_, body, expected) => {
    expect(refusal(await query(await alicloudWorld(), body))).toBe(expected);
  });

  it("refuses a logstore that is not there, and a body that is no object", async () => {
    const { sls } = await alicloudWorld();
    expect(refusal(await sls("/logstores/app-nothing/logs", { project: PROJECT, body: { ...SECONDS, query: "*" } }))).toBe(
      "404 LogStoreNotExist",
    );
    expect(refusal(await sls("/logstores/app-checkout/logs", { project: PROJECT, body: [] }))).toBe("400 PostBodyInvalid");
  });
});

describe("GetLogs", () => {
  it("is the list alone, with its progress in the headers", async () => {
    const world = await alicloudWorld();
    const reply = await world.sls("/logstores/app-checkout", {
      project: PROJECT,
      query: { type: "log", ...SECONDS, query: "level:ERROR", line: 3, reverse: true },
    });
    expect(reply.headers).toMatchObject({ "x-log-progress": "Complete", "x-log-count": "3" });
    expect(reply.json).toEqual(rows(await found(world, { query: "level:ERROR", line: 3, reverse: true }), "data"));
  });
});

describe("GetHistograms", () => {
  it("counts the lines of each interval, and all of them once", async () => {
    const world = await alicloudWorld();
    const reply = await world.sls("/logstores/app-checkout/index", {
      project: PROJECT,
      query: { type: "histogram", ...SECONDS, query: "*" },
    });
    const intervals = reply.json as readonly { readonly from: number; readonly to: number; readonly count: number }[];
    const lines = await linesOf(world);
    for (const { from, to, count } of intervals) {
      expect(count).toBe(lines.filter((line) => line.timestampMs >= from * 1_000 && line.timestampMs < to * 1_000).length);
    }
    expect(intervals[0]?.from).toBe(SECONDS.from);
    expect(intervals.at(-1)?.to).toBe(SECONDS.to);
    expect(intervals.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
  });
});
