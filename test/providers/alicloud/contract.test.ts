import { afterAll, describe, it } from "vitest";
import { startEmulator } from "../../../src/emulator/index.ts";
import { alicloud } from "../../../src/providers/alicloud/index.ts";
import { providerContract } from "../../../src/testing/index.ts";
import { NOW } from "./world.ts";

const emulator = startEmulator({ providers: ["alicloud"], instances: 60, now: () => NOW });
afterAll(async () => (await emulator).close());

providerContract({
  name: "alicloud",
  runner: { describe, it },
  createProvider: async () => alicloud({}, { env: (await emulator).env }),
  now: () => NOW,
});
