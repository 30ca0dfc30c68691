import { describe, expect, it } from "vitest";
import type { SlsRecord } from "../../../src/emulator/alicloud/sls-record.ts";
import { parseSql } from "../../../src/emulator/alicloud/sls-sql-parser.ts";
import { runSql } from "../../../src/emulator/alicloud/sls-sql-run.ts";

const RECORDS: readonly SlsRecord[] = (
  [
    ["ERROR", "checkout", "504", "300", 0],
    ["INFO", "checkout", "200", "10", 61],
    ["ERROR", "search", "500", "200", 62],
    ["WARN", "search", "409", "40", 130],
  ] as const
).map(([level, service, status, latencyMs, second]) => ({
  timestampMs: second * 1_000,
  fields: {
    level,
    service,
    status,
    latencyMs,
    message: `it is ${level}`,
    __time__: String(second),
    __time_ns_part__: "0",
    __source__: "",
    __topic__: "",
  },
}));

const run = (sql: string) => runSql(parseSql(sql), RECORDS);

describe("an analytic statement", () => {
  it.each([
    ["select count(1) as c", [[4]]],
    ["SELECT COUNT(*) FROM log", [[4]]],
    ["select count(1) as c where level = 'ERROR'", [[2]]],
    [
      "select level, count(1) as c group by level order by c desc, level",
      [
        ["ERROR", 2],
        ["INFO", 1],
        ["WARN", 1],
      ],
    ],
    [
      "select level, count(1) as c group by level order by c desc, level desc limit 2",
      [
        ["ERROR", 2],
        ["WARN", 1],
      ],
    ],
    [
      "select level, count(1) as c group by 1 order by 1 limit 1, 2",
      [
        ["INFO", 1],
        ["WARN", 1],
      ],
    ],
    [
      "select service, sum(latencyMs), min(status), max(status), avg(latencyMs) as a group by service order by service",
      [
        ["checkout", 310, 200, 504, 155],
        ["search", 240, 409, 500, 120],
      ],
    ],
    [
      "select __time__ - __time__ % 60 as minute, count(*) as c group by minute order by minute",
      [
        [0, 1],
        [60, 2],
        [120, 1],
      ],
    ],
    ["select level, count(1) as c group by level having c > 1", [["ERROR", 2]]],
    ["select status where status >= 500 order by status", [[500], [504]]],
    ["select status where status between 400 and 500 order by status desc", [[500], [409]]],
    ["select level where level in ('INFO', 'WARN') order by level", [["INFO"], ["WARN"]]],
    ["select level where not (level like 'E%' or message like '%_NFO')", [["WARN"]]],
    ["select count_if(status >= 500) as failed, approx_distinct(service) as services", [[2, 2]]],
    ["select count(distinct level) as levels", [[3]]],
    [
      "select case when status >= 500 then 'bad' else 'good' end as kind, count(1) as c group by kind order by kind",
      [
        ["bad", 2],
        ["good", 2],
      ],
    ],
    ["select upper(service) || '-' || cast(status as varchar) as tag where status = 504", [["CHECKOUT-504"]]],
    ["select approx_percentile(latencyMs, 0.5) as p50", [[40]]],
    ["select 7 / 2, 7 / 2.0, -latencyMs where status = 200", [[3, 3.5, -10]]],
    ["select requestId is null as missing, coalesce(requestId, 'none') as id where status = 200", [[true, "none"]]],
    ["select count(1) as c where requestId <> 'x'", [[0]]],
    ["select max(status) as m where level = 'FATAL'", [[null]]],
    ['select "level" where status = 200', [["INFO"]]],
    ["select level where regexp_like(message, '(ERR|WA)') and status < 500", [["WARN"]]],
  ] as const)("%s", (sql, rows) => {
    expect(run(sql).rows).toEqual(rows);
  });

  it("names its columns by alias, by field, or by number, and tells their types", () => {
    const result = run("select level, status as code, count(1), avg(latencyMs) as a, status > 400 as bad group by level, status");
    expect(result.columns).toEqual(["level", "code", "_col2", "a", "bad"]);
    expect(result.types).toEqual(["varchar", "bigint", "bigint", "bigint", "boolean"]);
  });

  it("has a hundred rows without a limit", () => {
    const many = Array.from({ length: 150 }, () => RECORDS[0]!);
    expect(runSql(parseSql("select level"), many).rows).toHaveLength(100);
    expect(runSql(parseSql("select level limit 120"), many).rows).toHaveLength(120);
  });

  it.each([
    ["select", "syntax error"],
    ["select level level level", "mismatched input 'level'"],
    ["select level from other", "expecting 'log'"],
    ["select level where", "expecting an expression"],
    ["select nothing", "Column 'nothing' cannot be resolved;please add the column in the index attribute"],
    ["select level, count(1) as c", "'level' must be an aggregate expression or appear in GROUP BY clause"],
    ["select shout(level)", "Function shout not registered"],
    ["select level limit many", "expecting a whole number"],
    ["select count(1", "expecting ')'"],
    ["select level where level = 'open", "extraneous input"],
  ])("%s is refused", (sql, message) => {
    expect(() => run(sql)).toThrow(expect.objectContaining({ code: "ParameterInvalid", message: expect.stringContaining(message) }));
  });
});
