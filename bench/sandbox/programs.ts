/** What is run: bodies of `main`, with one call's reply being its parameters. */
export const PROGRAMS = {
  nothing: "return 1;",
  sequence: `const all = [];
for (let id = 0; id < 10; id++) all.push((await cloud.call("p", "s", "o", { id })).id);
return all.length;`,
  together: `return (await Promise.all(Array.from({ length: 200 }, (_, id) => cloud.call("p", "s", "o", { id })))).length;`,
} as const;

export type ProgramName = keyof typeof PROGRAMS;

export const RESULTS: Readonly<Record<ProgramName, number>> = { nothing: 1, sequence: 10, together: 200 };

export function mainOf(name: ProgramName): string {
  return `async function main(input) {\n${PROGRAMS[name]}\n}`;
}

/** A way to run untrusted code; each run begins with nothing left of the last. */
export interface SandboxContender {
  readonly name: string;
  readonly remark?: string;
  /** What it makes ready in idle time is ready when this resolves. */
  settle(): Promise<void>;
  run(code: string): Promise<unknown>;
  close(): Promise<void>;
}
