import type { Workspace } from "../workspace.ts";

/** Arguments of a call as they came: strings of a form, or values of a JSON body. */
export type CallArguments = Readonly<Record<string, unknown>>;

/** What methods work on besides the workspace. */
export interface ApiContext {
  readonly workspace: Workspace;
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Whom a trigger id was given to, and when it was. */
  readonly triggers: Map<string, { readonly user: string; readonly atMs: number }>;
}

/** One method of the Web API. Throws `SlackApiError`. What it answers is joined to `ok: true`. */
type Method = (args: CallArguments, context: ApiContext) => Readonly<Record<string, unknown>> & { readonly ok?: never };

export type Methods = Readonly<Record<string, Method>>;
