import type { Channel, OpenView, Workspace } from "../workspace.ts";
import { type Html, html } from "./html.ts";
import { Names } from "./names.ts";
import { renderBlocks } from "./render-blocks.ts";
import { renderMessage } from "./render-message.ts";

/** Who looks at what. */
export interface Look {
  readonly user: string;
  readonly channel: string;
  /** Of its first message; empty where no thread is open. */
  readonly thread: string;
}

/** The parts of the page, as the script in it puts them in place. */
export interface Parts {
  readonly look: Look;
  readonly sidebar: string;
  readonly title: string;
  readonly channel: readonly string[];
  readonly thread: readonly string[] | null;
  readonly status: string;
  readonly prompts: string;
  readonly modal: string;
}

export function renderWorkspace(wanted: Partial<Look>, workspace: Workspace): Parts {
  const look = lookOf(wanted, workspace);
  const channel = workspace.channels.get(look.channel);
  const messages = channel === undefined ? [] : workspace.messages(look.channel, look.user);
  const replies = (ts: string) => messages.filter((message) => message.thread === ts && message.onlyFor === null).length;
  const one = (message: (typeof messages)[number], inThread: boolean) =>
    renderMessage(message, workspace, look.user, inThread ? 0 : replies(message.ts)).markup;
  const thread = look.thread === "" ? null : messages.filter(({ ts, thread: parent }) => ts === look.thread || parent === look.thread);
  const key = `${look.channel}:${look.thread}`;
  const status = workspace.statuses.get(key);
  const view = [...workspace.views.values()].find(({ user }) => user === look.user);
  return {
    look,
    sidebar: renderSidebar(look, workspace).markup,
    title: channel === undefined ? "" : renderTitle(channel, workspace).markup,
    channel: messages.filter((message) => message.thread === null).map((message) => one(message, false)),
    thread: thread?.map((message) => one(message, true)) ?? null,
    status: status !== undefined && status.untilMs > workspace.now() ? html`<i>nephoscope ${status.text}</i>`.markup : "",
    prompts:
      html`${(workspace.prompts.get(key) ?? workspace.prompts.get(`${look.channel}:`))?.map(({ title, message }) => html`<button data-prompt="${message}">${title}</button>`)}`
        .markup,
    modal: view === undefined ? "" : renderModal(view, workspace).markup,
  };
}

function lookOf(wanted: Partial<Look>, workspace: Workspace): Look {
  const people = [...workspace.people.values()].filter(({ kind }) => kind !== "bot");
  const user = people.find(({ id }) => id === wanted.user) ?? people[0];
  const channels = channelsOf(user?.id ?? "", workspace);
  const channel = channels.find(({ id }) => id === wanted.channel) ?? channels[0];
  const thread = channel?.id === wanted.channel ? (wanted.thread ?? "") : "";
  return { user: user?.id ?? "", channel: channel?.id ?? "", thread };
}

function channelsOf(user: string, workspace: Workspace): readonly Channel[] {
  return [...workspace.channels.values()]
    .filter(({ members }) => members.has(user))
    .sort((a, b) => Number(a.kind === "im") - Number(b.kind === "im"));
}

function renderSidebar(look: Look, workspace: Workspace): Html {
  const people = [...workspace.people.values()].filter(({ kind }) => kind !== "bot");
  const item = (channel: Channel) =>
    html`<button class="channel${channel.id === look.channel ? " current" : ""}" data-open="${channel.id}"><span>${sign(channel)}</span>${channel.kind === "im" ? "nephoscope" : channel.name}${
      channel.kind === "im" && html`<small>APP</small>`
    }${channel.shared && html`<small title="shared with another organisation">external</small>`}</button>`;
  const channels = channelsOf(look.user, workspace);
  return html`<h2>Fake Slack</h2>
    <h4>Channels</h4>${channels.filter(({ kind }) => kind !== "im").map(item)}
    <h4>Apps</h4>${channels.filter(({ kind }) => kind === "im").map(item)}
    <button class="channel" data-assistant="1"><span>✦</span>Open the assistant</button>
    <div class="switch"><h4>You are</h4>${people.map(
      (person) =>
        html`<button class="person${person.id === look.user ? " current" : ""}" data-be="${person.id}">${person.name}${person.kind !== "member" && html`<small>${person.kind}</small>`}</button>`,
    )}</div>`;
}

function sign(channel: Channel): string {
  return channel.kind === "im" ? "☁" : channel.kind === "public" ? "#" : "🔒";
}

function renderTitle(channel: Channel, workspace: Workspace): Html {
  const members = [...channel.members].map((id) => workspace.people.get(id)?.name ?? id);
  return html`<b>${sign(channel)} ${channel.kind === "im" ? "nephoscope" : channel.name}</b>${channel.shared && html`<span class="tag">shared with another organisation</span>`}<small>${members.join(", ")}</small>`;
}

function renderModal(opened: OpenView, workspace: Workspace): Html {
  const names = new Names(workspace, opened.user);
  const { view } = opened;
  return html`<form class="modal" data-view="${opened.id}"><header><b>${view.title.text}</b><button type="button" data-close="${opened.id}">×</button></header>
    <div class="modal-body">${renderBlocks(view.blocks as never, names)}</div>
    <footer><button type="button" class="button" data-close="${opened.id}">${view.close?.text ?? "Cancel"}</button>${
      view.submit !== undefined && html`<button class="button primary">${view.submit.text}</button>`
    }</footer></form>`;
}
