import { describe, expect, it } from "vitest";
import { memory } from "../../src/sandboxes/memory/index.ts";
import { sandboxContract } from "../../src/testing/sandbox-contract.ts";

sandboxContract({ name: "memory()", runner: { describe, it }, createSandbox: () => memory(), contains: false });

describe("memory()", () => {
  it("refuses options it does not know", () => {
    expect(() => memory({ pool: 2 } as object)).toThrowError(expect.objectContaining({ code: "CONFIGURATION_INVALID" }));
  });
});
