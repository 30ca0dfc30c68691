import type { WebClient } from "@slack/web-api";
import type { Runtime } from "nephoscope";
import type { Screen, Shown } from "../shared/chat-platform.ts";
import { FINAL_STATES } from "../shared/run-view.ts";
import { answerMessage } from "./answer-message.ts";
import { approvalCard } from "./approval-card.ts";
import { oneLine } from "./harmless-text.ts";
import { planScreen } from "./plan-screen.ts";
import { humbly, put, type Showing, sendOnce } from "./showing.ts";
import { shownPieces } from "./shown-pieces.ts";
import type { SlackFacts } from "./slack-facts.ts";
import type { SlackFile } from "./slack-message.ts";
import type { SlackReference } from "./slack-place.ts";
import { slackPosts } from "./slack-posts.ts";

export interface SlackScreenOptions {
  readonly client: WebClient;
  readonly botUser: () => Promise<string>;
  readonly facts: SlackFacts;
  readonly reference: SlackReference;
  readonly logger: Runtime["logger"];
}

/** The messages of one question in a Slack thread: plan, approval cards, answer, files. */
export function slackScreen(options: SlackScreenOptions, shown: Shown): Screen {
  const { client, botUser, facts, reference, logger } = options;
  const plan = planScreen(client, reference);
  let write: (shown: Shown) => Promise<void> = async () => {};
  const pieces = shownPieces(shown, (next) => write(next));

  async function reconcile(showing: Showing): Promise<void> {
    await plan.show(showing);
    await showApprovals(showing, facts);
    if (FINAL_STATES.has(showing.view.state)) await showAnswer(showing);
  }

  return {
    async show(view, save) {
      write = save;
      const showing: Showing = { view, pieces, posts: slackPosts({ client, botUser, reference, questionId: view.questionId }), logger };
      await reconcile(showing);
    },
  };
}

async function upload({ pieces, posts }: Showing, file: SlackFile): Promise<void> {
  const before = pieces.get(file.piece);
  if (before.done !== undefined) return;
  if (before.sending && (await posts.findFile(file.name))) return pieces.keep(file.piece, { done: "posted" });
  await sendOnce(pieces, file.piece, async () => {
    await posts.upload(file);
    return { done: "posted" };
  });
}

async function showApprovals(showing: Showing, facts: SlackFacts): Promise<void> {
  for (const approval of showing.view.approvals) {
    const people = new Set([approval.askedBy, ...approval.decisions.map((decision) => decision.by)]);
    const names = new Map(await Promise.all([...people].map(async (id) => [id, await facts.displayName(id)] as const)));
    const piece = `approval:${approval.id}`;
    await humbly(showing, piece, async (look) => {
      const card = approvalCard(approval, showing.view, (id) => names.get(id) ?? id, look);
      if (card.file !== null) await upload(showing, card.file);
      await put(showing, piece, card.message);
    });
  }
}

async function showAnswer(showing: Showing): Promise<void> {
  const chart = await drawnChart(showing);
  const chartMissing = showing.pieces.get("chart").done === "impossible";
  await humbly(showing, "answer", async (look) => {
    const answer = answerMessage(showing.view, { look, chartMissing });
    if (answer === null) return;
    await put(showing, "answer", answer.message);
    for (const file of answer.files) await upload(showing, file);
  });
  if (chart !== null) await upload(showing, chart);
}

async function drawnChart({ view, pieces, logger }: Showing): Promise<SlackFile | null> {
  const draw = view.answer?.chart ?? null;
  if (draw === null || pieces.get("chart").done !== undefined) return null;
  try {
    const altText = oneLine(view.answer?.text ?? view.title).slice(0, 200);
    return { piece: "chart", name: `chart-${view.questionId}.png`, content: await draw(), altText };
  } catch (error) {
    logger.warn("slack: the chart could not be drawn", { error: String(error) });
    await pieces.keep("chart", { done: "impossible" });
    return null;
  }
}
