import type { KnownBlock } from "@slack/types";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerMessage } from "../../../bots/slack/answer-message.ts";
import { approvalCard } from "../../../bots/slack/approval-card.ts";
import { visible } from "../../../bots/slack/harmless-text.ts";
import { LIMITS, limitProblems, textBytes, textsOf } from "../../../bots/slack/limits.ts";
import { planChunks, planMessage } from "../../../bots/slack/plan-message.ts";
import type { Look, SlackMessage } from "../../../bots/slack/slack-message.ts";
import { answer, answered, approval, servers, table, view } from "./sample-views.ts";

const HOSTILE = [
  "<!channel>",
  "<!here|here>",
  "<@U012AB3CD>",
  "<!subteam^S1|@ops>",
  "@here @channel @everyone",
  "<https://evil.example|your console>",
  "[click](https://evil.example)",
  "*bold* _it_ ~no~ `code` ```fence```",
  "&lt;!channel&gt; &amp;amp;",
  ":boom: 👩‍👩‍👧‍👦🏳️‍🌈",
  "\u202eevil\u202c \u2066x\u2069 \u200f",
  "مرحبا بالعالم שלום",
  "a\u0000b\u001b[31m\u2028c\r\nd",
  "\ud800 alone",
  "<script>alert(1)</script>",
  "",
  "名字".repeat(200),
  "x".repeat(5000),
];

const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.array(fc.constantFrom(...HOSTILE), { maxLength: 6 }).map((parts) => parts.join(" ")),
);
const looks = fc.constantFrom<Look>("new", "classic", "brief");
const links = fc.constantFrom(
  "https://console.aws.amazon.com/ec2?a=1|2>x",
  "javascript:alert(1)",
  "http://plain.example",
  "https://user:secret@evil.example/",
  "no url",
  null,
);

/** Elements of rich text that notify somebody, or that Slack makes something else of. */
const LIVELY = new Set(["user", "usergroup", "broadcast", "channel", "team", "emoji", "date", "color"]);

function elements(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(elements);
  if (typeof value !== "object" || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(elements)];
}

function expectHarmless({ text, blocks }: SlackMessage): void {
  expect(limitProblems({ text, blocks })).toEqual([]);
  expect(text).not.toMatch(/[<>]/);
  for (const element of elements(blocks)) {
    expect(element.type).not.toBe("mrkdwn");
    expect(element.type).not.toBe("markdown");
    expect(LIVELY.has(String(element.type))).toBe(false);
    if (element.type === "plain_text") expect(element.emoji).toBe(false);
    if (element.type === "link") expect(element.url).toMatch(/^https:\/\/console\.aws\.amazon\.com\//);
    if (typeof element.text === "string") expect(element.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028]/);
  }
}

test("an answer holds to Slack's limits and is read as it is, whatever names, texts and links are in it", () => {
  fc.assert(
    fc.property(
      hostileText,
      fc.array(hostileText, { maxLength: 12 }),
      fc.array(hostileText, { maxLength: 30 }),
      links,
      looks,
      (text, names, lines, link, look) => {
        const rows = servers(names.length, (index) => names[index]!);
        const shown = answerMessage(
          answered({
            emulated: true,
            answer: answer({ text, warnings: names, window: text, table: table(rows, { link: () => link }) }),
            receipt: { complete: false, summary: text, lines },
            cost: text,
          }),
          { look, chartMissing: true },
        )!;
        expectHarmless(shown.message);
      },
    ),
  );
});

test.each(["new", "classic", "brief"] as const)(
  "5,000 rows of hostile names, many columns and links, %s: within the limits, and everything is in the file",
  (look) => {
    const rows = servers(5000, (index) => HOSTILE[index % HOSTILE.length]!);
    const wide = rows.map((row) => [...row, ...Array.from({ length: 25 }, (_, index) => `value ${index}`)]);
    const columns = wide[0]!.map((_, index) => ({ name: `c${index}`, type: "string" as const, title: `Column ${index}` }));
    for (const shown of [table(rows, { link: () => "https://console.aws.amazon.com/x" }), table(wide, { columns })]) {
      const { message, files } = answerMessage(answered({ answer: answer({ table: shown }) }), { look, chartMissing: false })!;
      expectHarmless(message);
      expect(JSON.stringify(message.blocks)).toContain("of 5,000 rows");
      expect(files.map(({ piece }) => piece)).toEqual(["csv"]);
    }
  },
);

