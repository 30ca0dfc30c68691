import type { ModalView } from "@slack/types";
import { z } from "zod";
import { plainText } from "../rules/composition-rules.ts";
import { parseViewBlocks } from "../rules/message-rules.ts";
import { published, text } from "../rules/published-shape.ts";
import { SlackApiError } from "../slack-api-error.ts";
import type { OpenView, Workspace } from "../workspace.ts";
import { required, structured } from "./arguments.ts";
import type { CallArguments, Methods } from "./method.ts";

/** https://docs.slack.dev/interactivity/handling-user-interaction: a trigger id is good for three seconds, once. */
const TRIGGER_LIFETIME_MS = 3000;

/** @slack/types, views.d.ts. */
const modalRule = published<ModalView>()({
  type: z.literal("modal"),
  title: plainText(24),
  close: plainText(24).optional(),
  submit: plainText(24).optional(),
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(3000).optional(),
  callback_id: text(255).optional(),
  external_id: text(255).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
});

/** https://docs.slack.dev/reference/methods/views.open, views.update. */
export const viewMethods: Methods = {
  "views.open"(args, { workspace, triggers }) {
    const triggerId = required(args, "trigger_id", "invalid_trigger_id");
    const trigger = triggers.get(triggerId);
    if (trigger === undefined) throw new SlackApiError("invalid_trigger_id");
    if (workspace.now() - trigger.atMs > TRIGGER_LIFETIME_MS) throw new SlackApiError("expired_trigger_id");
    const view = modalOf(args);
    triggers.delete(triggerId);
    const opened: OpenView = { id: workspace.newId("V"), user: trigger.user, view };
    workspace.views.set(opened.id, opened);
    workspace.changed();
    return { view: viewJson(opened, workspace) };
  },

  "views.update"(args, { workspace }) {
    const opened = workspace.views.get(required(args, "view_id", "not_found"));
    if (opened === undefined) throw new SlackApiError("not_found");
    opened.view = modalOf(args);
    workspace.changed();
    return { view: viewJson(opened, workspace) };
  },
};

function modalOf(args: CallArguments): ModalView {
  const given = structured(args, "view", "invalid_arguments");
  const checked = modalRule.safeParse(given);
  if (!checked.success) {
    throw new SlackApiError(
      "invalid_arguments",
      checked.error.issues.map(({ message, path }) => `[ERROR] ${message} [json-pointer:/view/${path.join("/")}]`),
    );
  }
  const blocks = parseViewBlocks(checked.data.blocks);
  // "`submit` is required when an input block is within the `blocks` array" (@slack/types).
  if (checked.data.submit === undefined && blocks.some(({ type }) => type === "input")) {
    throw new SlackApiError("invalid_arguments", ["[ERROR] submit is required with input blocks [json-pointer:/view/submit]"]);
  }
  return { ...(checked.data as ModalView), blocks: [...blocks] };
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
export function viewJson(opened: OpenView, workspace: Workspace): Readonly<Record<string, unknown>> {
  return {
    id: opened.id,
    team_id: workspace.teamId,
    app_id: workspace.appId,
    bot_id: workspace.botId,
    private_metadata: "",
    callback_id: "",
    hash: "0.fake",
    state: { values: {} },
    ...opened.view,
  };
}
