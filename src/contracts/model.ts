/** A chat model behind any endpoint. Drivers do not retry, and report what the server counted. */
export interface Model {
  readonly contractVersion: "model-v1";
  /** As shown to people: `Qwen/Qwen3-32B`. */
  readonly id: string;
  /** Throws `ModelError`; an aborted signal rejects with its reason. An empty reply is an error, not an answer. */
  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}

export interface ModelMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[];
  /** Ask the server for one JSON object. */
  readonly json: boolean;
  readonly maxTokens: number;
}

export interface ModelReply {
  readonly text: string;
  /** `length`: the reply was cut. */
  readonly finishReason: "stop" | "length" | "refused" | "other";
  /** As the server counted; 0 where it did not. */
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number };
}
