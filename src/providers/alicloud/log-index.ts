import type { ProviderContext, Scope } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";
import { LEVEL_FIELDS, SERVICE_FIELDS } from "../shared/log-vocabulary.ts";
import type { Connection } from "./clients.ts";
import { required } from "./errors.ts";
import { type LogPlace, sourceName } from "./log-sources.ts";

const OPERATION = "GetIndex";

export interface IndexedField {
  readonly name: string;
  /** Numbers can only be asked for by numbers. */
  readonly numeric: boolean;
  readonly caseSensitive: boolean;
  /** Whether SQL can read it. */
  readonly countable: boolean;
}

/** What of a logstore can be asked for: the log service knows only what has an index, and refuses a question about any other field. */
export interface LogIndex {
  field(name: string): IndexedField | undefined;
  readonly level: IndexedField | undefined;
  readonly service: IndexedField | undefined;
  /** Whether words can be looked for without naming a field. */
  readonly fullText: boolean;
}

/** Names of level and service fields that are common in this service, after those of the vocabulary. */
const LEVEL_NAMES = [...LEVEL_FIELDS, "__level__", "loglevel", "log_level"];
const SERVICE_NAMES = [...SERVICE_FIELDS, "app", "__tag__:service"];

/** The index of a logstore; asked for once a run. */
export async function logIndex(connection: Connection, scope: Scope, place: LogPlace, context: ProviderContext): Promise<LogIndex> {
  const key = `index/${scope.account}/${scope.region}/${sourceName(place)}`;
  for await (const index of context.shared(key, () => readIndex(connection, place))) return index;
  return required<LogIndex>(undefined, OPERATION, "an index");
}

async function* readIndex({ sls }: Connection, { project, logstore }: LogPlace): AsyncGenerator<LogIndex> {
  try {
    yield await sls(
      OPERATION,
      (client, _sdk, runtime) => client.getIndexWithOptions(project, logstore, {}, runtime),
      ({ body }) => {
        const { keys, line } = required(body, OPERATION, "a body");
        return indexOf(keys ?? {}, line !== undefined);
      },
    );
  } catch (error) {
    // Without an index nothing can be asked for, which the request for the logs will say in its own words.
    if (!(error instanceof ProviderError && error.details.vendorCode === "IndexConfigNotExist")) throw error;
    yield indexOf({}, false);
  }
}

/** As on the wire: the SDK does not rename what is in a map, though its types say so. */
interface IndexKey {
  readonly type?: string;
  readonly caseSensitive?: boolean;
  readonly doc_value?: boolean;
}

function indexOf(keys: Readonly<Record<string, IndexKey>>, fullText: boolean): LogIndex {
  const fields = new Map<string, IndexedField>();
  for (const [name, { type, caseSensitive, doc_value: countable }] of Object.entries(keys)) {
    const numeric = type === "long" || type === "double";
    fields.set(name.toLowerCase(), { name, numeric, caseSensitive: caseSensitive === true, countable: countable === true });
  }
  const first = (names: readonly string[]) => fields.get(names.find((name) => fields.has(name.toLowerCase()))?.toLowerCase() ?? "");
  return { field: (name) => first([name]), level: first(LEVEL_NAMES), service: first(SERVICE_NAMES), fullText };
}
