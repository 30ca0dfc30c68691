import type { Knowledge } from "nephoscope";

/** An index that is opened when it is first used: what it misses is no business of questions that need none. */
export function lazyKnowledge(id: string, open: () => Promise<Knowledge>): Knowledge {
  let opened: Promise<Knowledge> | undefined;
  const use = () => {
    opened ??= open();
    return opened;
  };
  return {
    contractVersion: "knowledge-v1",
    id,
    sync: async (providers, documents, options) => (await use()).sync(providers, documents, options),
    search: async (query, signal) => (await use()).search(query, signal),
    size: async () => (await use()).size(),
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}
