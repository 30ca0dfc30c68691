import { startEmulator } from "../../../src/emulator/index.ts";

const e = await startEmulator({ instances: Number(process.argv[2]), latencyMs: 50 });
process.send!({ url: e.url });
