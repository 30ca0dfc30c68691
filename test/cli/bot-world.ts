import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { clickables } from "../../bots/fake-slack/interactions.ts";
import { type FakeSlack, startFakeSlack } from "../../bots/fake-slack/start-fake-slack.ts";
import type { Message } from "../../bots/fake-slack/workspace.ts";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { before, CODE_CASES, written } from "../guarantees/code/every-cloud-code.ts";
import { type BotInProcess, startBot } from "./bot-processes.ts";
import type { Desk } from "./run-nephoscope.ts";
import { type SaidModel, startSaidModel } from "./said-model.ts";

const [CODE] = CODE_CASES;

/** No built-in tool answers it: the model writes a program, which waits for an approval. */
export const CODE_QUESTION = CODE?.question.en ?? "";
export const SIMPLE_QUESTION = "list servers in us-east-1";

/** An emulated cloud, a fake Slack with people in it, a model that writes programs; bots in processes of their own. */
export interface BotWorld extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly slack: FakeSlack;
  readonly model: SaidModel;
  /** Asks. */
  readonly ana: string;
  /** Approves. */
  readonly bo: string;
  readonly channel: string;
  start(desk: Desk, env?: Readonly<Record<string, string>>, words?: readonly string[]): Promise<BotInProcess>;
  ask(question: string): Promise<string>;
  /** Everything that stands in a thread, as one text. */
  said(ts: string): string;
  /** Resolves when the thread says so. */
  saying(ts: string, words: string | RegExp): Promise<void>;
  /** Messages with an answer's table. */
  answers(ts: string): readonly Message[];
  answered(ts: string): Promise<void>;
  /** Clicks a button of the approval card, which is waited for. */
  decide(person: string, ts: string, button: "approve" | "reject"): Promise<void>;
  rules(rules: { readonly faults?: readonly string[] }): Promise<void>;
  calls(operation: string): Promise<number>;
}

export async function startBotWorld(): Promise<BotWorld> {
  const [emulator, slack, model] = await Promise.all([
    startEmulator({ instances: 30, providers: ["aws"], seed: 7 }),
    startFakeSlack(),
    startSaidModel((prompt) => (/Declarations/.test(prompt) ? written(CODE?.program ?? "") : ((CODE && before(CODE, "en")[0]) ?? ""))),
  ]);
  const ana = slack.workspace.addPerson({ name: "Ana" });
  const bo = slack.workspace.addPerson({ name: "Bo" });
  const channel = slack.workspace.addChannel({ name: "ops", kind: "private", members: [ana, bo] });
  const started: BotInProcess[] = [];
  const said = (ts: string) => JSON.stringify(slack.thread(channel, ts).slice(1));
  const answers = (ts: string) => slack.thread(channel, ts).filter(({ blocks }) => blocks.some(({ type }) => type === "table"));
  const post = (path: string, body: object) => fetch(`${emulator.url}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) });
  return {
    emulator,
    slack,
    model,
    ana,
    bo,
    channel,
    async start(desk, env = {}, words = []) {
      const config = { bots: { rules: [{ everybody: true }], approvers: { users: [bo] } } };
      await writeFile(join(desk.folder, "nephoscope.config.json"), JSON.stringify(config));
      const bot = await startBot(desk, ["slack", "--emulator", ...words], {
        ...emulator.env,
        ...model.env,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.apiUrl,
        ...env,
      });
      started.push(bot);
      slack.deliverTo(`${bot.url}/slack/events`);
      return bot;
    },
    ask: (question) => slack.say(ana, channel, `<@${slack.botUserId}> ${question}`),
    said,
    saying: (ts, words) =>
      inTime(
        slack.until(() => (typeof words === "string" ? said(ts).includes(words) : words.test(said(ts)))),
        () => [said(ts), ...started.map((bot) => bot.text())].join("\n"),
      ),
    answers,
    answered: (ts) =>
      inTime(
        slack.until(() => answers(ts).length > 0),
        () => [said(ts), ...started.map((bot) => bot.text())].join("\n"),
      ),
    async decide(person, ts, button) {
      const action = `nephoscope_${button}`;
      const card = () =>
        slack.thread(channel, ts).find((message) => clickables(message).some(({ element }) => element.action_id === action));
      await inTime(
        slack.until(() => card() !== undefined),
        () => [said(ts), ...started.map((bot) => bot.text())].join("\n"),
      );
      await slack.click(person, channel, card()?.ts ?? "", action);
    },
    async rules({ faults = [] }) {
      await post("reset", {});
      await post("faults", { faults });
    },
    async calls(operation) {
      const { calls } = (await (await fetch(`${emulator.url}/_emulator/calls`)).json()) as { calls: { operation: string }[] };
      return calls.filter((call) => call.operation === operation).length;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([emulator.close(), slack.close(), model[Symbol.asyncDispose]()]);
    },
  };
}

/** Fails with what stands there instead. */
async function inTime(work: Promise<void>, instead: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not happen. ${instead()}`)), 60_000);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
