import { beforeAll, describe, expect, it } from "vitest";
import { decideAccess, threadOf } from "../../../bots/shared/access.ts";
import type { AccessRules } from "../../../bots/shared/access-rules.ts";
import { type PersonFacts, type PlaceFacts, PlatformError } from "../../../bots/shared/chat-platform.ts";
import { BotWorld, warmUp } from "./bot-world.ts";
import { ADA, asks, GRACE, placeOf } from "./fake-platform.ts";

beforeAll(warmUp);

const MEMBER: PersonFacts = { isOutsider: false, groups: [] };
const PRIVATE: PlaceFacts = { isPublic: false, isShared: false };

function verdictOf(
  access: AccessRules,
  more: { person?: string; channel?: string; personFacts?: PersonFacts; placeFacts?: PlaceFacts; team?: string } = {},
) {
  return decideAccess(access, {
    place: placeOf("1", more.channel ?? "C1"),
    person: { id: more.person ?? ADA.id, name: "whoever they say they are" },
    homeTeam: more.team ?? "T1",
    placeFacts: more.placeFacts ?? PRIVATE,
    personFacts: more.personFacts ?? MEMBER,
  });
}

describe("who may ask", () => {
  it("is nobody without a rule that fits", () => {
    expect(verdictOf({ rules: [] }).allowed).toBe(false);
    expect(verdictOf({ rules: [{}] }).allowed).toBe(false);
    expect(verdictOf({ rules: [{ users: ["U-grace"] }, { groups: ["S1"] }] }).allowed).toBe(false);
    expect(verdictOf({ rules: [{ everybody: true, channels: ["C2"] }] }).allowed).toBe(false);
  });

  it("is named with or without the bot's own team, and nobody of another team who is called the same", () => {
    for (const users of [["U-ada"], ["T1:U-ada"]]) {
      expect(verdictOf({ rules: [{ users }] }).allowed).toBe(true);
      expect(verdictOf({ rules: [{ users }] }, { person: "T2:U-ada" }).allowed).toBe(false);
    }
    expect(verdictOf({ rules: [{ users: ["U-ada"] }] }, { team: "T2" }).allowed).toBe(false);
    expect(verdictOf({ rules: [{ everybody: true, channels: ["T1:C1"] }] }).allowed).toBe(true);
    expect(verdictOf({ rules: [{ everybody: true, channels: ["C1"] }] }).allowed).toBe(true);
  });

  it("is whoever is in a group, as the platform says", () => {
    const access: AccessRules = { rules: [{ groups: ["S1"] }] };
    expect(verdictOf(access, { personFacts: { isOutsider: false, groups: ["S0", "S1"] } }).allowed).toBe(true);
    expect(verdictOf(access, { personFacts: { isOutsider: true, groups: ["S1"] } }).allowed).toBe(false);
  });

  it("is no guest and nobody in a shared channel, but whom a rule names and lets in", () => {
    const guest = { personFacts: { isOutsider: true, groups: [] } };
    const shared = { placeFacts: { isPublic: false, isShared: true } };
    expect(verdictOf({ rules: [{ everybody: true }] }, guest)).toMatchObject({
      allowed: false,
      why: { en: expect.stringContaining("Guests") },
    });
    expect(verdictOf({ rules: [{ everybody: true, outsiders: true }] }, guest).allowed).toBe(false);
    expect(verdictOf({ rules: [{ users: ["U-ada"] }] }, guest).allowed).toBe(false);
    expect(verdictOf({ rules: [{ users: ["U-ada"], outsiders: true }] }, guest).allowed).toBe(true);
    expect(verdictOf({ rules: [{ everybody: true }] }, shared)).toMatchObject({
      allowed: false,
      why: { en: expect.stringContaining("shared") },
    });
    expect(verdictOf({ rules: [{ everybody: true, outsiders: true }] }, shared).allowed).toBe(true);
  });
});

describe("what may be asked", () => {
  it("is what the first rule that fits says", () => {
    const access: AccessRules = {
      rules: [
        { users: ["U-ada"], where: { accounts: ["dev"] }, data: ["resources"] },
        { everybody: true, where: { accounts: ["prod"] } },
      ],
    };
    expect(verdictOf(access)).toMatchObject({ grant: { where: { accounts: ["dev"] }, data: ["resources"] } });
    expect(verdictOf(access, { person: GRACE.id })).toMatchObject({ grant: { where: { accounts: ["prod"] } } });
  });

  it("leaves out log lines and traces where anybody can read along, unless the operator allows them", () => {
    const open = { placeFacts: { isPublic: true, isShared: false } };
    const dataOf = (access: AccessRules, more: object) => {
      const verdict = verdictOf(access, more);
      return verdict.allowed ? verdict.grant.data : [];
    };
    expect(dataOf({ rules: [{ everybody: true }] }, open)).toEqual(["resources", "metrics", "alarms", "code"]);
    expect(dataOf({ rules: [{ everybody: true, data: ["logs"] }] }, open)).toEqual([]);
    expect(dataOf({ rules: [{ everybody: true }], logsInPublicChannels: true }, open)).toContain("logs");
    expect(dataOf({ rules: [{ everybody: true }] }, {})).toContain("traces");
  });

  it("is decided on by approvers of the bot's own team, not by who asked, by two where something changes", () => {
    expect(verdictOf({ rules: [{ everybody: true }], approvers: { users: ["U-grace", "T9:U-x"], groups: ["S1"] } })).toMatchObject({
      grant: { policy: { via: "slack", approvers: ["T1:U-grace", "T9:U-x", "S1"], selfApproval: false, writeApprovals: 2 } },
    });
    expect(verdictOf({ rules: [{ everybody: true }] })).toMatchObject({ grant: { policy: { approvers: [] } } });
  });

  it("keeps answers apart from those of people who may see other things", () => {
    const grant = (access: AccessRules) => {
      const verdict = verdictOf(access);
      if (!verdict.allowed) throw new Error("refused");
      return threadOf(placeOf(), verdict.grant);
    };
    const wide = grant({ rules: [{ everybody: true }] });
    expect(grant({ rules: [{ everybody: true }], approvers: { users: ["U-grace"] } })).toBe(wide);
    expect(grant({ rules: [{ everybody: true, where: { accounts: ["dev"] } }] })).not.toBe(wide);
    expect(grant({ rules: [{ everybody: true, data: ["resources"] }] })).not.toBe(wide);
    expect(grant({ rules: [{ everybody: true, where: { accounts: ["a", "b"] } }] })).toBe(
      grant({ rules: [{ everybody: true, where: { accounts: ["b", "a"] } }] }),
    );
  });
});

