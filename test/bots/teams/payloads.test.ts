import { AdaptiveCard, GlobalRegistry, SerializationContext, Versions } from "adaptivecards";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { approvalCards } from "../../../bots/teams/approval-card.ts";
import type { Card } from "../../../bots/teams/card.ts";
import { LIMITS, messageBytes } from "../../../bots/teams/limits.ts";
import { cardMessage, sentenceReply, textMessage } from "../../../bots/teams/messages.ts";
import { answerCard, planCard } from "../../../bots/teams/plan-card.ts";
import { pageStarts, rowsOf, rowsPage } from "../../../bots/teams/table-pages.ts";
import { answer, answered, approval, servers, step, table, view, waiting } from "./sample-views.ts";

/** What Microsoft's own parser has to say about a card. */
function problemsOf(card: Card): string[] {
  const context = new SerializationContext(Versions.v1_5);
  context.setElementRegistry(GlobalRegistry.elements);
  const parsed = new AdaptiveCard();
  parsed.parse(JSON.parse(JSON.stringify(card)), context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...events, ...parsed.validateProperties().validationEvents.map(({ message }) => message)];
}

/** Whether a card can be sent: it parses, it fits, and it has no element that reads markdown. */
function expectSendable(card: Card): void {
  expect(problemsOf(card)).toEqual([]);
  const message = cardMessage(card, "summary");
  expect(messageBytes(message)).toBeLessThanOrEqual(LIMITS.messageBytes);
  const text = JSON.stringify(message);
  expect(text).not.toMatch(/"type":"(TextBlock|FactSet|Fact)"/);
  expect(text).not.toContain('"msteams":{"entities"');
  expect(text).not.toMatch(/\{\{(DATE|TIME)\(/);
  expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
}

const HOSTILE = [
  "[click](https://evil.example)",
  "<at>everyone</at> @channel",
  "<img src=x onerror=alert(1)>",
  "**bold** _it_ `code` ~~no~~ # head",
  "\u202egpj.exe\u2066",
  "👩‍👩‍👧‍👦🏳️‍🌈",
  "مرحبا بالعالم",
  "{{DATE(2020-01-01T00:00:00Z,SHORT)}}",
  '"}],"actions":[{"type":"Action.OpenUrl"}]',
  "\ud800 alone",
  "a\nb\u2028c\u0000d",
  "名".repeat(500),
];
const hostile = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 300 }), fc.string({ maxLength: 300 }));

describe("cards", () => {
  it("parse with Microsoft's parser, in every state of a question", () => {
    for (const whole of [true, false]) for (const each of [view(), waiting(), answered()]) expectSendable(planCard(each, whole, false));
    expectSendable(answerCard(answered(), false));
    expectSendable(planCard(view({ state: "failed", failure: { code: "X", message: "It failed.", hint: "Try." } }), true, false));
    for (const each of [approval(), approval({ canDecide: false, decisions: [{ by: "a:b", at: "now", text: "Approved" }] })]) {
      for (const card of approvalCards(each, waiting(), (id) => id)) expectSendable(card);
    }
  });

  it("would not pass the check with an element that is not of version 1.5", () => {
    const card = planCard(view(), false, false);
    expect(problemsOf({ ...card, body: [{ type: "Chart.Line" } as never] })).not.toEqual([]);
  });

  it("hold every row of 5,000 in their pages, each once", () => {
    const kept = rowsOf(table(servers(5000, (index) => `${HOSTILE[index % HOSTILE.length]} ${index}`)), answered());
    const starts = pageStarts(kept);
    let next = 1;
    for (const [page] of starts.entries()) {
      const card = rowsPage(kept, starts, page, page % 2 === 0);
      if (card === null) throw new Error("no such page");
      if (page % 20 === 0 || page === starts.length - 1) expectSendable(card);
      expect(messageBytes(card)).toBeLessThanOrEqual(LIMITS.messageBytes);
      const [, from = "", to = ""] = /Rows ([\d,]+)–([\d,]+) of 5,000/.exec(JSON.stringify(card)) ?? [];
      expect(Number(from.replace(",", ""))).toBe(next);
      next = Number(to.replace(",", "")) + 1;
    }
    expect(next).toBe(5001);
    expect(rowsPage(kept, starts, starts.length, false)).toBeNull();
  });

  it("can be sent whatever names, answers and receipts hold", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (texts, times) => {
        const long = texts.join(" ").repeat(times);
        const many = Array.from({ length: 60 }, (_, index) => `${texts[index % texts.length]} ${long}`);
        const full = answered({
          title: long,
          steps: many.map((text, index) => ({ ...step(String(index), "done", text), title: text })),
          answer: answer({ text: long, warnings: many, window: long }),
          receipt: { complete: false, summary: long, lines: many },
          failure: { code: "X", message: long, hint: long },
        });
        expectSendable(planCard(full, true, true));
        expectSendable(answerCard(full, true));
      }),
      { numRuns: 40 },
    );
  });

  it("show the whole of what is approved, however long it is, and offer no decision about what cannot be shown", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 400 }), (texts, lines) => {
        const code = Array.from(
          { length: lines },
          (_, index) => `const line${index}x = ${JSON.stringify(texts[index % texts.length])};`,
        ).join("\n");
        const cards = approvalCards(
          approval({ code, codeLines: lines, why: texts.join("\n"), places: texts, rehearsal: texts }),
          waiting(),
          (id) => id,
        );
        for (const card of cards) expectSendable(card);
        const all = JSON.stringify(cards);
        const canDecide = all.includes('"verb":"approve"');
        if (canDecide) for (let index = 0; index < lines; index++) expect(all).toContain(`const\u00a0line${index}x`.replace("\u00a0", " "));
        else expect(all).toContain("too long");
        expect(cards.slice(0, -1).every((card) => !JSON.stringify(card).includes("Action.Execute"))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

describe("sentences", () => {
  it("ping nobody and begin no link, tag or emphasis", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const sent of [String(textMessage(text).text), JSON.stringify(sentenceReply(text)).replace("application/vnd", "")]) {
          expect(sent).not.toMatch(/<at>|<img|\]\(|:\/\/|\*\*\w/);
        }
      }),
    );
  });
});
