import { request } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import type { ChatBot } from "../../bots/shared/chat-bot.ts";
import { type BotProcess, runBots } from "../../src/cli/bot-process.ts";
import { ConfigurationError, createLogger, type LogRecord } from "../../src/index.ts";
import { stubBot } from "./stub-bot.ts";

const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

interface Running {
  readonly url: string;
  readonly records: LogRecord[];
  readonly status: Promise<number>;
  /** As SIGTERM does. */
  tell(): void;
  logged(message: string): Promise<LogRecord>;
}

/** Runs bots in this process, on a free port. */
async function running(bots: readonly ChatBot[], given: Partial<BotProcess> = {}, until = "ready"): Promise<Running> {
  const controller = new AbortController();
  const records: LogRecord[] = [];
  const waiting = new Set<() => void>();
  const logger = createLogger({
    env: {},
    now: Date.now,
    level: "debug",
    write(record) {
      records.push(record);
      for (const look of waiting) look();
    },
  });
  const logged = (message: string) =>
    new Promise<LogRecord>((resolve) => {
      const look = () => {
        const found = records.find((record) => record.message.startsWith(message));
        if (found !== undefined) resolve(found);
      };
      waiting.add(look);
      look();
    });
  const store = { listRuns: async () => [] };
  const process = { bots, store, logger, address: "127.0.0.1", port: 0, graceMs: 1_000, ...given };
  const status = runBots({ signal: controller.signal, now: Date.now, env: { SLACK_BOT_TOKEN: "xoxb-canary-of-slack" } }, process);
  ended.push(() => {
    controller.abort();
    return status.catch(() => {});
  });
  const ready = await Promise.race([logged(until), status.then(() => undefined)]);
  return { url: String(ready?.fields.url), records, status, tell: () => controller.abort(), logged };
}

const post = (url: string, body: string) => fetch(url, { method: "POST", body });

describe("a process of bots", () => {
  test("serves the routes of all its bots on one port", async () => {
    const [slack, teams] = [stubBot("slack"), stubBot("teams")];
    const { url } = await running([slack, teams]);
    expect(await (await post(`${url}/slack/events?x=1`, "one")).text()).toBe("taken");
    expect(await (await post(`${url}/teams/events`, "two")).text()).toBe("taken");
    expect([slack.done, teams.done]).toEqual([
      ["start", "event one"],
      ["start", "event two"],
    ]);
  });

  test("answers 404 elsewhere, and 405 to other methods", async () => {
    const { url } = await running([stubBot("slack")]);
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await post(`${url}/healthz`, "")).status).toBe(404);
    const wrong = await fetch(`${url}/slack/events`);
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
  });

  test("is alive and ready when the store and every bot answer", async () => {
    const { url } = await running([stubBot("slack"), stubBot("teams")]);
    const alive = await fetch(`${url}/healthz`);
    expect([alive.status, await alive.json()]).toEqual([
      200,
      { status: "ok", uptimeSeconds: expect.any(Number), eventLoopDelayMs: expect.any(Number) },
    ]);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        ready: true,
        parts: [
          { part: "process", ready: true, detail: "running" },
          { part: "store", ready: true, detail: "answers" },
          { part: "slack", ready: true, detail: "connected" },
          { part: "teams", ready: true, detail: "connected" },
        ],
      },
    ]);
  });

  test("is not ready, and says which part is not and why, without repeating what failed", async () => {
    const store = {
      listRuns: async () => {
        throw Object.assign(new Error("password s3cret-canary refused"), { code: "STORE_FAILED" });
      },
    };
    const slack = stubBot("slack", { readiness: async () => ({ ready: false, detail: "the socket is closed: xoxb-canary-of-slack" }) });
    const { url } = await running([slack], { store });
    const ready = await fetch(`${url}/readyz`);
    const text = await ready.text();
    expect(ready.status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({
      ready: false,
      parts: [
        { part: "process", ready: true },
        { part: "store", ready: false, detail: "does not answer (STORE_FAILED)" },
        { part: "slack", ready: false, detail: "the socket is closed: [redacted]" },
      ],
    });
    expect(text).not.toContain("s3cret");
  });

  test("asks its parts once for many probes at once", async () => {
    let asked = 0;
    const slack = stubBot("slack", {
      readiness: async () => {
        asked++;
        return { ready: true, detail: "connected" };
      },
    });
    const { url } = await running([slack]);
    await Promise.all(Array.from({ length: 20 }, () => fetch(`${url}/readyz`)));
    expect(asked).toBe(1);
  });

  test("tells a failure of a route to the log, and not to who sent the event", async () => {
    const slack = stubBot("slack", {
      handle: () => {
        throw new Error("xoxb-1234567890-canary");
      },
    });
    const { url, records } = await running([slack]);
    const answer = await post(`${url}/slack/events`, "one");
    expect([answer.status, await answer.json()]).toEqual([500, { error: "internal error" }]);
    const [failure] = records.filter(({ level }) => level === "error");
    expect(failure).toMatchObject({ message: "request failed", fields: { path: "/slack/events", error: { message: "[redacted]" } } });
  });
});

