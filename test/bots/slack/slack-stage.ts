import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { nodeRuntime } from "nephoscope";
import { type FakeSlack, startFakeSlack } from "../../../bots/fake-slack/start-fake-slack.ts";
import type { ChatPlatform, Shown } from "../../../bots/shared/chat-platform.ts";
import type {
  ClickReply,
  IncomingDecision,
  IncomingFeedback,
  IncomingQuestion,
  IncomingStop,
  Place,
  Reception,
} from "../../../bots/shared/incoming.ts";
import type { RunView } from "../../../bots/shared/run-view.ts";
import { SLACK_PATH } from "../../../bots/slack/manifest.ts";
import { slackPlatform } from "../../../bots/slack/slack-platform.ts";

/** What the engine would have been handed. */
interface Received {
  readonly questions: IncomingQuestion[];
  readonly decisions: IncomingDecision[];
  readonly stops: IncomingStop[];
  readonly feedback: IncomingFeedback[];
}

/** A fake workspace and the platform in it, with nothing behind it but a list of what came in. */
export interface Stage extends AsyncDisposable {
  readonly slack: FakeSlack;
  readonly platform: ChatPlatform;
  readonly received: Received;
  /** Answers questions from now on. */
  onAsk(take: (question: IncomingQuestion) => Promise<"taken" | "duplicate">): void;
  readonly people: { readonly asker: string; readonly approver: string };
  readonly channel: string;
  /** Asks in the channel and gives the place the platform made of it. */
  ask(text?: string): Promise<Place>;
  /** The place's thread, without the question. */
  replies(place: Place): ReturnType<FakeSlack["thread"]>;
  /** Names of the files in the thread, in order. */
  files(place: Place): string[];
}

export async function openStage(
  options: { readonly groups?: readonly string[]; readonly socket?: boolean; readonly rateLimits?: boolean } = {},
): Promise<Stage> {
  const slack = await startFakeSlack({ rateLimits: options.rateLimits ?? false });
  const platform = slackPlatform({
    botToken: slack.botToken,
    transport: options.socket
      ? { kind: "socket", appToken: slack.appToken }
      : { kind: "http", signingSecret: slack.signingSecret, path: SLACK_PATH },
    apiUrl: slack.apiUrl,
    groups: options.groups ?? [],
    runtime: { ...nodeRuntime(), logger: { debug: () => {}, warn: () => {} } },
  });
  const received: Received = { questions: [], decisions: [], stops: [], feedback: [] };
  let take: (question: IncomingQuestion) => Promise<"taken" | "duplicate"> = async () => "taken";
  const accepted = async (): Promise<ClickReply> => ({ accepted: true, text: "Done." });
  const reception: Reception = {
    ask: (question) => {
      received.questions.push(question);
      return take(question);
    },
    decide: (decision) => {
      received.decisions.push(decision);
      return accepted();
    },
    stop: (stop) => {
      received.stops.push(stop);
      return accepted();
    },
    feedback: (feedback) => {
      received.feedback.push(feedback);
      return accepted();
    },
  };
  const server = createServer((request, response) => {
    const route = platform.routes.find(({ path, method }) => path === request.url && method === request.method);
    if (route) void route.handle(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await platform.start(reception);
  if (!options.socket) slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}${SLACK_PATH}`);
  const asker = slack.workspace.addPerson({ name: "ada" });
  const approver = slack.workspace.addPerson({ name: "grace" });
  const channel = slack.workspace.addChannel({ name: "ops", members: [asker, approver] });
  const replies = (place: Place) => slack.thread(String(place.reference.channel), String(place.reference.threadTs)).slice(1);
  return {
    slack,
    platform,
    received,
    onAsk: (next) => {
      take = next;
    },
    people: { asker, approver },
    channel,
    async ask(text = "list servers") {
      const before = received.questions.length;
      await slack.say(asker, channel, `<@${slack.botUserId}> ${text}`);
      await slack.settled();
      return received.questions[before]!.place;
    },
    replies,
    files: (place) => replies(place).flatMap(({ files }) => files.map((id) => slack.workspace.files.get(id)?.name ?? id)),
    async [Symbol.asyncDispose]() {
      await platform.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await slack.close();
    },
  };
}

/** Shows views in a thread as the engine would, without its retries. */
export function shower(platform: ChatPlatform, place: Place, shown: Shown = {}) {
  const screen = platform.open(place, shown);
  const saved: Shown[] = [shown];
  return {
    show: (view: RunView) =>
      screen.show(view, async (next) => {
        saved.push(structuredClone(next));
      }),
    /** What another process would begin with. */
    last: () => saved.at(-1)!,
    saved,
  };
}
