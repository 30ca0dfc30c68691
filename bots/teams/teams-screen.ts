import type { Runtime } from "nephoscope";
import type { Screen, Shown } from "../shared/chat-platform.ts";
import type { Place } from "../shared/incoming.ts";
import { FINAL_STATES, type RunView } from "../shared/run-view.ts";
import { approvalCards } from "./approval-card.ts";
import { type Card, card, line } from "./card.ts";
import type { KeptAnswers } from "./kept-answers.ts";
import { LABELS } from "./labels.ts";
import { ENVELOPE_BYTES, fits, LIMITS } from "./limits.ts";
import { cardMessage, consentMessage } from "./messages.ts";
import { answerCard, planCard } from "./plan-card.ts";
import { endStream, streamPlan } from "./plan-stream.ts";
import { type PostedPieces, postedPieces } from "./posted-pieces.ts";
import { type Posting, put } from "./posting.ts";
import { pageStarts, rowsOf, rowsPage } from "./table-pages.ts";
import { TeamsCallError } from "./teams-call.ts";
import type { TeamsFacts } from "./teams-facts.ts";
import { addressOf } from "./teams-place.ts";
import type { TeamsTransport } from "./transport.ts";

export interface TeamsScreenOptions {
  readonly transport: TeamsTransport;
  readonly facts: TeamsFacts;
  readonly kept: KeptAnswers;
  /** The address of a kept chart; null where the bot has no public one. */
  readonly chartUrl: ((id: string) => string) | null;
  readonly runtime: Runtime;
}

interface Showing {
  readonly view: RunView;
  readonly pieces: PostedPieces;
  readonly posting: Posting;
  readonly place: Place;
}

/** Rows of an answer that stand in its own card; more are in a card with pages. */
const MAX_ROWS_WITHIN = 25;

/** The messages of one question in Teams: the card of the plan (streamed first in personal chats), approvals, answer, rows, chart. */
export function teamsScreen(options: TeamsScreenOptions, place: Place, shown: Shown): Screen {
  const posting: Posting = { transport: options.transport, clock: options.runtime.clock, to: addressOf(place) };
  let write: (shown: Shown) => Promise<void> = async () => {};
  const pieces = postedPieces(shown, (next) => write(next));
  return {
    async show(view, save) {
      write = save;
      const showing: Showing = { view, pieces, posting, place };
      const isFinal = FINAL_STATES.has(view.state);
      const apart = view.approvals.length > 0;
      const rowsElsewhere = isFinal && !holdsRows(view, apart);
      await showPlan(showing, isFinal && !apart, rowsElsewhere);
      await showApprovals(showing, options);
      if (!isFinal) return;
      if (apart) await put(posting, pieces, "answer", cardMessage(answerCard(view, rowsElsewhere), summaryOf(view)));
      if (rowsElsewhere) await showRows(showing, options);
      await showChart(showing, options);
    },
  };
}

function holdsRows(view: RunView, apart: boolean): boolean {
  const rows = view.answer?.table?.rows.length ?? 0;
  return (
    rows <= MAX_ROWS_WITHIN && fits(apart ? answerCard(view, false) : planCard(view, true, false), LIMITS.messageBytes - ENVELOPE_BYTES)
  );
}

async function showPlan({ view, pieces, posting, place }: Showing, whole: boolean, rowsElsewhere: boolean): Promise<void> {
  if (place.kind === "personal" && (await streamPlan(posting, pieces, view))) return;
  const message = cardMessage(planCard(view, whole, rowsElsewhere), whole ? summaryOf(view) : view.title);
  if (await endStream(posting, pieces, message, view.title)) return;
  await put(posting, pieces, "plan", message);
}

async function showApprovals({ view, pieces, posting, place }: Showing, { facts }: TeamsScreenOptions): Promise<void> {
  for (const approval of view.approvals) {
    const people = [...new Set([approval.askedBy, ...approval.decisions.map(({ by }) => by)])];
    const names = new Map(await Promise.all(people.map(async (id) => [id, await facts.displayName(id, place)] as const)));
    const cards = approvalCards(approval, view, (id) => names.get(id) ?? id);
    for (const [index, each] of cards.entries()) {
      await put(posting, pieces, `approval:${approval.id}:${index}`, cardMessage(each, approval.title));
    }
  }
}

/** The first rows in a card with pages, and in personal chats the CSV; bots send files nowhere else. */
async function showRows({ view, pieces, posting, place }: Showing, { kept }: TeamsScreenOptions): Promise<void> {
  const table = view.answer?.table ?? null;
  if (table === null) return;
  const rows = rowsOf(table, view);
  const starts = pageStarts(rows);
  // PostgreSQL takes no NUL and no half characters in JSON.
  const csv = table.csv().toWellFormed().replaceAll("\u0000", "\ufffd");
  if (pieces.get("rows").id === undefined) await kept.keepTable(place.threadKey, { rows, starts, csv });
  const csvBelow = place.kind === "personal";
  const first = rowsPage(rows, starts, 0, csvBelow);
  if (first !== null) await put(posting, pieces, "rows", cardMessage(first, view.title));
  if (!csvBelow || pieces.get("csv").id !== undefined) return;
  const { questionId, language } = view;
  await put(
    posting,
    pieces,
    "csv",
    consentMessage({
      name: `${questionId}.csv`,
      description: LABELS[language].csvDescription(rows.rows.length),
      sizeBytes: Buffer.byteLength(csv),
      questionId,
      language,
    }),
  );
}

/** 960 × 540: some 25 kB. */
const INLINE_SCALE = 0.6;

/** Once: charts do not change. */
async function showChart({ view, pieces, posting }: Showing, { kept, chartUrl, runtime }: TeamsScreenOptions): Promise<void> {
  const draw = view.answer?.chart ?? null;
  if (draw === null || pieces.get("chart").id !== undefined) return;
  const labels = LABELS[view.language];
  const sentence = (text: string): Card => card([line(text, { isSubtle: true, size: "Small" })]);
  let png: Uint8Array;
  try {
    // Without an address of its own it has to fit into the message.
    png = await draw(chartUrl === null ? INLINE_SCALE : 1);
  } catch (error) {
    runtime.logger.warn("teams: the chart could not be drawn", { error: String(error) });
    return put(posting, pieces, "chart", cardMessage(sentence(labels.noChart), labels.chart));
  }
  const url = chartUrl === null ? `data:image/png;base64,${Buffer.from(png).toString("base64")}` : chartUrl(await kept.keepChart(png));
  const image = card([{ type: "Image", url, altText: labels.chart }]);
  const tooLarge = cardMessage(sentence(labels.chartTooLarge), labels.chart);
  if (!fits(image, LIMITS.chartBytes)) return put(posting, pieces, "chart", tooLarge);
  try {
    await put(posting, pieces, "chart", cardMessage(image, labels.chart));
  } catch (error) {
    if (!(error instanceof TeamsCallError) || error.status !== 413) throw error;
    await put(posting, pieces, "chart", tooLarge);
  }
}

function summaryOf(view: RunView): string {
  return view.answer?.text ?? view.title;
}
