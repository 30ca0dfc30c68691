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

  function begin(context: Context) {
    const work = { value: start(context), signal: context.signal };
    const forget = () => {
      if (current === work) current = undefined;
    };
    work.value.then(options.keep ? undefined : forget, forget);
    current = work;
    return work;
  }

  return async (context) => {
    for (;;) {
      context.signal.throwIfAborted();
      const work = current ?? begin(context);
      try {
        return await orAborted(work.value, context.signal);
      } catch (error) {
        const abandoned = work.signal.aborted && !context.signal.aborted;
        if (!abandoned) throw error;
      }
    }
  };
}

/** Lets one caller go when he gives up, without ending the work for the others. */
function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abandon = () => reject(signal.reason);
    signal.addEventListener("abort", abandon);
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abandon));
  });
}
