import { existsSync } from "node:fs";
import { runNode } from "./child-process.ts";
import { median } from "./median.ts";
import type { Section } from "./section.ts";

const IMPORT = ["--input-type=module", "-e", "await import('nephoscope')"];
const BUILT = new URL("../dist/index.js", import.meta.url);

/** What a process costs before it is of use: `node -e 0` is the least it can. */
export async function measureColdStart({ quick }: { readonly quick: boolean }): Promise<Section> {
  const commands: { what: string; args: readonly string[] }[] = [
    { what: "node -e 0", args: ["-e", "0"] },
    { what: "nephoscope --version", args: ["bin/nephoscope.js", "--version"] },
    { what: "import 'nephoscope', sources", args: ["--conditions=@nephoscope/source", ...IMPORT] },
    ...(existsSync(BUILT) ? [{ what: "import 'nephoscope', built", args: IMPORT }] : []),
    { what: "nephoscope demo, one cloud, sources", args: ["bin/nephoscope.js", "demo", "list all servers", "--provider", "aws"] },
    { what: "nephoscope demo, five clouds, sources", args: ["bin/nephoscope.js", "demo", "list all servers"] },
  ];
  const times = commands.map((): number[] => []);
  // The first turn fills the file and compile caches.
  for (let run = -1; run < (quick ? 3 : 9); run++) {
    for (const [index, { args }] of commands.entries()) {
      const { wallMs } = await runNode(args);
      if (run >= 0) times[index]?.push(wallMs);
    }
  }
  const medians = times.map(median);
  const least = medians[0] ?? Number.NaN;
  return {
    title: "Cold start: a new process",
    about: [
      "From spawn to exit, medians of runs that take turns; file and compile caches warm. The demo starts an emulator, asks, and answers.",
    ],
    columns: [
      { key: "what", title: "command" },
      { key: "wall", title: "wall", unit: "ms", better: "less" },
      { key: "more", title: "above node", unit: "ms", better: "less" },
      { key: "ratio", title: "wall", unit: "÷ node -e 0", better: "less", digits: 2 },
    ],
    rows: commands.map(({ what }, index) => {
      const wall = medians[index] ?? Number.NaN;
      return { values: { what, wall, more: wall - least, ratio: wall / least } };
    }),
    notes: existsSync(BUILT) ? [] : ["There is no dist: npm run build first to measure the built package too."],
  };
}
