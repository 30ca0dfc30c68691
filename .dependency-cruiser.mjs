// Who may import whom: the table of docs/architecture.md, as data. Everything not named is forbidden.
const MAY_IMPORT = {
  errors: [],
  contracts: ["errors"],
  runtime: ["contracts", "errors"],
  language: ["contracts", "errors"],
  agents: ["contracts", "errors"],
  execution: ["contracts", "errors"],
  codegen: ["contracts", "errors", "agents", "execution", "runtime/optional-import.ts"],
  pipeline: ["contracts", "errors", "agents", "language", "execution"],
  providers: ["contracts", "errors", "runtime", "providers/shared"],
  models: ["contracts", "errors", "runtime"],
  sandboxes: ["contracts", "errors", "runtime"],
  knowledge: ["contracts", "errors", "runtime"],
  descriptions: ["contracts", "errors", "runtime"],
  stores: ["contracts", "errors", "runtime"],
  executors: ["contracts", "errors", "runtime", "execution/task-executor.ts"],
  emulator: ["contracts", "errors", "runtime"],
};

const DRIVERS = ["providers", "models", "sandboxes", "knowledge", "descriptions", "stores", "executors"];

/** Packages with one home: nothing outside it may import them. */
const HOMES = {
  "@langchain/langgraph": "src/(pipeline|codegen)/graph.ts",
  "@langchain/langgraph-checkpoint": "src/stores",
  "@langchain/langgraph-checkpoint-postgres": "src/stores/postgres",
  pg: "src/stores/postgres",
  "@extism": "src/sandboxes/extism",
  typescript: "src/codegen/check",
  minisearch: "src/knowledge/lexical",
  chromadb: "src/knowledge/(chroma|llamaindex)",
  llamaindex: "src/knowledge/llamaindex",
  "@llamaindex": "src/knowledge/llamaindex",
  "@langchain/openai": "src/models/openai",
  "@aws-sdk": "src/providers/aws",
  "@azure": "src/providers/azure",
  "@google-cloud": "src/providers/gcp",
  "@googleapis": "src/providers/gcp",
  "google-auth-library": "src/providers/gcp",
  "@alicloud": "src/providers/alicloud",
  "@volcengine": "src/providers/volcengine",
  "chart.js": "src/presentation",
  "@napi-rs/canvas": "src/presentation",
  "@slack": "bots/(slack|fake-slack)",
  botbuilder: "bots/teams/botbuilder",
  "botframework-connector": "bots/teams/botbuilder",
  "@microsoft/agents-hosting": "bots/teams/agents-hosting",
  "@microsoft/agents-activity": "bots/teams/agents-hosting",
  "@opentelemetry/api": "src/runtime/telemetry",
  commander: "src/cli",
  "string-width": "src/(cli|presentation)",
  jsonrepair: "src/agents",
};

const layers = Object.entries(MAY_IMPORT).map(([from, allowed]) => ({
  name: `layer-${from}`,
  severity: "error",
  from: { path: `^src/${from}/` },
  to: { path: "^src/", pathNot: [from, ...allowed].map((path) => `^src/${path}`) },
}));

const driversApart = DRIVERS.map((kind) => ({
  name: `one-driver-${kind}`,
  severity: "error",
  from: { path: `^src/${kind}/([^/]+)/` },
  to: { path: `^src/${kind}/`, pathNot: [`^src/${kind}/$1/`, `^src/${kind}/shared/`] },
}));

const homes = Object.entries(HOMES).map(([name, home]) => ({
  name: `home-of-${name}`,
  severity: "error",
  from: { path: "^(src|bots)/", pathNot: `^${home}` },
  to: { path: `node_modules/${name}(/|$)` },
}));

export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "users-by-package-name",
      comment: "The CLI, the bots and the examples are users of the package: they import it by its name.",
      severity: "error",
      from: { path: "^(src/cli|src/presentation|bots|examples)/" },
      to: { path: "^(src|bots)/", pathNot: "^(src/cli|src/presentation|bots)/", dependencyTypes: ["local"] },
    },
    {
      name: "bots-apart",
      comment: "Bots share `bots/shared` and nothing else.",
      severity: "error",
      from: { path: "^bots/([^/]+)/" },
      to: { path: "^bots/", pathNot: ["^bots/$1/", "^bots/shared/"] },
    },
    { name: "not-to-tests", severity: "error", from: { path: "^(src|bots)/" }, to: { path: "^(test|bench|examples)/" } },
    ...layers,
    ...driversApart,
    ...homes,
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { conditionNames: ["@nephoscope/source", "import", "node", "default"], exportsFields: ["exports"] },
  },
};
