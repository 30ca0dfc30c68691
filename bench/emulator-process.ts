// The emulator in a process of its own, so that its work does not count as the asker's. Ends when its standard input does.
// Arguments: servers per cloud, latency in milliseconds, clouds with commas (all without).
import { startEmulator } from "nephoscope/emulator";

const [instances = "120", latencyMs = "0", clouds] = process.argv.slice(2);
const emulator = await startEmulator({
  instances: Number(instances),
  latencyMs: Number(latencyMs),
  ...(clouds === undefined ? {} : { providers: clouds.split(",") }),
});
console.log(emulator.url);
process.stdin.on("end", () => emulator.close()).resume();
