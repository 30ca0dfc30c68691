import { colourIcon, outlineIcon } from "./icons.ts";

/** What the app for Teams is made of. */
export interface TeamsAppOptions {
  /** Client id of the app registration. */
  readonly appId: string;
  /** Public base address of the bot; names its host where people look who is behind the app. */
  readonly url?: string;
  /** As people see and mention it, at most 30 characters. @defaultValue nephoscope */
  readonly name?: string;
  /** Grows with every upload: `1.0.1`. @defaultValue 1.0.0 */
  readonly version?: string;
}

/** A version of the manifest that every tenant takes; nothing newer is needed. */
const MANIFEST_VERSION = "1.19";
const HOME = "https://www.npmjs.com/package/nephoscope";

/** The manifest as data: https://learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema */
export function teamsManifest({ appId, url, name = "nephoscope", version = "1.0.0" }: TeamsAppOptions) {
  const scopes = ["personal", "team", "groupChat"];
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: MANIFEST_VERSION,
    version,
    // The app and its bot have one id: nobody has to keep two apart.
    id: appId,
    developer: { name: "nephoscope", websiteUrl: url ?? HOME, privacyUrl: url ?? HOME, termsOfUseUrl: url ?? HOME },
    name: { short: name.slice(0, 30), full: `${name.slice(0, 30)}: what runs in your clouds` },
    description: {
      short: "Answers what runs in your clouds, with a receipt.",
      full: "Ask in English or Chinese what runs in AWS, Azure, Google Cloud, Alibaba Cloud and Volcengine. The plan unfolds in the conversation; the answer comes with a table, a chart and a receipt of what was looked at. Code that was written for a question runs after somebody has approved it.",
    },
    icons: { color: "color.png", outline: "outline.png" },
    accentColor: "#1D3557",
    bots: [
      {
        botId: appId,
        scopes,
        // The CSV of a long table is offered in personal chats.
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: [
          {
            scopes,
            commands: [
              { title: "list servers with CPU > 80%", description: "Busy servers in all clouds" },
              { title: "列出 CPU > 80% 的服务器", description: "所有云中繁忙的服务器" },
              { title: "which alarms are firing?", description: "Alarms, now" },
            ],
          },
        ],
      },
    ],
    validDomains: url === undefined ? [] : [new URL(url).hostname],
  };
}

/** The package to upload: manifest and icons, zipped. Rejects where `fflate` is not installed: running bots do without it. */
export async function teamsAppPackage(options: TeamsAppOptions): Promise<Uint8Array> {
  const { strToU8, zipSync } = await import("fflate");
  return zipSync({
    "manifest.json": strToU8(`${JSON.stringify(teamsManifest(options), null, 2)}\n`),
    "color.png": colourIcon(),
    "outline.png": outlineIcon(),
  });
}
