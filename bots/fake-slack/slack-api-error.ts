/** Answered with HTTP 200 and `ok: false`: https://docs.slack.dev/apis/web-api/#responses. */
export class SlackApiError extends Error {
  override readonly name = "SlackApiError";
  readonly code: string;
  /** What exactly is wrong, as Slack says it: `must be less than 151 characters [json-pointer:/blocks/0/text/text]`. */
  readonly details: readonly string[];

  constructor(code: string, details: readonly string[] = []) {
    super(code);
    this.code = code;
    this.details = details;
  }
}
