// Asks in a process of its own, so that it can be killed: prints one event a line. Arguments: the store's file, the question.
import { Orchestrator } from "../../src/index.ts";
import { aws } from "../../src/providers/aws/index.ts";
import { sqlite } from "../../src/stores/sqlite/index.ts";
import { CLOCK } from "./standing-clock.ts";

const [path = "", question = ""] = process.argv.slice(2);
const orchestrator = new Orchestrator({ providers: [aws()], store: sqlite({ path }), timezone: "UTC", runtime: { clock: CLOCK } });
for await (const event of orchestrator.stream(question)) process.stdout.write(`${JSON.stringify(event)}\n`);
await orchestrator.close();
