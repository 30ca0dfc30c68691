/** A built-in driver as data: everything `doctor`, the CLI and the documentation need to know without loading it. */
export interface CatalogEntry {
  readonly kind: "provider" | "model" | "store" | "executor";
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
    kind: "store",
    id: "sqlite",
    subpath: "nephoscope/stores/sqlite",
    packages: [],
    env: ["NEPHOSCOPE_STORE"],
    load: () => import("./stores/sqlite/index.ts"),
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
