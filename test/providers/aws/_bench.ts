import { fork } from "node:child_process";
import { aws } from "../../../src/providers/aws/index.ts";
import { collect, fakeContext } from "./fake-context.ts";

const N = Number(process.argv[2] ?? 1000);
const child = fork(new URL("./_emu.ts", import.meta.url), [String(N)], { execArgv: ["--conditions=@nephoscope/source"] });
const { url } = await new Promise<{ url: string }>((r) => child.once("message", (m) => r(m as never)));
const provider = aws({}, { env: { NEPHOSCOPE_EMULATOR: url } });
let t = performance.now();
await provider.load();
console.log("load", (performance.now() - t).toFixed(0));
const to = Math.floor((Date.now() - 130000) / 300000) * 300000,
  window = { fromMs: to - 300000, toMs: to };
const metric = provider.metrics!.catalogue[0]!;
for (let round = 0; round < Number(process.argv[3] ?? 6); round++) {
  const c = fakeContext();
  const cpu = process.cpuUsage();
  t = performance.now();
  const scopes = await collect(provider.scopes({}, c));
  const ts = performance.now() - t;
  let tl = 0,
    n = 0,
    rows = 0;
  await Promise.all(
    scopes.map(async ({ scope }) => {
      const s = { ...scope, service: "compute" };
      const pending: Promise<unknown>[] = [];
      for await (const page of provider.resources["virtual-machine"]!(s, {}, c)) {
        n += page.length;
        tl = performance.now() - t;
        const running = page.filter((r) => r.state === "running");
        for (let i = 0; i < running.length; i += 500)
          pending.push(
            (async () => {
              for await (const r of provider.metrics!.read(
                s,
                { targets: running.slice(i, i + 500).map((resource) => ({ resource, metric })), statistic: "average", window },
                c,
              ))
                rows += r.length;
            })(),
          );
      }
      await Promise.all(pending);
    }),
  );
  const used = process.cpuUsage(cpu);
  console.log({
    round,
    wall: (performance.now() - t).toFixed(0),
    scopes: ts.toFixed(0),
    lists: tl.toFixed(0),
    cpuMs: ((used.user + used.system) / 1000).toFixed(0),
    calls: c.calls.length,
    n,
    rows,
    rss: (process.memoryUsage().rss / 1e6).toFixed(0),
  });
}
child.kill();
await provider.close?.();
