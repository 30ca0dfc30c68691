import type { DescribeInstancesCommand } from "@aws-sdk/client-ec2";

/** The smallest document that the SDK takes for a reply. */
const EMPTY = new TextEncoder().encode("<Empty/>");

/**
 * Sends a command and hands on the text of its reply as it arrives, instead of letting the SDK read it: its XML parser holds the whole
 * page several times over, goes character by character and takes some 100 ms for 1,000 instances, on the one thread that all regions
 * share. Error replies stay the SDK's. What `onText` throws ends the reading and is thrown.
 */
export async function streamReply(
  command: DescribeInstancesCommand,
  send: () => Promise<unknown>,
  onText: (text: string) => void,
): Promise<void> {
  let failure: { readonly error: unknown } | undefined;
  command.middlewareStack.add(
    (next) => async (input) => {
      const result = await next(input);
      const response = result.response as { readonly statusCode: number; body: AsyncIterable<Uint8Array> | Uint8Array };
      if (response.statusCode !== 200) return result;
      const decoder = new TextDecoder();
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        try {
          onText(decoder.decode(chunk, { stream: true }));
        } catch (error) {
          // Thrown from here, the SDK would take it for an error of its own.
          failure = { error };
          break;
        }
      }
      response.body = EMPTY;
      return result;
    },
    // Nearest to the wire: before the SDK's own reader sees the reply.
    { step: "deserialize", priority: "low", name: "nephoscopeStreamReply" },
  );
  await send();
  if (failure !== undefined) throw failure.error;
}
