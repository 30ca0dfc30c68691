import { z } from "zod";
import type { TeamsActivity } from "./activities.ts";
import { fileMessage } from "./messages.ts";
import type { Activity } from "./transport.ts";
import { isUploadHost } from "./trusted-service.ts";

const consentSchema = z.object({
  action: z.enum(["accept", "decline"]),
  context: z.object({ question: z.string(), language: z.enum(["en", "zh"]).default("en") }),
  uploadInfo: z
    .object({ name: z.string(), uploadUrl: z.string(), contentUrl: z.string(), uniqueId: z.string(), fileType: z.string() })
    .optional(),
});

export type FileConsent = z.infer<typeof consentSchema>;

/** What somebody answered to the offer of a file; null where it is none of ours. */
export function consentIn(activity: TeamsActivity): FileConsent | null {
  if (activity.type !== "invoke" || activity.name !== "fileConsent/invoke") return null;
  const parsed = consentSchema.safeParse(activity.value);
  return parsed.success ? parsed.data : null;
}

const UPLOAD_TIMEOUT_MS = 60_000;

/** Puts a file where Teams said, and gives the message that shows it. Rejects where that is not one of Microsoft's hosts for files. */
export async function upload(content: string, info: NonNullable<FileConsent["uploadInfo"]>): Promise<Activity> {
  if (!isUploadHost(info.uploadUrl)) throw new Error("The place to upload to is not one of Microsoft's.");
  const bytes = Buffer.from(content, "utf8");
  const response = await fetch(info.uploadUrl, {
    method: "PUT",
    body: bytes,
    headers: { "content-type": "application/octet-stream", "content-range": `bytes 0-${bytes.length - 1}/${bytes.length}` },
    redirect: "error",
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`The upload ended with status ${response.status}.`);
  return fileMessage(info);
}
