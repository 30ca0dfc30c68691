import { describe, expect, it } from "vitest";
import type { Person } from "../../../bots/shared/incoming.ts";
import { isTrustedService, isUploadHost } from "../../../bots/teams/trusted-service.ts";
import { ASKER, openStage, type Stage, TENANT } from "./teams-stage.ts";

const TEAM = "19:team@thread.tacv2";
const CHANNEL = "19:chan@thread.tacv2";
const OTHER = "99999999-9999-4999-8999-999999999999";
const ann: Person = { id: `${TENANT}:${ASKER.aadObjectId}`, name: "Ann" };

const member = (overrides: Record<string, unknown> = {}) => ({
  id: "29:asker",
  aadObjectId: ASKER.aadObjectId,
  name: "Ann",
  tenantId: TENANT,
  userRole: "user",
  userPrincipalName: "ann@contoso.com",
  ...overrides,
});

async function channelOf(stage: Stage, type: string | undefined) {
  stage.connector.channels.set(TEAM, [{ id: TEAM, name: null }, ...(type === undefined ? [] : [{ id: CHANNEL, name: "x", type }])]);
  return stage.platform.placeFacts(await stage.ask("channel"));
}

describe("facts about places", () => {
  it.each([
    ["standard", { isPublic: true, isShared: false }],
    ["private", { isPublic: false, isShared: false }],
    ["shared", { isPublic: true, isShared: true }],
    [undefined, { isPublic: true, isShared: true }],
  ])("a channel that Teams lists as %s", async (type, facts) => {
    await using stage = await openStage();
    expect(await channelOf(stage, type)).toEqual(facts);
  });

  it("a channel of which Teams does not say what it is, is shared when one of its roster is of another tenant", async () => {
    await using stage = await openStage();
    stage.connector.members.set(CHANNEL, [member()]);
    expect(await channelOf(stage, undefined)).toEqual({ isPublic: true, isShared: false });
    stage.connector.members.set(CHANNEL, [member(), member({ tenantId: OTHER })]);
    expect(await channelOf(stage, undefined)).toEqual({ isPublic: true, isShared: true });
  });

  it("a group chat is shared as soon as one of it is of another tenant, and never public", async () => {
    await using stage = await openStage();
    const place = await stage.ask("groupChat");
    stage.connector.members.set("19:chat@thread.v2", [member()]);
    expect(await stage.platform.placeFacts(place)).toEqual({ isPublic: false, isShared: false });
    stage.connector.members.set("19:chat@thread.v2", [member(), member({ tenantId: OTHER })]);
    expect(await stage.platform.placeFacts(place)).toEqual({ isPublic: false, isShared: true });
    stage.connector.members.set("19:chat@thread.v2", [member(), member({ tenantId: undefined })]);
    expect(await stage.platform.placeFacts(place)).toEqual({ isPublic: false, isShared: true });
  });

  it("rejects where Teams does not answer, so that nobody is let in by a fault", async () => {
    await using stage = await openStage();
    const place = await stage.ask("channel");
    stage.connector.fail({ status: 500, times: 9 });
    await expect(stage.platform.placeFacts(place)).rejects.toBeDefined();
    await expect(stage.platform.personFacts(ann, place)).rejects.toBeDefined();
  });
});

describe("facts about people", () => {
  it("a member of the team is of its groups, by the id of the team and of its Entra group", async () => {
    await using stage = await openStage();
    stage.connector.members.set(TEAM, [member()]);
    const facts = await stage.platform.personFacts(ann, await stage.ask("channel"));
    expect(facts).toEqual({ isOutsider: false, groups: [TEAM, `group-of-${TEAM}`] });
  });

  it.each([
    ["a guest", member({ userRole: "guest" })],
    ["an anonymous participant", member({ userRole: "anonymous" })],
    ["a guest by name, where no role is given", member({ userRole: undefined, userPrincipalName: "ann_x.com#EXT#@contoso.com" })],
    ["somebody whose account is of another tenant", member({ tenantId: OTHER })],
    ["somebody who is not in the roster", { aadObjectId: "somebody else" }],
  ])("%s is an outsider, in no group", async (_who, entry) => {
    await using stage = await openStage();
    stage.connector.members.set(TEAM, [entry]);
    expect(await stage.platform.personFacts(ann, await stage.ask("channel"))).toEqual({ isOutsider: true, groups: [] });
  });

  it("people of other tenants and people without an Entra id are outsiders without a question to Teams", async () => {
    await using stage = await openStage();
    const place = await stage.ask("channel");
    for (const id of [`${OTHER}:${ASKER.aadObjectId}`, "unknown:29:x"]) {
      expect(await stage.platform.personFacts({ id, name: null }, place)).toEqual({ isOutsider: true, groups: [] });
    }
    expect(stage.connector.calls).toEqual([]);
  });

  it("rejects where Teams does not say whether somebody is a guest", async () => {
    await using stage = await openStage();
    stage.connector.members.set(TEAM, [member({ userRole: undefined, userPrincipalName: undefined })]);
    await expect(stage.platform.personFacts(ann, await stage.ask("channel"))).rejects.toThrow("guest");
  });
});

describe("services that are trusted", () => {
  it("are Microsoft's, over TLS", () => {
    for (const url of ["https://smba.trafficmanager.net/emea/", "https://europe.botframework.com/x"])
      expect(isTrustedService(url, false)).toBe(true);
    for (const url of [
      "http://smba.trafficmanager.net/emea/",
      "https://smba.trafficmanager.net.evil.example/",
      "https://evilbotframework.com/",
      "https://other.trafficmanager.net/",
      "https://user@smba.trafficmanager.net/",
      "https://smba.trafficmanager.net:8443/",
      "http://127.0.0.1:1/",
      "nonsense",
    ])
      expect(isTrustedService(url, false)).toBe(false);
  });

  it("are of this machine in the playground, and nothing else", () => {
    expect(isTrustedService("http://localhost:56150/_connector", true)).toBe(true);
    for (const url of ["https://smba.trafficmanager.net/", "http://10.0.0.1/", "http://localhost.evil.example/"]) {
      expect(isTrustedService(url, true)).toBe(false);
    }
  });

  it("files go to Microsoft's hosts for files only", () => {
    expect(isUploadHost("https://contoso-my.sharepoint.com/personal/x")).toBe(true);
    for (const url of [
      "http://contoso.sharepoint.com/",
      "https://sharepoint.com.evil.example/",
      "https://evilsharepoint.com/",
      "https://127.0.0.1/",
    ]) {
      expect(isUploadHost(url)).toBe(false);
    }
  });
});
