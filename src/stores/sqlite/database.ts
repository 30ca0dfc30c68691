import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../contracts/index.ts";
import { isBusy, toStoreError, unusableStore } from "./sqlite-error.ts";
import { SCHEMA_STEPS } from "./tables.ts";

/** "NEPH": tells our files from those of other programs. */
const APPLICATION_ID = 0x4e455048;
const BUSY_TIMEOUT_MS = 5000;
const OPEN_ATTEMPTS = 40;

/** Opens or makes the file, readable by its owner only. Throws `StoreError`. */
export async function openDatabase(path: string, clock: Clock): Promise<DatabaseSync> {
  const { DatabaseSync } = loadQuietly();
  try {
    if (path !== ":memory:") makeFile(path);
    for (let attempt = 1; ; attempt++) {
      const database = new DatabaseSync(path);
      try {
        prepare(database, path);
        return database;
      } catch (error) {
        database.close();
        // Two processes that make the file at the same moment: changing the journal mode does not wait for the lock.
        if (!isBusy(error) || attempt >= OPEN_ATTEMPTS) throw error;
        await clock.sleep(25 * Math.min(attempt, 8));
      }
    }
  } catch (error) {
    throw toStoreError(error, path);
  }
}

function makeFile(path: string): void {
  makeFolder(dirname(path));
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(path)) throw error;
  }
}

/** SQLite gives the files beside it the mode of the first; those that are there already keep theirs. */
function makePrivate(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) chmodSync(file, 0o600);
}

/** Not with `recursive`, which never returns where a folder exists in which none can be made, as in /proc (Node 24). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(path)) throw error;
  }
}

function prepare(database: DatabaseSync, path: string): void {
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  const version = pragma(database, "user_version");
  const application = pragma(database, "application_id");
  if (application !== APPLICATION_ID && (version !== 0 || hasTables(database))) {
    throw unusableStore(path, { en: "it belongs to another program", zh: "它属于另一个程序" });
  }
  if (version > SCHEMA_STEPS.length) {
    throw unusableStore(path, {
      en: `it was written by a newer nephoscope (schema ${version}; this one knows ${SCHEMA_STEPS.length})`,
      zh: `它由更新版本的 nephoscope 写入（结构版本 ${version}，本版本支持 ${SCHEMA_STEPS.length}）`,
    });
  }
  // Not before it is known to be ours: other programs may need theirs to be readable.
  if (path !== ":memory:") makePrivate(path);
  // Has no effect once there is a table, nor after the change to WAL: so it stands first.
  if (version === 0) database.exec("PRAGMA auto_vacuum = INCREMENTAL");
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  if (version < SCHEMA_STEPS.length) bringUpToDate(database);
}

function bringUpToDate(database: DatabaseSync): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    // Another process may have been quicker.
    const version = pragma(database, "user_version");
    for (const step of SCHEMA_STEPS.slice(version)) database.exec(step);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${Math.max(version, SCHEMA_STEPS.length)}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function hasTables(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() !== undefined;
}

function pragma(database: DatabaseSync, name: "user_version" | "application_id"): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/**
 * Node before 24 warns that `node:sqlite` is experimental when it is loaded: true, and of no use to who asked about servers.
 * Loaded in one go, so that two stores opened at once cannot take each other's silence for the way warnings were told before.
 */
function loadQuietly(): typeof import("node:sqlite") {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}
