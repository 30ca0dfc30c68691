import type { Runtime, Store } from "nephoscope";
import type { ChatPlatform, Route } from "../shared/chat-platform.ts";
import type { Person, Place, Reception } from "../shared/incoming.ts";
import { clickIn, placeOf, questionIn, type TeamsActivity, type TeamsClick } from "./activities.ts";
import { chartRoute, chartUrlOf } from "./chart-route.ts";
import { consentIn, type FileConsent, upload } from "./csv-upload.ts";
import { keptAnswers } from "./kept-answers.ts";
import { LABELS } from "./labels.ts";
import { UPDATE_INTERVAL_MS } from "./limits.ts";
import { cardReply, sentenceReply, textMessage } from "./messages.ts";
import { type Posting, post } from "./posting.ts";
import { rowsPage } from "./table-pages.ts";
import { teamsFacts } from "./teams-facts.ts";
import { addressOf } from "./teams-place.ts";
import { teamsReceiving } from "./teams-receiving.ts";
import { teamsScreen } from "./teams-screen.ts";
import type { TeamsTransport } from "./transport.ts";

export interface TeamsPlatformOptions {
  readonly transport: TeamsTransport;
  readonly store: Store;
  /** Null: that of the playground, told by its first message. */
  readonly tenantId: string | null;
  /** Base address under which the internet reaches this bot: charts are then images with an address. */
  readonly publicUrl: string | null;
  /** No tokens, and only services of this machine. */
  readonly playground: boolean;
  readonly runtime: Runtime;
}

const MESSAGES_PATH = "/api/messages";

/** Teams, as the engine sees it. */
export function teamsPlatform(options: TeamsPlatformOptions): ChatPlatform {
  const { transport, runtime, playground } = options;
  const { clock, logger } = runtime;
  let tenant = options.tenantId;
  let reception: Reception | null = null;
  const homeTeam = async (): Promise<string> => {
    if (tenant === null) throw new Error("The tenant of this bot is not known yet.");
    return tenant;
  };
  const facts = teamsFacts(transport, clock, homeTeam);
  const kept = keptAnswers(options.store, runtime);
  const postingTo = (place: Place): Posting => ({ transport, clock, to: addressOf(place) });

  async function tell(place: Place, text: string, _onlyTo?: Person): Promise<void> {
    await post(postingTo(place), textMessage(text));
  }

  async function onActivity(activity: TeamsActivity): Promise<unknown> {
    if (reception === null) throw new Error("Teams sent an activity before the bot began to receive.");
    if (playground) tenant ??= activity.conversation.tenantId ?? activity.channelData?.tenant?.id ?? null;
    const question = questionIn(activity, clock.now());
    if (question !== null) {
      await reception.ask(question);
      return undefined;
    }
    const consent = consentIn(activity);
    if (consent !== null) return onConsent(placeOf(activity), consent);
    if (activity.type !== "invoke" || activity.name !== "adaptiveCard/action") return undefined;
    const click = clickIn(activity);
    return click === null ? sentenceReply(`${LABELS.en.notOurs} ${LABELS.zh.notOurs}`) : onClick(reception, click);
  }

  /** What the click has changed is shown to everybody by the screen, which updates the card itself. */
  async function onClick(to: Reception, click: TeamsClick): Promise<unknown> {
    switch (click.kind) {
      case "decide":
        return sentenceReply((await to.decide(click.decision)).text);
      case "stop":
        return sentenceReply((await to.stop(click.stop)).text);
      case "feedback":
        return sentenceReply((await to.feedback(click.feedback)).text);
      case "rows": {
        const table = await kept.table(click.place.threadKey, click.questionId);
        const page = table === undefined ? null : rowsPage(table.rows, table.starts, click.page, click.place.kind === "personal");
        return page === null ? sentenceReply(LABELS[click.language].rowsGone) : cardReply(page);
      }
    }
  }

  async function onConsent(place: Place, { action, context, uploadInfo }: FileConsent): Promise<undefined> {
    const labels = LABELS[context.language];
    if (action === "decline" || uploadInfo === undefined) return void (await tell(place, labels.csvDeclined));
    const table = await kept.table(place.threadKey, context.question);
    if (table === undefined) return void (await tell(place, labels.rowsGone));
    await post(postingTo(place), await upload(table.csv, uploadInfo));
    return undefined;
  }

  const receive = teamsReceiving({ transport, playground, logger, onActivity });
  const messages: Route = { method: "POST", path: MESSAGES_PATH, handle: receive };
  return {
    id: "teams",
    updateIntervalMs: UPDATE_INTERVAL_MS,
    homeTeam,
    placeFacts: (place) => facts.place(place),
    personFacts: (person, place) => facts.person(person, place),
    open: (place, shown) =>
      teamsScreen(
        { transport, facts, kept, chartUrl: options.publicUrl === null ? null : chartUrlOf(options.publicUrl), runtime },
        place,
        shown,
      ),
    tell,
    async start(to) {
      reception = to;
    },
    async stop() {
      reception = null;
    },
    routes: options.publicUrl === null ? [messages] : [messages, chartRoute(kept)],
    async readiness() {
      return { ready: reception !== null, detail: playground ? "HTTP, playground: no tokens" : "HTTP" };
    },
  };
}
