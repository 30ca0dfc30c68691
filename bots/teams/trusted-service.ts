/**
 * Hosts of the Bot Connector that Teams names in `serviceUrl`, and nothing else of Microsoft's: the bot's token is sent there.
 * Sources: https://learn.microsoft.com/azure/bot-service/bot-service-resources-faq-security (firewall), DEFAULT_MICROSOFT_HOSTS of
 * `@microsoft/agents-hosting` 1.8.1.
 */
const HOSTS = ["smba.trafficmanager.net", "botframework.com", "smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us"];

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether the bot may speak to a service. With `playground` only to this machine. */
export function isTrustedService(serviceUrl: string, playground: boolean): boolean {
  const url = URL.parse(serviceUrl);
  if (url === null || url.username !== "" || url.password !== "") return false;
  if (playground) return LOOPBACK.has(url.hostname) && (url.protocol === "http:" || url.protocol === "https:");
  if (url.protocol !== "https:" || url.port !== "") return false;
  return HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}

/** Where Teams lets bots upload files that somebody accepted: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
export function isUploadHost(uploadUrl: string): boolean {
  const url = URL.parse(uploadUrl);
  return (
    url !== null &&
    url.protocol === "https:" &&
    url.port === "" &&
    /(^|\.)(sharepoint\.(com|us|cn)|onedrive\.com|svc\.ms)$/.test(url.hostname)
  );
}
