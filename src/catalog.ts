/** A built-in driver as data: everything `doctor`, the CLI and the documentation need to know without loading it. */
export interface CatalogEntry {
  readonly kind: "provider" | "model" | "sandbox" | "knowledge" | "descriptions" | "store" | "executor";
  readonly id: string;
  readonly subpath: string;
  /** Optional peers it needs. */
  readonly packages: readonly string[];
  /** Environment variables that configure it. */
  readonly env: readonly string[];
  load(): Promise<unknown>;
}

/** Every built-in driver. Nothing registers itself: this list is the only one. */
export const CATALOG = [
  {
    kind: "provider",
    id: "aws",
    subpath: "nephoscope/providers/aws",
    packages: [
      "@aws-sdk/client-cloudwatch",
      "@aws-sdk/client-cloudwatch-logs",
      "@aws-sdk/client-ec2",
      "@aws-sdk/client-elastic-load-balancing-v2",
      "@aws-sdk/client-lambda",
      "@aws-sdk/client-rds",
      "@aws-sdk/client-sts",
      "@aws-sdk/client-xray",
    ],
    env: ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_ENDPOINT_URL"],
    load: () => import("./providers/aws/index.ts"),
  },
  {
    kind: "provider",
    id: "azure",
    subpath: "nephoscope/providers/azure",
    packages: [
      "@azure/arm-monitor",
      "@azure/arm-resourcegraph",
      "@azure/core-rest-pipeline",
      "@azure/identity",
      "@azure/monitor-query",
      "@azure/monitor-query-logs",
      "@azure/monitor-query-metrics",
    ],
    env: ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_CONFIG_DIR"],
    load: () => import("./providers/azure/index.ts"),
  },
  {
    kind: "provider",
    id: "gcp",
    subpath: "nephoscope/providers/gcp",
    packages: ["@google-cloud/logging", "@google-cloud/monitoring", "@googleapis/cloudtrace", "google-auth-library"],
    env: ["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT"],
    load: () => import("./providers/gcp/index.ts"),
  },
  {
    kind: "provider",
    id: "alicloud",
    subpath: "nephoscope/providers/alicloud",
    packages: ["@alicloud/cms20190101", "@alicloud/credentials", "@alicloud/openapi-core", "@alicloud/sls20201230"],
    env: ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_PROFILE"],
    load: () => import("./providers/alicloud/index.ts"),
  },
  {
    kind: "provider",
    id: "volcengine",
    subpath: "nephoscope/providers/volcengine",
    packages: ["@volcengine/openapi"],
    env: ["VOLCENGINE_ACCESS_KEY", "VOLCENGINE_SECRET_KEY", "VOLC_ACCESSKEY", "VOLC_SECRETKEY"],
    load: () => import("./providers/volcengine/index.ts"),
  },
  {
    kind: "provider",
    id: "memory",
    subpath: "nephoscope/providers/memory",
    packages: [],
    env: [],
    load: () => import("./providers/memory/index.ts"),
  },
  {
    kind: "model",
    id: "openai",
    subpath: "nephoscope/models/openai",
    packages: ["@langchain/openai"],
    env: [
      "NEPHOSCOPE_LLM_BASE_URL",
      "NEPHOSCOPE_LLM_API_KEY",
      "NEPHOSCOPE_LLM_MODEL",
      "SILICONFLOW_API_KEY",
      "OPENAI_API_KEY",
      "OPENAI_BASE_URL",
    ],
    load: () => import("./models/openai/index.ts"),
  },
  {
    kind: "model",
    id: "scripted",
    subpath: "nephoscope/models/scripted",
    packages: [],
    env: [],
    load: () => import("./models/scripted/index.ts"),
  },
  {
    kind: "sandbox",
    id: "extism",
    subpath: "nephoscope/sandboxes/extism",
    packages: ["@extism/extism"],
    env: [],
    load: () => import("./sandboxes/extism/index.ts"),
  },
  {
    kind: "sandbox",
    id: "memory",
    subpath: "nephoscope/sandboxes/memory",
    packages: [],
    env: [],
    load: () => import("./sandboxes/memory/index.ts"),
  },
  {
    kind: "knowledge",
    id: "lexical",
    subpath: "nephoscope/knowledge/lexical",
    packages: [],
    env: [],
    load: () => import("./knowledge/lexical/index.ts"),
  },
  {
    kind: "descriptions",
    id: "installed",
    subpath: "nephoscope/descriptions/installed",
    packages: [],
    env: [],
    load: () => import("./descriptions/installed/index.ts"),
  },
  {
    kind: "descriptions",
    id: "shipped",
    subpath: "nephoscope/descriptions/shipped",
    packages: [],
    env: [],
    load: () => import("./descriptions/shipped/index.ts"),
  },
  {
    kind: "store",
    id: "sqlite",
    subpath: "nephoscope/stores/sqlite",
    packages: [],
    env: ["NEPHOSCOPE_STORE"],
    load: () => import("./stores/sqlite/index.ts"),
  },
  {
    kind: "store",
    id: "postgres",
    subpath: "nephoscope/stores/postgres",
    packages: ["@langchain/langgraph-checkpoint-postgres", "pg"],
    env: ["NEPHOSCOPE_STORE"],
    load: () => import("./stores/postgres/index.ts"),
  },
  {
    kind: "store",
    id: "memory",
    subpath: "nephoscope/stores/memory",
    packages: [],
    env: [],
    load: () => import("./stores/memory/index.ts"),
  },
  {
    kind: "executor",
    id: "local",
    subpath: "nephoscope/executors/local",
    packages: [],
    env: [],
    load: () => import("./executors/local/index.ts"),
  },
] as const satisfies readonly CatalogEntry[];
