/** What work is begun with: whoever comes first lends his signal. */
interface Caller {
  readonly signal: AbortSignal;
}

/**
 * Work that several callers wait for and one does. Its result is kept with `keep`, else each finished piece makes room for the next.
 * A failure is never kept; and where the caller who began it gave up, the others begin it again.
 */
export function sharedWork<Context extends Caller, Value>(
  start: (context: Context) => Promise<Value>,
  options: { readonly keep: boolean },
): (context: Context) => Promise<Value> {
  let current: { readonly value: Promise<Value>; readonly signal: AbortSignal } | undefined;
  return async (context) => {
    for (;;) {
      context.signal.throwIfAborted();
      const joined = current;
      const work = joined ?? { value: start(context), signal: context.signal };
      current = work;
      const forget = () => {
        if (current === work) current = undefined;
      };
      try {
        const value = await work.value;
        if (!options.keep) forget();
        return value;
      } catch (error) {
        forget();
        if (joined === undefined || !joined.signal.aborted) throw error;
      }
    }
  };
}
