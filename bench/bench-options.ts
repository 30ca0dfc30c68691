import { parseArgs } from "node:util";

export const SECTIONS = ["fleet", "clouds", "executor", "cold", "sandbox", "code"] as const;
export type SectionName = (typeof SECTIONS)[number];

export interface BenchOptions {
  readonly sections: readonly SectionName[];
  /** Fewer runs, and fleets of 10 and 1,000 only. */
  readonly quick: boolean;
  readonly json: boolean;
  /** Ask with the built package instead of the sources. */
  readonly built: boolean;
}

/** Reads the command line. Throws a `RangeError` that says what is allowed. */
export function parseBenchOptions(words: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      built: { type: "boolean", default: false },
    },
  });
  const wanted = values.only?.split(",") ?? SECTIONS;
  const unknown = wanted.filter((name) => !SECTIONS.includes(name as SectionName));
  if (unknown.length > 0) throw new RangeError(`--only takes ${SECTIONS.join(",")}; there is no ${unknown.join(", ")}`);
  return { sections: SECTIONS.filter((name) => wanted.includes(name)), quick: values.quick, json: values.json, built: values.built };
}
