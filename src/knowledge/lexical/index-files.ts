import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KnowledgeError } from "../../errors/index.ts";
import { isHolderGone, newHolder } from "../../runtime/process-holder.ts";
import type { SavedCloudIndex } from "./cloud-index.ts";
import { GLOSSARY } from "./glossary.ts";
import { STOP_WORDS } from "./stop-words.ts";

/** What a file of a cloud holds. */
export interface SavedShelf extends SavedCloudIndex {
  /** False while a sync has more to write: it was stopped, or goes on elsewhere. */
  readonly complete: boolean;
}

/** Of how documents become words: an index made otherwise is made anew. The number counts changes of the rules. */
const FORMAT = createHash("sha256")
  .update(JSON.stringify([1, [...GLOSSARY], [...STOP_WORDS]]))
  .digest("hex");

/**
 * One file for each cloud, replaced as a whole by renaming: whoever reads sees the old one or the new one, whenever a writer is killed.
 * Two processes that sync the same cloud at once leave what the later one wrote.
 */
export class IndexFiles {
  readonly #folder: string;
  readonly #holder = newHolder();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async providers(): Promise<string[]> {
    const names = await this.#attempt(async () => {
      try {
        return await readdir(this.#folder);
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    });
    return names.flatMap((name) => (name.endsWith(".json") ? [decodeURIComponent(name.slice(0, -".json".length))] : []));
  }

  /** Changes whenever the file does; undefined where there is none. */
  async stamp(provider: string): Promise<string | undefined> {
    return await this.#attempt(async () => {
      try {
        const { ino, mtimeMs, size } = await stat(this.#file(provider));
        return `${ino} ${mtimeMs} ${size}`;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    });
  }

  /** Undefined where there is no file, or none that this version can use: it is filled anew. */
  async read(provider: string): Promise<SavedShelf | undefined> {
    return await this.#attempt(async () => {
      try {
        const saved = JSON.parse(await readFile(this.#file(provider), "utf8"));
        return saved.format === FORMAT ? saved : undefined;
      } catch (error) {
        if (isMissing(error) || error instanceof SyntaxError) return undefined;
        throw error;
      }
    });
  }

  async write(provider: string, shelf: SavedShelf): Promise<void> {
    const temporary = `${this.#file(provider)}.${encodeURIComponent(this.#holder)}.tmp`;
    await this.#attempt(async () => {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(temporary, JSON.stringify({ format: FORMAT, ...shelf }), { mode: 0o600, flush: true });
      await rename(temporary, this.#file(provider));
    });
  }

  /** Removes what processes left that were killed while they wrote. */
  async sweep(): Promise<void> {
    await this.#attempt(async () => {
      const names = await readdir(this.#folder).catch(() => []);
      const left = names.filter((name) => isHolderGone(decodeURIComponent(/\.json\.(.+)\.tmp$/.exec(name)?.[1] ?? "")));
      await Promise.all(left.map((name) => rm(join(this.#folder, name), { force: true })));
    });
  }

  #file(provider: string): string {
    return join(this.#folder, `${encodeURIComponent(provider)}.json`);
  }

  async #attempt<Result>(body: () => Promise<Result>): Promise<Result> {
    try {
      return await body();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new KnowledgeError({
        code: "KNOWLEDGE_UNAVAILABLE",
        message: {
          en: `The index of API operations in ${this.#folder} cannot be used: ${reason}`,
          zh: `无法使用 ${this.#folder} 中的 API 操作索引：${reason}`,
        },
        hint: {
          en: "Check that the folder is writable and its disk not full, or delete it: the index is built again.",
          zh: "请检查该目录是否可写、磁盘是否已满；也可以删除该目录，索引会重新建立。",
        },
        cause: error,
      });
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
