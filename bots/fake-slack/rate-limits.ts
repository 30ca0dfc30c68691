/** https://docs.slack.dev/apis/web-api/rate-limits: at least so many calls a minute, for a method, an app and a workspace. */
const PER_MINUTE = { tier1: 1, tier2: 20, tier3: 50, tier4: 100, special: 600 } as const;

type Tier = keyof typeof PER_MINUTE;

/** "Rate limits" among the facts of https://docs.slack.dev/reference/methods/METHOD. */
const TIERS: Readonly<Record<string, Tier>> = {
  "apps.connections.open": "tier1",
  "assistant.threads.setStatus": "special",
  "assistant.threads.setSuggestedPrompts": "tier3",
  "assistant.threads.setTitle": "tier3",
  "auth.test": "special",
  "chat.appendStream": "tier4",
  "chat.delete": "tier3",
  "chat.postEphemeral": "tier4",
  "chat.postMessage": "special",
  "chat.startStream": "tier2",
  "chat.stopStream": "tier2",
  "chat.update": "tier3",
  "conversations.history": "tier3",
  "conversations.info": "tier3",
  "conversations.members": "tier4",
  "conversations.open": "tier3",
  "conversations.replies": "tier3",
  "files.completeUploadExternal": "tier4",
  "files.getUploadURLExternal": "tier4",
  "reactions.add": "tier3",
  "usergroups.list": "tier2",
  "usergroups.users.list": "tier2",
  "users.info": "tier4",
  "views.open": "tier4",
  "views.update": "tier4",
};

/** "Short bursts > 1 allowed", "a small amount of burst behavior is tolerated" (same page); how much is not published. */
const SMALL_BURST = 4;

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Buckets that fill as time passes. Slack publishes floors; the fake gives exactly those, a minute's worth at once. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();

  /** Seconds to wait, as `Retry-After` has it; 0 when the call may go on. */
  take(method: string, channel: string | undefined, nowMs: number): number {
    // https://docs.slack.dev/apis/web-api/rate-limits: chat.postMessage one a second in a channel.
    const wait = method === "chat.postMessage" && channel !== undefined ? this.#spend(`post:${channel}`, SMALL_BURST, 1, nowMs) : 0;
    if (wait > 0) return wait;
    const perMinute = PER_MINUTE[TIERS[method] ?? "tier3"];
    return this.#spend(method, Math.max(perMinute, SMALL_BURST), perMinute / 60, nowMs);
  }

  #spend(key: string, capacity: number, perSecond: number, nowMs: number): number {
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, atMs: nowMs };
    const tokens = Math.min(capacity, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * perSecond);
    const allowed = tokens >= 1;
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, atMs: nowMs });
    return allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));
  }
}
