import type { Workspace } from "../workspace.ts";
import { type Html, html } from "./html.ts";

/** Chips for people, channels and groups: what notifies somebody bears `data-ping`. */
export class Names {
  readonly #workspace: Workspace;
  readonly #viewer: string;

  constructor(workspace: Workspace, viewer: string) {
    this.#workspace = workspace;
    this.#viewer = viewer;
  }

  person(id: string): Html {
    const name = this.#workspace.people.get(id)?.name ?? id;
    return html`<span class="mention${id === this.#viewer ? " me" : ""}" data-ping="${id}">@${name}</span>`;
  }

  channel(id: string, label?: string): Html {
    return html`<span class="mention">#${this.#workspace.channels.get(id)?.name ?? label ?? id}</span>`;
  }

  group(id: string, label?: string): Html {
    return html`<span class="mention" data-ping="${id}">@${this.#workspace.groups.get(id)?.handle ?? label ?? id}</span>`;
  }

  everybody(range: string): Html {
    return html`<span class="mention me" data-ping="${range}">@${range}</span>`;
  }
}

const EMOJI: Readonly<Record<string, string>> = {
  white_check_mark: "✅",
  heavy_check_mark: "✔️",
  warning: "⚠️",
  x: "❌",
  hourglass: "⌛",
  hourglass_flowing_sand: "⏳",
  lock: "🔒",
  eyes: "👀",
  bar_chart: "📊",
  chart_with_upwards_trend: "📈",
  thumbsup: "👍",
  "+1": "👍",
  thumbsdown: "👎",
  "-1": "👎",
  no_entry: "⛔",
  information_source: "ℹ️",
  bulb: "💡",
  page_facing_up: "📄",
  stop_button: "⏹️",
  tada: "🎉",
  zap: "⚡",
};

export function emoji(name: string): string {
  return EMOJI[name] ?? `:${name}:`;
}

export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole);
}
