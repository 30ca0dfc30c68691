import { z } from "zod";
import { CLOUD_NAMES } from "./clouds.ts";

const region = z.string().regex(/^[a-z][a-z0-9]+$/, "not an Azure region name such as westeurope");

export const azureOptionsSchema = z.strictObject({
  /** Azure operated by 21Vianet is `AzureChinaCloud`. @defaultValue "AzureCloud" */
  cloud: z.enum(CLOUD_NAMES).optional(),
  /** The Microsoft Entra tenant to sign in to. Default: the credential's own. */
  tenantId: z.string().min(1).optional(),
  /** Default: every subscription that the identity can read. */
  subscriptions: z
    .array(
      z.strictObject({
        id: z.guid(),
        /** What people call it; usable in questions. Default: its display name. */
        name: z.string().min(1).optional(),
      }),
    )
    .min(1)
    .optional(),
  /** Only these regions. Default: all in which there is something. */
  regions: z.array(region).min(1).optional(),
  /** How long one request may take, in milliseconds. @defaultValue 30000 */
  requestTimeoutMs: z.int().min(100).optional(),
});

export type AzureOptions = z.infer<typeof azureOptionsSchema>;
