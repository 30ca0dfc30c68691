import type { RunEvent } from "nephoscope";
import { StepList, type StepState } from "./step-list.ts";
import type { Style } from "./style.ts";
import { shortenText } from "./text-width.ts";

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
    if (event.type !== "plan-end" || this.#timer !== undefined) return;
    this.#terminal.write(HIDE_CURSOR);
    this.#draw();
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
    // To draw is no reason to go on: a process with nothing else to wait for must come to its end.
    this.#timer.unref();
  }

  /** Draws once more, gives the cursor back and lets go of the timer. May be called twice. */
  stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#draw();
    this.#terminal.write(`${SHOW_CURSOR}\n`);
  }

  #draw(): void {
    const { columns, style } = this.#terminal;
    const lines = this.#steps
      .lines(this.#terminal.now())
      // A line that wraps would make the cursor miss the list when it goes back.
      .map(({ state, text }) => `${stepMark(state, style, this.#frame)} ${shortenText(text, columns - 3)}${CLEAR_TO_END_OF_LINE}\n`);
    const back = this.#drawnLines === 0 ? "" : `\x1b[${this.#drawnLines}A\r`;
    this.#terminal.write(back + lines.join(""));
    this.#drawnLines = lines.length;
    this.#frame++;
  }
}

export function stepMark(state: StepState, style: Style, frame = 0): string {
  switch (state) {
    case "waiting":
      return style.dim("·");
    case "running":
      return style.cyan(FRAMES[frame % FRAMES.length] ?? "");
    case "done":
      return style.green("✔");
    case "failed":
      return style.red("✖");
    case "skipped":
      return style.dim("○");
  }
}
