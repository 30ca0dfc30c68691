import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { NOON_MS, startAwsWorld } from "../aws-world.ts";

const PYTHON = "/usr/bin/python3";
const SCRIPT = fileURLToPath(new URL("./boto3_check.py", import.meta.url));
const missing = spawnSync(PYTHON, ["-c", "import boto3"]).status !== 0;

// Where checks decide, a missing package must not look like a pass.
it.skipIf(missing && process.env.CI !== "true")(
  missing ? "boto3 agrees with the ground truth (skipped: apt-get install python3-boto3)" : "boto3 agrees with the ground truth",
  async () => {
    expect(missing, "python3-boto3 is missing: apt-get install python3-boto3").toBe(false);
    const world = await startAwsWorld({ instances: 1_200, deny: ["aws:eu-west-1"] });
    try {
      const window = [NOON_MS - 40 * 60_000, NOON_MS - 20 * 60_000].map((ms) => new Date(ms).toISOString());
      // Credentials and endpoints come from arguments alone: nothing of the machine's own configuration may be used.
      const env = { PATH: process.env.PATH, HOME: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true", PYTHONIOENCODING: "utf-8" };
      const { stdout } = await promisify(execFile)(PYTHON, [SCRIPT, world.emulator.url, ...window], { env }).catch((error) => error);
      expect(stdout).not.toMatch(/^FAILED/m);
      expect(stdout.match(/^ok/gm)?.length).toBeGreaterThan(120);
    } finally {
      await world.emulator.close();
    }
  },
  60_000,
);
