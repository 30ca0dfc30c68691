export { SLACK_EVENTS, SLACK_SCOPES, type SlackManifestOptions, slackManifest } from "./manifest.ts";
