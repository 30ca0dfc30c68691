import { Session } from "node:inspector/promises";
import { Orchestrator } from "nephoscope";
import { aws } from "nephoscope/providers/aws";
import { startNode } from "./child-process.ts";
const { child, line } = await startNode(new URL("./emulator-process.ts", import.meta.url), [process.argv[2] ?? "10000", "0"]);
const o = new Orchestrator({ providers: [aws({}, { env: { NEPHOSCOPE_EMULATOR: line } })], timezone: "UTC" });
const show = (t) => { gc(); gc(); console.log(t, "heap after gc", (process.memoryUsage().heapUsed/1e6).toFixed(1), "rss", (process.memoryUsage.rss()/1e6).toFixed(0), "max", Math.round(process.resourceUsage().maxRSS/1024)); };
show("start");
for (let i=0;i<3;i++) { await o.ask("which servers have CPU over 80%"); show("ask "+i); }
const s = new Session(); s.connect();
async function sample(title, opts) {
  gc();
  await s.post("HeapProfiler.startSampling", { samplingInterval: 32768, ...opts });
  await o.ask("which servers have CPU over 80%");
  if (!opts.includeObjectsCollectedByMajorGC) gc();
  const { profile } = await s.post("HeapProfiler.stopSampling");
  const self = new Map(); let all = 0;
  const tot = new Map();
  (function walk(n, path){ const f=n.callFrame; const k=`${f.functionName||"(anon)"} ${f.url.replace("file:///work/main/","").replace(/^.*node_modules\//,"nm/")}:${f.lineNumber+1}`; all+=n.selfSize; self.set(k,(self.get(k)??0)+n.selfSize); const p=new Set(path); p.add(k); for (const x of p) tot.set(x,(tot.get(x)??0)+n.selfSize); for (const c of n.children) walk(c,p); })(profile.head, new Set());
  console.log("\n##", title, (all/1e6).toFixed(1), "MB; SELF");
  for (const [k,v] of [...self].sort((a,b)=>b[1]-a[1]).slice(0,26)) console.log((v/1e6).toFixed(2).padStart(8), k);
  console.log("TOTAL (src only)"); for (const [k,v] of [...tot].filter(([k])=>k.includes("src/")).sort((a,b)=>b[1]-a[1]).slice(0,20)) console.log((v/1e6).toFixed(2).padStart(8), k);
}
await sample("retained by one ask after gc", {});
await sample("allocated by one ask", { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true });
child.stdin.end(); await o.close(); process.exit(0);
