/** What an endpoint lets a model be asked. Wrong guesses end in "400" and are put right with `capabilities`. */
export interface OpenaiCapabilities {
  /** How a reply in JSON is asked for: by `response_format`, or by the prompt alone. */
  readonly json: "json_object" | "prompt";
  /** Whether `enable_thinking: false` may be sent. Planning is reading, not research: thinking makes it slow and no better. */
  readonly thinkingSwitch: boolean;
  /** Whether `temperature: 0` may be sent. */
  readonly temperature: boolean;
}

const USUAL: OpenaiCapabilities = { json: "json_object", thinkingSwitch: false, temperature: true };

interface Family extends Partial<OpenaiCapabilities> {
  readonly pattern: RegExp;
}

/** The first family that matches a model's id says how it differs from {@link USUAL}. */
const FAMILIES: readonly Family[] = [
  // Always think, and put their answer into prose now and then: https://docs.siliconflow.cn/cn/userguide/guides/json-mode
  { pattern: /deepseek-r1|deepseek-reasoner|qwq/i, json: "prompt" },
  // OpenAI's reasoning models refuse a temperature: https://platform.openai.com/docs/guides/reasoning
  { pattern: /^(o\d|gpt-[56](?!-chat))/i, temperature: false },
  // Hybrid models, which think unless told not to: https://docs.siliconflow.cn/docs/api/chat-completions-post (enable_thinking)
  {
    pattern: /qwen3(\.\d)?-\d+b(-a\d+b)?$|deepseek-v(3\.[12]|4)|glm-(4\.[5-9]|5)|hunyuan-a13b/i,
    thinkingSwitch: true,
  },
];

/** `enable_thinking` is SiliconFlow's; others refuse fields they do not know. */
export function capabilitiesOf(model: string, baseUrl: string, overrides: Partial<OpenaiCapabilities> = {}): OpenaiCapabilities {
  const { pattern: _, ...family } = FAMILIES.find((candidate) => candidate.pattern.test(model)) ?? { pattern: /^/ };
  const known = { ...USUAL, ...family };
  return { ...known, thinkingSwitch: known.thinkingSwitch && isSiliconFlow(baseUrl), ...overrides };
}

export function isSiliconFlow(baseUrl: string): boolean {
  return /(^|\.)siliconflow\.(cn|com)$/.test(new URL(baseUrl).hostname);
}
