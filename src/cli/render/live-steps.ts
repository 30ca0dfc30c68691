import type { RunEvent } from "nephoscope";
import { type StepLine, StepList, type StepState, shortenText, textWidth } from "nephoscope/presentation";
import type { Style } from "./style.ts";

/** Where the list is drawn: a terminal that can move its cursor. */
export interface LiveTerminal {
  readonly columns: number;
  readonly style: Style;
  write(text: string): void;
  now(): number;
}

const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const REDRAW_MS = 80;
const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const CLEAR_TO_END_OF_LINE = "\x1b[K";
const CLEAR_TO_END_OF_SCREEN = "\x1b[J";

/** The steps of a run with their counts, redrawn in place while it goes on. `stop` leaves the last picture standing. */
export class LiveSteps {
  readonly #terminal: LiveTerminal;
  readonly #steps = new StepList();
  #timer: NodeJS.Timeout | undefined;
  #drawnLines = 0;
  #frame = 0;

  constructor(terminal: LiveTerminal) {
    this.#terminal = terminal;
  }

  update(event: RunEvent): void {
    this.#steps.update(event);
    if (event.type !== "plan-start" && event.type !== "plan-end") return;
    if (this.#timer === undefined) {
      this.#terminal.write(HIDE_CURSOR);
      this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
      // To draw is no reason to go on: a process with nothing else to wait for must come to its end.
      this.#timer.unref();
    }
    // What plans without a model is done before it would be seen.
    if (event.type === "plan-end") this.#draw();
  }

  /** Draws once more, gives the cursor back and lets go of the timer. May be called twice. */
  stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#draw();
    this.#terminal.write(this.#drawnLines === 0 ? SHOW_CURSOR : `${SHOW_CURSOR}\n`);
  }

  #draw(): void {
    const { columns, style } = this.#terminal;
    const lines = this.#steps
      .lines(this.#terminal.now())
      // A line that wraps would make the cursor miss the list when it goes back.
      .map((line) => `${stepMark(line.state, style, this.#frame)} ${stepText(line, columns - 3)}${CLEAR_TO_END_OF_LINE}\n`);
    const back = this.#drawnLines === 0 ? "" : `\x1b[${this.#drawnLines}A\r`;
    const surplus = lines.length < this.#drawnLines ? CLEAR_TO_END_OF_SCREEN : "";
    this.#terminal.write(back + lines.join("") + surplus);
    this.#drawnLines = lines.length;
    this.#frame++;
  }
}

const LEAST_TITLE = 12;

/** Title and facts in at most `width` columns: a long title makes room for the facts. */
export function stepText({ title, facts }: Pick<StepLine, "title" | "facts">, width = Number.POSITIVE_INFINITY): string {
  if (facts === "") return shortenText(title, width);
  return shortenText(`${shortenText(title, Math.max(LEAST_TITLE, width - textWidth(facts) - 2))}  ${facts}`, width);
}

export function stepMark(state: StepState, style: Style, frame = 0): string {
  switch (state) {
    case "waiting":
      return style.dim("·");
    case "running":
      return style.cyan(FRAMES[frame % FRAMES.length] ?? "");
    case "paused":
      return style.yellow("●");
    case "done":
      return style.green("✔");
    case "failed":
      return style.red("✖");
    case "skipped":
      return style.dim("○");
  }
}
