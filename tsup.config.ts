import { globSync } from "node:fs";
import { defineConfig } from "tsup";

// One entry per key of package.json "exports", and the CLI. test/packaging/exports.test.ts compares the two.
const drivers = globSync("src/{providers,models,sandboxes,knowledge,descriptions,stores,executors}/*/index.ts").filter(
  (path) => !path.includes("/shared/"),
);
const paths = [
  "src/index.ts",
  "src/catalog.ts",
  "src/emulator/index.ts",
  "src/presentation/index.ts",
  "src/testing/index.ts",
  "src/cli/main.ts",
  "bots/index.ts",
  "bots/slack/index.ts",
  "bots/teams/index.ts",
  ...drivers,
];

export default defineConfig({
  entry: Object.fromEntries(paths.map((path) => [path.replace(/^src\//, "").slice(0, -".ts".length), path])),
  format: "esm",
  target: "node22",
  platform: "node",
  dts: true,
  clean: true,
  splitting: true,
  metafile: true,
  removeNodeProtocol: false,
  // The package's own name stays an import, so that the CLI is a real user of the exports map.
  external: [/^nephoscope(\/|$)/],
});