describe("in a thread", () => {
  it.each([
    ["a person outside the rules", { access: { rules: [{ users: ["U-grace"] }] } }, "not allowed to ask here"],
    ["a guest", { people: { [ADA.id]: { isOutsider: true, groups: [] } } }, "Guests"],
    ["a shared channel", { place: { isPublic: false, isShared: true } }, "shared with other organisations"],
  ])("%s is refused in a sentence, and nothing is asked", async (_, options, sentence) => {
    const world = new BotWorld();
    const { reception } = await world.start(options);
    await reception.ask(asks("list servers"));
    await world.quiet();
    expect(world.chat.sentences()).toEqual([expect.stringContaining(sentence)]);
    expect(await world.store.listRuns(1)).toEqual([]);
  });

  it.each(["personFacts", "placeFacts", "homeTeam"] as const)(
    "nobody is let in where %s cannot be had, or not in time",
    async (missing) => {
      for (const failing of [() => Promise.reject(new Error("no")), () => new Promise<void>(() => {})]) {
        const world = new BotWorld();
        const { reception } = await world.start({ before: ({ method }) => (method === missing ? failing() : undefined) });
        await reception.ask(asks("列出服务器"));
        await world.quiet();
        expect(world.chat.sentences()).toEqual([expect.stringContaining("无法确认")]);
        expect(await world.store.listRuns(1)).toEqual([]);
      }
    },
  );

  it("who is unknown because the platform is busy is asked for again, as it wishes", async () => {
    const world = new BotWorld();
    let calls = 0;
    const busy = () => {
      calls += 1;
      if (calls < 4) throw new PlatformError("ratelimited", { retryable: true, retryAfterMs: 20_000 });
    };
    const { reception } = await world.start({ before: ({ method }) => (method === "personFacts" ? busy() : undefined) });
    await reception.ask(asks("list servers"));
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
    expect(calls).toBe(4);
  });

  it("follow-ups are checked again, and don't find rows that somebody else was shown", async () => {
    const world = new BotWorld();
    const people = { [ADA.id]: { isOutsider: false, groups: ["S1"] } as PersonFacts };
    const { reception } = await world.start({
      people,
      access: { rules: [{ groups: ["S1"] }, { users: ["U-grace"], data: ["resources"] }] },
    });
    await reception.ask(asks("list servers with cpu over 80%"));
    await world.quiet();
    await reception.ask(asks("how many of those are running", { deliveryId: "2", person: GRACE }));
    await world.quiet();
    expect(world.chat.views()[1]).toMatchObject({ state: "failed", failure: { code: "QUESTION_WITHOUT_CONTEXT" } });
    people[ADA.id] = MEMBER;
    await reception.ask(asks("how many of those are running", { deliveryId: "3" }));
    await world.quiet();
    expect(world.chat.sentences()).toEqual([expect.stringContaining("not allowed")]);
  });

  it("log lines are not shown in a public channel", async () => {
    const world = new BotWorld();
    const { reception } = await world.start({ place: { isPublic: true, isShared: false } });
    await reception.ask(asks("error logs of checkout in the last hour"));
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "failed", failure: { code: "DATA_NOT_ALLOWED" } }]);
  });
});

describe("limits", () => {
  it("of a person and a channel count over all replicas, and say when to try again", async () => {
    const world = new BotWorld();
    const access: AccessRules = { rules: [{ everybody: true }], limits: { perPersonPerHour: 2, perChannelPerHour: 3 } };
    const bots = [await world.start({ access }), await world.start({ access })];
    const ask = async (person: typeof ADA, id: string) => {
      await bots[Number(id) % 2]?.reception.ask(asks("list servers", { person, deliveryId: id, place: placeOf(id) }));
      await world.quiet();
      return world.chat.sentences(placeOf(id).threadKey)[0] ?? "answered";
    };
    expect(await ask(ADA, "1")).toBe("answered");
    expect(await ask(ADA, "2")).toBe("answered");
    await world.pass(10 * 60_000);
    expect(await ask(ADA, "3")).toMatch(/You have asked 2 questions within an hour.* Try again in 50 minutes/);
    expect(await ask(GRACE, "4")).toBe("answered");
    expect(await ask(GRACE, "5")).toMatch(/This channel has asked 3 questions within an hour/);
    await world.pass(51 * 60_000);
    expect(await ask(ADA, "6")).toBe("answered");
  });
});
