import type { Fleet } from "../fleet.ts";
import { chance, hash } from "../hash.ts";

/** Where alerts are sent. */
export interface GcpChannel {
  readonly name: string;
  readonly account: string;
  readonly displayName: string;
  readonly type: "email" | "slack" | "pagerduty" | "webhook_tokenauth";
  readonly labels: Readonly<Record<string, string>>;
  readonly userLabels: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  /** Null for types that need no verification. */
  readonly verified: boolean | null;
}

/** The one that every alert policy names. */
export const ALERT_CHANNEL_ID = "9817323461023498712";
const TEAMS = ["payments", "search", "platform", "data"] as const;

/** One for all, and some for each team; a few are switched off or were never verified. */
export function channelsOf(fleet: Fleet): readonly GcpChannel[] {
  return fleet.accounts.flatMap(({ id: account }) => [
    channel(account, ALERT_CHANNEL_ID, {
      displayName: "SRE on call",
      type: "pagerduty",
      labels: { service_key: "**************" },
      userLabels: { team: "sre" },
    }),
    ...TEAMS.flatMap((team) => {
      const key = hash(fleet.seed, account, team, "channel");
      const id = (suffix: number) => String(10n ** 18n + BigInt(hash(key, suffix)) * 1_000_003n);
      return [
        {
          ...channel(account, id(1), {
            displayName: `${team} 值班邮箱`,
            type: "email",
            labels: { email_address: `${team}@nimbus.example.com` },
            userLabels: { team },
          }),
          enabled: chance(key, "enabled") < 0.7,
        },
        ...(chance(key, "slack") < 0.6
          ? [
              channel(account, id(2), {
                displayName: `#${team}-alerts`,
                type: "slack",
                labels: { channel_name: `#${team}-alerts`, team: "nimbus" },
                userLabels: { team },
              }),
            ]
          : []),
        ...(chance(key, "webhook") < 0.4
          ? [
              {
                ...channel(account, id(3), {
                  displayName: `${team} webhook`,
                  type: "webhook_tokenauth",
                  labels: { url: `https://hooks.example.com/${team}` },
                  userLabels: { team },
                }),
                verified: chance(key, "verified") < 0.5,
              },
            ]
          : []),
      ];
    }),
  ]);
}

type Details = Pick<GcpChannel, "displayName" | "type" | "labels" | "userLabels">;

function channel(account: string, id: string, details: Details): GcpChannel {
  return { name: `projects/${account}/notificationChannels/${id}`, account, enabled: true, verified: null, ...details };
}
