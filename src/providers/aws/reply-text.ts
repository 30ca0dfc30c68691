import type { DescribeInstancesCommand } from "@aws-sdk/client-ec2";

/** The smallest document that the SDK takes for a reply. */
const EMPTY = new TextEncoder().encode("<Empty/>");

/**
 * Sends a command and gives the text of its reply, which the SDK then does not read: its XML parser goes character by character and
 * keeps every field, some 100 ms for a page of 1,000 instances, on the one thread that all regions share. Error replies stay the SDK's.
 */
export async function replyText(command: DescribeInstancesCommand, send: () => Promise<unknown>): Promise<string> {
  let text = "";
  command.middlewareStack.add(
    (next) => async (input) => {
      const result = await next(input);
      const response = result.response as { readonly statusCode: number; body: AsyncIterable<Uint8Array> | Uint8Array };
      if (response.statusCode !== 200) return result;
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
      text = Buffer.concat(chunks).toString("utf8");
      response.body = EMPTY;
      return result;
    },
    // Nearest to the wire: before the SDK's own reader sees the reply.
    { step: "deserialize", priority: "low", name: "nephoscopeReplyText" },
  );
  await send();
  return text;
}
