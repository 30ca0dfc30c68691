import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export interface Playground {
  /** The page. */
  readonly url: string;
  /** Its connector service, to which the bot sends. */
  readonly serviceUrl: string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** Entra object ids of the people, who are members of every chat. Alex sits at the page. */
export const PEOPLE = {
  alex: "6f9619ff-8b86-4d01-b42d-00cf4fc964a0",
  megan: "6f9619ff-8b86-4d01-b42d-00cf4fc964a1",
  adele: "6f9619ff-8b86-4d01-b42d-00cf4fc964a2",
  isaiah: "6f9619ff-8b86-4d01-b42d-00cf4fc964a3",
  patti: "6f9619ff-8b86-4d01-b42d-00cf4fc964a4",
  lynne: "6f9619ff-8b86-4d01-b42d-00cf4fc964a5",
} as const;
export const TENANT = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
export const GROUP_CHAT = "19:6f9619ff8b864d01b42d00cf4fc964b0@unq.gbl.spaces";
export const CHANNEL = "19:6f9619ff8b864d01b42d00cf4fc964c1@thread.tacv2";

/** Ids of people are their object ids, and there are five others, because its schema wants that: the playground finds members by nothing else, where Teams takes object ids, too. */
function configuration(): string {
  const person = ([name, id]: readonly [string, string]) => {
    const called = name.charAt(0).toUpperCase() + name.slice(1);
    const address = `${name}@example.com`;
    return { id, name: called, userPrincipleName: address, aadObjectId: id, givenName: called, surname: "Example", email: address };
  };
  const [alex, ...others] = Object.entries(PEOPLE).map(person);
  // JSON is YAML.
  return JSON.stringify({
    version: "0.1.1",
    tenantId: TENANT,
    bot: { id: "6f9619ff-8b86-4d01-b42d-00cf4fc96411", name: "nephoscope" },
    currentUser: alex,
    users: others,
    personalChat: { id: "a:personal-chat-of-alex" },
    groupChat: { id: GROUP_CHAT, name: "Incident" },
    team: {
      id: "19:6f9619ff8b864d01b42d00cf4fc964c0@thread.tacv2",
      name: "Operations",
      aadGroupId: "6f9619ff-8b86-4d01-b42d-00cf4fc964d0",
      channels: [{ id: CHANNEL, name: "Clouds" }],
    },
  });
}

/** Microsoft's agents playground in a process of its own, without telemetry, as a client of the bot at `messagesUrl`. */
export async function startPlayground(messagesUrl: string, wantedPort?: number): Promise<Playground> {
  const port = wantedPort ?? (await freePort());
  const program = createRequire(import.meta.url).resolve("@microsoft/m365agentsplayground/cli.js");
  const args = [program, "start", "-e", messagesUrl, "-c", "msteams", "-p", String(port), "--dt", "true"];
  // It opens a browser of its own where there is one: the page is for whoever started it.
  const env = { ...process.env, BROWSER: "none", DISPLAY: "", WAYLAND_DISPLAY: "" };
  const folder = await mkdtemp(join(tmpdir(), "nephoscope-playground-"));
  await writeFile(join(folder, ".m365agentsplayground.yml"), configuration());
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => {
      said = `${said}${data}`.slice(-4000);
    });
  }
  const url = `http://localhost:${port}`;
  const untilMs = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(`${url}/`))) {
    if (child.exitCode !== null || Date.now() > untilMs) throw new Error(`The agents playground did not start. It said:\n${said}`);
    await wait(200);
  }
  return {
    url,
    serviceUrl: `${url}/_connector`,
    async stop() {
      if (child.pid !== undefined && child.exitCode === null) {
        const ended = once(child, "exit");
        process.kill(-child.pid, "SIGKILL");
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    ({ ok }) => ok,
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
