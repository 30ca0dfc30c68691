import { startEmulator } from "../../../src/emulator/index.ts";
import { aws } from "../../../src/providers/aws/index.ts";
import { collect, fakeContext } from "./fake-context.ts";
import { createServer } from "node:http";
import { parseXML } from "@aws-sdk/xml-builder";
console.log("start rss", process.memoryUsage().rss/1e6);
const e = await startEmulator({ instances: 5000 });
const orig = aws({}, { env: e.env });
await orig.load();
console.log("loaded rss", process.memoryUsage().rss/1e6);
const c = fakeContext();
// capture raw xml through a proxying server
let bodies: Buffer[] = [];
const proxy = createServer((req, res) => { const chunks: Buffer[] = []; req.on("data", (d) => chunks.push(d)); req.on("end", async () => {
  const r = await fetch(e.url + req.url, { method: req.method!, headers: Object.fromEntries(Object.entries(req.headers).filter(([k]) => !["host","connection","content-length"].includes(k))) as never, body: ["GET"].includes(req.method!) ? undefined : Buffer.concat(chunks) } as never);
  const b = Buffer.from(await r.arrayBuffer()); res.writeHead(r.status); res.end(b); }); });
const scopes = await collect(orig.scopes({}, c));
const { EC2Client, DescribeInstancesCommand } = await import("@aws-sdk/client-ec2");
const client = new EC2Client({ region: "us-east-1", endpoint: e.url, credentials: { accessKeyId: "AKIAEMULATOR00000000", secretAccessKey: "emulator-secret-key-for-tests-only" } });
client.middlewareStack.add((next) => async (args) => { const out = await next(args) as any; const chunks: Buffer[] = []; for await (const d of out.response.body) chunks.push(d); const b = Buffer.concat(chunks); bodies.push(b); const { Readable } = await import("node:stream"); out.response.body = Readable.from([b]); return out; }, { step: "deserialize", priority: "low" } as never);
const r = await client.send(new DescribeInstancesCommand({ MaxResults: 1000 }));
const n = r.Reservations!.flatMap((x) => x.Instances!).length;
const xml = bodies[0]!.toString();
console.log("instances", n, "bytes", xml.length, "per", (xml.length / n).toFixed(0));
console.log(xml.slice(0, 3500));
for (let i = 0; i < 5; i++) { const t = performance.now(); parseXML(xml); console.log("parseXML ms", (performance.now() - t).toFixed(1)); }
const { AwsEc2QueryProtocol } = await import("@aws-sdk/core/protocols");
for (let i = 0; i < 5; i++) { const t0=process.cpuUsage(); const t = performance.now(); await client.send(new DescribeInstancesCommand({ MaxResults: 1000 })); const u=process.cpuUsage(t0); console.log("send ms", (performance.now() - t).toFixed(1), "cpu", (u.user+u.system)/1000); }
await e.close(); process.exit(0);
