/**
 * Starts each piece of work once, and keeps its promise: import() goes through the module loader every time. A failure is not kept, as a
 * package that is missing now may be installed later, in a long-lived process.
 */
export function keptPromises(): <Value>(key: string, start: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Promise<unknown>>();
  return <Value>(key: string, start: () => Promise<Value>) => {
    let value = kept.get(key) as Promise<Value> | undefined;
    if (value === undefined) {
      value = start();
      kept.set(key, value);
      value.catch(() => kept.delete(key));
    }
    return value;
  };
}
