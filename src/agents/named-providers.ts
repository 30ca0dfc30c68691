import type { ProviderFacts } from "../contracts/index.ts";

/** The clouds that a question names, by id, name or alias. */
export function namedProviders(question: string, providers: readonly ProviderFacts[]): string[] {
  const asked = question.toLowerCase();
  return providers
    .filter(({ id, name, aliases }) => [id, name.en, name.zh, ...aliases].some((word) => names(asked, word.toLowerCase())))
    .map(({ id }) => id);
}

/** Words of letters stand by themselves; Chinese has no blanks between them. */
function names(asked: string, word: string): boolean {
  if (!/^[\x20-\x7e]+$/.test(word)) return asked.includes(word);
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(^|[^a-z0-9])${escaped}($|[^a-z0-9])`).test(asked);
}
