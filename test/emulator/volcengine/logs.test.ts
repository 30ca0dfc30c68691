import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW_MS } from "./started-volcengine.ts";
import { checkoutLogs, HOUR, type LogRow, startedTls, tlsRefusal } from "./tls-world.ts";

const times = (rows: readonly LogRow[] = []) => rows.map((row) => row.__time__);

describe("topics", () => {
  it("are one for each application, in the one project of the region", async () => {
    const { world, project, topics } = await startedTls();
    expect(project.ProjectName).toBe("nephos-main-cn-beijing");
    const { logs } = await world.truth(HOUR.from.toISOString(), HOUR.to.toISOString());
    const sources = new Set(logs.map((row) => row.source).filter((source) => source.startsWith(`${project.ProjectName}/`)));
    expect(new Set(topics.map((topic) => `${project.ProjectName}/${topic.TopicName}`))).toEqual(sources);
  });

  it("can be asked for by a part of the name, twenty a page unless otherwise asked", async () => {
    const { tls, project, topics } = await startedTls();
    const named = await tls.DescribeTopics({ ProjectId: project.ProjectId, TopicName: "check" });
    expect(named.Topics.map((topic) => topic.TopicName)).toEqual(["app-checkout"]);
    const second = await tls.DescribeTopics({ ProjectId: project.ProjectId, PageNumber: 2, PageSize: 4 });
    expect([second.Total, second.Topics]).toEqual([topics.length, topics.slice(4)]);
    expect(await tlsRefusal(tls.DescribeTopics({ ProjectId: project.ProjectId, PageSize: 101 }))).toEqual([400, "InvalidArgument"]);
    expect(await tlsRefusal(tls.DescribeTopics({ ProjectId: "nobody" }))).toEqual([404, "ProjectNotExists"]);
  });

  it("tell their index, whose fields can be counted", async () => {
    const { tls, topics } = await startedTls();
    const index = await tls.DescribeIndex({ TopicId: topics[0]!.TopicId });
    expect(index.KeyValue.map(({ Key, Value }) => [Key, Value.ValueType, Value.SqlFlag])).toContainEqual(["level", "text", true]);
    expect(await tlsRefusal(tls.DescribeIndex({ TopicId: "nobody" }))).toEqual([404, "TopicNotExist"]);
  });
});