test("a failure is told within the limits", () => {
  fc.assert(
    fc.property(hostileText, looks, (text, look) => {
      const failed = view({ state: "failed", failure: { code: "MODEL_MISSING", message: text, hint: text } });
      expectHarmless(answerMessage(failed, { look, chartMissing: false })!.message);
    }),
  );
});

test("an approval card holds to the limits, and where it shows less than everything a file has everything", () => {
  fc.assert(
    fc.property(hostileText, fc.array(hostileText, { maxLength: 40 }), looks, fc.boolean(), (text, lines, look, canDecide) => {
      const card = approvalCard(
        approval({
          title: text,
          why: text,
          code: lines.join("\n"),
          codeLines: lines.length,
          operations: lines.map((id) => ({ id, class: "read", isRead: true, lines })),
          places: lines,
          rehearsal: lines,
          estimate: text,
          decisions: lines.slice(0, 7).map((each) => ({ by: each, at: "00:00", text: each })),
          canDecide,
        }),
        view(),
        () => text,
        look,
      );
      expectHarmless(card.message);
      if (card.file === null)
        for (const each of [text, lines.join("\n")].filter(Boolean)) expect(textsOf(card.message.blocks)).toContain(visible(each) || " ");
      else expect(String(card.file.content)).toContain("== Program");
    }),
  );
});

describe("a plan", () => {
  test("holds to the limits as a message, and to those of a stream", () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 80 }), hostileText, looks, (titles, title, look) => {
        const steps = titles.map((each, index) => ({ id: String(index), title: each, state: "running" as const, facts: each }));
        const plan = view({ title, steps, emulated: true });
        expectHarmless(planMessage(plan, look));
        const chunks = planChunks(plan, new Map());
        expect(textBytes(chunks)).toBeLessThanOrEqual(LIMITS.streamBytes);
        for (const chunk of chunks) {
          const said = "title" in chunk ? chunk.title : "";
          expect(said.length).toBeLessThanOrEqual(LIMITS.task);
          expect(said).not.toMatch(/<[@!#a-z]|@(here|channel|everyone)|:\/\/|\]\(/i);
        }
      }),
    );
  });

  test("says how many steps it leaves out", () => {
    const steps = Array.from({ length: 60 }, (_, index) => ({
      id: String(index),
      title: `Step ${index}`,
      state: "done" as const,
      facts: "",
    }));
    expect(JSON.stringify(planMessage(view({ steps }), "new").blocks)).toContain("20 more steps");
  });

  test("is not repeated by a stream: only what changed is said", () => {
    const said = new Map<string, string>();
    expect(planChunks(view(), said)).toHaveLength(3);
    expect(planChunks(view(), said)).toEqual([]);
    const [first, second] = view().steps;
    const chunks = planChunks(view({ steps: [{ ...first!, state: "done" }, second!] }), said);
    expect(chunks).toMatchObject([{ type: "task_update", status: "complete" }]);
  });
});

test("code cannot leave its block, nor read as what it is not", () => {
  const code = "```\n<!channel> \u202e// evil\n`x`";
  const { message } = approvalCard(approval({ code }), view(), () => "Ada", "new");
  const block = message.blocks.find((each): each is Extract<KnownBlock, { type: "rich_text" }> => JSON.stringify(each).includes("evil"))!;
  expect(block.elements).toEqual([
    { type: "rich_text_preformatted", elements: [{ type: "text", text: "```\n<!channel> \\u202e// evil\n`x`" }] },
  ]);
});
