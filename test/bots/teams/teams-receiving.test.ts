import { describe, expect, it } from "vitest";
import { ASKER, execute, message, openStage, TENANT } from "./teams-stage.ts";

describe("what comes in from Teams", () => {
  it("takes a mention in a channel as a question of its thread, without the mention", async () => {
    await using stage = await openStage();
    const { status } = await stage.deliver(message({ text: "list &lt;servers&gt; with CPU &gt; 80%" }));
    expect(status).toBe(200);
    expect(stage.received.questions).toMatchObject([
      {
        deliveryId: "19:chan@thread.tacv2;messageid=1700:1700",
        text: "list <servers> with CPU > 80%",
        person: { id: `${TENANT}:${ASKER.aadObjectId}`, name: "Ann" },
        place: {
          kind: "channel",
          threadKey: `teams:${TENANT}:19:chan@thread.tacv2;messageid=1700`,
          channel: `${TENANT}:19:chan@thread.tacv2`,
        },
      },
    ]);
  });

  it("takes what is said in a personal chat, and in group chats only what mentions the bot", async () => {
    await using stage = await openStage();
    await stage.deliver(message({ kind: "personal" }));
    await stage.deliver({ ...message({ kind: "groupChat" }), text: "not to the bot", entities: [] });
    await stage.deliver(message({ kind: "groupChat", id: "2" }));
    expect(stage.received.questions.map(({ place }) => place.kind)).toEqual(["personal", "group"]);
  });

  it("repeats the delivery id of a repeated delivery", async () => {
    await using stage = await openStage();
    await stage.deliver(message());
    await stage.deliver(message());
    const [first, second] = stage.received.questions;
    expect(first?.deliveryId).toBe(second?.deliveryId);
  });

  it("knows nobody without an Entra object id", async () => {
    await using stage = await openStage();
    await stage.deliver(message({ from: { id: "29:someone", name: "Ann" } }));
    expect(stage.received.questions[0]?.person.id).toBe("unknown:29:someone");
  });

  it("refuses services that are not on this machine, other channels, and what is no activity", async () => {
    await using stage = await openStage();
    expect((await stage.deliver({ ...message(), serviceUrl: "https://evil.example/" })).status).toBe(403);
    expect((await stage.deliver({ ...message(), serviceUrl: "http://127.0.0.1.evil.example/" })).status).toBe(403);
    expect((await stage.deliver({ ...message(), channelId: "emulator" })).status).toBe(403);
    expect((await stage.deliver({ nothing: true })).status).toBe(400);
    expect(stage.received.questions).toEqual([]);
  });

  it("answers clicks with a sentence for whoever clicked", async () => {
    await using stage = await openStage();
    const { body } = await stage.deliver(execute("revise", { approval: "apr_1", comment: " only eu-west-1 " }));
    expect(body).toEqual({ statusCode: 200, type: "application/vnd.microsoft.activity.message", value: "Done." });
    expect(stage.received.decisions).toMatchObject([{ approvalId: "apr_1", decision: "revise", comment: "only eu-west-1" }]);
    await stage.deliver(execute("stop", { question: "q_1" }));
    await stage.deliver(execute("bad", { question: "q_1" }));
    expect(stage.received.stops).toMatchObject([{ questionId: "q_1" }]);
    expect(stage.received.feedback).toMatchObject([{ questionId: "q_1", good: false }]);
  });

  it("answers buttons that it does not know", async () => {
    await using stage = await openStage();
    const { body } = await stage.deliver(execute("launch", { approval: "apr_1" }));
    expect(body).toMatchObject({ type: "application/vnd.microsoft.activity.message" });
    expect(stage.received.decisions).toEqual([]);
  });
});
