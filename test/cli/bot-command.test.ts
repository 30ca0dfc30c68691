import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { runInProcess } from "./fake-host.ts";

const SLACK = { SLACK_BOT_TOKEN: "xoxb-1-canary-of-slack", SLACK_SIGNING_SECRET: "canary-of-signatures" };

let folder: string;
let emulator: Emulator;
beforeAll(async () => {
  [folder, emulator] = await Promise.all([mkdtemp(join(tmpdir(), "bot-command-")), startEmulator({ instances: 4 })]);
});
afterAll(async () => {
  await Promise.all([emulator.close(), rm(folder, { recursive: true })]);
});

const home = () => ({ HOME: folder, XDG_STATE_HOME: join(folder, "state"), AWS_EC2_METADATA_DISABLED: "true" });
const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}) => runInProcess(words, { ...home(), ...env });

async function configured(config: unknown): Promise<string> {
  const file = join(folder, `config-${Math.random().toString(36).slice(2)}.json`);
  await writeFile(file, JSON.stringify(config));
  return file;
}

describe("nephoscope bot", () => {
  test.each([
    [["bot"], {}, "The argument <platforms> is missing."],
    [["bot", "slak"], {}, "There is no bot slak."],
    [["bot", "slack", "--port", "99999"], SLACK, "--port is no port: 99999"],
    [["bot", "slack"], { ...SLACK, PORT: "http" }, "PORT is no port: http"],
    [["bot", "slack", "--grace", "soon"], SLACK, "--grace is no length of time: soon"],
    [["bot", "slack", "--log-level", "loud"], SLACK, "--log-level is not known: loud"],
    [["bot", "slack", "teams", "--manifest"], {}, "--manifest is made for one bot at a time."],
    [["bot", "slack", "--manifest", "--url", "http://bot.example.com"], {}, "--url is no public address: http://bot.example.com"],
  ])("says what is wrong: %j", async (words, env, sentence) => {
    const { status, stderr } = await run(words, env);
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });

  test("names every variable that is missing, and where it is found", async () => {
    const { status, stderr } = await run(["bot", "slack"]);
    expect(stderr).toContain("SLACK_BOT_TOKEN is not set: the Bot User OAuth Token (xoxb-…), at api.slack.com/apps");
    expect(stderr).toContain("SLACK_SIGNING_SECRET is not set: the Signing Secret, at api.slack.com/apps");
    expect(status).toBe(2);
    const teams = await run(["bot", "teams"], { LANG: "zh_CN.UTF-8" });
    for (const name of ["MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppTenantId"])
      expect(teams.stderr).toContain(`没有设置 ${name}：`);
  });

  test("with a managed identity wants no password", async () => {
    const { stderr } = await run(["bot", "teams"], { MicrosoftAppType: "UserAssignedMSI" });
    expect(stderr).toContain("MicrosoftAppId is not set");
    expect(stderr).not.toContain("MicrosoftAppPassword is not set");
  });

  test.each([
    [
      { SLACK_BOT_TOKEN: "xapp-1-canary", SLACK_SIGNING_SECRET: "x" },
      "SLACK_BOT_TOKEN cannot be used. It should be: the Bot User OAuth Token (xoxb-…)",
    ],
    [
      { ...SLACK, SLACK_APP_TOKEN: "xoxb-1-canary" },
      "SLACK_APP_TOKEN cannot be used. It should be: for Socket Mode: an App-Level Token (xapp-…)",
    ],
    [{ ...SLACK, SLACK_API_URL: "http://canary.example/api/" }, "SLACK_API_URL cannot be used. It should be: an https address"],
  ])("takes no token for another, and does not repeat it", async (env, sentence) => {
    const { status, stderr } = await run(["bot", "slack"], env);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain("canary");
    expect(status).toBe(2);
  });

  test("does not know other kinds of Teams apps", async () => {
    const env = { MicrosoftAppId: "1", MicrosoftAppPassword: "2", MicrosoftAppTenantId: "3", MicrosoftAppType: "MultiTenant" };
    expect((await run(["bot", "teams"], env)).stderr).toContain(
      "MicrosoftAppType cannot be used. It should be: SingleTenant or UserAssignedMSI.",
    );
  });

  test("with an emulator starts only when that is meant", async () => {
    const { status, stderr } = await run(["bot", "slack"], { ...SLACK, ...emulator.env });
    expect(stderr).toContain("NEPHOSCOPE_EMULATOR is set: the bot would answer with the servers of an emulator.");
    expect(status).toBe(2);
  });

  test("without an emulator does not start as if there were one", async () => {
    const { status, stderr } = await run(["bot", "slack", "--emulator"], SLACK);
    expect(stderr).toContain("--emulator is given, but no cloud is emulated: the bot would ask real clouds.");
    expect(status).toBe(2);
  });

  test("prints the manifest of the Slack app", async () => {
    const { status, stdout } = await run(["bot", "slack", "--manifest", "--url", "https://bot.example.com/"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      settings: { event_subscriptions: { request_url: "https://bot.example.com/slack/events" }, socket_mode_enabled: false },
    });
    const socket = await run(["bot", "slack", "--manifest"]);
    expect(JSON.parse(socket.stdout)).toMatchObject({ settings: { socket_mode_enabled: true } });
  });
});

