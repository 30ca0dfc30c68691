import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { CONTENDERS } from "./fleet/contenders.ts";
import { startNode } from "./child-process.ts";
const [n = "1000", runs = "10", name = "grammar"] = process.argv.slice(2);
const { child, line } = await startNode(new URL("./emulator-process.ts", import.meta.url), [n, "50"]);
const c = await CONTENDERS[name].open(line);
for (let i = 0; i < 3; i++) await c.ask();
const s = new Session(); s.connect();
await s.post("Profiler.enable"); await s.post("Profiler.setSamplingInterval", { interval: 200 });
await s.post("Profiler.start");
const w = [], p = [];
for (let i = 0; i < Number(runs); i++) { const b = process.cpuUsage(); const t = performance.now(); await c.ask(); w.push(Math.round(performance.now() - t)); const d = process.cpuUsage(b); p.push(Math.round((d.user + d.system)/1000)); }
const { profile } = await s.post("Profiler.stop");
writeFileSync("/tmp/bench-work/run.cpuprofile", JSON.stringify(profile));
console.log(name, n, "wall", w.join(" "), "cpu", p.join(" "));
child.stdin.end(); await c.close(); process.exit(0);
