import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const noteSchema = z.strictObject({
  url: z.string(),
  etag: z.string().optional(),
  sha256: z.string(),
  fetchedMs: z.number(),
});

export interface CachedDocument {
  readonly text: string;
  readonly etag: string | undefined;
  /** Milliseconds since the epoch. */
  readonly fetchedMs: number;
}

/** Documents that were fetched, each beside a note with its SHA-256. A file that is not what was written counts as not there. */
export class DocumentCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(url: string): Promise<CachedDocument | undefined> {
    try {
      const note = noteSchema.parse(JSON.parse(await readFile(this.#path(url, "note.json"), "utf8")));
      const text = await readFile(this.#path(url, "body"), "utf8");
      if (note.url !== url || hashOf(text) !== note.sha256) return undefined;
      return { text, etag: note.etag, fetchedMs: note.fetchedMs };
    } catch {
      return undefined;
    }
  }

  async write(url: string, { text, etag, fetchedMs }: CachedDocument): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // It may have been there already, open to others.
    await chmod(this.#folder, 0o700);
    // Another process may write the same: each renames a file of its own into place, and a note that fits no body is seen when reading.
    await this.#put(url, "body", text);
    const note = { url, sha256: hashOf(text), fetchedMs, ...(etag === undefined ? {} : { etag }) };
    await this.#put(url, "note.json", JSON.stringify(note));
  }

  async #put(url: string, ending: string, text: string): Promise<void> {
    const path = this.#path(url, ending);
    const own = `${path}.${process.pid}`;
    await writeFile(own, text, { mode: 0o600 });
    await rename(own, path);
  }

  #path(url: string, ending: string): string {
    return join(this.#folder, `${hashOf(url)}.${ending}`);
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
