import type { AnyChunk, KnownBlock, TaskCardBlock, TaskUpdateChunk } from "@slack/types";
import { fileJson, mimetypeOf } from "../methods/file-json.ts";
import type { Message, MessageStream, StoredFile, Workspace } from "../workspace.ts";
import { type Html, html } from "./html.ts";
import { Names } from "./names.ts";
import { renderBlocks } from "./render-blocks.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { renderMrkdwn } from "./render-mrkdwn.ts";

const COLOURS = ["#2bac76", "#e8912d", "#4a7fd6", "#c1407d", "#7a5bc4", "#1d9bd1", "#a0522d"];

/** One message as the viewer sees it. `replies`: how many to announce, in the channel. */
export function renderMessage(message: Message, workspace: Workspace, viewer: string, replies: number): Html {
  const names = new Names(workspace, viewer);
  const isBot = message.user === workspace.botUserId;
  const person = workspace.person(message.user);
  const at = new Date(Math.floor(Number(message.ts) * 1000)).toISOString();
  const streaming = message.stream?.open === true;
  const colour = COLOURS[[...person.id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % COLOURS.length];
  return html`<article class="message${message.onlyFor === null ? "" : " ephemeral"}${streaming ? " streaming" : ""}" data-ts="${message.ts}" data-channel="${message.channel}" data-user="${message.user}" data-key="${message.ts}:${message.version}:${replies}:${streaming ? 1 : 0}">
    <div class="avatar${isBot ? " bot" : ""}" style="${isBot ? "" : `background:${colour}`}">${isBot ? "☁" : person.name.slice(0, 1).toUpperCase()}</div>
    <div class="body">
      ${message.onlyFor !== null && html`<div class="only">👁 Only visible to you</div>`}
      <div class="who"><b>${person.name}</b>${isBot && html`<span class="tag">APP</span>`}${person.kind === "guest" && html`<span class="tag">guest</span>`}${person.kind === "stranger" && html`<span class="tag">other organisation</span>`}<time datetime="${at}">${at.slice(11, 16)}</time></div>
      ${message.stream !== null && renderStream(message.stream, names)}
      ${content(message, names)}
      ${message.files.map((id) => renderFile(workspace.files.get(id)))}
      ${message.edited && html`<span class="edited">(edited)</span>`}
      ${replies > 0 && html`<button class="replies" data-thread="${message.ts}">${replies} ${replies === 1 ? "reply" : "replies"} <span>View thread ›</span></button>`}
    </div></article>`;
}

function content(message: Message, names: Names): Html {
  if (message.blocks.length > 0) return renderBlocks(message.blocks, names);
  if (message.markdown !== null) return html`<div class="block markdown">${renderMarkdown(message.markdown, names)}</div>`;
  return message.text === "" ? html`` : html`<div class="text">${renderMrkdwn(message.text, names)}</div>`;
}

/** Text, tasks and blocks of a stream; in plan mode all tasks stand where the first one came (chat.startStream, `task_display_mode`). */
function renderStream(stream: MessageStream, names: Names): Html {
  const tasks = tasksOf(stream.chunks);
  const title = stream.chunks.findLast((chunk) => chunk.type === "plan_update");
  const shown = new Set<string>();
  let planShown = false;
  let markdown = "";
  const parts: Html[] = [];
  const endText = () => {
    if (markdown !== "") parts.push(html`<div class="block markdown">${renderMarkdown(markdown, names)}</div>`);
    markdown = "";
  };
  for (const chunk of stream.chunks) {
    if (chunk.type === "markdown_text") markdown += chunk.text;
    else if (chunk.type === "blocks") {
      endText();
      parts.push(renderBlocks(chunk.blocks as KnownBlock[], names));
    } else if (stream.display === "plan") {
      if (planShown) continue;
      planShown = true;
      endText();
      parts.push(
        renderBlocks(
          [{ type: "plan", title: title !== undefined && "title" in title ? title.title : "", tasks: [...tasks.values()] }],
          names,
        ),
      );
    } else if (chunk.type === "task_update" && !shown.has(chunk.id)) {
      shown.add(chunk.id);
      endText();
      const task = tasks.get(chunk.id);
      if (task !== undefined) parts.push(renderBlocks([task], names));
    }
  }
  endText();
  return html`${parts}`;
}

/** Title and status are replaced; details and output add up: https://github.com/slackapi/python-slack-sdk/releases/tag/v3.40.0. */
function tasksOf(chunks: readonly AnyChunk[]): ReadonlyMap<string, TaskCardBlock> {
  const told = new Map<string, TaskUpdateChunk>();
  for (const chunk of chunks) {
    if (chunk.type !== "task_update") continue;
    const before = told.get(chunk.id);
    told.set(chunk.id, {
      ...chunk,
      details: `${before?.details ?? ""}${chunk.details ?? ""}`,
      output: `${before?.output ?? ""}${chunk.output ?? ""}`,
    });
  }
  const rich = (text: string | undefined) =>
    text === undefined || text === ""
      ? undefined
      : { type: "rich_text" as const, elements: [{ type: "rich_text_section" as const, elements: [{ type: "text" as const, text }] }] };
  return new Map(
    [...told].map(([id, chunk]): [string, TaskCardBlock] => {
      const [details, output] = [rich(chunk.details), rich(chunk.output)];
      return [
        id,
        {
          type: "task_card",
          task_id: id,
          title: chunk.title,
          status: chunk.status,
          ...(details === undefined ? {} : { details }),
          ...(output === undefined ? {} : { output }),
          ...(chunk.sources === undefined ? {} : { sources: chunk.sources }),
        },
      ];
    }),
  );
}

/** Pictures as pictures, texts with their first lines. */
function renderFile(file: StoredFile | undefined): Html {
  if (file === undefined || file.bytes === null) return html``;
  const address = `/files/${file.id}`;
  const type = mimetypeOf(file.name);
  if (type.startsWith("image/")) {
    return html`<figure class="picture"><figcaption>${file.title} <a href="${address}" download="${file.name}">⤓</a></figcaption><img src="${address}" alt="${file.altText ?? file.title}"></figure>`;
  }
  const lines = type.startsWith("text/")
    ? file.bytes
        .toString("utf8")
        .replace(/^\uFEFF/, "")
        .split("\n")
        .slice(0, 6)
    : [];
  return html`<div class="file"><div class="file-head"><span class="file-icon">${String(fileJson(file).filetype).toUpperCase()}</span><b>${file.title}</b><span>${file.length} bytes</span><a href="${address}" download="${file.name}">Download</a></div>${
    lines.length > 0 && html`<pre>${lines.join("\n")}</pre>`
  }</div>`;
}
