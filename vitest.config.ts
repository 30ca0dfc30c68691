import { defineConfig } from "vitest/config";

const conditions = ["@nephoscope/source", "node", "import", "default"];
// Without "import": the workers get these as `--conditions`, and `require()` inside of packages would find ES modules.
const externalConditions = ["@nephoscope/source", "node"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: externalConditions, externalConditions } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    reporters: ["default", ["json", { outputFile: "node_modules/.vitest/report.json" }]],
    pool: "forks",
    // No module keeps state, so files can share a process: what they import is loaded once, not once a file.
    isolate: false,
    maxWorkers: 3,
  },
});
