import type { Marks } from "nephoscope/presentation";

/** How text may be marked. Without a terminal every function gives its text back unchanged. */
export interface Style extends Marks {
  cyan(text: string): string;
  /** The text opens `url` where the terminal knows links. */
  link(text: string, url: string): string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function createStyle(options: { terminal: boolean; env: Environment }): Style {
  const colours = options.terminal && knowsColours(options.env);
  const links = options.terminal && knowsLinks(options.env);
  const mark = (open: number, close: number) => (text: string) => (colours && text !== "" ? `\x1b[${open}m${text}\x1b[${close}m` : text);
  return {
    bold: mark(1, 22),
    dim: mark(2, 22),
    red: mark(31, 39),
    yellow: mark(33, 39),
    green: mark(32, 39),
    cyan: mark(36, 39),
    link: (text, url) => (links && isSafeUrl(url) ? `\x1b]8;;${url}\x1b\\${text}\x1b]8;;\x1b\\` : text),
  };
}

/** https://no-color.org: present and not empty. */
function knowsColours(env: Environment): boolean {
  return !env.NO_COLOR && env.TERM !== "dumb";
}

/** Terminals that are known to show OSC 8 links; elsewhere they could show as noise. */
function knowsLinks(env: Environment): boolean {
  if (env.FORCE_HYPERLINK !== undefined && env.FORCE_HYPERLINK !== "") return env.FORCE_HYPERLINK !== "0";
  if (env.TERM === "dumb" || env.CI) return false;
  if (env.WT_SESSION || env.KONSOLE_VERSION || env.DOMTERM || env.KITTY_WINDOW_ID) return true;
  if (Number(env.VTE_VERSION) >= 5000) return true;
  if (["xterm-kitty", "alacritty", "foot", "xterm-ghostty"].includes(env.TERM ?? "")) return true;
  return ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"].includes(env.TERM_PROGRAM ?? "");
}

function isSafeUrl(url: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/.test(url);
}
