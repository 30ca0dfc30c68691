import type { Runtime } from "nephoscope";
import { decideAccess } from "./access.ts";
import { backoffMs } from "./backoff.ts";
import { type PersonFacts, PlatformError } from "./chat-platform.ts";
import type { EngineParts } from "./engine-parts.ts";
import { limitReached, REFUSALS } from "./engine-wording.ts";
import type { Person, Place } from "./incoming.ts";
import type { QuestionRecord } from "./question-record.ts";
import { within } from "./within.ts";

/** A platform that does not say who somebody is within this time has not said it. */
const FACTS_TIMEOUT_MS = 10_000;
/** How long it is asked again, where that may help: who asked can wait, who clicked is looking. */
const PATIENCE_MS = { asked: 90_000, clicked: 10_000 };

/** What becomes of a question that was received: allowed, or a sentence that says why not. */
export async function admit(parts: EngineParts, record: QuestionRecord): Promise<Partial<QuestionRecord>> {
  const { runtime, platform, access, limits } = parts;
  const { place, person, language, id } = record;
  const refused = (reason: string, sentence: string) => {
    runtime.logger.debug("question refused", { questionId: id, person: person.id, channel: place.channel, reason });
    return { state: "telling", sentence } as const;
  };
  let verdict: ReturnType<typeof decideAccess>;
  try {
    const [homeTeam, placeFacts, personFacts] = await inTime(runtime, PATIENCE_MS.asked, () =>
      Promise.all([platform.homeTeam(), platform.placeFacts(place), platform.personFacts(person, place)]),
    );
    verdict = decideAccess(access, { place, person, homeTeam, placeFacts, personFacts });
  } catch (error) {
    runtime.logger.warn("facts about person and place not known", { questionId: id, error: String(error) });
    return refused("facts", REFUSALS.unknown[language]);
  }
  if (!verdict.allowed) return refused("access", verdict.why[language]);
  const counted = await limits.take(person, place);
  if (!counted.allowed) return refused("limit", limitReached(counted.of, counted.limit, counted.againInMs)[language]);
  return { state: "queued", grant: verdict.grant };
}

/** Who somebody is, as the platform says now. Rejects where it does not in time. */
export function personFactsInTime({ runtime, platform }: EngineParts, person: Person, place: Place): Promise<PersonFacts> {
  return inTime(runtime, PATIENCE_MS.clicked, () => platform.personFacts(person, place));
}

async function inTime<Result>({ clock, random }: Runtime, patienceMs: number, ask: () => Promise<Result>): Promise<Result> {
  const untilMs = clock.now() + patienceMs;
  for (let failures = 1; ; failures++) {
    try {
      const facts = await within(clock, FACTS_TIMEOUT_MS, ask());
      if (facts !== undefined) return facts;
      throw new Error(`no answer within ${FACTS_TIMEOUT_MS} ms`);
    } catch (error) {
      const waitMs = backoffMs(failures, error, random);
      if (!(error instanceof PlatformError && error.retryable) || clock.now() + waitMs > untilMs) throw error;
      await clock.sleep(waitMs);
    }
  }
}
