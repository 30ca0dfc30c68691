import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseReply } from "../../src/agents/parse-reply.ts";

const schema = z.object({ kind: z.literal("plan"), steps: z.array(z.object({ id: z.string(), note: z.string().optional() })) });
const plan = { kind: "plan", steps: [{ id: "list" }, { id: "cpu", note: "it's {here} [now]" }] };
const json = JSON.stringify(plan);

const read = (text: string, finishReason: "stop" | "length" = "stop") => parseReply({ text, finishReason }, schema);
const problemOf = (text: string, finishReason: "stop" | "length" = "stop") => {
  const parsed = read(text, finishReason);
  if (parsed.ok) throw new Error("no problem was found");
  return parsed.problems[0];
};

describe("a reply", () => {
  it.each([
    ["as asked for", json],
    ["indented", JSON.stringify(plan, null, 2)],
    ["in a fence", `\`\`\`json\n${json}\n\`\`\``],
    ["after prose and before more", `Sure, here it is:\n${json}\nHope that's what you're after!`],
    ["after thinking aloud, with drafts", `<think>maybe {"kind":"plan"}? no {</think>\n${json}`],
    ["in single quotes", "{'kind': 'plan', 'steps': [{'id': 'list'}, {'id': 'cpu', 'note': 'it\\'s {here} [now]'}]}"],
    ["with trailing commas and comments", `{"kind":"plan",/* two */"steps":[{"id":"list"},{"id":"cpu","note":"it's {here} [now]",},],}`],
    ["with bare keys", `{kind:"plan",steps:[{id:"list"},{id:"cpu",note:"it's {here} [now]"}]}`],
  ])("is read %s", (_, text) => {
    expect(read(text)).toEqual({ ok: true, value: plan });
  });

  it.each([
    ["that is prose", "I would list the servers first.", "no JSON object"],
    ["that holds two objects", `${json}\n${json}`, "several JSON objects"],
    ["that is an array", "[1, 2]", "no JSON object"],
    ["whose brackets cross", '{"kind":"plan","steps":[{"id":"list"]}}', "do not close"],
    ["that stops in the middle", json.slice(0, 30), "do not close"],
    ["with an apostrophe in single quotes", "{'kind': 'plan', 'steps': [{'id': 'it's'}]}", "quotes do not close"],
    ["that stops in a string", '{"kind":"plan","steps":[{"id":"li}]}', "do not close"],
  ])("%s is refused", (_, text, fact) => {
    expect(problemOf(text).message).toContain(fact);
    expect(problemOf(text).text.zh).toMatch(/[一-鿿]/);
  });

  it("that was cut is refused, also where it looks whole", () => {
    expect(problemOf(json, "length").message).toContain("cut off");
  });

  it("that does not fit says where and what, in both languages", () => {
    const problem = problemOf('{"kind":"plan","steps":[{"id":7}]}');
    expect(problem).toMatchObject({ path: "steps.0.id", message: "Invalid input: expected string, received number." });
    expect(problem.text.zh).toMatch(/期望/);
  });

  it("cut anywhere is never read as a shorter plan", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: json.length - 1 }), fc.constantFrom("", "```json\n", "Here: "), (length, prefix) => {
        expect(read(prefix + json.slice(0, length)).ok).toBe(false);
      }),
    );
  });

  it("of any text is either read or refused, and never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), fc.nat(json.length), (text, at) => {
        expect(typeof read(json.slice(0, at) + text + json.slice(at)).ok).toBe("boolean");
      }),
    );
  });
});
