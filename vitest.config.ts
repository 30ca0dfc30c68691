import { defineConfig } from "vitest/config";

const conditions = ["@nephoscope/source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    reporters: ["default", ["json", { outputFile: "node_modules/.vitest/report.json" }]],
    pool: "forks",
    maxWorkers: 2,
  },
});
