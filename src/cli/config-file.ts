import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ConfigurationError, isTimezone, nearest } from "nephoscope";
import { accessRulesSchema } from "nephoscope/bots";
import { CATALOG } from "nephoscope/catalog";
import { z } from "zod";

const CONFIG_NAME = "nephoscope.config.json";

const options = z.record(z.string(), z.unknown());

const configSchema = z.strictObject({
  $schema: z.string().optional(),
  /** IANA zone of the times in questions and answers. */
  timezone: z.string().refine(isTimezone, "not an IANA time zone such as Asia/Shanghai").optional(),
  /** `sqlite:PATH`, relative to this file. */
  store: z.templateLiteral(["sqlite:", z.string().min(1)], "not of the form sqlite:PATH").optional(),
  /** Options of the clouds to ask, by id: `{ "aws": { "accounts": [{ "profile": "prod" }], "regions": ["eu-west-1"] } }`. */
  providers: z.record(z.string(), options).optional(),
  /** What finds API operations. */
  knowledge: z.enum(["lexical", "chroma", "llamaindex"]).optional(),
  /** What generated code may do: classes of operations besides reads, and whether a person is asked about programs that only read. */
  code: z
    .strictObject({
      allow: z.array(z.enum(["write", "sensitive"])).optional(),
      approve: z.enum(["ask", "reads"]).optional(),
    })
    .optional(),
  /** Who may ask bots what, and who decides: without rules nobody may. */
  bots: accessRulesSchema.optional(),
  /** Endpoint and model; keys stay in the environment. */
  model: z.strictObject({ baseUrl: z.string().min(1).optional(), model: z.string().min(1).optional() }).optional(),
});

export interface Config extends z.infer<typeof configSchema> {
  /** Absolute path; null when there is no file. */
  readonly file: string | null;
}

/** Reads the named file, else `nephoscope.config.json` of the folder if there is one. Throws a sentence with file, path and fact. */
export async function readConfig(named: string | undefined, folder: string): Promise<Config> {
  const file = resolve(folder, named ?? CONFIG_NAME);
  if (!existsSync(file)) {
    if (named === undefined) return { file: null };
    throw invalid(file, "", "there is no such file", "文件不存在");
  }
  const read = await load(file);
  const parsed = configSchema.safeParse(read);
  if (!parsed.success) throw wrongShape(file, parsed.error.issues, read);
  checkProviders(file, "providers", Object.keys(parsed.data.providers ?? {}));
  for (const [index, { where }] of (parsed.data.bots?.rules ?? []).entries()) {
    checkProviders(file, `bots.rules.${index}.where.providers`, where?.providers ?? []);
  }
  const { store, ...rest } = parsed.data;
  const path = store?.slice("sqlite:".length);
  return { ...rest, ...(path === undefined ? {} : { store: `sqlite:${resolve(dirname(file), path)}` as const }), file };
}

/** Says of what a driver threw where the options came from. */
export function inConfig(file: string | null, path: string, error: unknown): unknown {
  if (file === null || !ConfigurationError.isInstance(error) || error.code !== "CONFIGURATION_INVALID") return error;
  return invalid(file, path, error.text.en, error.text.zh, error);
}

async function load(file: string): Promise<unknown> {
  const json = extname(file) === ".json";
  try {
    if (json) return JSON.parse(readFileSync(file, "utf8"));
    const module: { default?: unknown } = await import(pathToFileURL(file).href);
    return module.default;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw json ? invalid(file, "", `it is not valid JSON (${said})`, `不是有效的 JSON（${said}）`) : invalid(file, "", said, said);
  }
}

/** What the keys hold, for those who read Chinese: the other text is the schema's own. */
const SHAPES: Readonly<Record<string, string>> = {
  timezone: "应为 IANA 时区，如 Asia/Shanghai",
  store: "应为 sqlite:路径",
  providers: "应为对象：云的编号及其选项",
  knowledge: "应为 lexical、chroma 或 llamaindex",
  code: "应为对象：allow 与 approve",
  model: "应为对象：baseUrl 与 model",
};

function wrongShape(file: string, issues: readonly z.core.$ZodIssue[], read: unknown): ConfigurationError {
  // Before what is missing: it may be there under a wrong name.
  const unknown = issues.find(({ code }) => code === "unrecognized_keys");
  if (unknown?.code === "unrecognized_keys") {
    const known = keysAt(unknown.path).filter((key) => key !== "$schema");
    const key = [...unknown.path, unknown.keys[0]].join(".");
    return invalid(file, key, `there is no such setting. Known: ${known.join(", ")}`, `没有这个设置。可用：${known.join("、")}`);
  }
  const [issue] = issues;
  const path = issue?.path.join(".") ?? "";
  if (path !== "" && valueAt(read, issue?.path ?? []) === undefined) return invalid(file, path, "it is missing", "缺少该设置");
  return invalid(file, path, issue?.message ?? "", SHAPES[String(issue?.path[0])] ?? inChinese(read));
}

function valueAt(read: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined), read);
}

/** Settings that there are at a place of the file. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: unknown = configSchema;
  for (const part of [...path, null]) {
    while (schema instanceof z.ZodOptional) schema = schema.unwrap();
    if (part === null) break;
    schema = schema instanceof z.ZodArray ? schema.element : schema instanceof z.ZodObject ? schema.shape[String(part)] : undefined;
  }
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function inChinese(read: unknown): string {
  const { error } = configSchema.safeParse(read, { error: z.locales.zhCN().localeError });
  return error?.issues[0]?.message ?? "";
}

function checkProviders(file: string, path: string, ids: readonly string[]): void {
  const known = providerIds();
  for (const id of ids) {
    if (known.includes(id)) continue;
    const [near] = nearest(id, known, 1);
    throw invalid(
      file,
      `${path}.${id}`,
      `there is no such cloud. ${near === undefined ? "" : `Did you mean ${near}? `}Known: ${known.join(", ")}`,
      `没有这个云。${near === undefined ? "" : `是否想写 ${near}？`}可用：${known.join("、")}`,
    );
  }
}

/** Clouds that can be asked; the one in memory is for programs. */
export function providerIds(): string[] {
  return CATALOG.filter((entry) => entry.kind === "provider" && entry.id !== "memory").map((entry) => entry.id);
}

function invalid(file: string, path: string, en: string, zh: string, cause?: unknown): ConfigurationError {
  const place = path === "" ? "" : `${path}: `;
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `${file}: ${place}${en}`, zh: `${file}：${place}${zh}` },
    hint: { en: "Correct the file, or name another one with --config.", zh: "请修改该文件，或用 --config 指定另一个文件。" },
    details: { file, path },
    cause,
  });
}
