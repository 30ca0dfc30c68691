import type { RunnableConfig } from "@langchain/core/runnables";
import type { Checkpoint, CheckpointListOptions, CheckpointMetadata, CheckpointTuple, PendingWrite } from "@langchain/langgraph-checkpoint";
import { PostgresSaver } from "@langchain/langgraph-checkpoint-postgres";
import type { Pool } from "pg";
import { nextChannelVersion } from "../shared/next-channel-version.ts";
import { SCHEMA } from "./database.ts";
import { toStoreError } from "./postgres-error.ts";

/** LangGraph's own checkpointer for PostgreSQL on the store's connections, whose failures are the store's. */
export class PostgresCheckpointer extends PostgresSaver {
  readonly #url: URL;
  readonly #random: () => number;

  constructor(pool: Pool, url: URL, random: () => number) {
    super(pool, undefined, { schema: SCHEMA });
    this.#url = url;
    this.#random = random;
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    return this.#guard(super.getTuple(config));
  }

  override async *list(config: RunnableConfig, options?: CheckpointListOptions): AsyncGenerator<CheckpointTuple> {
    try {
      yield* super.list(config, options);
    } catch (error) {
      throw toStoreError(error, this.#url);
    }
  }

  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: Checkpoint["channel_versions"],
  ): Promise<RunnableConfig> {
    return this.#guard(super.put(config, checkpoint, metadata, newVersions));
  }

  override async putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    return this.#guard(super.putWrites(config, writes, taskId));
  }

  override async deleteThread(threadId: string): Promise<void> {
    return this.#guard(super.deleteThread(threadId));
  }

  // It counts by itself, and keeps one value a version: two ways that go on from one checkpoint would be mixed up.
  override getNextVersion(current: number | undefined): number {
    // Versions may be text (`ChannelVersion`); the saver declares its own to be numbers and only ever stores them as text.
    return nextChannelVersion(current, this.#random) as unknown as number;
  }

  async #guard<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      throw toStoreError(error, this.#url);
    }
  }
}
