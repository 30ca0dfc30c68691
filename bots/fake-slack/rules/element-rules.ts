import type {
  Button,
  DispatchActionConfig,
  FeedbackButtons,
  IconButton,
  ImageElement,
  Overflow,
  PlainTextInput,
  PlainTextOption,
  StaticSelect,
  URLSourceElement,
} from "@slack/types";
import { z } from "zod";
import { confirmation, plainText } from "./composition-rules.ts";
import { list, published, text } from "./published-shape.ts";

// Limits: the descriptions in @slack/types (block-kit/block-elements.d.ts), which repeat
// https://docs.slack.dev/reference/block-kit/block-elements.

const actionId = text(255).optional();
const confirm = confirmation.optional();

export const button = published<Button>()({
  type: z.literal("button"),
  action_id: actionId,
  text: plainText(75),
  value: text(2000).optional(),
  url: text(3000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  accessibility_label: text(75).optional(),
  confirm,
});

const verdict = published<FeedbackButtons["positive_button"]>()({
  text: plainText(75),
  accessibility_label: text(75).optional(),
  value: text(2000),
});

export const feedbackButtons = published<FeedbackButtons>()({
  type: z.literal("feedback_buttons"),
  action_id: actionId,
  positive_button: verdict,
  negative_button: verdict,
});

export const iconButton = published<IconButton>()({
  type: z.literal("icon_button"),
  action_id: actionId,
  icon: text(100),
  text: plainText(75),
  accessibility_label: text(75).optional(),
  value: text(2000).optional(),
  visible_to_user_ids: z.array(z.string()).optional(),
  confirm,
});

const option = published<PlainTextOption>()({
  text: plainText(75),
  value: text(75).optional(),
  url: text(3000).optional(),
  description: plainText(75).optional(),
});

export const overflow = published<Overflow>()({ type: z.literal("overflow"), action_id: actionId, options: list(option, 5), confirm });

export const staticSelect = published<StaticSelect>()({
  type: z.literal("static_select"),
  action_id: actionId,
  placeholder: plainText(150).optional(),
  options: list(option, 100).optional(),
  option_groups: list(z.strictObject({ label: plainText(75), options: list(option, 100) }), 100).optional(),
  initial_option: option.optional(),
  focus_on_load: z.boolean().optional(),
  confirm,
});

export const plainTextInput = published<PlainTextInput>()({
  type: z.literal("plain_text_input"),
  action_id: actionId,
  placeholder: plainText(150).optional(),
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
  dispatch_action_config: published<DispatchActionConfig>()({
    trigger_actions_on: z.array(z.enum(["on_enter_pressed", "on_character_entered"])).optional(),
  }).optional(),
  focus_on_load: z.boolean().optional(),
});

/** Where the picture is: anywhere, or a file of the workspace. */
const slackFile = z.union([z.strictObject({ url: text(3000) }), z.strictObject({ id: text(20) })]);

/** One of `image_url` and `slack_file` (UrlImageObject | SlackFileImageObject of @slack/types). */
export const imageSource = { image_url: text(3000).optional(), slack_file: slackFile.optional() };

export function hasOneSource(image: { readonly image_url?: unknown; readonly slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined);
}

export const imageElement = published<ImageElement>()({ type: z.literal("image"), alt_text: text(2000), ...imageSource }).refine(
  hasOneSource,
  { error: "must provide one of image_url or slack_file" },
);

export const urlSource = published<URLSourceElement>()({ type: z.literal("url"), url: text(3000), text: text(3000) });
