import type { Tool } from "../contracts/index.ts";
import { nearest, PlanError, type Text } from "../errors/index.ts";

/** The tools that plans may use, by name. */
export class ToolRegistry {
  readonly #tools = new Map<string, Tool>();

  constructor(tools: Iterable<Tool> = []) {
    for (const tool of tools) this.add(tool);
  }

  /** A name that is taken is an error: plans would change their meaning. */
  add(tool: Tool): void {
    if (this.#tools.has(tool.name)) {
      throw new PlanError({
        code: "PLAN_INVALID",
        message: { en: `There are two tools called ${tool.name}.`, zh: `存在两个名为 ${tool.name} 的工具。` },
        hint: { en: "Give your tool another name.", zh: "请换一个工具名称。" },
      });
    }
    this.#tools.set(tool.name, tool);
  }

  has(name: string): boolean {
    return this.#tools.has(name);
  }

  /** Throws `TOOL_UNKNOWN`, with the nearest names. */
  get(name: string): Tool {
    const tool = this.#tools.get(name);
    if (tool !== undefined) return tool;
    const near = nearest(name, this.#tools.keys());
    const named = near.length > 0 ? near : [...this.#tools.keys()];
    throw new PlanError({
      code: "TOOL_UNKNOWN",
      message: { en: `There is no tool called ${name}.`, zh: `没有名为 ${name} 的工具。` },
      hint: { en: `Did you mean ${named.join(", ")}?`, zh: `是否想用：${named.join("、")}？` },
      details: { tool: name, nearest: near.join(",") },
    });
  }

  list(): readonly Tool[] {
    return [...this.#tools.values()];
  }

  /** One line a tool, for prompts and help. */
  catalogue(): readonly string[] {
    return this.list().map((tool) => `${tool.name}: ${tool.description}`);
  }

  /** The input as its tool takes it. Throws `TOOL_UNKNOWN`, or `TOOL_INPUT_INVALID` naming the place and the fact. */
  parseInput(name: string, input: unknown): { readonly tool: Tool; readonly input: unknown } {
    const tool = this.get(name);
    const parsed = tool.input.safeParse(input);
    if (parsed.success) return { tool, input: parsed.data };
    const facts = parsed.error.issues.map(toFact);
    throw new PlanError({
      code: "TOOL_INPUT_INVALID",
      message: {
        en: `The input of ${name} is not valid: ${facts.map((fact) => fact.en).join("; ")}.`,
        zh: `${name} 的输入无效：${facts.map((fact) => fact.zh).join("；")}。`,
      },
      hint: { en: "Correct the step's input.", zh: "请修正该步骤的输入。" },
      details: { tool: name, path: parsed.error.issues[0]?.path.map(String).join(".") ?? "" },
    });
  }
}

interface InputIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly expected?: string;
  readonly errors?: readonly (readonly InputIssue[])[];
}

function toFact(issue: InputIssue): Text {
  const path = issue.path.map(String).join(".") || "(input)";
  // Of the forms a value may have, the one that came closest tells most.
  const [closest] = [...(issue.errors ?? [])].sort((a, b) => a.length - b.length);
  const inner = closest?.[0];
  if (issue.code === "invalid_union" && inner !== undefined) return toFact({ ...inner, path: [...issue.path, ...inner.path] });
  if (issue.code === "unrecognized_keys" && issue.keys !== undefined)
    return { en: `${path} has no field ${issue.keys.join(", ")}`, zh: `${path} 没有字段 ${issue.keys.join("、")}` };
  if (issue.code === "invalid_value" && issue.values !== undefined)
    return { en: `${path} must be one of ${issue.values.join(", ")}`, zh: `${path} 必须是 ${issue.values.join("、")} 之一` };
  if (issue.code === "invalid_type" && issue.expected !== undefined)
    return { en: `${path} must be ${issue.expected}`, zh: `${path} 必须是 ${issue.expected}` };
  return { en: `${path}: ${issue.message}`, zh: `${path}：${issue.message}` };
}
