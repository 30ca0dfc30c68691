import type { Runtime, Store } from "nephoscope";
import { z } from "zod";
import type { AccessRules } from "./access-rules.ts";
import { Documents } from "./documents.ts";
import type { Person, Place } from "./incoming.ts";

const HOUR_MS = 60 * 60_000;

const windowSchema = z.object({ askedMs: z.array(z.number()) });

export type LimitVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly of: "person" | "channel"; readonly limit: number; readonly againInMs: number };

/** Questions of a person and of a channel within the last hour, counted in the store, so that replicas count together. */
export class RateLimit {
  readonly #windows: Documents<z.infer<typeof windowSchema>>;
  readonly #runtime: Runtime;
  readonly #limits: { readonly person: number; readonly channel: number };

  constructor(store: Store, runtime: Runtime, limits: AccessRules["limits"]) {
    this.#windows = new Documents({ store, runtime, kind: "bot-rate", schema: windowSchema });
    this.#runtime = runtime;
    this.#limits = { person: limits?.perPersonPerHour ?? 60, channel: limits?.perChannelPerHour ?? 300 };
  }

  /** Counts a question where both limits allow it. A refused one counts for nobody, so that trying again does not lengthen the wait. */
  async take(person: Person, place: Place): Promise<LimitVerdict> {
    const asked = [
      { of: "person", key: `person ${place.platform}:${person.id}` },
      { of: "channel", key: `channel ${place.platform}:${place.channel}` },
    ] as const;
    for (const { of, key } of asked) {
      const refused = this.#refusal(of, (await this.#windows.read(key))?.value.askedMs ?? []);
      if (refused !== undefined) return refused;
    }
    for (const { of, key } of asked) {
      let refused: LimitVerdict | undefined;
      const nowMs = this.#runtime.clock.now();
      const count = (window: z.infer<typeof windowSchema> | undefined) => {
        const recent = this.#recent(window?.askedMs ?? []);
        refused = this.#refusal(of, recent);
        return refused === undefined ? { askedMs: [...recent, nowMs] } : undefined;
      };
      await this.#windows.put(key, count, nowMs + HOUR_MS);
      if (refused !== undefined) return refused;
    }
    return { allowed: true };
  }

  #refusal(of: "person" | "channel", askedMs: readonly number[]): LimitVerdict | undefined {
    const limit = this.#limits[of];
    const recent = this.#recent(askedMs);
    const oldest = recent.at(-limit);
    if (recent.length < limit || oldest === undefined) return undefined;
    return { allowed: false, of, limit, againInMs: oldest + HOUR_MS - this.#runtime.clock.now() };
  }

  #recent(askedMs: readonly number[]): readonly number[] {
    return askedMs.filter((atMs) => atMs > this.#runtime.clock.now() - HOUR_MS);
  }
}
