import { z } from "zod";

const region = z.string().regex(/^[a-z]+(-[a-z]+)+\d+$/, "not a region id of Google Cloud");

const gcpProjectSchema = z.strictObject({
  id: z.string().regex(/^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "not a project id"),
  /** What people call it; usable in questions. */
  name: z.string().min(1).optional(),
});

export const gcpOptionsSchema = z.strictObject({
  /** Default: the project of the environment or of Application Default Credentials, else all projects that these may see. */
  projects: z.array(gcpProjectSchema).min(1).optional(),
  /** Only these regions. Default: those in which a project has instances. */
  regions: z.array(region).min(1).optional(),
  /** How long one request may take, in milliseconds. @defaultValue 30000 */
  requestTimeoutMs: z.int().min(100).optional(),
});

export type GcpProjectOptions = z.infer<typeof gcpProjectSchema>;
export type GcpOptions = z.infer<typeof gcpOptionsSchema>;
