// The emulator in a process of its own, so that its work does not count as the asker's. Ends when its standard input does.
import { startEmulator } from "nephoscope/emulator";

const [instances, latencyMs] = process.argv.slice(2).map(Number);
const emulator = await startEmulator({ instances: instances ?? 120, latencyMs: latencyMs ?? 0 });
console.log(emulator.url);
process.stdin.on("end", () => emulator.close()).resume();
