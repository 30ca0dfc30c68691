import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import type { RunnableConfig } from "@langchain/core/runnables";
import {
  BaseCheckpointSaver,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointPendingWrite,
  type CheckpointTuple,
  getCheckpointId,
  maxChannelVersion,
  type PendingWrite,
  TASKS,
  WRITES_IDX_MAP,
} from "@langchain/langgraph-checkpoint";
import { z } from "zod";
import { nextChannelVersion } from "../shared/next-channel-version.ts";
import type { SqlConnection, SqlRow, SqlValue, Transaction } from "../shared/sql-connection.ts";
import { CHECKPOINT_SQL as SQL } from "./checkpoint-statements.ts";

const COMPRESS_ABOVE_BYTES = 1024;
const DEFLATED = "+deflate";
const compress = promisify(deflate);
const decompress = promisify(inflate);

/** Which checkpoint is meant, as LangGraph says it; without an id the newest of the thread. */
const placeSchema = z.looseObject({
  thread_id: z.string().min(1),
  checkpoint_ns: z.string().default(""),
  checkpoint_id: z.string().optional(),
});

interface Place {
  readonly threadId: string;
  readonly namespace: string;
  readonly checkpointId: string;
}

/**
 * LangGraph's checkpoints in the store's file. A channel's value is kept once for each of its versions, not with every checkpoint. Threads
 * are called `RUN` or `RUN/STEP`, so that they go when the run does.
 */
export class SqliteCheckpointer extends BaseCheckpointSaver<string> {
  readonly #connection: SqlConnection;
  readonly #random: () => number;

