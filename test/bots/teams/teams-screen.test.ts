import { describe, expect, it } from "vitest";
import type { Shown } from "../../../bots/shared/chat-platform.ts";
import { PlatformError } from "../../../bots/shared/chat-platform.ts";
import type { Place } from "../../../bots/shared/incoming.ts";
import type { RunView } from "../../../bots/shared/run-view.ts";
import { streamOf } from "./fake-connector.ts";
import { answer, answered, approval, servers, step, table, view, waiting } from "./sample-views.ts";
import { execute, openStage, type Stage } from "./teams-stage.ts";

/** A screen of the place whose memory outlives it, as the engine keeps it. */
function screenOf(stage: Stage, place: Place) {
  let shown: Shown = {};
  return {
    async show(view: RunView): Promise<void> {
      await stage.platform.open(place, shown).show(view, async (next) => {
        shown = JSON.parse(JSON.stringify(next));
      });
    },
  };
}

const cards = (stage: Stage): string[] => stage.connector.posted.map(({ activity }) => JSON.stringify(activity));

describe("a question in a channel", () => {
  it("is one card that is updated", async () => {
    await using stage = await openStage();
    const screen = screenOf(stage, await stage.ask("channel"));
    await screen.show(view());
    await screen.show(view({ steps: [step("a", "done", "4/4"), step("b", "running")] }));
    await screen.show(answered());
    await screen.show(answered());
    expect(stage.connector.posted).toHaveLength(1);
    expect(stage.connector.posted[0]).toMatchObject({ updates: 2, conversation: "19:chan@thread.tacv2;messageid=1700" });
    const [card] = cards(stage);
    for (const text of ["Answered in 2.1 s", "✔ Step a", "2 servers", "web-1", "complete · 3 accounts", "12 API calls", "Good answer"]) {
      expect(card).toContain(text);
    }
    expect(card).not.toContain('"stop"');
  });

  it("posts a card again that somebody deleted", async () => {
    await using stage = await openStage();
    const screen = screenOf(stage, await stage.ask("channel"));
    await screen.show(view());
    stage.connector.fail({ method: "PUT", status: 404, times: 1 });
    await screen.show(answered());
    expect(stage.connector.posted).toHaveLength(2);
  });

  it("shows an approval in a card of its own, and the answer below it", async () => {
    await using stage = await openStage();
    const screen = screenOf(stage, await stage.ask("channel"));
    await screen.show(waiting());
    expect(cards(stage)[1]).toContain('"verb":"approve"');
    const resolved = approval({ status: "approved", canDecide: false, decisions: [{ by: "t:u", at: "10:00 UTC", text: "Approved" }] });
    await screen.show(answered({ approvals: [resolved] }));
    const [plan, card, last] = cards(stage);
    expect(plan).not.toContain("2 servers");
    expect(card).not.toContain('"verb"');
    for (const text of ["Approved · u · 10:00 UTC", "No tool lists volumes", "DescribeVolumes({})", "0123456789ab"])
      expect(card).toContain(text);
    expect(last).toContain("2 servers");
  });

  it("pages through rows that do not fit, for whoever turns the pages", async () => {
    await using stage = await openStage();
    const screen = screenOf(stage, await stage.ask("channel"));
    await screen.show(answered({ answer: answer({ table: table(servers(5000)) }) }));
    const rows = cards(stage)[1] ?? "";
    expect(rows).toMatch(/Rows 1–\d+ of 5,000/);
    expect(rows).not.toContain("Previous rows");
    const { body } = await stage.deliver(execute("rows", { question: "q_1", page: 1, language: "en" }));
    expect(body).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.card.adaptive" });
    const second = JSON.stringify(body);
    expect(second).toMatch(/Rows \d\d–\d+ of 5,000/);
    expect(second).toContain("Previous rows");
    const beyond = await stage.deliver(execute("rows", { question: "q_1", page: 5000, language: "en" }));
    expect(JSON.stringify(beyond.body)).toContain("no longer kept");
    const elsewhere = await stage.deliver(execute("rows", { question: "q_1", page: 0, language: "en" }, "groupChat"));
    expect(JSON.stringify(elsewhere.body)).toContain("no longer kept");
  });
});

