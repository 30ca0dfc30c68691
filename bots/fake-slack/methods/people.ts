import { SlackApiError } from "../slack-api-error.ts";
import type { Person, Workspace } from "../workspace.ts";
import { required } from "./arguments.ts";
import type { Methods } from "./method.ts";

/** https://docs.slack.dev/reference/methods/auth.test, users.info, usergroups.list, usergroups.users.list. */
export const peopleMethods: Methods = {
  "auth.test": (_args, { workspace, url }) => ({
    url: `${url}/`,
    team: "Fake Slack",
    user: "nephoscope",
    team_id: workspace.teamId,
    user_id: workspace.botUserId,
    bot_id: workspace.botId,
    is_enterprise_install: false,
  }),

  "users.info": (args, { workspace }) => ({
    user: userJson(workspace.person(required(args, "user", "user_not_found")), workspace),
  }),

  "usergroups.list": (_args, { workspace }) => ({
    usergroups: [...workspace.groups.values()].map(({ id, handle, users }) => ({
      id,
      team_id: workspace.teamId,
      handle,
      name: handle,
      users,
      user_count: users.length,
    })),
  }),

  "usergroups.users.list"(args, { workspace }) {
    const group = workspace.groups.get(required(args, "usergroup", "no_such_subteam"));
    if (group === undefined) throw new SlackApiError("no_such_subteam");
    return { users: group.users };
  },
};

/** Guests are `is_restricted`, or `is_ultra_restricted` with one channel; people of other organisations `is_stranger`: https://docs.slack.dev/reference/objects/user-object. */
function userJson(person: Person, workspace: Workspace): Readonly<Record<string, unknown>> {
  return {
    id: person.id,
    team_id: workspace.teamOf(person.id),
    name: person.name,
    real_name: person.name,
    deleted: false,
    is_admin: false,
    is_owner: false,
    is_bot: person.kind === "bot",
    is_app_user: false,
    is_restricted: person.kind === "guest",
    is_ultra_restricted: false,
    ...(person.kind === "stranger" ? { is_stranger: true } : {}),
    profile: { display_name: person.name, real_name: person.name, team: workspace.teamOf(person.id) },
  };
}
