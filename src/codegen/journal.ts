import { canonicalJson, type PartialScope, type Store, sha256 } from "../contracts/index.ts";

/** Sends a request of a call unless its reply is kept already. `page` counts from 0. */
type JournaledCall = (page: number, send: () => Promise<unknown>) => Promise<unknown>;

/** Replies of finished requests of one program in one scope: what was answered before a crash is not asked again. */
export interface CallJournal {
  /** Equal calls of one program are told apart by their order. */
  begin(operation: string, scope: PartialScope, input: unknown): JournaledCall;
}

export function createJournal(store: Pick<Store, "getCall" | "putCall">, runId: string, stepId: string): CallJournal {
  const counts = new Map<string, number>();
  return {
    begin(operation, scope, input) {
      const call = canonicalJson({ stepId, operation, scope, input });
      const occurrence = counts.get(call) ?? 0;
      counts.set(call, occurrence + 1);
      return async (page, send) => {
        const key = sha256(canonicalJson({ call, occurrence, page }));
        const kept = await store.getCall(runId, key);
        if (kept !== undefined) return kept.reply;
        const reply = await send();
        await store.putCall({ runId, key, operation, reply });
        return reply;
      };
    },
  };
}
