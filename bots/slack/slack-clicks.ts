import { z } from "zod";
import type { IncomingDecision, IncomingFeedback, IncomingStop, Person, Place } from "../shared/incoming.ts";
import { ACTIONS, REVISE_FORM, REVISE_INPUT } from "./slack-actions.ts";
import type { SlackIdentity } from "./slack-events.ts";
import { type SlackReference, slackPerson, slackPlace } from "./slack-place.ts";

/** What somebody clicked or sent. */
export type SlackClick =
  | { readonly kind: "decide"; readonly decision: IncomingDecision }
  | { readonly kind: "stop"; readonly stop: IncomingStop }
  | { readonly kind: "feedback"; readonly feedback: IncomingFeedback }
  /** Asks what to change: a form has to be opened with `triggerId`, within 3 s of the click. */
  | {
      readonly kind: "form";
      readonly place: Place;
      readonly person: Person;
      readonly triggerId: string;
      readonly language: "en" | "zh";
      readonly form: ReviseForm;
    };

/** What a form carries from the click to its sending: ids. */
export interface ReviseForm {
  readonly approvalId: string;
  readonly reference: SlackReference;
}

const userSchema = z.object({ id: z.string(), team_id: z.string().optional(), name: z.string().optional() });

const clickSchema = z.object({
  type: z.literal("block_actions"),
  trigger_id: z.string(),
  user: userSchema,
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }),
  container: z.object({ thread_ts: z.string().optional(), message_ts: z.string() }),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional(), action_ts: z.string() })).min(1),
});

const formSchema = z.object({
  type: z.literal("view_submission"),
  user: userSchema,
  team: z.object({ id: z.string() }).nullish(),
  view: z.object({
    id: z.string(),
    callback_id: z.literal(REVISE_FORM),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))) }),
  }),
});

const reviseFormSchema = z.strictObject({
  approvalId: z.string(),
  reference: z.strictObject({ channel: z.string(), threadTs: z.string(), recipientTeam: z.string(), recipientUser: z.string() }),
});

/** A click of ours in an interaction payload; null where it is none. */
export function clickIn(body: unknown, identity: SlackIdentity): SlackClick | null {
  const click = clickSchema.safeParse(body);
  if (click.success) return buttonClick(click.data, identity);
  const sent = formSchema.safeParse(body);
  if (sent.success) return formSent(sent.data, identity);
  return null;
}

function buttonClick(body: z.infer<typeof clickSchema>, identity: SlackIdentity): SlackClick | null {
  const [action] = body.actions;
  if (action?.value === undefined) return null;
  const { value } = action;
  const recipientTeam = body.user.team_id ?? body.team?.id ?? identity.team;
  const reference: SlackReference = {
    channel: body.channel.id,
    threadTs: body.message?.thread_ts ?? body.container.thread_ts ?? body.container.message_ts,
    recipientTeam,
    recipientUser: body.user.id,
  };
  const common = {
    // Two clicks are two deliveries; a replay of one is not.
    deliveryId: `click:${body.user.id}:${body.container.message_ts}:${action.action_id}:${action.action_ts}`,
    place: slackPlace(identity.team, reference),
    person: slackPerson(recipientTeam, body.user.id, body.user.name ?? null),
  };
  switch (action.action_id) {
    case ACTIONS.approve:
      return { kind: "decide", decision: { ...common, approvalId: value, decision: "approve" } };
    case ACTIONS.reject:
      return { kind: "decide", decision: { ...common, approvalId: value, decision: "reject" } };
    case ACTIONS.stop:
      return { kind: "stop", stop: { ...common, questionId: value } };
    case `${ACTIONS.revise}_en`:
    case `${ACTIONS.revise}_zh`: {
      const language = action.action_id.endsWith("zh") ? "zh" : "en";
      const { place, person } = common;
      return { kind: "form", place, person, triggerId: body.trigger_id, language, form: { approvalId: value, reference } };
    }
    case ACTIONS.feedback:
    case `${ACTIONS.feedback}_good`:
    case `${ACTIONS.feedback}_bad`:
      return feedback(value, common);
    default:
      return null;
  }
}

interface Common {
  readonly deliveryId: string;
  readonly place: Place;
  readonly person: Person;
}

function feedback(value: string, common: Common): SlackClick | null {
  const [verdict, questionId] = value.split(/:(.*)/s);
  if (questionId === undefined || (verdict !== "good" && verdict !== "bad")) return null;
  return { kind: "feedback", feedback: { ...common, questionId, good: verdict === "good" } };
}

function formSent(body: z.infer<typeof formSchema>, identity: SlackIdentity): SlackClick | null {
  const { approvalId, reference } = reviseFormSchema.parse(JSON.parse(body.view.private_metadata));
  const comment = Object.values(body.view.state.values)
    .map((inputs) => inputs[REVISE_INPUT]?.value ?? "")
    .join("")
    .trim();
  const team = body.user.team_id ?? body.team?.id ?? identity.team;
  return {
    kind: "decide",
    decision: {
      deliveryId: `form:${body.user.id}:${body.view.id}`,
      place: slackPlace(identity.team, reference),
      person: slackPerson(team, body.user.id, body.user.name ?? null),
      approvalId,
      decision: "revise",
      comment,
    },
  };
}
