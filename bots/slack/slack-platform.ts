import type { WebClient } from "@slack/web-api";
import type { Runtime } from "nephoscope";
import type { ChatPlatform } from "../shared/chat-platform.ts";
import type { ClickReply, Person, Place, Reception } from "../shared/incoming.ts";
import { clip, escapeMrkdwn } from "./harmless-text.ts";
import { LABELS } from "./labels.ts";
import { LIMITS } from "./limits.ts";
import { reviseModal } from "./revise-modal.ts";
import { paragraph, words } from "./rich-text.ts";
import { callSlack, SlackCallError, slackClient } from "./slack-api.ts";
import { clickIn, type SlackClick } from "./slack-clicks.ts";
import { questionIn, type SlackIdentity, threadStartedIn } from "./slack-events.ts";
import { slackFacts } from "./slack-facts.ts";
import type { SlackMessage } from "./slack-message.ts";
import { personParts, referenceOf, type SlackReference } from "./slack-place.ts";
import { checked, slackPosts } from "./slack-posts.ts";
import { type SlackTransport, slackReceiving } from "./slack-receiving.ts";
import { slackScreen } from "./slack-screen.ts";

export interface SlackPlatformOptions {
  readonly botToken: string;
  readonly transport: SlackTransport;
  readonly apiUrl?: string;
  /** User groups that the access rules name. */
  readonly groups: readonly string[];
  readonly runtime: Runtime;
}

/** `chat.update` may be called 50 times a minute: https://docs.slack.dev/reference/methods/chat.update (tier 3) */
const UPDATE_INTERVAL_MS = 1200;

