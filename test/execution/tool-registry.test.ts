import { describe, expect, it } from "vitest";
import { nearest } from "../../src/errors/index.ts";
import { BUILTIN_TOOLS, ToolRegistry } from "../../src/execution/index.ts";

const registry = new ToolRegistry(BUILTIN_TOOLS);

function inputError(tool: string, input: unknown): { code: string; text: { en: string; zh: string } } {
  try {
    registry.parseInput(tool, input);
  } catch (error) {
    return error as ReturnType<typeof inputError>;
  }
  throw new Error("the input was taken");
}

describe("the tool registry", () => {
  it("knows every tool of the vocabulary, and describes each in one line", () => {
    expect(registry.list().map(({ name }) => name)).toContain("metrics.query");
    expect(registry.catalogue()).toHaveLength(12);
    for (const line of registry.catalogue()) expect(line).toMatch(/^[a-z]+\.[a-z]+: .+[^.\n]$/);
  });

  it("names the nearest tools for one that it does not know", () => {
    expect(() => registry.get("resource.list")).toThrow(
      expect.objectContaining({ code: "TOOL_UNKNOWN", hint: { en: "Did you mean resources.list?", zh: expect.any(String) } }),
    );
  });

  it("refuses a second tool of the same name", () => {
    expect(() => new ToolRegistry(BUILTIN_TOOLS).add(BUILTIN_TOOLS[0]!)).toThrow(/two tools/);
  });

  it.each([
    ["resources.list", { kind: "server" }, "kind must be one of virtual-machine, database, function, load-balancer"],
    ["resources.list", { kind: "database", color: 1 }, "(input) has no field color"],
    ["table.sort", { rows: { from: "a" }, by: [{ column: 3, direction: "ascending" }] }, "by.0.column must be string"],
    ["table.filter", { rows: {} }, "rows.from must be string"],
  ])("names the place and the fact where the input of %s is wrong: %j", (tool, input, fact) => {
    const error = inputError(tool, input);
    expect(error.code).toBe("TOOL_INPUT_INVALID");
    expect(error.text.en).toContain(fact);
    expect(error.text.zh).toContain("的输入无效");
  });

  it("hands out the input as the tool takes it", () => {
    expect(registry.parseInput("resources.list", { kind: "database" })).toMatchObject({ input: { kind: "database" } });
  });
});

describe("the nearest names", () => {
  it.each([
    ["cpu.utilisation", ["cpu.utilization", "memory.utilization", "targets.unhealthy"], "cpu.utilization"],
    ["cpu", ["memory.utilization", "cpu.utilization"], "cpu.utilization"],
    ["eu-wst-1", ["us-east-1", "eu-west-1", "ap-east-1"], "eu-west-1"],
  ])("of %s begin with the one that is meant", (wanted, names, best) => {
    expect(nearest(wanted, names)[0]).toBe(best);
  });

  it("are none where nothing is like it", () => {
    expect(nearest("xyzzy", ["cpu.utilization"])).toEqual([]);
  });
});
