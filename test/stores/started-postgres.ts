import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chownSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import pg from "pg";

const PASSWORD = "s3cret of the tests";
const DATABASE = "test";

/** Where PostgreSQL's programs are; undefined where it is not installed. */
export const postgresPrograms: string | undefined = globSync("/usr/lib/postgresql/*/bin/initdb")
  .sort()
  .at(-1)
  ?.replace(/\/initdb$/, "");

export interface StartedPostgres {
  /** The URL of its database, emptied. */
  emptyDatabase(): Promise<string>;
  /** Says something to the server, as its administrator. */
  administrate(sql: string): Promise<void>;
  /** Ends all connections to the database, as a restart of the server does. */
  disconnect(): Promise<void>;
  stop(): Promise<void>;
}

/** A server of its own on a free port of this machine, with its data in a temporary folder. */
export async function startPostgres(): Promise<StartedPostgres> {
  if (postgresPrograms === undefined) throw new Error("PostgreSQL is not installed: apt-get install postgresql");
  const programs = postgresPrograms;
  const folder = mkdtempSync(join(tmpdir(), "nephoscope-postgres-"));
  // It refuses to run as root.
  const owner = process.getuid?.() === 0 ? userOf("postgres") : {};
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, PASSWORD);
  const data = join(folder, "data");
  const initialise = ["-D", data, "-U", "tester", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--auth=scram-sha-256"];
  await promisify(execFile)(join(programs, "initdb"), [...initialise, `--pwfile=${passwordFile}`], { ...owner, cwd: folder });

  const port = await freePort();
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, ...["fsync=off", "full_page_writes=off"].flatMap((it) => ["-c", it])],
    { ...owner, cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
  );
  await ready(server);

  const url = `postgres://tester:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/`;
  const administrate = async (sql: string, database = DATABASE) => {
    const client = new pg.Client({ connectionString: `${url}${database}` });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await administrate(`CREATE DATABASE ${DATABASE}`, "postgres");

  return {
    async emptyDatabase() {
      await administrate("DROP SCHEMA IF EXISTS nephoscope CASCADE");
      return `${url}${DATABASE}`;
    },
    administrate: (sql) => administrate(sql, "postgres"),
    disconnect: () => administrate(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${DATABASE}'`, "postgres"),
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      // Immediate shutdown: nothing of it is needed any more.
      server.kill("SIGQUIT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(server: ChildProcess): Promise<void> {
  const said: string[] = [];
  if (server.stderr === null) throw new Error("no output of PostgreSQL to read");
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line);
    if (!line.includes("ready to accept connections")) continue;
    server.stderr.resume();
    return;
  }
  throw new Error(`PostgreSQL did not start:\n${said.join("\n")}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function userOf(name: string): { readonly uid?: number; readonly gid?: number } {
  const [, , uid, gid] =
    readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .find((line) => line.startsWith(`${name}:`))
      ?.split(":") ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`there is no user ${name} to run PostgreSQL as`);
  return { uid: Number(uid), gid: Number(gid) };
}
