import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, ToolMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import type { StructuredToolInterface } from "@langchain/core/tools";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import { isMeasurable } from "./cloud.ts";
import { type ModelUsage, THRESHOLD_PERCENT, TOKENS_A_MESSAGE } from "./contender.ts";

/** Whether the metric tool takes one server, or 500 of one scope. */
export type MetricTool = "single" | "batch";

/** What `list_servers` tells of one account and region. */
export interface ListedScope {
  readonly account: string;
  readonly region: string;
  readonly servers: readonly (readonly [id: string, name: string, state: string])[];
}

interface ToolCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

const CALLS_A_TURN = 20;
const SERVERS_A_CALL = 500;

/** A chat model that does the best thing at each turn, at once, and keeps what it was sent so that its tokens can be counted afterwards. */
export class IdealModel extends BaseChatModel {
  readonly #metricTool: MetricTool;
  #tools = "";
  /** The conversation as of the last call; every call saw a beginning of it. */
  #messages: readonly BaseMessage[] = [];
  #calls: { readonly seen: number; readonly reply: AIMessage }[] = [];
  #wanted: readonly ToolCall[] | undefined;
  #asked = 0;
  #hot: string[] = [];

  constructor(metricTool: MetricTool) {
    super({});
    this.#metricTool = metricTool;
  }

  reset(): void {
    this.#messages = [];
    this.#calls = [];
    this.#wanted = undefined;
    this.#asked = 0;
    this.#hot = [];
  }

  override bindTools(tools: StructuredToolInterface[]): this {
    this.#tools = JSON.stringify(tools.map((each) => convertToOpenAITool(each)));
    return this;
  }

  override _llmType(): string {
    return "ideal";
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const reply = this.#reply(messages);
    this.#messages = messages;
    this.#calls.push({ seen: messages.length, reply });
    return { generations: [{ message: reply, text: String(reply.content) }] };
  }

  /** What a server would have counted: each call is sent the tools and the whole conversation so far. */
  usage(count: (text: string) => number): ModelUsage {
    const upTo = [0];
    for (const message of this.#messages) upTo.push((upTo.at(-1) ?? 0) + count(textOf(message)) + TOKENS_A_MESSAGE);
    const tools = count(this.#tools);
    const prompts = this.#calls.map(({ seen }) => tools + (upTo[seen] ?? 0));
    return {
      modelCalls: prompts.length,
      promptTokens: prompts.reduce((sum, tokens) => sum + tokens, 0),
      largestPrompt: Math.max(0, ...prompts),
      completionTokens: this.#calls.reduce((sum, { reply }) => sum + count(textOf(reply)), 0),
    };
  }

  #reply(messages: readonly BaseMessage[]): AIMessage {
    const results = resultsSince(messages);
    if (results.length === 0) return toMessage([{ name: "list_servers", args: {} }], "list");
    if (this.#wanted === undefined) this.#wanted = this.#metricCalls(JSON.parse(String(results[0]?.content)) as ListedScope[]);
    else this.#read(results);
    const turn = this.#wanted.slice(this.#asked, this.#metricTool === "single" ? this.#asked + CALLS_A_TURN : undefined);
    if (turn.length === 0) return new AIMessage(JSON.stringify(this.#hot));
    const message = toMessage(turn, String(this.#asked));
    this.#asked += turn.length;
    return message;
  }

  #metricCalls(scopes: readonly ListedScope[]): ToolCall[] {
    return scopes.flatMap(({ account, region, servers }): ToolCall[] => {
      const ids = servers.filter(([, , state]) => isMeasurable({ state })).map(([id]) => id);
      if (this.#metricTool === "single") return ids.map((id) => ({ name: "get_cpu", args: { account, region, id } }));
      const batches = Array.from({ length: Math.ceil(ids.length / SERVERS_A_CALL) }, (_, index) =>
        ids.slice(index * SERVERS_A_CALL, (index + 1) * SERVERS_A_CALL),
      );
      return batches.map((batch) => ({ name: "get_cpu", args: { account, region, ids: batch } }));
    });
  }

  #read(results: readonly ToolMessage[]): void {
    const first = this.#asked - results.length;
    for (const [index, { content }] of results.entries()) {
      const id = this.#wanted?.[first + index]?.args.id;
      const pairs = id === undefined ? (JSON.parse(String(content)) as [string, number][]) : [[String(id), Number(content)] as const];
      for (const [server, cpu] of pairs) if (cpu > THRESHOLD_PERCENT) this.#hot.push(server);
    }
  }
}

/** Results of the model's last tool calls, in the order of the calls. */
function resultsSince(messages: readonly BaseMessage[]): ToolMessage[] {
  const first = messages.findLastIndex((message) => !ToolMessage.isInstance(message)) + 1;
  return messages.slice(first) as ToolMessage[];
}

function toMessage(calls: readonly ToolCall[], prefix: string): AIMessage {
  return new AIMessage({ content: "", tool_calls: calls.map(({ name, args }, index) => ({ name, args, id: `${prefix}-${index}` })) });
}

function textOf(message: BaseMessage): string {
  const calls = AIMessage.isInstance(message) ? (message.tool_calls ?? []) : [];
  return [String(message.content), ...calls.map(({ name, args }) => `${name} ${JSON.stringify(args)}`)].join("\n");
}
