import { codeRunSchema, type Tool } from "../contracts/index.ts";
import type { CodegenParts } from "./codegen-parts.ts";

/** The tool that writes code. What it works with is loaded when it is first used: most questions need none of it. */
export function codeRunTool(parts: () => Promise<CodegenParts>): Tool<typeof codeRunSchema> {
  return {
    name: "code.run",
    description:
      "only where no other tool reads it: disks, snapshots, security groups, quotas, dashboards, alarm history, settings of services; code is written for it, and a person approves it",
    effect: "read",
    streaming: true,
    input: codeRunSchema,
    async execute(input, context) {
      const [{ codeRun }, loaded] = await Promise.all([import("./code-run.ts"), parts()]);
      return await codeRun(loaded, input, context);
    },
  };
}
