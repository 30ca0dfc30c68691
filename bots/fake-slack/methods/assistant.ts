import { z } from "zod";
import { SlackApiError } from "../slack-api-error.ts";
import type { Workspace } from "../workspace.ts";
import { required, structured } from "./arguments.ts";
import type { CallArguments, Methods } from "./method.ts";

/** https://docs.slack.dev/reference/methods/assistant.threads.setStatus: "a two minute timeout applies". */
const STATUS_LIFETIME_MS = 2 * 60_000;

const promptsRule = z.array(z.strictObject({ title: z.string().min(1), message: z.string().min(1) })).min(1);

/** https://docs.slack.dev/reference/methods/assistant.threads.setStatus, .setSuggestedPrompts, .setTitle. */
export const assistantMethods: Methods = {
  "assistant.threads.setStatus"(args, { workspace }) {
    const key = threadKey(args, workspace);
    const status = args.status;
    if (typeof status !== "string") throw new SlackApiError("invalid_arguments");
    const loading = structured(args, "loading_messages", "invalid_arguments");
    // "Maximum of 10 messages."
    if (Array.isArray(loading) && loading.length > 10) throw new SlackApiError("invalid_arguments");
    if (status === "") workspace.statuses.delete(key);
    else workspace.statuses.set(key, { text: status, untilMs: workspace.now() + STATUS_LIFETIME_MS });
    workspace.changed();
    return {};
  },

  "assistant.threads.setSuggestedPrompts"(args, { workspace }) {
    const prompts = promptsRule.safeParse(structured(args, "prompts", "invalid_arguments"));
    if (!prompts.success) throw new SlackApiError("invalid_arguments");
    // "Maximum of 4 prompts": https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts.
    if (prompts.data.length > 4) throw new SlackApiError("too_many_prompts");
    const channel = workspace.channel(required(args, "channel_id", "channel_not_found"));
    workspace.prompts.set(`${channel.id}:${String(args.thread_ts ?? "")}`, prompts.data);
    workspace.changed();
    return {};
  },

  "assistant.threads.setTitle"(args, { workspace }) {
    workspace.titles.set(threadKey(args, workspace), required(args, "title"));
    workspace.changed();
    return {};
  },
};

function threadKey(args: CallArguments, workspace: Workspace): string {
  const channel = workspace.channel(required(args, "channel_id", "channel_not_found"));
  const thread = required(args, "thread_ts", "invalid_thread_ts");
  if (workspace.message(channel.id, thread) === undefined) throw new SlackApiError("invalid_thread_ts");
  return `${channel.id}:${thread}`;
}
