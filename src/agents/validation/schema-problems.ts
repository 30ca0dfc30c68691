import { z } from "zod";
import { type Problem, problem } from "./problem.ts";

/** Everything in which a value does not fit a schema, in both languages; empty if it fits. */
export function schemaProblems(schema: z.ZodType, value: unknown, path: string): Problem[] {
  const english = schema.safeParse(value);
  if (english.success) return [];
  const chinese = schema.safeParse(value, { error: z.locales.zhCN().localeError });
  const chineseIssues = chinese.success ? [] : chinese.error.issues.map(closest);
  return english.error.issues.map(closest).map((issue, index) => {
    const at = [path, ...issue.path.map(String)].filter((part) => part !== "").join(".");
    return problem("TOOL_INPUT_INVALID", at === "" ? "reply" : at, {
      en: `${issue.message}.`,
      zh: `${chineseIssues[index]?.message ?? issue.message}。`,
    });
  });
}

type Issue = z.core.$ZodIssue;

/** Of the forms a value may have, the one that came closest tells most. */
function closest(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const [best] = issue.errors.toSorted((a, b) => a.length - b.length);
  const [first] = best ?? [];
  return first === undefined ? issue : closest({ ...first, path: [...issue.path, ...first.path] });
}
