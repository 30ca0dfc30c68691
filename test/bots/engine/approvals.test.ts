import { beforeAll, describe, expect, it } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import { newCloud, requestsTo } from "../../guarantees/durability/volume-world.ts";
import { APPROVERS, ApprovalWorld } from "./approval-world.ts";
import { ADA, asks, GRACE, LINUS, placeOf } from "./fake-platform.ts";

let cloud: Emulator;
beforeAll(async () => {
  cloud = await newCloud();
  return () => cloud.close();
});

const BOB = { id: "T1:U-bob", name: "Bob" };

describe("a question that needs code", { timeout: 60_000 }, () => {
  it("waits for an approval, and is answered in the same thread once somebody has approved", async () => {
    const world = new ApprovalWorld(cloud);
    const running = await world.start();
    const approval = await world.asked(running);
    expect(world.chat.views()).toMatchObject([{ state: "waiting", approvals: [{ status: "pending", canDecide: true }] }]);
    const before = await requestsTo(cloud);
    expect(await world.click(running.reception, approval, GRACE)).toMatchObject({ accepted: true });
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "answered", approvals: [{ status: "approved", canDecide: false }] }]);
    expect(await requestsTo(cloud)).toBeGreaterThan(before);
    expect(await world.store.listRuns(10)).toHaveLength(1);
  });

  it("is not approved by who asked, by somebody who may not, by a guest, or when nobody knows who clicked", async () => {
    const world = new ApprovalWorld(cloud);
    const running = await world.start({
      access: { ...APPROVERS, approvers: { users: ["U-ada", "U-linus"] } },
      people: { [LINUS.id]: { isOutsider: true, groups: [] } },
      before: ({ method }) => {
        if (method === "personFacts" && world.chat.views()[0]?.state === "waiting" && unknown) throw new Error("users.info failed");
      },
    });
    let unknown = false;
    const approval = await world.asked(running);
    const { reception } = running;
    expect(await world.click(reception, approval, ADA)).toMatchObject({ accepted: false, text: expect.stringContaining("yourself") });
    expect(await world.click(reception, approval, BOB)).toMatchObject({
      accepted: false,
      text: "You are not among the people who decide this.",
    });
    expect(await world.click(reception, approval, LINUS)).toMatchObject({ accepted: false, text: expect.stringContaining("Guests") });
    unknown = true;
    expect(await world.click(reception, approval, BOB)).toMatchObject({
      accepted: false,
      text: expect.stringContaining("could not be checked"),
    });
    expect(await world.click(reception, { id: "apr_other" }, GRACE)).toMatchObject({
      accepted: false,
      text: expect.stringContaining("不存在"),
    });
    expect((await world.store.getApproval(approval.id))?.status).toBe("pending");
    expect(world.chat.views()).toMatchObject([{ state: "waiting", approvals: [{ status: "pending" }] }]);
  });

  it("is approved by somebody of a group that may, as the platform says it now", async () => {
    const world = new ApprovalWorld(cloud);
    const running = await world.start({ people: { [BOB.id]: { isOutsider: false, groups: ["S-oncall"] } } });
    const approval = await world.asked(running);
    expect(await world.click(running.reception, approval, BOB)).toMatchObject({ accepted: true });
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
  });

  it("is decided once: by the first of two people on two replicas; a second click, and one after the end, are told so", async () => {
    const world = new ApprovalWorld(cloud);
    const [one, two] = [await world.start(), await world.start()];
    const approval = await world.asked(one);
    const replies = await Promise.all([
      world.click(one.reception, approval, GRACE),
      world.click(two.reception, approval, LINUS, { decision: "reject" }),
      world.click(two.reception, approval, GRACE),
    ]);
    expect(replies.filter(({ accepted }) => accepted)).toHaveLength(1);
    await world.quiet();
    const ends = world.logged.filter(({ message }) => message === "question ended");
    expect(ends).toHaveLength(1);
    const by = (await world.store.getApproval(approval.id))?.decidedBy?.id;
    expect(await world.click(one.reception, approval, by === GRACE.id ? LINUS : GRACE)).toMatchObject({
      accepted: false,
      text: expect.stringContaining("Somebody else was faster"),
    });
    expect(await world.click(one.reception, approval, by === GRACE.id ? GRACE : LINUS)).toMatchObject({
      accepted: false,
      text: expect.stringContaining("You have"),
    });
    expect(world.chat.views()).toHaveLength(1);
  });

  it("repeats the reply to a click that is delivered again, and changes nothing", async () => {
    const world = new ApprovalWorld(cloud);
    const running = await world.start();
    const approval = await world.asked(running);
    const first = await world.click(running.reception, approval, GRACE, { deliveryId: "click" });
    expect(await world.click(running.reception, approval, GRACE, { deliveryId: "click" })).toEqual(first);
    await world.quiet();
    expect(await world.click(running.reception, approval, GRACE, { deliveryId: "click" })).toEqual(first);
    expect(first.accepted).toBe(true);
  });

  it("says who rejected it, and runs nothing", async () => {
    const world = new ApprovalWorld(cloud);
    const running = await world.start();
    const approval = await world.asked(running);
    const before = await requestsTo(cloud);
    expect(await world.click(running.reception, approval, GRACE, { decision: "reject", comment: "too broad" })).toMatchObject({
      accepted: true,
    });
    await world.quiet();
    expect(world.chat.views()).toMatchObject([
      { state: "failed", failure: { code: "APPROVAL_REJECTED" }, approvals: [{ status: "rejected" }] },
    ]);
    expect(await requestsTo(cloud)).toBe(before);
  });

  it("says that it was changed as often as is allowed", async () => {
    const world = new ApprovalWorld(cloud);
    const running = await world.start();
    await world.asked(running);
    const newest = () => ({ id: world.chat.views()[0]?.approvals.at(-1)?.id ?? "" });
    const change = () => world.click(running.reception, newest(), GRACE, { decision: "revise", comment: "only large ones" });
    for (let cards = 2; cards <= 4; cards++) {
      expect(await change()).toMatchObject({ accepted: true });
      await world.until(() => world.chat.views()[0]?.approvals.length === cards);
    }
    expect(await change()).toEqual({ accepted: false, text: "This was changed as often as is allowed. Approve or reject it." });
    expect(await world.click(running.reception, newest(), GRACE, { decision: "reject" })).toMatchObject({ accepted: true });
    await world.quiet();
  });

  it("is written again where somebody wants changes, and waits with a card of its own", async () => {
    const world = new ApprovalWorld(cloud);
    const running = await world.start();
    const approval = await world.asked(running);
    expect(await world.click(running.reception, approval, GRACE, { decision: "revise" })).toMatchObject({
      accepted: false,
      text: "Say what to change.",
    });
    expect(await world.click(running.reception, approval, GRACE, { decision: "revise", comment: "only large ones" })).toMatchObject({
      accepted: true,
    });
    await world.until(() => world.chat.views()[0]?.approvals.length === 2);
    expect(world.chat.views()).toMatchObject([{ state: "waiting", approvals: [{ status: "revised" }, { status: "pending" }] }]);
    const second = world.chat.views()[0]?.approvals[1]?.id ?? "";
    expect(await world.click(running.reception, { id: second }, GRACE)).toMatchObject({ accepted: true });
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
  });

  it("ends when nobody decides in time", async () => {
    const world = new ApprovalWorld(cloud);
    const running = await world.start();
    const approval = await world.asked(running);
    await world.clock.advance(24 * 60 * 60_000);
    expect(await world.click(running.reception, approval, GRACE)).toMatchObject({
      accepted: false,
      text: expect.stringContaining("expired"),
    });
    await world.quiet();
    expect(world.chat.views()).toMatchObject([
      { state: "failed", failure: { code: "APPROVAL_EXPIRED" }, approvals: [{ status: "expired", canDecide: false }] },
    ]);
  });

  it("leaves its thread free for the next question while it waits, and goes on after that one", async () => {
    const world = new ApprovalWorld(cloud);
    const running = await world.start();
    const approval = await world.asked(running);
    await running.reception.ask(asks("list servers in us-east-1", { atMs: 5 }));
    await world.until(() => world.chat.views()[1]?.state === "answered");
    expect(world.chat.views()[0]?.state).toBe("waiting");
    await world.click(running.reception, approval, GRACE);
    await world.quiet();
    expect(world.chat.views().map(({ state }) => state)).toEqual(["answered", "answered"]);
  });

  it("goes on where another replica took the decision and ended before it could", async () => {
    const world = new ApprovalWorld(cloud);
    const one = await world.start();
    const approval = await world.asked(one);
    await one.bot.stop(0);
    await one.orchestrator.decide({ id: approval.id, digest: approval.digest, decision: "approve", by: { via: "slack", id: GRACE.id } });
    await world.start();
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "answered", approvals: [{ status: "approved" }] }]);
  });

  it("shows its card once more after a restart, and takes the decision then", async () => {
    const world = new ApprovalWorld(cloud);
    const one = await world.start();
    const approval = await world.asked(one);
    await one.bot.stop(0);
    const shows = world.chat.shows.length;
    const two = await world.start();
    await world.pass(5 * 60_000);
    expect(world.chat.shows.length).toBe(shows + 1);
    expect(world.chat.views()).toMatchObject([{ state: "waiting", approvals: [{ canDecide: true }] }]);
    await world.click(two.reception, approval, GRACE);
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
  });

  it("can be stopped while it waits; its card then decides nothing", async () => {
    const world = new ApprovalWorld(cloud);
    const { reception } = await world.start().then((running) => running);
    const approval = await world.asked({ reception });
    const questionId = world.chat.views()[0]?.questionId ?? "";
    expect(await reception.stop({ deliveryId: "s1", place: placeOf(), person: BOB, questionId })).toMatchObject({ accepted: false });
    expect(await reception.stop({ deliveryId: "s2", place: placeOf(), person: GRACE, questionId })).toMatchObject({ accepted: true });
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "stopped" }]);
    expect(await world.click(reception, approval, GRACE)).toMatchObject({ accepted: false });
    expect((await world.store.getApproval(approval.id))?.status).toBe("pending");
  });
});
