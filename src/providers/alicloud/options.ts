import { z } from "zod";

const region = z.string().regex(/^[a-z]{2,3}(-[a-z0-9]+)+$/, "not an Alibaba Cloud region id");

/** An account to ask. With neither profile nor role it is the identity of the default credential chain. */
const alicloudAccountSchema = z.strictObject({
  /** Named profile of `~/.aliyun/config.json`. With `roleArn`, the identity that assumes the role. */
  profile: z.string().min(1).optional(),
  roleArn: z
    .string()
    .regex(/^acs:ram::\d+:role\/.+$/, "not the ARN of a RAM role")
    .optional(),
  externalId: z.string().min(2).optional(),
  /** What people call it; usable in questions. */
  name: z.string().min(1).optional(),
  /** Only these. Default: all regions that ECS has for the account. */
  regions: z.array(region).min(1).optional(),
});

export const alicloudOptionsSchema = z.strictObject({
  /** Default: the identity of the default credential chain. */
  accounts: z.array(alicloudAccountSchema).min(1).optional(),
  /** Only these regions, for accounts without a list of their own. Default: all that ECS has for the account. */
  regions: z.array(region).min(1).optional(),
  /** How long one request may take, in milliseconds. @defaultValue 30000 */
  requestTimeoutMs: z.int().min(100).optional(),
});

export type AlicloudAccountOptions = z.infer<typeof alicloudAccountSchema>;
export type AlicloudOptions = z.infer<typeof alicloudOptionsSchema>;
