import { ambiguous, notUnderstood } from "../failures.ts";
import type { Element, ElementOf, ElementType, Placed } from "../phrases/element.ts";
import type { PhraseContext } from "../phrases/phrase-context.ts";
import { giveUp } from "../stop.ts";

/** Elements that carry no meaning of their own and may be passed over once the phrases are read. */
const LIGHT: ReadonlySet<ElementType> = new Set(["filler", "glue"]);

/** The elements of a question, with what is needed to say which words were not understood. */
export interface ElementReader {
  /** Without fillers, prepositions and commas at the ends of clauses. */
  readonly elements: readonly Placed[];
  /** Whether the question says "list" or "show". */
  readonly lists: boolean;
  all<Type extends ElementType>(type: Type): readonly Placed<ElementOf<Type>>[];
  has(...types: readonly ElementType[]): boolean;
  /** The only element of the type; two are more than the grammar follows. */
  only<Type extends ElementType>(type: Type): Placed<ElementOf<Type>> | undefined;
  /** Gives up on the first element of another type. */
  allow(types: readonly ElementType[]): void;
  wordsOf(element: Placed): string;
}

export function elementReader(context: PhraseContext, placed: readonly Placed[]): ElementReader {
  const isComma = (element: Element) => element.type === "connector" && element.word === "comma";
  const light = (element: Element) => LIGHT.has(element.type) || isComma(element);
  const elements = placed.filter((element) => !light(element));
  const wordsOf = (element: Placed) =>
    context.text.slice(context.tokens[element.from]?.start ?? 0, context.tokens[element.to - 1]?.end ?? 0);
  const all = <Type extends ElementType>(type: Type) =>
    elements.filter((element): element is Placed<ElementOf<Type>> => element.type === type);
  return {
    elements,
    lists: placed.some((element) => element.type === "filler" && element.list),
    all,
    has: (...types) => elements.some((element) => types.includes(element.type)),
    only(type) {
      const [first, second] = all(type);
      if (second !== undefined) {
        giveUp(ambiguous(`"${wordsOf(second)}" is one too many of its kind.`, `“${wordsOf(second)}”重复了,看不出以哪个为准。`), [
          wordsOf(second),
        ]);
      }
      return first;
    },
    allow(types) {
      const stray = elements.filter((element) => !types.includes(element.type)).map(wordsOf);
      if (stray.length > 0) giveUp(notUnderstood(stray), stray);
    },
    wordsOf,
  };
}