describe("stopping", () => {
  test("takes nothing new, tells probes so, lets runs end, and ends with 0", async () => {
    const slack = stubBot("slack", { slow: true });
    const { url, tell, status, logged } = await running([slack]);
    tell();
    await logged("stopping");
    const refused = await post(`${url}/slack/events`, "late");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, ((await ready.json()) as { parts: object[] }).parts[0]]).toEqual([
      503,
      { part: "process", ready: false, detail: "stopping" },
    ]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    slack.finish();
    expect(await status).toBe(0);
    expect(slack.done).toEqual(["start", "stop 1000"]);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  test("does not wait for clients that keep their connections", async () => {
    const { url, tell, status } = await running([stubBot("slack")]);
    const idle = request(`${url}/slack/events`, { method: "POST" });
    idle.on("error", () => {});
    idle.write("half an event");
    tell();
    expect(await status).toBe(0);
  });

  test("ends with 1 when a bot does not stop well, and stops the others", async () => {
    const slack = { ...stubBot("slack"), stop: () => Promise.reject(new Error("no")) };
    const teams = stubBot("teams");
    const { tell, status } = await running([slack, teams]);
    tell();
    expect(await status).toBe(1);
    expect(teams.done).toContain("stop 1000");
  });
});

describe("starting", () => {
  test("is alive, and not ready, before every bot has started", async () => {
    const begun = Promise.withResolvers<void>();
    const slack = stubBot("slack", { start: () => begun.promise });
    const { url, logged } = await running([slack], {}, "listening");
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, ((await ready.json()) as { parts: object[] }).parts[0]]).toEqual([
      503,
      { part: "process", ready: false, detail: "starting" },
    ]);
    begun.resolve();
    await logged("ready");
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test("stops when it is told to before a bot has started", async () => {
    const slack = stubBot("slack", { start: () => new Promise(() => {}) });
    const { tell, status } = await running([slack], {}, "listening");
    tell();
    expect(await status).toBe(0);
    expect(slack.done).toEqual(["start", "stop 1000"]);
  });

  test("of bots that cannot start none runs", async () => {
    const teams = stubBot("teams");
    const slack = stubBot("slack", { start: () => Promise.reject(new Error("invalid_auth")) });
    const { status, records } = await running([slack, teams], {}, "slack cannot start");
    expect(await status).toBe(1);
    expect(records.find(({ level }) => level === "error")).toMatchObject({
      message: "slack cannot start",
      fields: { error: { message: "invalid_auth" } },
    });
    expect(teams.done).toEqual(["start", "stop 0"]);
  });

  test("passes on what is wrong with the configuration", async () => {
    const error = new ConfigurationError({ code: "CONFIGURATION_INVALID", message: "The token was revoked." });
    const slack = stubBot("slack", { start: () => Promise.reject(error) });
    const { status } = await running([slack], {}, "slack cannot start");
    await expect(status).rejects.toBe(error);
  });

  test("says that a port is taken", async () => {
    const { url } = await running([stubBot("slack")]);
    const port = Number(new URL(url).port);
    const second = runBots(
      { signal: new AbortController().signal, now: Date.now, env: {} },
      {
        bots: [stubBot("slack")],
        store: { listRuns: async () => [] },
        logger: createLogger({ env: {}, now: Date.now, write() {} }),
        address: "127.0.0.1",
        port,
        graceMs: 0,
      },
    );
    await expect(second).rejects.toMatchObject({
      code: "CONFIGURATION_INVALID",
      message: `Somebody else listens on 127.0.0.1:${port} already.`,
    });
  });
});
