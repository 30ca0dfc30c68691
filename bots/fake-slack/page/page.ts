import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { FakeSlack } from "../fake-slack.ts";
import { mimetypeOf } from "../methods/file-json.ts";
import { readForm } from "../request-body.ts";

import { html } from "./html.ts";
import { renderWorkspace } from "./render-workspace.ts";

/** What a person sees of the workspace, in a browser: live, with buttons that work. */
export class Page {
  readonly #slack: FakeSlack;
  readonly #notice: string | null;
  readonly #watchers = new Set<ServerResponse>();
  readonly #stop: () => void;

  constructor(slack: FakeSlack, notice: string | null) {
    this.#slack = slack;
    this.#notice = notice;
    this.#stop = slack.workspace.onChange(() => {
      for (const watcher of this.#watchers) watcher.write("data: changed\n\n");
    });
  }

  async serve(path: string, query: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { workspace } = this.#slack;
    if (request.method === "POST") return this.#act(path, request, response);
    if (path === "/") return send(response, "text/html; charset=utf-8", this.#shell());
    if (path === "/client.js") return send(response, "text/javascript; charset=utf-8", asset("client.js"));
    if (path === "/style.css") return send(response, "text/css; charset=utf-8", asset("style.css"));
    if (path === "/changes") return this.#watch(response);
    if (path === "/view") {
      const [user, channel, thread] = ["u", "c", "t"].map((name) => query.get(name) ?? "");
      return send(
        response,
        "application/json",
        JSON.stringify(renderWorkspace({ user: user ?? "", channel: channel ?? "", thread: thread ?? "" }, workspace)),
      );
    }
    const file = workspace.files.get(path.replace("/files/", ""));
    if (file?.bytes) return send(response, mimetypeOf(file.name), file.bytes);
    response.writeHead(404).end();
  }

  close(): void {
    this.#stop();
    for (const watcher of this.#watchers) watcher.end();
  }

  /** What the person at the page does. */
  async #act(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const slack = this.#slack;
    // Another site's page could post here; only a script of this page sends JSON without asking first.
    if (!request.headers["content-type"]?.startsWith("application/json")) {
      response.writeHead(415).end();
      return;
    }
    const form = (await readForm(request)) as Record<string, string> & { readonly values?: Record<string, Record<string, string>> };
    const { user = "", channel = "", thread = "" } = form;
    try {
      if (path === "/act/say") {
        const ts = await slack.say(user, channel, this.#asSlackText(form.text ?? ""), thread === "" ? {} : { thread });
        return send(response, "application/json", JSON.stringify({ ts }));
      }
      if (path === "/act/assistant") return send(response, "application/json", JSON.stringify(await slack.openAssistant(user)));
      if (path === "/act/close") slack.closeView(form.view ?? "");
      if (path === "/act/click") {
        const delivery = await slack.click(
          user,
          channel,
          form.ts ?? "",
          form.action ?? "",
          form.value === undefined ? {} : { value: form.value },
        );
        return send(response, "application/json", JSON.stringify({ acknowledged: delivery.acknowledged }));
      }
      if (path === "/act/submit") {
        const delivery = await slack.submit(user, form.view ?? "", form.values ?? {});
        return send(response, "application/json", delivery.attempts.at(-1)?.body || "{}");
      }
      send(response, "application/json", "{}");
    } catch (error) {
      response.writeHead(400, { "content-type": "text/plain; charset=utf-8" }).end(error instanceof Error ? error.message : String(error));
    }
  }

  /** Escaped as Slack's own composer does it; `@name` becomes a mention. */
  #asSlackText(typed: string): string {
    const escaped = typed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const people = [...this.#slack.workspace.people.values()].sort((a, b) => b.name.length - a.name.length);
    return people.reduce((text, { id, name }) => text.replaceAll(`@${name}`, `<@${id}>`), escaped);
  }

  #watch(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("data: hello\n\n");
    this.#watchers.add(response);
    response.on("close", () => this.#watchers.delete(response));
  }

  #shell(): string {
    return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fake Slack</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"></head>
<body>${this.#notice !== null && html`<div class="notice">${this.#notice}</div>`}
<main><nav id="sidebar"></nav>
<section id="channel"><header id="title"></header><div class="messages" id="channel-messages"></div>
<form class="composer" data-place="channel"><textarea rows="1" aria-label="Message the channel"></textarea><button aria-label="Send">➤</button></form></section>
<section id="thread" hidden><header><b>Thread</b><button id="close-thread" aria-label="Close the thread">×</button></header><div class="messages" id="thread-messages"></div>
<div id="status"></div><div id="prompts"></div>
<form class="composer" data-place="thread"><textarea rows="1" aria-label="Reply in the thread"></textarea><button aria-label="Send">➤</button></form></section></main>
<div id="modal"></div><script src="/client.js"></script></body></html>`.markup;
  }
}

function asset(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, name));
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, {
    "content-type": type,
    "cache-control": "no-store",
    // Whatever a message holds, the page runs its own script only.
    "content-security-policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: http: https:",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
