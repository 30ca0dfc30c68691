import type {
  ActionsBlock,
  Button,
  ContainerBlock,
  ContextActionsBlock,
  KnownBlock,
  PlanBlock,
  RichTextBlock,
  TaskCardBlock,
  TextObject,
} from "@slack/types";
import { Html, html, safeUrl } from "./html.ts";
import { type Names, withEmoji } from "./names.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { entities, renderMrkdwn } from "./render-mrkdwn.ts";
import { renderRichText } from "./render-rich-text.ts";

export function renderBlocks(blocks: readonly KnownBlock[], names: Names): Html {
  return html`${blocks.map((block) => html`<div class="block ${block.type}">${renderBlock(block, names)}</div>`)}`;
}

function renderBlock(block: KnownBlock, names: Names): Html {
  switch (block.type) {
    case "section":
      return html`<div class="section-text">${block.text && renderText(block.text, names)}${
        block.fields && html`<div class="fields">${block.fields.map((field) => html`<div>${renderText(field, names)}</div>`)}</div>`
      }</div>${block.accessory?.type === "button" && renderButton(block.accessory)}`;
    case "header":
      return html`<h3>${renderText(block.text, names)}</h3>`;
    case "divider":
      return html`<hr>`;
    case "context":
      return html`${block.elements.map((element) =>
        element.type === "image" ? picture(element, "small") : html`<span>${renderText(element, names)}</span>`,
      )}`;
    case "markdown":
      return renderMarkdown(block.text, names);
    case "rich_text":
      return renderRichText(block, names);
    case "image":
      return html`${block.title && html`<div class="image-title">${block.title.text}</div>`}${picture(block, "large")}`;
    case "actions":
      return html`${(block as ActionsBlock).elements.map((element) => (element.type === "button" ? renderButton(element) : null))}`;
    case "context_actions":
      return renderContextActions(block);
    case "alert":
      return html`<div class="alert ${block.level ?? "default"}">${renderText(block.text, names)}</div>`;
    case "plan":
      return renderPlan(block, names);
    case "task_card":
      return renderTask(block, names);
    case "container":
      return renderContainer(block, names);
    case "table":
    case "data_table":
      return renderTable(block.rows, block.type === "table" ? (block.column_settings ?? []) : [], names);
    case "input":
      return html`<label class="input"><b>${block.label.text}</b>${block.optional && html` <i>(optional)</i>`}${
        block.element.type === "plain_text_input" && inputField(block.block_id ?? "", block.element)
      }${block.hint && html`<small>${block.hint.text}</small>`}<span class="problem" data-problem="${block.block_id ?? ""}"></span></label>`;
    default:
      return html`<i>${block.type}</i>`;
  }
}

function renderText(text: TextObject, names: Names): Html {
  return text.type === "mrkdwn" ? renderMrkdwn(text.text, names) : html`<span class="plain">${withEmoji(entities(text.text))}</span>`;
}

function inputField(
  blockId: string,
  element: { action_id?: string; multiline?: boolean; initial_value?: string; placeholder?: { text: string }; max_length?: number },
): Html {
  const name = `${blockId}/${element.action_id ?? ""}`;
  const limit = element.max_length ?? 3000;
  return element.multiline
    ? html`<textarea name="${name}" rows="4" maxlength="${limit}" placeholder="${element.placeholder?.text ?? ""}">${element.initial_value ?? ""}</textarea>`
    : html`<input name="${name}" maxlength="${limit}" value="${element.initial_value ?? ""}" placeholder="${element.placeholder?.text ?? ""}">`;
}

function renderButton(button: Button): Html {
  if (button.url !== undefined) {
    return html`<a class="button ${button.style ?? ""}" href="${safeUrl(button.url)}" target="_blank" rel="noreferrer">${button.text.text}</a>`;
  }
  const question = button.confirm === undefined ? "" : `${button.confirm.title?.text ?? ""}\n\n${button.confirm.text.text}`;
  return html`<button class="button ${button.style ?? ""}" data-action="${button.action_id ?? ""}" data-confirm="${question}">${withEmoji(entities(button.text.text))}</button>`;
}

