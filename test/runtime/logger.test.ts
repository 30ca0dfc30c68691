import { expect, test } from "vitest";
import { createLogger, type LogLevel, type LogRecord, logLine } from "../../src/runtime/logger.ts";

function lines(level?: LogLevel, env: Record<string, string> = {}) {
  const records: LogRecord[] = [];
  const logger = createLogger({ env, now: () => 1_700_000_000_000, write: (record) => records.push(record), ...(level ? { level } : {}) });
  return { records, logger };
}

test("a line says when, how important, what, and the facts", () => {
  const { records, logger } = lines();
  logger.info("ready", { url: "http://127.0.0.1:3000" });
  expect(records).toEqual([
    { time: "2023-11-14T22:13:20.000Z", level: "info", message: "ready", fields: { url: "http://127.0.0.1:3000" } },
  ]);
});

test.each([
  ["debug", ["debug", "info", "warn", "error"]],
  [undefined, ["info", "warn", "error"]],
  ["error", ["error"]],
] as const)("from level %s on", (level, expected) => {
  const { records, logger } = lines(level);
  for (const each of ["debug", "info", "warn", "error"] as const) logger[each]("x");
  expect(records.map((record) => record.level)).toEqual(expected);
});

test("secrets are taken out of the message and of every field", () => {
  const { records, logger } = lines("debug", { SLACK_BOT_TOKEN: "canary-of-the-environment" });
  logger.warn("canary-of-the-environment", {
    deep: { list: ["canary-of-the-environment"] },
    error: new Error("canary-of-the-environment"),
  });
  expect(JSON.stringify(records)).not.toContain("canary");
});

test("fields that cannot be looked at do not keep the line from being written", () => {
  const { records, logger } = lines();
  const fields = {
    get trap() {
      throw new Error("no");
    },
  };
  expect(() => logger.info("still here", fields)).not.toThrow();
  expect(records).toMatchObject([{ message: "still here" }]);
});

test("as JSON it is one line, and fields do not take the place of the facts of the line", () => {
  const { records, logger } = lines();
  logger.info("a\nb", { level: "fake", message: "fake", time: "fake", x: "c\nd" });
  const [record] = records;
  if (record === undefined) throw new Error("no line");
  const line = logLine(record);
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toEqual({ time: "2023-11-14T22:13:20.000Z", level: "info", message: "a\nb", x: "c\nd" });
});