describe("bots in the configuration file", () => {
  test.each([
    [{ bots: { rule: [] } }, "bots.rule: there is no such setting. Known: rules, approvers, selfApproval,"],
    [{ bots: { rules: [{ everyone: true }] } }, "bots.rules.0.everyone: there is no such setting. Known: everybody, users, groups,"],
    [{ bots: { rules: [{ where: { clouds: [] } }] } }, "bots.rules.0.where.clouds: there is no such setting. Known: providers, accounts,"],
    [{ bots: { rules: [], approvers: { people: [] } } }, "bots.approvers.people: there is no such setting. Known: users, groups"],
    [{ bots: {} }, "bots.rules: it is missing"],
    [{ bots: { rules: [{ data: ["secrets"] }] } }, "bots.rules.0.data.0: "],
    [{ bots: { rules: [], writeApprovals: 0 } }, "bots.writeApprovals: "],
    [
      { bots: { rules: [{ everybody: true, where: { providers: ["asw"] } }] } },
      "bots.rules.0.where.providers.asw: there is no such cloud. Did you mean aws?",
    ],
  ])("%j is refused with file, path and fact", async (config, sentence) => {
    const file = await configured(config);
    const { status, stderr } = await run(["bot", "slack", "--config", file], SLACK);
    expect(stderr).toContain(`${file}: ${sentence}`);
    expect(status).toBe(2);
    const chinese = await run(["bot", "slack", "--config", file], { ...SLACK, LANG: "zh_CN.UTF-8" });
    expect(chinese.stderr).toContain(`${file}：`);
    expect(chinese.stderr).toMatch(/：.*[\u4e00-\u9fff]/);
    expect(chinese.stderr).not.toContain("undefined");
  });
});

describe("doctor", { timeout: 60_000 }, () => {
  interface Seen {
    readonly kind: string;
    readonly name: string;
    readonly status: string;
    readonly source: string;
    readonly detail: string | null;
    readonly hint: string | null;
  }
  async function findings(
    env: Readonly<Record<string, string>>,
    config: unknown = {},
  ): Promise<{ readonly seen: Seen[]; readonly text: string }> {
    const words = ["doctor", "--json", "--config", await configured(config)];
    const { stdout } = await run(words, { ...emulator.env, ...env });
    return { seen: (JSON.parse(stdout) as { findings: Seen[] }).findings, text: stdout };
  }

  test("shows which variables of a bot are set, masked, and what it lacks", async () => {
    const env = { SLACK_BOT_TOKEN: SLACK.SLACK_BOT_TOKEN, MicrosoftAppId: "11111111-2222", MicrosoftAppPassword: "canary-of-teams" };
    const { seen, text } = await findings(env);
    const bots = seen.filter(({ kind }) => kind === "bot");
    expect(bots).toMatchObject([
      {
        name: "slack",
        status: "failed",
        source: "SLACK_BOT_TOKEN xoxb-…",
        detail: expect.stringContaining("SLACK_SIGNING_SECRET is not set"),
      },
      { name: "teams", status: "ok", source: "MicrosoftAppId 11111111-2222, MicrosoftAppPassword …" },
    ]);
    expect(text).not.toContain("canary");
  });

  test("says nothing of access where no bot is set up", async () => {
    const { seen } = await findings({});
    expect(seen.filter(({ kind }) => kind === "bot").map(({ status }) => status)).toEqual(["not-configured", "not-configured"]);
    expect(seen.some(({ kind }) => kind === "access")).toBe(false);
  });

  test("says that nobody may ask, and how to allow it", async () => {
    const { seen } = await findings(SLACK);
    expect(seen.find(({ kind }) => kind === "access")).toMatchObject({
      name: "0 rules, 0 approvers",
      status: "missing",
      source: "default",
      hint: expect.stringContaining("Nobody may ask: bots.rules is empty. Allow your workspace in"),
    });
  });

  test("says what was loosened", async () => {
    const bots = {
      rules: [{ everybody: true }, { channels: ["C1"] }],
      approvers: { users: ["U1"], groups: ["S1", "S2"] },
      selfApproval: true,
      writeApprovals: 1,
      logsInPublicChannels: true,
    };
    const { seen } = await findings(SLACK, { bots, code: { allow: ["write"], approve: "reads" } });
    const access = seen.find(({ kind }) => kind === "access");
    expect(access).toMatchObject({ name: "2 rules, 3 approvers", status: "ok" });
    for (const words of [
      "bots.rules.1 fits nobody",
      "bots.selfApproval is true",
      "bots.writeApprovals is 1",
      "code.approve is reads",
      "bots.logsInPublicChannels is true",
    ]) {
      expect(access?.hint).toContain(words);
    }
  });
});
