// Asks in a process of its own; prints milliseconds as JSON. Arguments: store file, regions, warm turns. An empty store has the program written, approved and kept first.
import { Orchestrator, type RunDocument } from "nephoscope";
import { scripted } from "nephoscope/models/scripted";
import { sqlite } from "nephoscope/stores/sqlite";
import { LARGE_VOLUMES, PROGRAM, promptCloud, QUESTION } from "./prompt-cloud.ts";

export interface KeptTimes {
  /** Of the process. */
  readonly firstMs: number;
  readonly warmMs: readonly number[];
  /** One after the other, without a pause in which the next sandbox is made. */
  readonly hurriedMs: readonly number[];
  /** A question for a built-in tool, warm. */
  readonly builtInMs: readonly number[];
}

/** Longer than a sandbox takes to be made, in which nobody waits for it. */
const PAUSE_MS = 500;

const [path = "", regionCount = "1", turnCount = "0"] = process.argv.slice(2);
const [regions, turns] = [Number(regionCount), Number(turnCount)];
const intent = JSON.stringify({ kind: "intent", tool: null, goal: QUESTION });
const options = { providers: [promptCloud(regions)], store: sqlite({ path }), timezone: "UTC" };

if (turns === 0) await keep();
else console.log(JSON.stringify(await measure()));

async function keep(): Promise<void> {
  await using orchestrator = new Orchestrator({ ...options, model: scripted([intent, `\`\`\`ts\n${PROGRAM}\`\`\``]) });
  const { runId, approvals, error } = await orchestrator.ask(QUESTION);
  const [approval] = approvals;
  if (approval === undefined) throw new Error(`nothing to approve: ${error?.message}`);
  const by = { via: "sdk", id: "sdk" } as const;
  check(await orchestrator.resume(runId, [{ id: approval.id, digest: approval.digest, decision: "approve", by }]).result());
  await orchestrator.learn(approval.id, "large-volumes");
}

async function measure(): Promise<KeptTimes> {
  await using orchestrator = new Orchestrator(options);
  const ask = async (question: string) => {
    const startMs = performance.now();
    const document = await orchestrator.ask(question);
    const wallMs = performance.now() - startMs;
    if (question === QUESTION) check(document);
    else if (document.status !== "answered") throw new Error(document.error?.message);
    return wallMs;
  };
  const times = async (question: string, pauseMs: number) => {
    const each: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      each.push(await ask(question));
    }
    return each;
  };
  const firstMs = await ask(QUESTION);
  await ask("list all servers");
  return {
    firstMs,
    warmMs: await times(QUESTION, PAUSE_MS),
    hurriedMs: await times(QUESTION, 0),
    builtInMs: await times("list all servers", 0),
  };
}

function check({ answer, error }: RunDocument): void {
  const rows = answer?.table?.rows.length;
  if (rows !== LARGE_VOLUMES * regions) throw new Error(`${rows} rows instead of ${LARGE_VOLUMES * regions}: ${error?.message}`);
}
