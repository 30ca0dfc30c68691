import type { AnyChunk, KnownBlock, TaskUpdateChunk } from "@slack/types";
import { FINAL_STATES, type RunView, type StepView } from "../shared/run-view.ts";
import { clip, escapeMrkdwn, inert } from "./harmless-text.ts";
import { LABELS } from "./labels.ts";
import { LIMITS } from "./limits.ts";
import { bullets, paragraph, small, words } from "./rich-text.ts";
import { ACTIONS } from "./slack-actions.ts";
import type { Look, SlackMessage } from "./slack-message.ts";

type TaskStatus = TaskUpdateChunk["status"];

/** One step, as a task of Slack's. */
export interface PlanTask {
  readonly id: string;
  readonly title: string;
  readonly status: TaskStatus;
}

const MAX_TASKS = 40;
const MAX_TITLE_BYTES = 150;

function planTitle(view: RunView): string {
  return clip(inert(view.title), LIMITS.task) || "…";
}

/**
 * Facts stand in the title: a title is replaced by the next one, while `details` and `output` of a streamed task add up.
 * Source: the examples of https://github.com/slackapi/python-slack-sdk/releases/tag/v3.40.0
 */
export function planTasks(view: RunView): PlanTask[] {
  const labels = LABELS[view.language];
  const final = FINAL_STATES.has(view.state);
  const tasks = view.steps.slice(0, MAX_TASKS).map((step): PlanTask => {
    const facts = step.state === "skipped" ? labels.skipped : step.facts;
    return {
      id: clip(`${view.questionId}:${step.id}`, LIMITS.task),
      title: clip(inert(facts === "" ? step.title : `${step.title} · ${facts}`), MAX_TITLE_BYTES) || "…",
      status: taskStatus(step.state, final),
    };
  });
  const more = view.steps.length - tasks.length;
  if (more === 0) return tasks;
  const rest = view.steps.slice(MAX_TASKS).map((step) => taskStatus(step.state, final));
  const status = (["error", "in_progress", "pending"] as const).find((each) => rest.includes(each)) ?? "complete";
  return [...tasks, { id: `${view.questionId}:more`, title: labels.moreSteps(more), status }];
}

function taskStatus(state: StepView["state"], final: boolean): TaskStatus {
  switch (state) {
    case "done":
    case "skipped":
      return "complete";
    case "failed":
      return "error";
    case "running":
      return final ? "error" : "in_progress";
    case "waiting":
    case "paused":
      return "pending";
  }
}

/** What a stream has to hear to come from `sent` to the view; `sent` is brought up to date. */
export function planChunks(view: RunView, sent: Map<string, string>): AnyChunk[] {
  const chunks: AnyChunk[] = [];
  const changed = (key: string, value: string): boolean => {
    if (sent.get(key) === value) return false;
    sent.set(key, value);
    return true;
  };
  const title = planTitle(view);
  if (changed("title", title)) chunks.push({ type: "plan_update", title });
  for (const task of planTasks(view)) {
    if (changed(`task:${task.id}`, `${task.status} ${task.title}`)) chunks.push({ type: "task_update", ...task });
  }
  return chunks;
}

/** The same plan as a message that is replaced: where there is no stream, and when it has ended. */
export function planMessage(view: RunView, look: Look): SlackMessage {
  const title = planTitle(view);
  const tasks = planTasks(view);
  const blocks: KnownBlock[] =
    look !== "new"
      ? [
          paragraph(words(title, { bold: true })),
          ...(tasks.length === 0 ? [] : [bullets(tasks.map((task) => [words(`${SYMBOLS[task.status]} ${task.title}`)]))]),
        ]
      : tasks.length === 0
        ? [small(title)]
        : [
            {
              type: "plan",
              title,
              tasks: tasks.map((task) => ({ type: "task_card", task_id: task.id, title: task.title, status: task.status })),
            },
          ];
  return { text: clip(escapeMrkdwn(title), LIMITS.fallbackText), blocks: [...blocks, ...stopBlocks(view)] };
}

const SYMBOLS: Readonly<Record<TaskStatus, string>> = { pending: "○", in_progress: "◔", complete: "✔", error: "✖" };

/** The Stop button, as long as there is something to stop. */
export function stopBlocks(view: RunView): KnownBlock[] {
  if (FINAL_STATES.has(view.state)) return [];
  const label = LABELS[view.language].stop;
  return [
    {
      type: "actions",
      elements: [
        { type: "button", action_id: ACTIONS.stop, value: view.questionId, text: { type: "plain_text", text: label, emoji: false } },
      ],
    },
  ];
}
