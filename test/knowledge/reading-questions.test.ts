import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GLOSSARY } from "../../src/knowledge/lexical/glossary.ts";
import { lexical } from "../../src/knowledge/lexical/index.ts";
import { readQuestion } from "../../src/knowledge/lexical/read-question.ts";
import { stem } from "../../src/knowledge/lexical/stem.ts";
import { piecesOf } from "../../src/knowledge/lexical/words-of.ts";
import { splitIdentifier } from "../../src/knowledge/shared/split-identifier.ts";
import { operations } from "./sample-operations.ts";

const never = new AbortController().signal;

describe("words of names and questions", () => {
  it("splits identifiers of all five clouds", () => {
    const words = (text: string) => splitIdentifier(text).toLowerCase().split(/\s+/).filter(Boolean);
    expect(words("DescribeDBInstances")).toEqual(["describe", "db", "instances"]);
    expect(words("Disks_ListByResourceGroup")).toEqual(["disks", "list", "by", "resource", "group"]);
    expect(words("projects.alertPolicies.list")).toEqual(["projects", "alert", "policies", "list"]);
    expect(words("DescribeIpv6Gateways and IPv6 of VPCs, EIPs")).toEqual(
      expect.arrayContaining(["describe", "ipv6", "gateways", "vpcs", "eips"]),
    );
    expect(words("DescribeEC2Hosts")).toEqual(["describe", "ec2", "hosts"]);
  });

  it("gives a word, its plural and its forms one stem", () => {
    for (const forms of [
      ["policy", "policies"],
      ["address", "addresses"],
      ["status", "statuses"],
      ["index", "indexes", "indices"],
      ["alias", "aliases"],
      ["attach", "attached", "attaching", "attaches"],
      ["stop", "stopped", "stopping", "stops"],
      ["volume", "volumes"],
      ["scale", "scaling", "scaled"],
    ]) {
      expect(new Set(forms.map(stem)).size, forms.join(" ")).toBe(1);
    }
    expect(stem("ecs")).toBe("ecs");
  });

  it("knows at least 350 Chinese words, each written once, in the form in which it is looked up", () => {
    const files = globSync(join(import.meta.dirname, "../../src/knowledge/lexical/glossary/*.ts"));
    const written = files.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/^ {2}"?([^\s":]+)"?:/gm)].map(([, word]) => word));
    expect(written).toHaveLength(GLOSSARY.size);
    expect([...GLOSSARY].filter(([, english]) => english !== "").length).toBeGreaterThan(350);
    for (const word of GLOSSARY.keys()) expect(word).toBe(word.normalize("NFKC").toLowerCase());
  });

  it("takes the longest Chinese word, also across letters", () => {
    const chinese = (text: string) => piecesOf(text).flatMap((piece) => (piece.type === "word" ? [] : [piece.chinese]));
    expect(chinese("安全组规则")).toEqual(["安全组规则"]);
    expect(chinese("弹性公网 IP")).toEqual(["弹性公网ip"]);
    expect(chinese("云盘魑魅的快照")).toEqual(["云盘", "魑魅", "的", "快照"]);
  });

  it("reads a question in either language as the same things", () => {
    const words = (text: string) =>
      new Set(readQuestion(text).concepts.flatMap(({ phrases }) => phrases.flatMap((phrase) => phrase.words)));
    for (const word of ["snapshot", "disk", "volum"]) {
      expect(words("哪些云盘没有快照")).toContain(word);
      expect(words("which disks have no snapshot")).toContain(word);
    }
  });

  it("takes any text for a question, and any answer is in order and of finite scores", async () => {
    const knowledge = lexical();
    await knowledge.sync(["aws"], operations(20), { signal: never });
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom(...GLOSSARY.keys(), "metric", "DescribeVolumes", "?")).map((parts) => parts.join("")),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.nat(5), async (question, limit) => {
        const { hits } = await knowledge.search({ text: question, limit }, never);
        expect(hits.length).toBeLessThanOrEqual(limit);
        for (const [index, { score }] of hits.entries()) {
          expect(Number.isFinite(score)).toBe(true);
          expect(score).toBeLessThanOrEqual(hits[index - 1]?.score ?? Number.POSITIVE_INFINITY);
        }
      }),
      { numRuns: 200 },
    );
  });
});
