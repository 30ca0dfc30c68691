import { DATA_KINDS } from "nephoscope";
import { z } from "zod";

const names = z.array(z.string().min(1));

const accessRuleSchema = z.strictObject({
  /** `true`: every full member of the workspace or tenant. */
  everybody: z.boolean().optional(),
  /** Ids: Slack `U123` (of the bot's own team) or `T123:U123`; Teams: the Entra object id, or `tenant:object`. */
  users: names.optional(),
  /** Slack user groups `S123`; Teams: ids of teams whose members they are. */
  groups: names.optional(),
  /** Only in these. Absent: wherever they ask. Slack `C123`, Teams the channel's or chat's id. */
  channels: names.optional(),
  /** Guests and people of other organisations, when `users` names them; channels that are shared with other organisations. @defaultValue false */
  outsiders: z.boolean().optional(),
  /** Restricts every question under this rule. */
  where: z
    .strictObject({
      providers: names.optional(),
      accounts: names.optional(),
      regions: names.optional(),
      tags: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  /** @defaultValue all kinds */
  data: z.array(z.enum(DATA_KINDS)).optional(),
});

/** Who may ask what, and who decides: the first rule that fits a person in a place counts, and where none fits nobody may. */
export const accessRulesSchema = z.strictObject({
  rules: z.array(accessRuleSchema),
  approvers: z.strictObject({ users: names.optional(), groups: names.optional() }).optional(),
  /** Whether who asked may approve. @defaultValue false */
  selfApproval: z.boolean().optional(),
  /** People who must approve a program that changes something. @defaultValue 2 */
  writeApprovals: z.number().int().min(1).max(5).optional(),
  /** Log lines and traces where anybody of the workspace can read along. @defaultValue false */
  logsInPublicChannels: z.boolean().optional(),
  /** Questions an hour. @defaultValue 60 for a person, 300 for a channel */
  limits: z
    .strictObject({ perPersonPerHour: z.number().int().min(1).optional(), perChannelPerHour: z.number().int().min(1).optional() })
    .optional(),
});

export type AccessRule = z.infer<typeof accessRuleSchema>;
export type AccessRules = z.infer<typeof accessRulesSchema>;
