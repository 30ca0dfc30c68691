/**
 * Operations of one bot in one conversation, as `[seconds, operations]`:
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit#per-bot-per-thread-limit
 */
const WINDOWS = {
  write: [
    [1, 7],
    [2, 8],
    [30, 60],
    [3600, 1800],
  ],
  read: [
    [1, 14],
    [2, 16],
    [30, 120],
    [3600, 3600],
  ],
} as const;

/** Operations of one app in one tenant: same page. */
const PER_SECOND_IN_TENANT = 50;

/** Windows that slide. How Teams counts within them is not published. */
export class ConnectorLimits {
  readonly #taken = new Map<string, number[]>();

  /** Seconds to wait, as `Retry-After` has it; 0 when the call may go on. */
  take(kind: "write" | "read", conversation: string, nowMs: number): number {
    const key = `${kind} ${conversation}`;
    const inTenant = this.#recent("tenant", nowMs);
    const inConversation = this.#recent(key, nowMs);
    const waits = WINDOWS[kind].map(([seconds, operations]) => waitSeconds(inConversation, seconds, operations, nowMs));
    const wait = Math.max(waitSeconds(inTenant, 1, PER_SECOND_IN_TENANT, nowMs), ...waits);
    if (wait > 0) return wait;
    inTenant.push(nowMs);
    inConversation.push(nowMs);
    return 0;
  }

  #recent(key: string, nowMs: number): number[] {
    const recent = (this.#taken.get(key) ?? []).filter((atMs) => atMs > nowMs - 3600_000);
    this.#taken.set(key, recent);
    return recent;
  }
}

function waitSeconds(atMs: readonly number[], seconds: number, operations: number, nowMs: number): number {
  const oldest = atMs.at(-operations);
  return oldest === undefined ? 0 : Math.max(0, Math.ceil((oldest + seconds * 1000 - nowMs) / 1000));
}
