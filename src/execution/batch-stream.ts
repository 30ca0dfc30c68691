/**
 * Runs `produce`, which may do many things at once, and yields what it emits as it comes. Ends when `produce` resolves; a rejection is
 * thrown after what was emitted before it. Nothing runs before the first item is asked for.
 */
export async function* streamOf<Item>(produce: (emit: (item: Item) => void) => Promise<void>): AsyncGenerator<Item, void, void> {
  let queue: Item[] = [];
  let ending: { readonly error?: unknown } | undefined;
  let wake: (() => void) | undefined;

  function notify() {
    wake?.();
    wake = undefined;
  }

  produce((item) => {
    queue.push(item);
    notify();
  }).then(
    () => {
      ending = {};
      notify();
    },
    (error: unknown) => {
      ending = { error };
      notify();
    },
  );

  while (true) {
    const items = queue;
    queue = [];
    yield* items;
    if (queue.length > 0) continue;
    if (ending === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    } else if ("error" in ending) throw ending.error;
    else return;
  }
}
