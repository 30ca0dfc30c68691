import { z } from "zod";

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "not an AWS region id");

/** An account to ask. With neither profile nor role it is the identity of the default credential chain. */
const awsAccountSchema = z.strictObject({
  /** Named profile of the shared configuration files. With `roleArn`, the identity that assumes the role. */
  profile: z.string().min(1).optional(),
  roleArn: z
    .string()
    .regex(/^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/.+$/, "not the ARN of an IAM role")
    .optional(),
  externalId: z.string().min(2).optional(),
  /** What people call it; usable in questions. */
  name: z.string().min(1).optional(),
  /** Default: that of the role, else of the configured region. */
  partition: z.enum(["aws", "aws-cn", "aws-us-gov"]).optional(),
  /** Only these. Default: all regions that are enabled in the account. */
  regions: z.array(region).min(1).optional(),
});

export const awsOptionsSchema = z.strictObject({
  /** Default: the identity of the default credential chain. */
  accounts: z.array(awsAccountSchema).min(1).optional(),
  /** Only these regions, for accounts without a list of their own. Default: all that are enabled. */
  regions: z.array(region).min(1).optional(),
  /** Of an AWS-compatible server, for all services. Default: the SDK's own, `AWS_ENDPOINT_URL` included. */
  endpoint: z.url().optional(),
  /** How long one request may take, in milliseconds. @defaultValue 30000 */
  requestTimeoutMs: z.int().min(100).optional(),
});

export type AwsAccountOptions = z.infer<typeof awsAccountSchema>;
export type AwsOptions = z.infer<typeof awsOptionsSchema>;
