import { canonicalJson, type PartialScope, type Store, sha256 } from "../contracts/index.ts";
import { CodeError } from "../errors/index.ts";

/** Sends a request of a call unless its reply is kept already. `page` counts from 0. */
type JournaledCall = (page: number, send: () => Promise<unknown>) => Promise<unknown>;

/** Replies of finished requests of one program in one scope: what was answered before a crash is not asked again. */
export interface CallJournal {
  /**
   * Equal calls of one program are told apart by their order. `once`: a request that changes something is noted before it is sent, and one
   * that was under way when its process ended is not sent again: whether it took effect is not known.
   */
  begin(operation: string, scope: PartialScope, input: unknown, once?: boolean): JournaledCall;
}

/** In place of a reply that has not come. */
const UNDER_WAY = { "nephoscope:under-way": true };

function isUnderWay(reply: unknown): boolean {
  return typeof reply === "object" && reply !== null && "nephoscope:under-way" in reply;
}

export function createJournal(store: Pick<Store, "getCall" | "putCall">, runId: string, stepId: string): CallJournal {
  const counts = new Map<string, number>();
  return {
    begin(operation, scope, input, once = false) {
      const call = canonicalJson({ stepId, operation, scope, input });
      const occurrence = counts.get(call) ?? 0;
      counts.set(call, occurrence + 1);
      return async (page, send) => {
        const key = sha256(canonicalJson({ call, occurrence, page }));
        const kept = await store.getCall(runId, key);
        if (kept !== undefined && isUnderWay(kept.reply)) throw notKnown(operation);
        if (kept !== undefined) return kept.reply;
        if (once) await store.putCall({ runId, key, operation, reply: UNDER_WAY });
        const reply = await send();
        await store.putCall({ runId, key, operation, reply });
        return reply;
      };
    },
  };
}

function notKnown(operation: string): CodeError {
  return new CodeError({
    code: "CODE_FAILED",
    message: {
      en: `It is not known whether ${operation} took effect: its process ended before the reply came, so it is not sent again.`,
      zh: `无法确定 ${operation} 是否已生效：进程在收到回复前结束，因此不会再次发送。`,
    },
    hint: {
      en: "Look at what it was to change, then ask again for what is missing.",
      zh: "请先查看目标资源的状态，再针对尚未完成的部分重新提问。",
    },
    details: { operation },
  });
}
