import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A model behind an endpoint as OpenAI has it, which says what it is told to. */
export interface SaidModel extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  /** Prompts so far. */
  readonly prompts: readonly string[];
}

/** `say` gets all messages of a request as one text. */
export async function startSaidModel(say: (prompt: string) => string): Promise<SaidModel> {
  const prompts: string[] = [];
  const server = createServer(async (request, response) => {
    const { messages } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { messages: { content: string }[] };
    const prompt = messages.map(({ content }) => content).join("\n");
    prompts.push(prompt);
    const choices = [{ index: 0, message: { role: "assistant", content: say(prompt) }, finish_reason: "stop" }];
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ id: "1", object: "chat.completion", choices, usage: { prompt_tokens: 10, completion_tokens: 5 } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: { NEPHOSCOPE_LLM_BASE_URL: `http://127.0.0.1:${port}/v1`, NEPHOSCOPE_LLM_MODEL: "said", NEPHOSCOPE_LLM_API_KEY: "none" },
    prompts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
