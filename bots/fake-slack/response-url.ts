import type { IncomingMessage, ServerResponse } from "node:http";
import { messageContent } from "./methods/message-content.ts";
import { readForm } from "./request-body.ts";
import { SlackApiError } from "./slack-api-error.ts";
import type { Workspace } from "./workspace.ts";

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: to the clicker unless `in_channel`; may replace or delete. */
export async function respondToUrl(id: string, request: IncomingMessage, response: ServerResponse, workspace: Workspace): Promise<void> {
  const [channel = "", ts = "", user = ""] = id.split(":");
  const args = await readForm(request);
  const original = workspace.message(channel, ts);
  try {
    if (args.delete_original === true && original !== undefined) original.deleted = true;
    else if (args.replace_original === true && original !== undefined) {
      Object.assign(original, messageContent(args, workspace), { edited: true, version: original.version + 1 });
    } else {
      const thread = original?.thread ?? null;
      const onlyFor = args.response_type === "in_channel" ? null : user;
      workspace.add({ channel, thread, user: workspace.botUserId, onlyFor, ...messageContent(args, workspace) });
    }
    workspace.changed();
    response.writeHead(200).end("ok");
  } catch (error) {
    if (!(error instanceof SlackApiError)) throw error;
    response.writeHead(400).end(error.code);
  }
}
