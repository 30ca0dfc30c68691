import type { IncomingMessage, ServerResponse } from "node:http";
import type { Runtime } from "nephoscope";
import { activitySchema, type TeamsActivity } from "./activities.ts";
import type { TeamsTransport } from "./transport.ts";
import { isTrustedService } from "./trusted-service.ts";

/** Activities are small; files do not come this way. */
const MAX_BODY_BYTES = 512 * 1024;
const CHANNEL = "msteams";

export interface TeamsReceivingOptions {
  readonly transport: TeamsTransport;
  readonly playground: boolean;
  readonly logger: Runtime["logger"];
  /** What the answer holds; undefined: nothing. Sent again by Teams when it rejects. */
  onActivity(activity: TeamsActivity): Promise<unknown>;
}

/** Takes one activity: proves where it comes from, hands it on, and only then acknowledges it. */
export function teamsReceiving(options: TeamsReceivingOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { transport, playground, logger } = options;
  return async (request, response) => {
    const end = (status: number, body?: unknown): void => {
      response.writeHead(status, body === undefined ? {} : { "content-type": "application/json" });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    if (playground && !isLoopback(request)) return end(403);
    const text = await bodyOf(request);
    if (text === null) return end(413);
    const activity = parsed(text);
    if (activity === null) return end(400);
    // Whoever the token is of, the bot is one of Teams: other channels prove who is who by other rules.
    if (activity.channelId !== CHANNEL) return end(403);
    if (!isTrustedService(activity.serviceUrl, playground)) {
      logger.warn("teams: an activity names a service that is not Microsoft's", { serviceUrl: activity.serviceUrl.slice(0, 200) });
      return end(403);
    }
    if (!playground) {
      try {
        await transport.authenticate(request.headers.authorization, activity);
      } catch (error) {
        logger.warn("teams: an activity without a valid token was refused", { error: String(error).slice(0, 300) });
        return end(401);
      }
    }
    try {
      end(200, await options.onActivity(activity));
    } catch (error) {
      logger.warn("teams: an activity could not be taken", { error: String(error), type: activity.type });
      end(500);
    }
  };
}

function isLoopback(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? "";
  return address === "127.0.0.1" || address === "::1" || address === "::ffff:127.0.0.1";
}

function parsed(text: string): TeamsActivity | null {
  try {
    return activitySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
