import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** The client's version, and the last native server that runs with the C library of Debian 12. */
const VERSION = "3.5.0";
const BINDING = { name: "chromadb-js-bindings-linux-x64-gnu", version: "1.0.5" };
const READY_WITHIN_MS = 30_000;

/** Chroma's server is a native program for each system; here is the one that the tests run on. */
export const chromaRunsHere = process.platform === "linux" && process.arch === "x64";

export interface StartedChroma {
  readonly url: string;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** The same server again: same port, same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A Chroma server of its own on a free port of this machine, with its data in a temporary folder. */
export async function startChroma(): Promise<StartedChroma> {
  const program = await installedServer();
  const folder = await mkdtemp(join(tmpdir(), "nephoscope-chroma-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let server: ChildProcess;
  const start = async () => {
    // Told to use a port that is taken it says so and ends as if all were well: whoever answers must be our child.
    if (await answers(url)) throw new Error(`something else answers at ${url}`);
    server = spawn(process.execPath, [program, "run", "--path", folder, "--host", "127.0.0.1", "--port", String(port)], {
      stdio: ["ignore", "ignore", "pipe"],
      cwd: folder,
    });
    let said = "";
    server.stderr?.on("data", (chunk) => {
      said = `${said}${chunk}`.slice(-2_000);
    });
    const end = Date.now() + READY_WITHIN_MS;
    while (!(await answers(url))) {
      if (server.exitCode !== null || Date.now() > end) throw new Error(`Chroma did not start: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, "exit");
    server.kill("SIGKILL");
    await exited;
  };
  await start();
  return {
    url,
    kill,
    restart: start,
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Installed once into a cache beside the project's packages, which have another version of the binding. */
async function installedServer(): Promise<string> {
  const folder = join(import.meta.dirname, "../../node_modules/.cache/chroma-server", `${VERSION}-${BINDING.version}`);
  const program = join(folder, "node_modules/chromadb/dist/cli.mjs");
  if (await exists(program)) return program;
  await mkdir(join(folder, ".."), { recursive: true });
  const half = await mkdtemp(`${folder}-`);
  const packageJson = { private: true, dependencies: { chromadb: VERSION }, overrides: { [BINDING.name]: BINDING.version } };
  await writeFile(join(half, "package.json"), JSON.stringify(packageJson));
  await promisify(execFile)("npm", ["install", "--prefix", half, "--no-audit", "--no-fund", "--no-package-lock"], { cwd: half });
  // Whole or not at all; another test file may have been faster.
  await rename(half, folder).catch(() => rm(half, { recursive: true, force: true }));
  return program;
}

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/api/v2/heartbeat`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