describe("a chart", () => {
  const small = new Uint8Array(2000).fill(7);
  const large = new Uint8Array(80_000).fill(7);

  it("is in the message where it fits, and has an address where the bot has one", async () => {
    await using stage = await openStage();
    await screenOf(stage, await stage.ask("channel")).show(answered({ answer: answer({ chart: async () => small }) }));
    expect(cards(stage)[1]).toContain("data:image/png;base64,");
    await using open = await openStage({ publicUrl: "https://bot.example.com/" });
    await screenOf(open, await open.ask("channel")).show(answered({ answer: answer({ chart: async () => large }) }));
    const [, address = ""] = /"url":"https:\/\/bot\.example\.com(\/teams\/charts\?id=[^"]+)"/.exec(cards(open)[1] ?? "") ?? [];
    const response = await fetch(`${open.url}${address}`);
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 80_000]);
    expect((await fetch(`${open.url}/teams/charts?id=x`)).status).toBe(404);
  });

  it("is a sentence where it is too large or cannot be drawn", async () => {
    await using stage = await openStage();
    await screenOf(stage, await stage.ask("channel")).show(answered({ answer: answer({ chart: async () => large }) }));
    expect(cards(stage)[1]).toContain("too large");
    await using refusing = await openStage();
    const place = await refusing.ask("channel");
    refusing.connector.fail({ path: /activities$/, status: 200, body: { id: "card" }, times: 1 });
    refusing.connector.fail({ path: /activities$/, status: 413, times: 1 });
    await screenOf(refusing, place).show(answered({ answer: answer({ chart: async () => small }) }));
    expect(cards(refusing)[0]).toContain("too large");
    const broken = async () => Promise.reject(new Error("no canvas"));
    await screenOf(stage, await stage.ask("channel")).show(answered({ answer: answer({ chart: broken }) }));
    expect(cards(stage)[3]).toContain("could not be drawn");
  });
});

describe("a question in a personal chat", () => {
  it("streams what runs, then what is done, and ends as the card of the answer", async () => {
    await using stage = await openStage();
    const screen = screenOf(stage, await stage.ask("personal"));
    await screen.show(view());
    stage.runtime.clock.advance(2000);
    await screen.show(view({ steps: [step("a", "done"), step("b", "running")] }));
    stage.runtime.clock.advance(2000);
    await screen.show(view({ steps: [step("a", "done"), step("b", "done")] }));
    await screen.show(answered());
    const sent = stage.connector.calls.filter(({ method }) => method === "POST").map(({ body }) => body);
    expect(sent.map((body) => [body.type, streamOf(body)?.streamType])).toEqual([
      ["typing", "informative"],
      ["typing", "streaming"],
      ["typing", "streaming"],
      ["message", "final"],
    ]);
    const texts = sent.slice(1).map(({ text }) => String(text));
    expect(texts[1]?.startsWith(texts[0] ?? "-")).toBe(true);
    expect(texts[2]).toBe(texts[1]);
    const sequence = sent.slice(0, 3).map((body) => streamOf(body)?.streamSequence ?? 0);
    expect(sequence).toEqual([...sequence].sort((a, b) => a - b));
    expect(stage.connector.posted).toHaveLength(1);
    expect(cards(stage)[0]).toContain("2 servers");
  });

  it("goes on as a card before two minutes are over, and where Teams refuses streams", async () => {
    await using stage = await openStage();
    const screen = screenOf(stage, await stage.ask("personal"));
    await screen.show(view());
    stage.runtime.clock.advance(110_000);
    await screen.show(view());
    await screen.show(answered());
    expect(stage.connector.posted).toHaveLength(1);
    expect(cards(stage)[0]).toContain("2 servers");

    await using refusing = await openStage();
    refusing.connector.fail({ method: "POST", status: 403, body: { error: { code: "ContentStreamNotAllowed" } }, times: 1 });
    await screenOf(refusing, await refusing.ask("personal")).show(view());
    expect(cards(refusing)[0]).toContain("Stop");
  });

  it("offers the CSV of a long table", async () => {
    await using stage = await openStage();
    await screenOf(stage, await stage.ask("personal")).show(answered({ answer: answer({ table: table(servers(100)) }) }));
    expect(cards(stage).at(-1)).toContain("file.consent");
  });
});

describe("faults of Teams", () => {
  for (const status of [412, 429, 500, 502, 504, "reset"] as const) {
    it(`${status}: says that it may go by, and ends in the right state when shown again`, async () => {
      await using stage = await openStage();
      const screen = screenOf(stage, await stage.ask("channel"));
      await screen.show(view());
      stage.connector.fail({ status, retryAfter: "3", times: 1 });
      const error = await screen.show(answered()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(PlatformError);
      expect(error).toMatchObject({ retryable: true, retryAfterMs: status === "reset" ? null : 3000 });
      await screen.show(answered());
      expect(stage.connector.posted).toHaveLength(1);
      expect(cards(stage)[0]).toContain("2 servers");
    });
  }

  it("does not try again what is refused for good", async () => {
    await using stage = await openStage();
    const screen = screenOf(stage, await stage.ask("channel"));
    stage.connector.fail({ status: 403, times: 1 });
    await expect(screen.show(view())).rejects.toMatchObject({ retryable: false });
  });
});
