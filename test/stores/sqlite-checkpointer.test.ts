import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { sqlite } from "../../src/stores/sqlite/index.ts";
import { testCheckpointer } from "./test-checkpointer.ts";

const folder = mkdtempSync(join(tmpdir(), "nephoscope-checkpoints-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
testCheckpointer({
  name: "the checkpointer of the sqlite store",
  newPlace: async () => {
    const path = join(folder, `${made++}.db`);
    return { open: () => sqlite({ path }) };
  },
});
