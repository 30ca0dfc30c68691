import { extname } from "node:path";
import type { StoredFile } from "../workspace.ts";

const MIMETYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  csv: "text/csv",
  txt: "text/plain",
  ts: "text/plain",
  json: "application/json",
};

export function mimetypeOf(name: string): string {
  return MIMETYPES[extname(name).slice(1)] ?? "application/octet-stream";
}

export function fileJson(file: StoredFile | undefined): Readonly<Record<string, unknown>> {
  if (file === undefined) return {};
  const { id, name, title, length } = file;
  return { id, name, title, size: length, filetype: extname(name).slice(1), mimetype: mimetypeOf(name) };
}