describe("SearchLogs", () => {
  it("finds every log of the window, the newest first", async () => {
    const { world, search } = await startedTls();
    const wanted = await checkoutLogs(world);
    const found = await search("*");
    expect(found.Logs?.map((row) => [row.__time__, row.message])).toEqual(wanted.map((row) => [row.timestampMs, row.message]));
    expect([found.HitCount, found.ListOver, found.ResultStatus]).toEqual([wanted.length, true, "complete"]);
    expect(found.Logs?.every((row) => row.service === "checkout" && typeof row.status === "string")).toBe(true);
    expect(times((await search("*", { Sort: "asc" })).Logs)).toEqual(times(found.Logs).toReversed());
    expect(await search("*", { StartTime: HOUR.from.getTime() / 1_000, EndTime: HOUR.to.getTime() / 1_000 })).toEqual(found);
  });

  it("hides logs until they have arrived", async () => {
    const { world, topics, search } = await startedTls();
    const { logs } = await world.truth(HOUR.from.toISOString(), new Date(NOW_MS).toISOString());
    const inProject = logs.filter((row) => row.source.startsWith("nephos-main-cn-beijing/"));
    const found: unknown[] = [];
    for (const { TopicId } of topics) found.push(...times((await search("*", { TopicId, EndTime: NOW_MS })).Logs));
    const settled = inProject.filter((row) => row.timestampMs < NOW_MS - 15_000);
    const fresh = inProject.filter((row) => row.timestampMs >= NOW_MS - 15_000);
    expect(found).toEqual(expect.arrayContaining(settled.map((row) => row.timestampMs)));
    expect(fresh.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(inProject.length);
  });

  it("goes on where a page ended, whatever its size", async () => {
    const { search } = await startedTls();
    const all = await search("*");
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 17, max: 200 }), async (Limit) => {
        const found: LogRow[] = [];
        let page = await search("*", { Limit });
        found.push(...(page.Logs ?? []));
        while (page.ListOver === false) {
          page = await search("*", { Limit, Context: page.Context });
          found.push(...(page.Logs ?? []));
        }
        expect(found).toEqual(all.Logs);
      }),
      { numRuns: 6 },
    );
  });

  it("searches words, phrases and fields", async () => {
    const { world, search } = await startedTls();
    const wanted = await checkoutLogs(world);
    const count = async (query: string) => (await search(query)).HitCount;
    const holding = (test: (message: string, severity: string) => boolean) =>
      wanted.filter((row) => test(row.message, row.severity)).length;
    expect(await count("level:ERROR")).toBe(holding((_, severity) => severity === "error"));
    expect(await count("level:error OR level:WARN")).toBe(holding((_, severity) => severity !== "info"));
    // The word stands in a message of level INFO, too.
    expect(await count("ERROR")).toBe(holding((message, severity) => severity === "error" || message.includes("ERROR")));
    expect(await count("ERROR NOT level:ERROR")).toBe(holding((message, severity) => severity === "info" && message.includes("ERROR")));
    expect(await count('message:"timed out"')).toBe(holding((message) => message.includes("timed out")));
    expect(await count("out timed")).toBe(holding((message) => message.includes("timed out")));
    expect(await count('#"out timed"')).toBe(0);
    expect(await count('#"timed out"')).toBe(holding((message) => message.includes("timed out")));
    expect(await count("upstr*")).toBe(holding((message) => message.includes("upstream")));
    expect(await count("upstr")).toBe(0);
    expect(await count('"库存"')).toBe(holding((message) => message.includes("库存")));
    expect(await count("status>=500 AND status<504")).toBe(holding((message) => /refused|网关/.test(message)));
    expect(await count("(status:504 || status:502) && !level:INFO")).toBe(holding((message) => /timed out|网关/.test(message)));
  });

  it("binds NOT closest, then AND, then OR", async () => {
    const { search } = await startedTls();
    const clause = fc.constantFrom("level:ERROR", "level:WARN", "status:200", "path:/cart");
    const hits = async (query: string) => new Set(times((await search(query)).Logs));
    await fc.assert(
      fc.asyncProperty(clause, clause, clause, async (a, b, c) => {
        const [setA, setB, setC] = [
          await hits(a.replace(/:(\/.*)/, ':"$1"')),
          await hits(b.replace(/:(\/.*)/, ':"$1"')),
          await hits(c.replace(/:(\/.*)/, ':"$1"')),
        ];
        const found = await hits(`${a} OR ${b} NOT ${c}`);
        expect(found).toEqual(new Set([...setA, ...[...setB].filter((time) => !setC.has(time))]));
      }),
      { numRuns: 12 },
    );
  });

  it("counts in SQL", async () => {
    const { world, search } = await startedTls();
    const wanted = await checkoutLogs(world);
    const counts = new Map<string, number>();
    for (const { severity } of wanted) counts.set(severity, (counts.get(severity) ?? 0) + 1);
    const { AnalysisResult } = await search(
      "* | select level, count(*) as hits where level in ('ERROR', 'WARN') group by level order by hits desc limit 10",
    );
    expect(AnalysisResult?.Schema).toEqual(["level", "hits"]);
    expect(AnalysisResult?.Data).toEqual(
      [
        { level: "ERROR", hits: counts.get("error") },
        { level: "WARN", hits: counts.get("warning") },
      ].sort((left, right) => (right.hits ?? 0) - (left.hits ?? 0)),
    );
    const scalar = await search(
      "level:ERROR | select count(1), max(latencyMs) as slowest, avg(status) as mean where message like '%refused%'",
    );
    const refused = (await search('level:ERROR AND #"refused"')).Logs ?? [];
    expect(scalar.AnalysisResult?.Data).toEqual([
      { "count(1)": refused.length, slowest: Math.max(...refused.map((row) => Number(row.latencyMs))), mean: 500 },
    ]);
    const rows = await search("* | select message, status order by __time__ desc");
    expect(rows.AnalysisResult?.Data).toHaveLength(100);
    expect(rows.AnalysisResult?.Data?.[0]?.message).toBe(wanted[0]?.message);
  });

  it("answers a range of more than a day in part at first", async () => {
    const { search } = await startedTls({ instances: 60 });
    const hours = Array.from({ length: 26 }, (_, index) => HOUR.to.getTime() - index * 3_600_000);
    const [StartTime, EndTime] = [hours.at(-1)! - 3_600_000, HOUR.to.getTime()];
    const first = await search("level:ERROR", { StartTime, EndTime });
    const second = await search("level:ERROR", { StartTime, EndTime });
    expect([first.ResultStatus, second.ResultStatus]).toEqual(["incomplete", "complete"]);
    let hits = 0;
    for (const [index, end] of hours.entries()) {
      hits += (await search("level:ERROR", { StartTime: end - 3_600_000, EndTime: end })).HitCount ?? 0;
      if (index === 12) expect(first.HitCount).toBe(hits);
    }
    expect(second.HitCount).toBe(hits);
  });

  it("refuses what its reference forbids", async () => {
    const { search } = await startedTls();
    const { Context } = await search("*", { Limit: 10 });
    for (const [query, more, code] of [
      ["*", { Limit: 1_001 }, "InvalidArgument"],
      ["*", { Limit: 0 }, "InvalidArgument"],
      ["*", { EndTime: HOUR.from.getTime() }, "InvalidArgument"],
      ["*", { Sort: "up" }, "InvalidArgument"],
      ["*", { Context: "nonsense" }, "InvalidArgument"],
      ["level:ERROR", { Context }, "InvalidArgument"],
      ["x".repeat(4_097), {}, "InvalidArgument"],
      ["(level:ERROR", {}, "SearchSyntaxError"],
      ["colour:red", {}, "SearchSyntaxError"],
      ["level:", {}, "SearchSyntaxError"],
      ["*rror", {}, "SearchSyntaxError"],
      ["status:many", {}, "SearchSyntaxError"],
      ["* | select", {}, "SqlSyntaxError"],
      ["* | select colour", {}, "SqlSyntaxError"],
      ["* | drop table log", {}, "SqlSyntaxError"],
      ["* | select shrug(level)", {}, "SqlSyntaxError"],
    ] as const) {
      expect(await tlsRefusal(search(query, more)), query).toEqual([400, code]);
    }
    expect(await tlsRefusal(search("*", { TopicId: "nobody" }))).toEqual([404, "TopicNotExist"]);
  });

  it.each([
    ["throttle", 429, "ExceedQPSLimit"],
    ["500", 500, "ErrInternalServerError"],
    ["expired", 401, "InvalidSecurityToken"],
  ] as const)("says %s in its own words", async (kind, status, code) => {
    const { search } = await startedTls({ faults: [`volcengine:SearchLogs:${kind}:1`] });
    expect(await tlsRefusal(search("*"))).toEqual([status, code]);
    expect((await search("*")).ResultStatus).toBe("complete");
  });

  it("loses a page by refusing its context and by handing it out again, in turn", async () => {
    const { search } = await startedTls({ faults: ["volcengine:SearchLogs:lost-page:2"] });
    const { Context } = await search("*", { Limit: 10 });
    expect(await tlsRefusal(search("*", { Limit: 10, Context }))).toEqual([400, "InvalidArgument"]);
    expect((await search("*", { Limit: 10, Context })).Context).toBe(Context);
  });

  it("is denied with its region, and refused a wrong signature", async () => {
    const { world } = await startedTls({ deny: ["volcengine:cn-shanghai"] });
    expect(await tlsRefusal(world.tls({ region: "cn-shanghai" }).DescribeProjects({}))).toEqual([403, "AccessDenied"]);
    // The SDK writes the blank as "+" here, and signs it as "%20".
    expect((await world.tls().DescribeProjects({ ProjectName: "a b*" })).Total).toBe(0);
    const wrong = world.tls({ credentials: { accessKeyId: "AKLTemulator00000000", secretKey: "other" } });
    expect(await tlsRefusal(wrong.DescribeProjects({ ProjectName: "a b*" }))).toEqual([401, "SignatureDoesNotMatch"]);
  });
});
