import { SlackApiError } from "../slack-api-error.ts";
import type { CallArguments } from "./method.ts";

/** A string that must be there. */
export function required(args: CallArguments, name: string, missing = "invalid_arguments"): string {
  const value = args[name];
  if (typeof value === "string" && value !== "") return value;
  throw new SlackApiError(missing, [`[ERROR] missing required field: ${name}`]);
}

export function optional(args: CallArguments, name: string): string | undefined {
  const value = args[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Forms carry arrays and objects as JSON: https://docs.slack.dev/apis/web-api/#basics. */
export function structured(args: CallArguments, name: string, invalid: string): unknown {
  const value = args[name];
  if (typeof value !== "string") return value ?? undefined;
  if (value === "") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new SlackApiError(invalid);
  }
}

/** Page size and place: https://docs.slack.dev/apis/web-api/pagination. */
export function page<T>(
  items: readonly T[],
  args: CallArguments,
  largest: number,
): { readonly items: readonly T[]; readonly next_cursor: string } {
  const limit = Math.min(Number(args.limit ?? 100), largest);
  const from = args.cursor === undefined || args.cursor === "" ? 0 : Number(Buffer.from(String(args.cursor), "base64").toString());
  if (!Number.isInteger(from)) throw new SlackApiError("invalid_cursor");
  const next = from + limit;
  return { items: items.slice(from, next), next_cursor: next < items.length ? Buffer.from(String(next)).toString("base64") : "" };
}