  constructor(connection: SqlConnection, random: () => number) {
    super();
    this.#connection = connection;
    this.#random = random;
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    if (config.configurable?.thread_id === undefined) return undefined;
    const { thread_id, checkpoint_ns } = placeSchema.parse(config.configurable);
    const id = getCheckpointId(config);
    const [row] = await this.#connection.read(
      id === "" ? { sql: SQL.latest, values: [thread_id, checkpoint_ns] } : { sql: SQL.get, values: [thread_id, checkpoint_ns, id] },
    );
    return row === undefined ? undefined : this.#tuple(row);
  }

  override async *list(config: RunnableConfig, { before, limit, filter }: CheckpointListOptions = {}): AsyncGenerator<CheckpointTuple> {
    const { thread_id, checkpoint_ns, checkpoint_id } = config.configurable ?? {};
    const until = before === undefined ? "" : getCheckpointId(before);
    const values = [thread_id ?? null, checkpoint_ns ?? null, checkpoint_id || null, until || null];
    let left = limit ?? Number.POSITIVE_INFINITY;
    for (const row of await this.#connection.read({ sql: SQL.list, values })) {
      if (left <= 0) return;
      const tuple = await this.#tuple(row);
      const metadata: Record<string, unknown> = { ...tuple.metadata };
      if (!Object.entries(filter ?? {}).every(([key, value]) => metadata[key] === value)) continue;
      left--;
      yield tuple;
    }
  }

  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: Checkpoint["channel_versions"],
  ): Promise<RunnableConfig> {
    const { thread_id, checkpoint_ns, checkpoint_id } = placeSchema.parse(config.configurable);
    const { channel_values, ...rest } = checkpoint;
    const head = await this.#connection.encode(rest);
    const about = await this.#connection.encode(metadata);
    const values: SqlValue[][] = [];
    for (const [channel, version] of Object.entries(newVersions)) {
      if (!Object.hasOwn(channel_values, channel)) continue;
      values.push([thread_id, checkpoint_ns, channel, String(version), ...(await this.#dump(channel_values[channel]))]);
    }
    await this.#connection.write(function* () {
      for (const value of values) yield { sql: SQL.putValue, values: value };
      yield { sql: SQL.put, values: [thread_id, checkpoint_ns, checkpoint.id, checkpoint_id ?? null, head, about] };
    });
    return { configurable: { thread_id, checkpoint_ns, checkpoint_id: checkpoint.id } };
  }

  override async putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string, taskPath = ""): Promise<void> {
    const { thread_id, checkpoint_ns, checkpoint_id } = placeSchema.required().parse(config.configurable);
    const statements: { readonly sql: string; readonly values: readonly SqlValue[] }[] = [];
    for (const [index, [channel, value]] of writes.entries()) {
      const position = WRITES_IDX_MAP[channel] ?? index;
      // Interrupts, errors and the like are told anew; what a task has written stands.
      const sql = position < 0 ? SQL.replaceWrite : SQL.putWrite;
      const dumped = await this.#dump(value);
      statements.push({ sql, values: [thread_id, checkpoint_ns, checkpoint_id, taskId, position, taskPath, channel, ...dumped] });
    }
    await this.#connection.write(function* () {
      yield* statements;
    });
  }

  override async deleteThread(threadId: string): Promise<void> {
    await this.#connection.write(function* (): Transaction<void> {
      for (const sql of SQL.dropThread) yield { sql, values: [threadId] };
    });
  }

  override getNextVersion(current: string | undefined): string {
    return nextChannelVersion(current, this.#random);
  }

  async #tuple(row: SqlRow): Promise<CheckpointTuple> {
    const place = { threadId: String(row.thread_id), namespace: String(row.namespace), checkpointId: String(row.checkpoint_id) };
    const what = `checkpoint ${place.checkpointId} of ${place.threadId}`;
    const head = await this.#connection.decode<Omit<Checkpoint, "channel_values">>(row.checkpoint, what);
    const checkpoint: Checkpoint = { ...head, channel_values: await this.#values(place, head.channel_versions) };
    const parentId = row.parent_id === null ? undefined : String(row.parent_id);
    const parent = parentId === undefined ? undefined : { ...place, checkpointId: parentId };
    if (checkpoint.v < 4 && parent !== undefined) await this.#migrateSends(checkpoint, parent);
    return {
      config: configOf(place),
      checkpoint,
      metadata: await this.#connection.decode<CheckpointMetadata>(row.metadata, what),
      pendingWrites: await this.#writes(place),
      ...(parent === undefined ? {} : { parentConfig: configOf(parent) }),
    };
  }

  async #values({ threadId, namespace }: Place, versions: Checkpoint["channel_versions"]): Promise<Record<string, unknown>> {
    const wanted = JSON.stringify(Object.fromEntries(Object.entries(versions).map(([channel, version]) => [channel, String(version)])));
    const rows = await this.#connection.read({ sql: SQL.values, values: [wanted, threadId, namespace] });
    const values: Record<string, unknown> = {};
    for (const row of rows) values[String(row.channel)] = await this.#load(row);
    return values;
  }

  async #writes({ threadId, namespace, checkpointId }: Place): Promise<CheckpointPendingWrite[]> {
    const rows = await this.#connection.read({ sql: SQL.writes, values: [threadId, namespace, checkpointId] });
    const writes: CheckpointPendingWrite[] = [];
    for (const row of rows) writes.push([String(row.task_id), String(row.channel), await this.#load(row)]);
    return writes;
  }

  /** Until version 4 of the format, what was to be sent lay with the parent's writes. */
  async #migrateSends(checkpoint: Checkpoint, parent: Place): Promise<void> {
    const sends = (await this.#writes(parent)).filter(([, channel]) => channel === TASKS);
    checkpoint.channel_values[TASKS] = sends.map(([, , value]) => value);
    const versions = Object.values(checkpoint.channel_versions);
    checkpoint.channel_versions[TASKS] = versions.length > 0 ? maxChannelVersion(...versions) : this.getNextVersion(undefined);
  }

  async #dump(value: unknown): Promise<[encoding: string, bytes: Uint8Array]> {
    const [encoding, bytes] = await this.serde.dumpsTyped(value);
    if (bytes.length <= COMPRESS_ABOVE_BYTES) return [encoding, bytes];
    return [`${encoding}${DEFLATED}`, await compress(bytes, { level: 3 })];
  }

  async #load(row: SqlRow): Promise<unknown> {
    const encoding = String(row.encoding);
    const bytes = row.value as Uint8Array;
    if (!encoding.endsWith(DEFLATED)) return this.serde.loadsTyped(encoding, bytes);
    return this.serde.loadsTyped(encoding.slice(0, -DEFLATED.length), await decompress(bytes));
  }
}

function configOf({ threadId, namespace, checkpointId }: Place): RunnableConfig {
  return { configurable: { thread_id: threadId, checkpoint_ns: namespace, checkpoint_id: checkpointId } };
}
