import type { RunEvent } from "../../contracts/index.ts";
import { StoreError, type Text } from "../../errors/index.ts";

/** Two writers would give one run two histories. */
export function eventTaken(event: Pick<RunEvent, "runId" | "sequence">): StoreError {
  return new StoreError({
    code: "STORE_FAILED",
    message: {
      en: `Run ${event.runId} already has an event ${event.sequence}: something else is continuing it.`,
      zh: `运行 ${event.runId} 已有事件 ${event.sequence}：它正在被别处继续。`,
    },
    hint: { en: "Wait until the other one has ended, then look at its answer.", zh: "请等另一处结束后查看其结果。" },
    details: { runId: event.runId, sequence: event.sequence },
  });
}

/** A store is used after `close()`. */
export function storeClosed(): StoreError {
  return new StoreError({ code: "STORE_FAILED", message: { en: "The store is closed.", zh: "存储已关闭。" } });
}

/** Something in the store is not what was put there. */
export function damagedStore(what: string, hint?: Text, cause?: unknown): StoreError {
  return new StoreError({
    code: "STORE_FAILED",
    message: { en: `The store holds ${what} in a form that cannot be read.`, zh: `存储中的 ${what} 无法读取。` },
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}
