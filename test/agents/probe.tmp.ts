import { createRequire } from "node:module";
import { planSystemPrompt, planQuestionPrompt } from "../../src/agents/prompts/plan.ts";
import { BUILTIN_TOOLS } from "../../src/execution/builtin-tools.ts";
const core = createRequire(createRequire(import.meta.url).resolve("@langchain/core/messages"));
const { getEncoding } = core("js-tiktoken");
const e = getEncoding("cl100k_base");
const p = planSystemPrompt(BUILTIN_TOOLS);
console.log(p); console.log(e.encode(p).length);
