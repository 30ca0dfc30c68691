import { afterEach, expect, test } from "vitest";
import { slackPerson, slackPlace } from "../../../bots/slack/slack-place.ts";
import { openStage, type Stage } from "./slack-stage.ts";

let stage: Stage;
afterEach(() => stage[Symbol.asyncDispose]());

const placeOf = (channel: string) => slackPlace(stage.slack.teamId, { channel, threadTs: "1.1", recipientTeam: "T", recipientUser: "U" });
const personOf = (user: string) => stage.platform.personFacts(slackPerson(stage.slack.teamId, user), placeOf(stage.channel));

test("who can read along: public, private, shared with others, direct", async () => {
  stage = await openStage();
  const { workspace } = stage.slack;
  const facts = async (channel: string) => stage.platform.placeFacts(placeOf(channel));
  expect(await facts(stage.channel)).toEqual({ isPublic: true, isShared: false });
  expect(await facts(workspace.addChannel({ name: "secret", kind: "private" }))).toEqual({ isPublic: false, isShared: false });
  expect(await facts(workspace.addChannel({ name: "customer", shared: true }))).toEqual({ isPublic: true, isShared: true });
  expect(await facts(workspace.directMessage(stage.people.asker))).toEqual({ isPublic: false, isShared: false });
});

test.each([
  ["member", false],
  ["guest", true],
  ["stranger", true],
  ["bot", true],
] as const)("a %s is an outsider: %s", async (kind, isOutsider) => {
  stage = await openStage();
  const user = stage.slack.workspace.addPerson({ name: "somebody", kind });
  expect(await personOf(user)).toEqual({ isOutsider, groups: [] });
});

test("somebody whose id is of another workspace is an outsider, whatever Slack says about the user id", async () => {
  stage = await openStage();
  const facts = await stage.platform.personFacts(slackPerson("TOTHER", stage.people.asker), placeOf(stage.channel));
  expect(facts.isOutsider).toBe(true);
});

test("groups are those of the access rules that the person is in", async () => {
  stage = await openStage({ groups: ["S_NONE"] });
  await expect(personOf(stage.people.asker)).rejects.toThrow("usergroups.users.list");
  await stage[Symbol.asyncDispose]();
  const groups: string[] = [];
  stage = await openStage({ groups });
  groups.push(
    stage.slack.workspace.addGroup({ handle: "ops", users: [stage.people.asker] }),
    stage.slack.workspace.addGroup({ handle: "dev", users: [stage.people.approver] }),
  );
  expect((await personOf(stage.people.asker)).groups).toEqual([groups[0]]);
});

test("facts are asked of Slack once a minute, and a failure is not kept", async () => {
  stage = await openStage();
  stage.slack.faults.add({ method: "users.info", kind: "500", times: 1 });
  await expect(personOf(stage.people.asker)).rejects.toMatchObject({ retryable: true });
  await personOf(stage.people.asker);
  await personOf(stage.people.asker);
  expect(stage.slack.calls.filter(({ method }) => method === "users.info")).toHaveLength(2);
});