/** Slack, as the engine sees it. */
export function slackPlatform(options: SlackPlatformOptions): ChatPlatform {
  const { logger, clock } = options.runtime;
  const client = slackClient({ botToken: options.botToken, logger, ...(options.apiUrl === undefined ? {} : { apiUrl: options.apiUrl }) });
  const identity = identityOf(client);
  const botUser = async () => (await identity()).botUser;
  const facts = slackFacts(client, clock, { team: async () => (await identity()).team, groups: options.groups });
  let reception: Reception | null = null;

  /** Sentences whose sending failed in a way that leaves open whether they stand in the thread, with the names they were sent under. */
  const openSentences = new Map<string, string>();

  async function tell(place: Place, text: string, onlyTo?: Person): Promise<void> {
    const reference = referenceOf(place);
    const message: SlackMessage = {
      text: clip(escapeMrkdwn(text), LIMITS.fallbackText),
      blocks: [paragraph(words(clip(text, LIMITS.text)))],
    };
    if (onlyTo !== undefined) return tellOne(client, reference, onlyTo, message);
    const key = `${place.threadKey} ${text}`;
    const lost = openSentences.get(key);
    const piece = lost ?? options.runtime.newId("tell");
    const posts = slackPosts({ client, botUser, reference, questionId: "" });
    try {
      if (lost === undefined || (await posts.find(piece)) === null) await posts.post(piece, message);
      openSentences.delete(key);
    } catch (error) {
      if (error instanceof SlackCallError && error.ambiguous) openSentences.set(key, piece);
      throw error;
    }
  }

  async function onEvent(body: unknown): Promise<void> {
    if (reception === null) throw new Error("Slack sent an event before the bot began to receive.");
    const opened = threadStartedIn(body);
    if (opened !== null) return suggest(opened);
    const question = questionIn(body, await identity());
    if (question !== null) await reception.ask(question);
  }

  /** Prompts for a thread that somebody opened; it does without them where Slack refuses. */
  async function suggest({
    user,
    channel,
    threadTs,
  }: {
    readonly user: string;
    readonly channel: string;
    readonly threadTs: string;
  }): Promise<void> {
    const labels = LABELS[await facts.language(user)];
    try {
      const [first, ...rest] = labels.prompts;
      if (first === undefined) return;
      await callSlack("assistant.threads.setSuggestedPrompts", () =>
        client.assistant.threads.setSuggestedPrompts({
          channel_id: channel,
          thread_ts: threadTs,
          title: labels.promptsTitle,
          prompts: [first, ...rest],
        }),
      );
    } catch (error) {
      logger.warn("slack: no prompts could be suggested", { error: String(error) });
    }
  }

  async function onInteraction(body: unknown): Promise<void> {
    if (reception === null) return;
    const click = clickIn(body, await identity());
    if (click === null) return;
    switch (click.kind) {
      case "form":
        return openForm(click);
      case "decide":
        return reply(click.decision.place, click.decision.person, await reception.decide(click.decision));
      case "stop":
        return reply(click.stop.place, click.stop.person, await reception.stop(click.stop));
      case "feedback":
        return reply(click.feedback.place, click.feedback.person, await reception.feedback(click.feedback));
    }
  }

  /** Slack takes forms within 3 s of the click: https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
  async function openForm({ triggerId, language, form, place, person }: Extract<SlackClick, { kind: "form" }>): Promise<void> {
    try {
      await callSlack("views.open", () => client.views.open({ trigger_id: triggerId, view: reviseModal(language, form) }));
    } catch (error) {
      logger.warn("slack: the form could not be opened", { error: String(error) });
      await reply(place, person, { accepted: false, text: LABELS[language].formFailed });
    }
  }

  /** What was clicked has happened by now: whoever clicked not being told is no reason to fail. */
  async function reply(place: Place, person: Person, { text }: ClickReply): Promise<void> {
    if (text === "") return;
    try {
      await tell(place, text, person);
    } catch (error) {
      logger.warn("slack: whoever clicked could not be told", { error: String(error) });
    }
  }

  const receiving = slackReceiving({
    transport: options.transport,
    botToken: options.botToken,
    ...(options.apiUrl === undefined ? {} : { apiUrl: options.apiUrl }),
    identity,
    logger,
    onEvent,
    onInteraction,
  });
  const { handle } = receiving;

  return {
    id: "slack",
    updateIntervalMs: UPDATE_INTERVAL_MS,
    homeTeam: async () => (await identity()).team,
    placeFacts: (place) => facts.place(place),
    personFacts: (person) => facts.person(person),
    open: (place, shown) => slackScreen({ client, botUser, facts, reference: referenceOf(place), logger }, shown),
    tell,
    async start(to) {
      reception = to;
      await identity();
      await receiving.start();
    },
    stop: () => receiving.stop(),
    routes:
      handle === null || options.transport.kind !== "http"
        ? []
        : [{ method: "POST", path: options.transport.path, handle: (request, response) => handle(request, response) }],
    async readiness() {
      try {
        const { user } = await callSlack("auth.test", () => client.auth.test());
        const ready = receiving.isConnected();
        return {
          ready,
          detail: `${options.transport.kind === "socket" ? "Socket Mode" : "HTTP"}, @${user ?? "?"}${ready ? "" : ", not connected"}`,
        };
      } catch (error) {
        return { ready: false, detail: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

async function tellOne(client: WebClient, reference: SlackReference, person: Person, message: SlackMessage): Promise<void> {
  await callSlack("chat.postEphemeral", () =>
    client.chat.postEphemeral({
      channel: reference.channel,
      thread_ts: reference.threadTs,
      user: personParts(person.id).user,
      ...checked(message),
      parse: "none",
      link_names: false,
    }),
  );
}

/** Asked once, and again after a failure. */
function identityOf(client: WebClient): () => Promise<SlackIdentity> {
  let known: Promise<SlackIdentity> | null = null;
  return () => {
    known ??= load().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };

  async function load(): Promise<SlackIdentity> {
    const { team_id: team, user_id: botUser, bot_id: botId } = await callSlack("auth.test", () => client.auth.test());
    if (!team || !botUser || !botId) {
      throw new SlackCallError("Slack auth.test: the token is not of a bot (xoxb-…)", { retryable: false, cause: null });
    }
    return { team, botUser, botId };
  }
}
