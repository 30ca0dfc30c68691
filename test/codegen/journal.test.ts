import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createJournal } from "../../src/codegen/journal.ts";
import { memory } from "../../src/stores/memory/index.ts";

const SCOPE = { provider: "aws", account: "111122223333", region: "us-east-1" };
const ID = "aws.ec2.DescribeVolumes";

/** A cloud that numbers its replies. */
function cloud() {
  let sent = 0;
  return { send: async () => ++sent, sent: () => sent };
}

interface Asked {
  readonly run: string;
  readonly step: string;
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly input: object;
  readonly page: number;
}

const FIRST: Asked = { run: "run_1", step: "a", id: ID, account: "1", region: "r", input: { MaxResults: 5 }, page: 0 };

const OTHERS: Readonly<Record<string, Partial<Asked>>> = {
  run: { run: "run_2" },
  step: { step: "b" },
  operation: { id: "aws.ec2.DescribeSnapshots" },
  account: { account: "2" },
  region: { region: "s" },
  input: { input: { MaxResults: 6 } },
  "input, as text": { input: { MaxResults: "5" } },
  page: { page: 1 },
};

describe("the journal of a program's calls", () => {
  it("gives a resumed run what was answered before, in whatever order it asks, and sends the rest", async () => {
    const inputs = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(inputs, fc.nat(12), fc.integer({ min: 1, max: 3 }), async (asked, done, pages) => {
        const store = memory();
        const { send, sent } = cloud();
        const ask = async (numbers: readonly number[]) => {
          const journal = createJournal(store, "run_1", "step");
          const replies: unknown[] = [];
          for (const number of numbers) {
            const journaled = journal.begin(ID, SCOPE, { number }, false);
            for (let page = 0; page < pages; page++) replies.push(await journaled(page, send));
          }
          return replies;
        };
        const before = await ask(asked.slice(0, done));
        const all = await ask(asked);
        expect(all.slice(0, before.length)).toEqual(before);
        expect(new Set(all).size).toBe(all.length);
        expect(sent()).toBe(asked.length * pages);
        expect(await ask(asked)).toEqual(all);
        expect(sent()).toBe(asked.length * pages);
      }),
      { numRuns: 50 },
    );
  });

  it.each(Object.entries(OTHERS))("has no reply for another %s", async (_what, other) => {
    const store = memory();
    const { send } = cloud();
    const ask = ({ run, step, id, account, region, input, page }: Asked) =>
      createJournal(store, run, step).begin(id, { provider: "aws", account, region }, input, false)(page, send);
    expect(await ask(FIRST)).toBe(1);
    expect(await ask({ ...FIRST, ...other })).toBe(2);
    expect(await ask(FIRST)).toBe(1);
  });

  it("tells equal calls apart that are under way at once", async () => {
    const store = memory();
    const { send, sent } = cloud();
    const both = () => {
      const journal = createJournal(store, "run_1", "step");
      return Promise.all([journal.begin(ID, SCOPE, {}, false)(0, send), journal.begin(ID, SCOPE, {}, false)(0, send)]);
    };
    expect(await both()).toEqual([1, 2]);
    expect(await both()).toEqual([1, 2]);
    expect(sent()).toBe(2);
  });

  it("does not send again what changes something and was under way when its process ended", async () => {
    const store = memory();
    const died = createJournal(store, "run_1", "step").begin(ID, SCOPE, {}, true);
    died(0, () => new Promise(() => {}));
    await expect
      .poll(() =>
        createJournal(store, "run_1", "step")
          .begin(
            ID,
            SCOPE,
            {},
            true,
          )(0, async () => "sent again")
          .catch(({ message }) => message),
      )
      .toMatch(/not known whether/);
    const answered = createJournal(store, "run_2", "step").begin(ID, SCOPE, {}, true);
    expect(await answered(0, async () => "done")).toBe("done");
    expect(await createJournal(store, "run_2", "step").begin(ID, SCOPE, {}, true)(0, async () => "sent again")).toBe("done");
  });

  it("keeps no failure: it is asked again", async () => {
    const store = memory();
    const failing = createJournal(store, "run_1", "step").begin(ID, SCOPE, {}, false);
    await expect(failing(0, () => Promise.reject(new Error("throttled")))).rejects.toThrow("throttled");
    expect(await createJournal(store, "run_1", "step").begin(ID, SCOPE, {}, false)(0, async () => "answered")).toBe("answered");
  });

  it("keeps replies that are nothing much", async () => {
    for (const reply of [null, false, 0, "", [], {}]) {
      const store = memory();
      const ask = (send: () => Promise<unknown>) => createJournal(store, "run_1", "step").begin(ID, SCOPE, {}, false)(0, send);
      await ask(async () => reply);
      expect(await ask(() => Promise.reject(new Error("asked again")))).toEqual(reply);
    }
  });

  it("never sends twice what changes something: not even where nobody knows whether it was answered", async () => {
    const store = memory();
    const { send, sent } = cloud();
    const ask = (work: () => Promise<unknown>) => createJournal(store, "run_1", "step").begin(ID, SCOPE, {}, true)(0, work);
    const lost = async () => {
      await send();
      throw new Error("the process ended");
    };
    await expect(ask(lost)).rejects.toThrow("the process ended");
    await expect(ask(send)).rejects.toMatchObject({ code: "CODE_FAILED", details: { operation: ID } });
    expect(sent()).toBe(1);
  });

  it("gives the reply of what changed something again", async () => {
    const store = memory();
    const { send, sent } = cloud();
    const ask = () => createJournal(store, "run_1", "step").begin(ID, SCOPE, {}, true)(0, send);
    expect([await ask(), await ask()]).toEqual([1, 1]);
    expect(sent()).toBe(1);
  });
});
