import { z } from "zod";

const region = z.string().regex(/^[a-z]{2}(-[a-z0-9]+)+$/, "not a Volcengine region id");

/** An account to ask. With neither keys nor role it is the identity of the environment or of `~/.volc/config`. */
const volcengineAccountSchema = z
  .strictObject({
    accessKeyId: z.string().min(1).optional(),
    secretAccessKey: z.string().min(1).optional(),
    /** Of temporary keys. */
    sessionToken: z.string().min(1).optional(),
    /** A role that the keys assume. */
    roleTrn: z
      .string()
      .regex(/^trn:iam::\d+:role\/.+$/, "not the TRN of an IAM role")
      .optional(),
    /** What people call it; usable in questions. */
    name: z.string().min(1).optional(),
    /** Only these. Default: all regions that ECS lists for the account. */
    regions: z.array(region).min(1).optional(),
  })
  .refine((account) => (account.accessKeyId === undefined) === (account.secretAccessKey === undefined), {
    message: "accessKeyId and secretAccessKey belong together",
  });

export const volcengineOptionsSchema = z.strictObject({
  /** Default: the identity of the environment, else of `~/.volc/config`. */
  accounts: z.array(volcengineAccountSchema).min(1).optional(),
  /** Only these regions, for accounts without a list of their own. Default: all that ECS lists. */
  regions: z.array(region).min(1).optional(),
  /** Of a compatible server, for all services. Default: `open.volcengineapi.com`, and `tls-REGION.volces.com` for logs and traces. */
  endpoint: z.url().optional(),
  /** How long one request may take, in milliseconds. @defaultValue 30000 */
  requestTimeoutMs: z.int().min(100).optional(),
});

export type VolcengineAccountOptions = z.infer<typeof volcengineAccountSchema>;
export type VolcengineOptions = z.infer<typeof volcengineOptionsSchema>;
