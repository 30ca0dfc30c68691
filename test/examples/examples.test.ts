import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

test.each(globSync("examples/*/*.ts").filter((path) => path.split("/")[1] === path.split("/")[2]?.replace(/\.ts$/, "")))(
  "%s runs and finds its own result right",
  async (path) => {
    const { stdout, stderr } = await run(process.execPath, ["--conditions=@nephoscope/source", path]);
    expect(stderr).toBe("");
    expect(stdout).not.toBe("");
  },
  60_000,
);
