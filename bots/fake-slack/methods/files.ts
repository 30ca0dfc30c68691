import type { FilesCompleteUploadExternalResponse, FilesGetUploadURLExternalResponse } from "@slack/web-api";
import { z } from "zod";
import { SlackApiError } from "../slack-api-error.ts";
import { optional, required, structured } from "./arguments.ts";
import { threadOf } from "./chat.ts";
import { fileJson } from "./file-json.ts";
import type { Methods } from "./method.ts";

const filesRule = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal and .completeUploadExternal: URL, bytes, completion. */
export const fileMethods: Methods = {
  "files.getUploadURLExternal"(args, { workspace, url }) {
    const name = required(args, "filename");
    const length = Number(args.length);
    if (!Number.isInteger(length) || length <= 0) throw new SlackApiError("invalid_arguments", ["[ERROR] length"]);
    const id = workspace.newId("F");
    workspace.files.set(id, { id, name, title: name, length, altText: optional(args, "alt_txt") ?? null, bytes: null, shared: false });
    return { file_id: id, upload_url: `${url}/upload/${id}` } satisfies Partial<FilesGetUploadURLExternalResponse>;
  },

  "files.completeUploadExternal"(args, { workspace }) {
    const wanted = filesRule.safeParse(structured(args, "files", "invalid_arguments"));
    if (!wanted.success) throw new SlackApiError("invalid_arguments");
    const files = wanted.data.map(({ id, title }) => {
      const file = workspace.files.get(id);
      if (file === undefined || file.bytes === null || file.shared) throw new SlackApiError("file_not_found");
      file.title = title ?? file.title;
      return file;
    });
    const channelId = optional(args, "channel_id");
    if (channelId !== undefined) {
      const channel = workspace.channel(channelId);
      const thread = threadOf(args, channel, workspace);
      const text = optional(args, "initial_comment") ?? "";
      workspace.add({ channel: channel.id, thread, user: workspace.botUserId, text, files: files.map(({ id }) => id) });
    }
    for (const file of files) file.shared = true;
    return { files: files.map(fileJson) } as Partial<FilesCompleteUploadExternalResponse> as Record<string, unknown> & { ok?: never };
  },
};