function renderContextActions(block: ContextActionsBlock): Html {
  return html`${block.elements.map((element) =>
    element.type === "feedback_buttons"
      ? html`<button class="feedback" data-action="${element.action_id ?? ""}" data-value="${element.positive_button.value}" title="${element.positive_button.text.text}">👍</button><button class="feedback" data-action="${element.action_id ?? ""}" data-value="${element.negative_button.value}" title="${element.negative_button.text.text}">👎</button>`
      : html`<button class="feedback" data-action="${element.action_id ?? ""}" title="${element.text.text}">${element.icon === "trash" ? "🗑" : "•"}</button>`,
  )}`;
}

function renderContainer(block: ContainerBlock, names: Names): Html {
  const title = block.rich_text_title === undefined ? html`<b>${block.title?.text}</b>` : renderRichText(block.rich_text_title, names);
  const head = html`${title}${block.subtitle && html` <small>${renderText(block.subtitle, names)}</small>`}`;
  const children = renderBlocks(block.child_blocks, names);
  if (block.is_collapsible !== true) return html`<div class="container-card">${head}${children}</div>`;
  return html`<details class="container-card"${new Html(block.default_collapsed === true ? "" : " open")}><summary>${head}</summary>${children}</details>`;
}

function renderPlan(plan: PlanBlock, names: Names): Html {
  const tasks = (plan.tasks ?? []) as TaskCardBlock[];
  const busy = tasks.some((task) => task.status === "in_progress");
  return html`<details class="plan-card" open><summary><span class="plan-icon ${busy ? "busy" : ""}">✦</span> <span class="plan-title">${plan.title}</span></summary>
    <div class="tasks">${tasks.map((task) => renderTask(task, names))}</div></details>`;
}

const MARKS = { pending: "", in_progress: "", complete: "✓", error: "!" } as const;

function renderTask(task: TaskCardBlock, names: Names): Html {
  const rich = (block: RichTextBlock | undefined, kind: string) =>
    block && html`<div class="task-${kind}">${renderRichText(block, names)}</div>`;
  return html`<div class="task ${task.status}" data-status="${task.status}"><span class="mark" title="${task.status}">${MARKS[task.status]}</span>
    <div class="task-body"><div class="task-title">${task.title}</div>${rich(task.details, "details")}${rich(task.output, "output")}
    ${task.sources?.map((source) => html`<a class="source" href="${safeUrl(source.url)}" target="_blank" rel="noreferrer">${source.text}</a>`)}</div></div>`;
}

function renderTable(
  rows: readonly (readonly ({ readonly type: string; readonly text?: string } | RichTextBlock)[])[],
  settings: readonly ({ readonly align?: string } | null)[],
  names: Names,
): Html {
  const cell = (value: (typeof rows)[number][number], column: number, tag: "th" | "td") => {
    const align = settings[column]?.align ?? "left";
    const content = value.type === "rich_text" ? renderRichText(value as RichTextBlock, names) : html`${(value as { text?: string }).text}`;
    return tag === "th" ? html`<th class="${align}">${content}</th>` : html`<td class="${align}">${content}</td>`;
  };
  const [head = [], ...body] = rows;
  return html`<div class="scroll"><table><thead><tr>${head.map((value, column) => cell(value, column, "th"))}</tr></thead>
    <tbody>${body.map((row) => html`<tr>${row.map((value, column) => cell(value, column, "td"))}</tr>`)}</tbody></table></div>`;
}

function picture(image: { alt_text: string; image_url?: string; slack_file?: { id?: string; url?: string } }, size: string): Html {
  const source = image.image_url ?? (image.slack_file?.id === undefined ? "" : `/files/${image.slack_file.id}`);
  return html`<img class="${size}" src="${safeUrl(source)}" alt="${image.alt_text}">`;
}
