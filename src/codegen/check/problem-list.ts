import type ts from "typescript";
import type { CodeProblem } from "../../contracts/index.ts";

/** More than these only hide what matters from who has to mend them. */
const MAX_PROBLEMS = 10;
const MAX_MESSAGE_LENGTH = 500;

/** Gathers what is wrong with a program, each with its place. */
export class ProblemList {
  readonly #source: ts.SourceFile;
  readonly #problems: CodeProblem[] = [];
  readonly #positions = new Set<number>();
  readonly #settled: { readonly start: number; readonly end: number }[] = [];

  constructor(source: ts.SourceFile) {
    this.#source = source;
  }

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  /** Whether something was said of this place, or of what holds it as a whole: more would only repeat it. */
  hasAt(position: number): boolean {
    return this.#positions.has(position) || this.#settled.some(({ start, end }) => start <= position && position < end);
  }

  /** Refuses a piece of code whatever is in it. */
  refuse(node: ts.Node, message: string): void {
    this.add("policy", node, message);
    this.settle(node);
  }

  /** Says that all there is to say of a piece of code was said. */
  settle(node: ts.Node): void {
    this.#settled.push({ start: node.getStart(this.#source), end: node.end });
  }

  add(stage: CodeProblem["stage"], at: ts.Node | number, message: string): void {
    const position = typeof at === "number" ? at : at.getStart(this.#source);
    this.#positions.add(position);
    const { line, character } = this.#source.getLineAndCharacterOfPosition(Math.min(position, this.#source.end));
    this.#problems.push({ stage, message: shortened(message), line: line + 1, column: character + 1 });
  }

  /** In the order of the code, one of a kind at one place; where there are more, the last one says how many. */
  list(): readonly CodeProblem[] {
    const unique = [
      ...new Map(this.#problems.map((problem) => [`${problem.line}:${problem.column}:${problem.message}`, problem])).values(),
    ];
    const sorted = unique.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
    if (sorted.length <= MAX_PROBLEMS) return sorted;
    const shown = sorted.slice(0, MAX_PROBLEMS);
    return shown.map((problem, index) =>
      index === MAX_PROBLEMS - 1
        ? { ...problem, message: `${problem.message} (And ${sorted.length - MAX_PROBLEMS} more problems after this one.)` }
        : problem,
    );
  }
}

function shortened(message: string): string {
  return message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH - 1)}…`;
}
